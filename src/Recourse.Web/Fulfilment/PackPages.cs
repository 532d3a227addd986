using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Catalog;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Which parcel the pack desk shows, as its address says it.</summary>
/// <param name="Order">That one; null: the one that is due next.</param>
/// <param name="After">The one after that one, which was set aside.</param>
/// <param name="Done">What was handed over just before.</param>
/// <param name="Carrier">With whom: the next one mostly goes with them too.</param>
sealed record PackAsk(string? Order = null, string? After = null, string? Done = null, string? Carrier = null);

/// <summary>One thing to put into the parcel.</summary>
/// <param name="Category">Of its listing, for the sign beside it.</param>
public sealed record PackLine(LineBody Line, string Category);

/// <summary>A parcel to pack.</summary>
/// <param name="Nth">Its place among those that wait, from 1.</param>
/// <param name="Of">How many wait.</param>
public sealed record PackJob(OrderBody Order, ImmutableArray<PackLine> Lines, int Nth, int Of);

/// <summary>What the pack desk has to say at once: one word, and what it is about.</summary>
/// <param name="IsStop">Nothing goes on until it is put right.</param>
public sealed record PackAnswer(bool IsStop, string Word, string Text, string? WayOut = null);

/// <summary>The warehouse's desk: one parcel at a time, the next deadline first.</summary>
static class PackPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/pack", Get).AsPage(OrderEndpoints.Shippers);
        pages.MapPost("/pack", HandOver).AsPage(OrderEndpoints.Shippers);
        pages.MapPost("/pack/pick", Pick).AsPage(OrderEndpoints.Shippers);
    }

    static Task<IResult> Get(
        Caller caller, IPlatform platform, Store store, string? order, string? after, string? done, string? carrier) =>
        Next(caller, platform, store, new(order, after, done, carrier));

    /// <summary>The parcel that is to be packed next.</summary>
    public static async Task<IResult> Next(Caller caller, IPlatform platform, Store store, PackAsk ask)
    {
        await Positions.AreShown(platform, caller);
        var reader = Reader.Of(caller.Http);
        return Show(reader, await Find(caller, platform, store, ask), ask.Carrier
            ?? (await CarriersUsed.Of(caller, platform)).FirstOrDefault(), null,
            await AnswerOf(ask.Done, reader, caller, platform), 200);
    }

    static IResult Show(
        Reader reader, PackJob? job, string? carrier, string? number, PackAnswer? answer, int status) =>
        Pages.Show<PackPage>(reader, new()
        {
            ["Job"] = job, ["Carrier"] = carrier, ["Number"] = number, ["Answer"] = answer,
        }, status);

    /// <summary>Only what is known to have left is told of as handed over.</summary>
    static async Task<PackAnswer?> AnswerOf(string? code, Reader reader, Caller caller, IPlatform platform) =>
        code is not null && Dispatching.IdOf(code, caller) is { } id
        && await platform.Read(id, caller.Who, caller.Cancel) is { State: Order.State.Dispatched { Handover: var h } }
            ? new(false, reader.Say("pack.handed-over"), $"{id.Code} · {h.Carrier} {h.TrackingNumber}") : null;

    static async Task<PackJob?> Find(Caller caller, IPlatform platform, Store store, PackAsk ask)
    {
        var (rows, _) = ToDispatch.All(caller, platform);
        var at = ask.Order is null ? -1 : rows.FindIndex(ask.Order, caller);
        if (ask.Order is not null && at < 0) return await One(ask.Order, rows.Length, caller, platform, store);
        if (at < 0 && ask.After is not null) at = rows.FindIndex(ask.After, caller) is >= 0 and var set ? set + 1 : 0;
        // What isn't to be packed any more is passed by; after the last comes the first again.
        for (var n = 0; n < rows.Length; n++)
        {
            var nth = (Math.Max(at, 0) + n) % rows.Length;
            if (OrderId.TryParse(rows[nth].Id, out var id)
                && await platform.Read(id, caller.Who, caller.Cancel) is { State: Order.State.Funded } seen)
                return Job(OrderView.Of(seen, caller, store.People), nth + 1, rows.Length, platform);
            if (ask.Order is not null) break;
        }
        return null;
    }

    static int FindIndex(this ImmutableArray<OrderRow> rows, string order, Caller caller) =>
        Dispatching.IdOf(order, caller) is { } id ? rows.ToList().FindIndex(r => r.Id == $"{id}") : -1;

    static async Task<PackJob?> One(string order, int of, Caller caller, IPlatform platform, Store store) =>
        Dispatching.IdOf(order, caller) is { } id
        && await platform.Read(id, caller.Who, caller.Cancel) is { State: Order.State.Funded } seen
            ? Job(OrderView.Of(seen, caller, store.People), of, of, platform) : null;

    static PackJob Job(OrderBody order, int nth, int of, IPlatform platform) => new(
        order, [.. order.Lines.Select(l => new PackLine(
            l, platform.Views.Find(ShopWindow.View, l.Listing)?.Offer.Category ?? ""))], nth, of);

    /// <summary>From here its buyer doesn't change it alone.</summary>
    static async Task<IResult> Pick(FormWrite form, IPlatform platform, Store store)
    {
        var (reader, by) = (Reader.Of(form.By.Http), form.By);
        if (Dispatching.IdOf(form["order"], by) is not { } id
            || await platform.Read(id, by.Who, by.Cancel) is null) return Problems.NotFound;
        var outcome = await platform.Ask(form.To(id, new Order.Command.Pick()), by.Cancel);
        if (outcome is Outcome.Done) return Results.LocalRedirect($"/pack?order={Uri.EscapeDataString(id.Code)}");
        var problem = Problems.Of(outcome);
        var why = Words.Of(problem.Why[0], reader.Texts);
        return Show(reader, await Find(by, platform, store, new(Order: id.Code)), null, null,
            new(true, reader.Say("pack.stop"), why.Detail, why.WayOut.Text), problem.Status);
    }

    static async Task<IResult> HandOver(FormWrite form, IPlatform platform, Store store)
    {
        var (reader, by) = (Reader.Of(form.By.Http), form.By);
        if (Dispatching.IdOf(form["order"], by) is not { } id
            || await platform.Read(id, by.Who, by.Cancel) is not { } seen) return Problems.NotFound;
        var (carrier, number) = (form["carrier"].ToLowerInvariant(), form["number"]);
        var outcome = await platform.Ask(
            form.To(id, await Dispatching.Command(seen, carrier, number, platform, by.Cancel)), by.Cancel);
        if (outcome is Outcome.Done done)
        {
            await Positions.AreShown(platform, done.Position, by.Cancel);
            return Results.LocalRedirect(
                $"/pack?done={Uri.EscapeDataString(id.Code)}&carrier={Uri.EscapeDataString(carrier)}");
        }
        var problem = Problems.Of(outcome);
        var why = Words.Of(problem.Why[0], reader.Texts);
        var job = await Find(by, platform, store, new(Order: id.Code));
        return Show(reader, job, carrier, number,
            new(true, reader.Say("pack.stop"), why.Detail, why.WayOut.Text), problem.Status);
    }
}
