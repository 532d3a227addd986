using System.Globalization;
using NodaTime.Text;
using Recourse.Catalog;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What a seller shows for a reason, and how the order could be kept.</summary>
/// <param name="Evidence">Left out: none.</param>
/// <param name="Ways">What the buyer may choose from, each kind once; left out: nothing can be done.</param>
/// <param name="NoWay">Why nothing can be done, to 300 characters; left out: something is offered.</param>
public sealed record SellersCaseBody(
    EvidenceBody? Evidence = null, ImmutableArray<KeepWayBody>? Ways = null, string? NoWay = null);

/// <summary>What shows that a reason holds.</summary>
/// <param name="Kind">One of those that the reason's choice names, e.g. <c>stock-count</c>.</param>
/// <param name="Source">Where it can be looked at: a number, an address, a file's name; to 200 characters.</param>
/// <param name="File">A file that was kept before, by its name; left out: none, or not for this reader.</param>
public sealed record EvidenceBody(string Kind, string Source, string? File = null);

/// <summary>A way to keep an order that its seller wants to give up.</summary>
/// <param name="Way">
/// <c>restock</c> (with <c>by</c>), <c>substitute</c> (<c>sku</c>, <c>title</c>), <c>part</c> (<c>units</c>),
/// <c>other-carrier</c> (<c>service</c>) or <c>honour-price</c> (<c>price</c>).
/// </param>
/// <param name="By">When it is sent at the latest (UTC).</param>
/// <param name="Units">So many are sent, and the others given back.</param>
/// <param name="Price">What one should have cost.</param>
/// <param name="Text">What it means for the reader; only in answers.</param>
public sealed record KeepWayBody(
    string Way, Instant? By = null, string? Sku = null, string? Title = null, int? Units = null, string? Service = null,
    Money? Price = null, string? Text = null);

/// <summary>One of the ways that are offered.</summary>
/// <param name="Way">Its name, or <c>none</c>: let it go, and have the money back.</param>
public sealed record KeepingChoice(string? Way);

/// <summary>What a seller wants to give up, and its buyer is asked about.</summary>
/// <param name="Reason">A code of the rulebook.</param>
/// <param name="ReasonText">The same in words.</param>
/// <param name="Units">How many things it is about.</param>
/// <param name="IsYours">Whether it is the reader who chooses.</param>
/// <param name="Due">Until when (UTC); then it is given up as the seller asked.</param>
public sealed record KeepingBody(
    string Reason, string ReasonText, ImmutableArray<PortionBody> Portions, int Units, EvidenceBody? Evidence,
    ImmutableArray<KeepWayBody> Ways, bool IsYours, Instant Due);

/// <summary>Sellers' cases as they come in and as they are shown.</summary>
static class KeepingBodies
{
    /// <summary>What the open question is, to its reader.</summary>
    public static KeepingBody Of(Order.State.Funded state, Seen seen, Texts texts)
    {
        var keeping = state.Keeping!;
        return new(
            keeping.Reason, texts.Tell($"console.reason.{keeping.Reason}"),
            [.. keeping.Portions.Select(p => new PortionBody(p.Line, p.Quantity))], keeping.Portions.Sum(p =>
                p.Quantity),
            keeping.Case.Proof is { } proof
                ? new(proof.Kind, proof.Source, seen.As is Party.Buyer ? null : proof.File) : null,
            [.. keeping.Ways.Select(w => Of(w, texts))], seen.As is Party.Buyer, state.Deadline.Due);
    }

    static KeepWayBody Of(KeepWay way, Texts texts) => way switch
    {
        KeepWay.Restock w      => new(w.Name, By: w.By, Text: texts.Fill("keeping.restock", [("by", w.By)])),
        KeepWay.Substitute w   => new(w.Name, Sku: w.Sku.Code, Title: w.Title,
            Text: texts.Fill("keeping.substitute", [("title", w.Title)])),
        KeepWay.Part w         => new(w.Name, Units: w.Units, Text: texts.Fill("keeping.part", [("units", w.Units)])),
        KeepWay.OtherCarrier w => new(w.Name, Service: w.Service,
            Text: texts.Fill("keeping.other-carrier", [("service", w.Service)])),
        KeepWay.HonourPrice w  => new(w.Name, Price: w.Right, Text: texts.Tell("keeping.honour-price")),
    };

    /// <summary>A way that is none; null: all can be read.</summary>
    public static Problem? FaultOf(SellersCaseBody? body)
    {
        foreach (var (i, way) in (body?.Ways ?? []).Index())
            if (WayOf(way) is null)
                return Problems.Bad("api.no-such-way", $"case.ways[{i}]", ("way", way?.Way ?? ""),
                    ("known", string.Join(", ", KeepWay.Names)));
        return null;
    }

    /// <summary>The case as the order hears it; what can't be read is none.</summary>
    public static SellersCase? CaseOf(SellersCaseBody? body) => body is null ? null : new(
        body.Evidence is { } e ? new(e.Kind ?? "", e.Source?.Trim() ?? "", e.File) : null,
        body.Ways is { } ways ? [.. ways.Select(WayOf).OfType<KeepWay>()] : null,
        string.IsNullOrWhiteSpace(body.NoWay) ? null : body.NoWay.Trim());

    static KeepWay? WayOf(KeepWayBody? body) => body switch
    {
        { Way: "restock", By: { } by }               => new KeepWay.Restock(by),
        { Way: "substitute", Sku: { } sku }          => new KeepWay.Substitute(new(sku), body.Title?.Trim() ?? sku),
        { Way: "part", Units: { } units }            => new KeepWay.Part(units),
        { Way: "other-carrier", Service: { } service } => new KeepWay.OtherCarrier(service),
        { Way: "honour-price", Price: { } price }    => new KeepWay.HonourPrice(price),
        _ => null,
    };

    /// <summary>What was filled in of it on a page: each field of a way that isn't empty offers that way.</summary>
    /// <param name="file">The file that was chosen; null: none.</param>
    public static SellersCaseBody? In(FormWrite form, Seen seen, Instant now, string? file)
    {
        if (seen.As is not Party.Seller || seen.State is not Order.State.Dealt { Deal: var deal }) return null;
        List<KeepWayBody> ways = [];
        if (form["case.by"] is { Length: > 0 } by)
            ways.Add(new("restock", By: LocalDatePattern.Iso.Parse(by) is { Success: true, Value: var day }
                ? day.PlusDays(1).AtMidnight().InUtc().ToInstant() - Duration.FromSeconds(1) : now));
        if (form["case.sku"] is { Length: > 0 } sku)
            ways.Add(new("substitute", Sku: sku.Trim(), Title: form["case.title"] is { Length: > 0 } title ? title
                : sku));
        if (form["case.units"] is { Length: > 0 } units)
            ways.Add(new("part", Units: int.TryParse(units, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                ? n : 0));
        if (form["case.service"] is { Length: > 0 } service) ways.Add(new("other-carrier", Service: service.Trim()));
        if (form["case.price"] is { Length: > 0 } price)
            ways.Add(new("honour-price", Price: MoneyField.Read(price, deal.Currency, "case.price").Amount));
        return new(
            form["case.source"] is { Length: > 0 } source ? new(form["case.kind"], source, file) : null,
            ways.Count > 0 ? [.. ways] : null, form["case.noWay"]);
    }
}
