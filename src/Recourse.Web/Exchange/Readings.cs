using Microsoft.Extensions.DependencyInjection;
using NodaTime.Text;
using Recourse.Exchange;
namespace Recourse.Web;

/// <summary>
/// About what the amounts of an answer come to in a currency that was asked for. It is information: what is paid is
/// what is asked, in the seller's currency.
/// </summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="IsInformation">Always: nothing is charged by it.</param>
/// <param name="Text">The same in the reader's language; where no rate is good, that nobody can say.</param>
/// <param name="Amounts">None where no rate is good.</param>
public sealed record ReadingBody(
    string Currency, bool IsInformation, ImmutableArray<string> Text, ImmutableArray<ReadAmountBody> Amounts);

/// <summary>About what one amount comes to.</summary>
/// <param name="Of">Where it stands in the answer, e.g. <c>total</c> or <c>lines[0].unitPrice</c>.</param>
/// <param name="Amount">In the currency that was asked for, rounded to its smallest unit.</param>
/// <param name="Asked">As it is paid.</param>
/// <param name="Rate">So many of one for one of the other, of which day, and whose.</param>
public sealed record ReadAmountBody(string Of, Money Amount, Money Asked, PegRateBody Rate);

/// <summary>Tells amounts of answers in a currency of the reader's own.</summary>
static class Readings
{
    const string Parameter = "readIn";
    const int Longest = 10;

    /// <summary>What is wrong with what was asked for; null: nothing is.</summary>
    public static Problem? Fault(string? readIn) => readIn is null || Currency.TryParse(readIn, out _) ? null
        : Problems.Bad(
            "api.no-such-currency", Parameter, ("currency", readIn.Length > Longest ? readIn[..Longest] : readIn));

    /// <summary>An answer with what its amounts come to; as it is where nothing was asked for.</summary>
    /// <param name="tell">What there is to tell of a body, and the body with it.</param>
    public static async Task<Answer<T>> In<T>(
        string? readIn, Caller caller, Func<Task<Answer<T>>> ask, Func<T, OwnReading, T> tell) where T : class
    {
        if (Fault(readIn) is { } fault) return fault;
        var answer = await ask();
        if (readIn is null) return answer;
        var good = caller.Http.RequestServices.GetRequiredService<RateFollower>();
        Currency.TryParse(readIn, out var own);
        var reading = new OwnReading(new OwnMoney(own, good.Good), own, caller.Texts);
        return answer.Told(body => tell(body, reading));
    }

    /// <summary>A quote's amounts.</summary>
    public static QuoteBody Of(QuoteBody body, OwnReading reading) => body with
    {
        Reading = reading.Of(
        [
            ("goods", body.Goods), ("shipping", body.Shipping), ("off", body.Off), ("total", body.Total),
            ("rest.total", body.Rest?.Total),
            .. body.Lines.Index().SelectMany(l => ((string, Money?)[])
            [
                ($"lines[{l.Index}].unitPrice", l.Item.UnitPrice),
                ($"lines[{l.Index}].shippingPerUnit", l.Item.ShippingPerUnit),
            ]),
        ]),
    };

    /// <summary>A checkout's amounts.</summary>
    public static CheckoutBody Of(CheckoutBody body, OwnReading reading) => body with
    {
        Reading = reading.Of(
        [
            ("total", body.Total), ("asked", body.Asked), ("withoutDiscounts", body.WithoutDiscounts),
            .. body.Orders.Index().Select(p => ($"orders[{p.Index}].asked", (Money?)p.Item.Asked)),
        ]),
    };

    /// <summary>An order's amounts, as far as its reader sees any.</summary>
    public static OrderBody Of(OrderBody body, OwnReading reading) => body with
    {
        Reading = reading.Of(
        [
            ("goods", body.Goods), ("shipping", body.Shipping), ("total", body.Total),
            ("end.toBuyer", body.End?.ToBuyer),
            .. body.Lines.Index().Select(l => ($"lines[{l.Index}].unitPrice", l.Item.UnitPrice)),
        ]),
    };

    /// <summary>A listing's prices and what sending it costs.</summary>
    public static ListingBody Of(ListingBody body, OwnReading reading) => body.Offer is not { } offer ? body : body with
    {
        Reading = reading.Of(
        [
            .. offer.Variants.Index().Select(v => ($"offer.variants[{v.Index}].price", (Money?)v.Item.Price)),
            .. offer.ShipsTo.Index().Select(
                d => ($"offer.shipsTo[{d.Index}].shippingPerUnit", (Money?)d.Item.ShippingPerUnit)),
        ]),
    };

    /// <summary>Listings, each with its own.</summary>
    public static Rows<ListingBody> Of(Rows<ListingBody> rows, OwnReading reading) =>
        rows with { Items = [.. rows.Items.Select(l => Of(l, reading))] };

    /// <summary>Orders, each with its own.</summary>
    public static Rows<OrderItem> Of(Rows<OrderItem> rows, OwnReading reading) => rows with
    {
        Items = [.. rows.Items.Select(o => o with { Reading = reading.Of([("total", o.Total)]) })],
    };
}

/// <summary>A currency that was asked for, and the rates that are good now.</summary>
sealed class OwnReading(OwnMoney own, Currency currency, Texts texts)
{
    /// <summary>What amounts come to; null: there are none in another currency.</summary>
    public ReadingBody? Of(ImmutableArray<(string Of, Money? Amount)> amounts)
    {
        var others = amounts.Where(a => a.Amount is { } asked && asked.Currency != currency)
            .Select(a => (a.Of, Asked: a.Amount!.Value)).ToList();
        return others.Count == 0 ? null : new(
            currency.Code, IsInformation: true,
            [.. others.Select(a => a.Asked.Currency).Distinct().Select(Note)],
            [
                .. from a in others
                   let mark = own.MarkOf(a.Asked.Currency)
                   where mark is not null
                   select new ReadAmountBody(a.Of, own.Of(a.Asked)!.Value, a.Asked, RateOf(mark)),
            ]);
    }

    static PegRateBody RateOf(RateMark mark) => new(
        mark.Per.Numerator, mark.Per.Denominator, LocalDatePattern.Iso.Format(mark.Date), mark.Sources);

    string Note(Currency asked) => own.MarkOf(asked) is { } mark
        ? texts.Fill("reading.note",
            [
                ("day", LocalDatePattern.Iso.Format(mark.Date)), ("source", NameOf(mark.Sources)),
                ("currency", asked.Code),
            ])
        : texts.Fill("reading.stale", [("currency", asked.Code), ("own", currency.Code)]);

    string NameOf(string sources) => string.Join(", ", sources.Split('+').Select(s =>
        texts.Has($"console.rates.source-{s}") ? texts.Tell($"console.rates.source-{s}") : s.ToUpperInvariant()));
}
