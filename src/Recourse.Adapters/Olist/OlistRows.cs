using Recourse.Orders;
namespace Recourse.Olist;

/// <summary>An amount as it was written, and as money where it is one.</summary>
/// <param name="Oddity">Why it is none: the code of a finding.</param>
public readonly record struct OlistAmount(string Text, Money? Money, string? Oddity);

/// <summary>A row of a file. Its ids are as they stand there; instants are UTC.</summary>
/// <param name="Line">Its first line in the file, from 1.</param>
public abstract record OlistRow(int Line);

/// <summary>A row of the orders; null: the field is empty.</summary>
public sealed record OlistOrder(
    int Line, string Id, string Customer, string Status, Instant? Purchased, Instant? Approved, Instant? HandedOver,
    Instant? Delivered, Instant? Promised) : OlistRow(Line);

/// <summary>A row of the items: one unit.</summary>
public sealed record OlistItem(
    int Line, string Order, int? Number, string Product, string Seller, Instant? DispatchBy, OlistAmount Price,
    OlistAmount Freight) : OlistRow(Line);

/// <summary>A row of the payments.</summary>
public sealed record OlistPayment(
    int Line, string Order, int? Number, string Method, int? Instalments, OlistAmount Amount) : OlistRow(Line);

/// <summary>A row of the reviews.</summary>
public sealed record OlistReview(
    int Line, string Id, string Order, int? Score, string Title, string Message, Instant? Asked, Instant? Answered)
    : OlistRow(Line);

/// <summary>A row of the customers: one for each order; the person is <paramref name="Person"/>.</summary>
public sealed record OlistCustomer(
    int Line, string Id, string Person, string Postcode, string City, string Region) : OlistRow(Line);

/// <summary>A row of the sellers.</summary>
public sealed record OlistSeller(int Line, string Id, string Postcode, string City, string Region) : OlistRow(Line);

/// <summary>A row of the products, with its columns in the header's order.</summary>
public sealed record OlistProduct(int Line, string Id, string Category, ImmutableArray<Named> Columns) : OlistRow(Line);

/// <summary>A row of the categories' English names.</summary>
public sealed record OlistCategory(int Line, string Name, string English) : OlistRow(Line);

/// <summary>Rows as findings: what can't be more is kept with all its columns.</summary>
internal static class OlistRows
{
    /// <summary>What keeps an item from being one, and in which column.</summary>
    public static (string Code, int Column)? Problem(OlistItem i) =>
        i.Number is null ? (OlistCode.FieldEmpty, 1)
        : i.Product is "" ? (OlistCode.FieldEmpty, 2)
        : i.Seller is "" ? (OlistCode.FieldEmpty, 3)
        : i.Price.Oddity is { } price ? (price, 5)
        : i.Freight.Oddity is { } freight ? (freight, 6)
        : null;

    /// <summary>What keeps a payment from being one, and in which column.</summary>
    public static (string Code, int Column)? Problem(OlistPayment p) =>
        p.Number is null ? (OlistCode.FieldEmpty, 1)
        : p.Method is "" ? (OlistCode.FieldEmpty, 2)
        : p.Instalments is null ? (OlistCode.FieldEmpty, 3)
        : p.Amount.Oddity is { } amount ? (amount, 4)
        : null;

    /// <summary>What keeps a review from being one, and in which column.</summary>
    public static (string Code, int Column)? Problem(OlistReview r) =>
        r.Id is "" ? (OlistCode.FieldEmpty, 0)
        : r.Score is null ? (OlistCode.FieldEmpty, 2)
        : r.Score is < 1 or > 5 ? (OlistCode.ScoreOdd, 2)
        : null;

    /// <summary>A whole row as a finding.</summary>
    /// <param name="column">The column at fault.</param>
    public static Finding Keep(OlistFile file, int line, string code, int column, ImmutableArray<Named> columns) =>
        new(code, [("file", file.Name), ("line", line), ("field", file.Columns[column]), .. columns]);

    /// <summary>An id that isn't spelt as ours are; the row itself stands elsewhere.</summary>
    public static Finding Odd(OlistFile file, int column, string id) =>
        new(OlistCode.IdOdd, [("file", file.Name), ("field", file.Columns[column]), ("text", id)]);

    /// <summary>All columns of a row that aren't empty, under their names there.</summary>
    public static ImmutableArray<Named> Columns(OlistOrder o) => Named(OlistFile.Orders,
        o.Id, o.Customer, o.Status, At(o.Purchased), At(o.Approved), At(o.HandedOver), At(o.Delivered), At(o.Promised));

    /// <inheritdoc cref="Columns(OlistOrder)"/>
    public static ImmutableArray<Named> Columns(OlistItem i) => Named(OlistFile.Items,
        i.Order, Count(i.Number), i.Product, i.Seller, At(i.DispatchBy), Amount(i.Price), Amount(i.Freight));

    /// <inheritdoc cref="Columns(OlistOrder)"/>
    public static ImmutableArray<Named> Columns(OlistPayment p) => Named(OlistFile.Payments,
        p.Order, Count(p.Number), p.Method, Count(p.Instalments), Amount(p.Amount));

    /// <inheritdoc cref="Columns(OlistOrder)"/>
    public static ImmutableArray<Named> Columns(OlistReview r) => Named(OlistFile.Reviews,
        r.Id, r.Order, Count(r.Score), r.Title, r.Message, At(r.Asked), At(r.Answered));

    /// <inheritdoc cref="Columns(OlistOrder)"/>
    public static ImmutableArray<Named> Columns(OlistCategory c) => Named(OlistFile.Categories, c.Name, c.English);

    static ImmutableArray<Named> Named(OlistFile file, params ReadOnlySpan<Value?> values)
    {
        var named = ImmutableArray.CreateBuilder<Named>(values.Length);
        for (var i = 0; i < values.Length; i++)
            if (values[i] is { } value and not Value.Word { Text: "" }) named.Add(new(file.Columns[i], value));
        return named.ToImmutable();
    }

    static Value? At(Instant? at) => at is { } known ? new Value.Day(known) : null;
    static Value? Count(int? number) => number is { } known ? new Value.Count(known) : null;
    static Value Amount(OlistAmount a) => a.Money is { } money ? new Value.Amount(money) : new Value.Word(a.Text);
}
