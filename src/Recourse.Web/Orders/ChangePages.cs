using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Catalog;
using Recourse.Orders;
using Recourse.Runtime;
using Recourse.Ways;
namespace Recourse.Web;

/// <summary>What can be otherwise of a line.</summary>
/// <param name="Variants">Of its listing, as they are offered now.</param>
/// <param name="Services">Ways to send it there that its listing names.</param>
public sealed record ChangeLine(LineBody Line, ImmutableArray<Hint> Variants, ImmutableArray<Hint> Services);

/// <summary>An order as it can be changed.</summary>
/// <param name="Address">Where it goes, or is to go; null: to a country only.</param>
/// <param name="IsMoved">That is another address than it has.</param>
/// <param name="IsPicked">Its seller is asked first.</param>
/// <param name="Total">What it costs as it is.</param>
public sealed record ChangeSheet(
    ImmutableArray<ChangeLine> Lines, AddressBody? Address, bool IsMoved, bool IsPicked, Money Total);

/// <summary>Changing an order on a page: look first, then do it.</summary>
static class ChangePages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/orders/{seller}/{code}/change", Get).AsPage(Party.Buyer);
        pages.MapPost("/orders/{seller}/{code}/change", Post).AsPage(Party.Buyer);
    }

    static async Task<IResult> Get(string seller, string code, Caller caller, IPlatform platform, Store store) =>
        await OrderEndpoints.Find(seller, code, caller, platform) is { State: Order.State.Dealt } seen
            ? Show(seen, caller, Sheet(seen, caller, platform, store, null), null, null, null) : Problems.NotFound;

    static async Task<IResult> Post(
        string seller, string code, FormWrite form, IPlatform platform, Store store, Changing changing,
        AddressDrafts addresses)
    {
        var by = form.By;
        if (await OrderEndpoints.Find(seller, code, by, platform) is not { State: Order.State.Dealt } seen)
            return Problems.NotFound;
        var sheet = Sheet(seen, by, platform, store, form);
        if (form["do"] is "again") return Show(seen, by, sheet, form, null, null);
        ImmutableArray<FieldFault> faults = sheet is { IsMoved: true, Address: { } to } ? addresses.Faults(to) : [];
        if (!faults.IsEmpty)
            return Show(seen, by, sheet with { Address = AddressDrafts.Shown(sheet.Address!, faults) }, form, null,
                null, faults);
        var request = Request(sheet, form, seen);
        if (form["do"] is not "do")
        {
            var quote = await changing.Quote(seen, request, by);
            return quote.Body is { } told
                ? Show(seen, by, sheet with { Address = told.ShipTo ?? sheet.Address }, form, told, null)
                : Show(seen, by, sheet, form, null, quote.Problem);
        }
        var (command, looked) = await changing.Of(seen, request, by);
        var outcome = await platform.Ask(form.To(seen.Id, command), by.Cancel);
        return outcome is Outcome.Done done
            ? Results.LocalRedirect($"{OrderFile.HrefOf((OrderId)seen.Id)}?done={Done(done)}")
            : Show(seen, by, sheet, form, null, Problems.Of(outcome) with
            {
                Findings = await changing.Told(looked, by),
            });
    }

    static string Done(Outcome.Done done) =>
        done.State is Order.State.Funded { Wish: Wish.ToAmend } ? "asked" : "amended";

    /// <summary>What isn't a number is none at all, and is refused as such.</summary>
    static AmendmentRequest Request(ChangeSheet sheet, FormWrite form, Seen seen)
    {
        var currency = ((Order.State.Dealt)seen.State).Deal.Currency;
        return new(
            [
                .. sheet.Lines.Select(l => new LineChangeBody(
                    l.Line.Number, Number($"q{l.Line.Number}") ?? -1,
                    form[$"v{l.Line.Number}"] is { Length: > 0 } sku && sku != l.Line.Sku ? sku : null,
                    form[$"s{l.Line.Number}"] is { Length: > 0 } service ? service : null)),
            ],
            sheet.IsMoved ? sheet.Address : null,
            Total: form["do"] is "do" && long.TryParse(
                form["total"], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
                ? new(minor, currency) : null,
            Confirmed: Words("confirmed"), Apply: form.All("apply"),
            Coupons: form.Sent.ContainsKey("coupons") ? Words("coupons") : null);

        ImmutableArray<string> Words(string field) =>
            [.. form[field].Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        int? Number(string field) =>
            int.TryParse(form[field], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
    }

    static ChangeSheet Sheet(Seen seen, Caller caller, IPlatform platform, Store store, FormWrite? form)
    {
        var deal = ((Order.State.Dealt)seen.State).Deal;
        var (order, home) = (OrderView.Of(seen, caller, store.People), deal.ShipTo is { } sealedTo
            ? AddressBody.Of(store.People.Open(sealedTo)) : null);
        var typed = form is null || form["country"] is "" ? null : AddressDrafts.Of(form);
        var isMoved = typed is not null && home is not null
            && AddressDrafts.TextOf(typed) != AddressDrafts.TextOf(home);
        return new(
            [.. order.Lines.Select(l => Of(l, deal.Country, platform, caller.Texts))], typed ?? home, isMoved,
            seen.State is Order.State.Funded { PickedAt: not null }, deal.Total);
    }

    static ChangeLine Of(LineBody line, string country, IPlatform platform, Texts texts)
    {
        var offer = platform.Views.Find(ShopWindow.View, line.Listing)?.Offer;
        return new(
            line,
            [.. (offer?.Variants ?? []).Select(v => new Hint(
                v.Sku.Code, $"{(v.Title.Length > 0 ? v.Title : v.Sku.Code)} · {texts.Show(v.Price)}"))],
            [.. (offer?.ShipsTo.FirstOrDefault(d => d.Country == country)?.Named ?? [])
                .Select(o => new Hint(o.Service, $"{texts.Show((Value)o.Service)} · {texts.Show(o.PerUnit)}"))]);
    }

    static IResult Show(
        Seen seen, Caller caller, ChangeSheet sheet, FormWrite? form, AmendmentQuoteBody? quote, Problem? refused,
        ImmutableArray<FieldFault>? faults = null)
    {
        var reader = Reader.Of(caller.Http, OrderView.ZoneOf((Order.State)seen.State, seen.Asked));
        var status = refused?.Status ?? (faults is { IsEmpty: false } || quote is { Refusals: [_, ..] } ? 422 : 200);
        return Pages.Show<ChangePage>(reader, new()
        {
            ["Href"] = OrderFile.HrefOf((OrderId)seen.Id), ["Sheet"] = sheet, ["Quote"] = quote,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
            ["Faults"] = faults ?? [], ["Sent"] = form is null ? null : Shown(form.Sent, quote),
        }, status);
    }

    /// <summary>What was filled in, with what fixes made of it.</summary>
    static ImmutableDictionary<string, string> Shown(
        ImmutableDictionary<string, string> sent, AmendmentQuoteBody? quote)
    {
        if (quote is null) return sent;
        var shown = sent.ToBuilder();
        foreach (var line in quote.Changes)
        {
            if (line.Quantity is >= 0 and var units) shown[$"q{line.Line}"] = $"{units}";
            shown[$"s{line.Line}"] = line.Service ?? "";
            if (line.Sku is { } sku) shown[$"v{line.Line}"] = sku;
            else shown.Remove($"v{line.Line}");
        }
        shown["confirmed"] = string.Join(' ', quote.Confirmed);
        shown["coupons"] = string.Join(' ', quote.Coupons);
        return shown.ToImmutable();
    }
}
