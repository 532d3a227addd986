using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What somebody was warned of, at the API; the page of the order does the same.</summary>
static class WarningEndpoints
{
    const Party Warned = Party.Buyer | Party.Seller;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var warning = v1.MapGroup("/orders/{seller}/{code}/warnings/{reason}").WithTags("Orders");
        warning.MapPost("/answer", Answer).For(Warned).Needing(Right.Support).WithName("answerWarning")
            .WithSummary("Whoever was warned says something: it lifts the warning where the rulebook says so, else "
                + "staff hear it.");
        warning.MapPost("/lifting", Lift).For(Party.Staff).WithName("liftWarning")
            .WithSummary("Nothing is wrong, or not any more: the order goes on, with the time that its seller had.");
        warning.MapPost("/upholding", Uphold).For(Party.Staff).WithName("upholdWarning")
            .WithSummary("The answer doesn't put it right: what the warning is about is cancelled.");
    }

    static Task<Answer<OrderBody>> Answer(
        string seller, string code, string reason, WriteOf<WarningAnswer> write, IPlatform platform, Store store) =>
        OrderEndpoints.Ask(seller, code, write,
            new Order.Command.AnswerWarning(reason, write.Body.Word?.Trim()), platform, store);

    static Task<Answer<OrderBody>> Lift(
        string seller, string code, string reason, BareWrite write, IPlatform platform, Store store) =>
        OrderEndpoints.Ask(seller, code, write, new Order.Command.LiftWarning(reason), platform, store);

    static Task<Answer<OrderBody>> Uphold(
        string seller, string code, string reason, BareWrite write, IPlatform platform, Store store) =>
        OrderEndpoints.Ask(seller, code, write, new Order.Command.UpholdWarning(reason), platform, store);
}
