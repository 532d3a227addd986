using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What is to be handed over, and handing over several parcels at once.</summary>
static class DispatchEndpoints
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var dispatches = v1.MapGroup("/dispatches").WithTags("Orders");
        dispatches.MapGet("", List).For(OrderEndpoints.Shippers).WithName("listToDispatch")
            .WithSummary("Orders to hand over, the next deadline first, with what missing it costs.");
        dispatches.MapPost("", Dispatch).For(OrderEndpoints.Shippers).WithName("dispatchOrders")
            .WithSummary("Hand over several parcels; each is done or refused by itself.");
    }

    static async Task<Answer<Rows<ToDispatchBody>>> List(
        Caller caller, IPlatform platform, Store store, string? country, string? before, string? after, int? limit)
    {
        var shown = await Positions.AreShown(platform, caller);
        if (caller.Scope is not { } scope) return new Rows<ToDispatchBody>([], null, !shown);
        Instant? due = null;
        if (before is not null)
        {
            if (!OffsetDateTimePattern.Rfc3339.Parse(before).TryGetValue(default, out var at))
                return Problems.BadParameter("before", before);
            due = at.ToInstant();
        }
        var wanted = new ToDispatch(country, due);
        var page = platform.Views.List(
            OrderList.View, OrderList.ByDue, OrderList.DueFor(scope, Party.Seller), after, Positions.Limit(limit));
        var rows = await ToDispatch.Of(page.Rows.Where(wanted.Has), caller, platform, store.People);
        return new Rows<ToDispatchBody>(rows, page.Next, !shown);
    }

    static async Task<Answer<DispatchesBody>> Dispatch(WriteOf<DispatchesRequest> write, IPlatform platform)
    {
        ImmutableArray<DispatchLineRequest> lines = write.Body.Lines.IsDefault ? [] : write.Body.Lines;
        if (Dispatching.TooMany(lines.Length) is { } no) return Problems.Of([no]);
        return await Dispatching.Of(write, lines, platform);
    }
}
