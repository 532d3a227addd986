using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Orders;
using Recourse.Runtime;
using Recourse.Tracking;
namespace Recourse.Web;

/// <summary>What a buyer asks for while an order is under way, and what becomes of it.</summary>
static class RequestEndpoints
{
    /// <summary>Its seller; staff for one that doesn't, and of what screening held.</summary>
    public const Party Answerers = Party.Seller | Party.Agent;

    const Party Carriers = Party.Carrier | Party.Integration | Party.Staff;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var order = v1.MapGroup("/orders/{seller}/{code}").WithTags("Orders");
        order.MapPost("/pick", Pick).For(OrderEndpoints.Shippers).WithName("pickOrder")
            .WithSummary("The first of it is taken from its shelf: from here its buyer doesn't change it alone.");
        order.MapPost("/amendment/quote", Quote).For(Party.Buyer).WithName("quoteAmendment")
            .WithSummary("What it would mean to change variants, quantities, address or way; nothing is recorded.");
        order.MapPost("/amendment", Amend).For(Party.Buyer).WithName("amendOrder")
            .WithSummary("Change it instead of cancelling: at once until the first pick, then its seller is asked. It "
                + "is checked and priced as a checkout is; units that stay keep their price.");
        order.MapPost("/request/approval", Approve).For(Answerers).WithName("approveRequest")
            .WithSummary("Its seller agrees to what its buyer asked for; staff do for a seller that doesn't answer.");
        order.MapPost("/request/refusal", Refuse).For(Answerers).WithName("refuseRequest")
            .WithSummary("Its seller, or staff, don't, for a reason of the rulebook; its buyer can contest a no to "
                + "cancelling.");
        order.MapPost("/request/withdrawal", Withdraw).For(Party.Buyer).WithName("withdrawRequest")
            .WithSummary("Its buyer doesn't ask for it any more.");
        order.MapPost("/recall", Recall).For(Party.Buyer).WithName("recallParcel")
            .WithSummary("Ask the carrier to bring the parcel back.");
        order.MapPost("/return", TakeIn).For(OrderEndpoints.Shippers).WithName("takeParcelIn")
            .WithSummary("The parcel is with its seller again: recalled, or refused at the door.");
        order.MapPost("/extension", Extend).For(Party.Buyer).WithName("extendProtection")
            .WithSummary("More time to look at what was delivered, once, before the seller is paid.");
        v1.MapPost("/parcels/{seller}/{code}/recall", Answer).For(Carriers).WithName("answerRecall")
            .WithTags("Parcels").WithSummary("The carrier says whether it brings the parcel back.");
    }

    static Task<Answer<OrderBody>> Pick(
        string seller, string code, BareWrite write, IPlatform platform, Store store) =>
        OrderEndpoints.Ask(seller, code, write, new Order.Command.Pick(), platform, store);

    static async Task<Answer<AmendmentQuoteBody>> Quote(
        string seller, string code, WriteOf<AmendmentRequest> write, IPlatform platform, Changing changing)
    {
        if (Changing.Faults(write.Body) is [_, ..] faults) return Problems.Of(faults);
        return await OrderEndpoints.Find(seller, code, write.By, platform) is { } seen
            ? await changing.Quote(seen, write.Body, write.By) : Problems.NotFound;
    }

    static async Task<Answer<OrderBody>> Amend(
        string seller, string code, WriteOf<AmendmentRequest> write, IPlatform platform, Store store,
        Changing changing)
    {
        if (Changing.Faults(write.Body) is [_, ..] faults) return Problems.Of(faults);
        if (await OrderEndpoints.Find(seller, code, write.By, platform) is not { } seen) return Problems.NotFound;
        var (command, looked) = await changing.Of(seen, write.Body, write.By);
        var answer = await OrderEndpoints.Ask(write, seen.Id, command, platform, store);
        return answer.Problem is { Status: 409 or 422 } no
            ? no with { Findings = await changing.Told(looked, write.By) } : answer;
    }

    static Task<Answer<OrderBody>> Approve(
        string seller, string code, BareWrite write, IPlatform platform, Store store) =>
        OrderEndpoints.Ask(seller, code, write, new Order.Command.Approve(), platform, store);

    static Task<Answer<OrderBody>> Refuse(
        string seller, string code, WriteOf<RequestRefusal> write, IPlatform platform, Store store) =>
        OrderEndpoints.Ask(seller, code, write, new Order.Command.Refuse(write.Body.Reason), platform, store);

    static Task<Answer<OrderBody>> Withdraw(
        string seller, string code, BareWrite write, IPlatform platform, Store store) =>
        OrderEndpoints.Ask(seller, code, write, new Order.Command.Withdraw(), platform, store);

    static Task<Answer<OrderBody>> Recall(
        string seller, string code, BareWrite write, IPlatform platform, Store store) =>
        OrderEndpoints.Ask(seller, code, write, new Order.Command.Recall(), platform, store);

    static async Task<Answer<OrderBody>> TakeIn(
        string seller, string code, BareWrite write, IPlatform platform, Store store) =>
        await OrderEndpoints.Find(seller, code, write.By, platform) is { } seen
            ? await OrderEndpoints.Ask(
                write, seen.Id, await TakingIn.Command(seen, write.By, platform), platform, store)
            : Problems.NotFound;

    static Task<Answer<OrderBody>> Extend(
        string seller, string code, BareWrite write, IPlatform platform, Store store) =>
        OrderEndpoints.Ask(seller, code, write, new Order.Command.Extend(), platform, store);

    static async Task<Answer<ParcelBody>> Answer(
        string seller, string code, WriteOf<RecallAnswer> write, IPlatform platform)
    {
        if (!ParcelId.TryParse($"parcel/{seller}/{code}", out var id)) return Problems.NotFound;
        var outcome = await platform.Ask(
            write.To(id, new Parcel.Command.AnswerRecall(write.Body.IsStopped, write.Body.Note)), write.By.Cancel);
        return outcome is Outcome.Done done
            ? Answer<ParcelBody>.Of(ParcelEndpoints.Of(id, (Parcel.State)done.State), done) : Problems.Of(outcome);
    }
}
