using System.Globalization;
namespace Recourse.Ledger;

/// <summary>One movement of money, for ever.</summary>
/// <param name="Position">The turn's place in the log.</param>
/// <param name="Nth">Which movement of that turn's event, from 0.</param>
/// <param name="From">Path of the account that it left.</param>
/// <param name="To">Path of the account that it went to.</param>
/// <param name="Event">What happened, e.g. <c>Order.Funded</c>.</param>
/// <param name="Of">Text of the id of what it happened to.</param>
public sealed record Posting(
    long Position, int Nth, Instant At, string From, string To, Money Amount, string Event, string Of);

/// <summary>Every movement of money.</summary>
public static class Postings
{
    /// <summary>The movements of one account that is about no order.</summary>
    public const string ByAccount = "account";

    /// <summary>The movements about one order, by its id's text.</summary>
    public const string ByOrder = "order";

    /// <summary>Where an account's movements are among others; they are those that name it.</summary>
    public static (string Index, string Value) Of(string account) =>
        Books.OrderOf(account) is { } order ? (ByOrder, order) : (ByAccount, account);

    /// <summary>The view; its keys are in the order in which it happened.</summary>
    public static readonly View<Posting> View = new()
    {
        Name = "postings", Version = 2,
        Keys = recorded => recorded.Transfers.IsEmpty ? [] : recorded.Transfers.Select((_, i) => Key(recorded, i)),
        Fold = Fold, Index = Index,
    };

    /// <summary>A key after all of a turn's, and before any of the next.</summary>
    public static string KeyAfter(long position) => $"{position:D19}.~";

    static string Key(Recorded recorded, int i) => $"{recorded.Position:D19}.{recorded.Nth:D4}.{i:D4}";

    static Posting Fold(string key, Posting? row, Recorded recorded)
    {
        var nth = int.Parse(key[(key.LastIndexOf('.') + 1)..], CultureInfo.InvariantCulture);
        var (from, to, amount) = recorded.Transfers[nth];
        return new(
            recorded.Position, nth, recorded.At, from.Path, to.Path, amount, Books.NameOf(recorded.Event),
            $"{recorded.Id}");
    }

    static IEnumerable<Found> Index(string key, Posting row)
    {
        string[] accounts = [.. new[] { row.From, row.To }.Distinct()];
        return
        [
            .. accounts.Select(Books.OwnerOf).OfType<string>().Distinct()
                .Select(owner => new Found(Scope.Index, owner, "")),
            .. accounts.Select(Of).Distinct().Select(at => new Found(at.Index, at.Value, "")),
        ];
    }
}
