using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Reviews;
namespace Recourse.Web;

/// <summary>All that waits for the platform's people, in one queue.</summary>
static class WorkEndpoints
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var work = v1.MapGroup("/queue").WithTags("Work");
        work.MapGet("", List).For(Party.Staff).WithName("listWork")
            .WithSummary("What waits for the platform's people, whatever it is, the soonest due first.");
        work.MapGet("/{kind}/{owner}/{code}", Get).For(Party.Staff).WithName("getWork")
            .WithSummary("One of them: who has it, what is proposed, the facts, and how others were decided.");
        work.MapPost("/{kind}/{owner}/{code}/claim", (
            string kind, string owner, string code, BareWrite write, WorkDesk desk) =>
            desk.Do(WorkDesk.IdOf(kind, owner, code), new Step.Claim(), write)).For(Party.Staff).WithName("claimWork")
            .WithSummary("Take it on: nobody else decides it until that lapses.");
        work.MapPost("/{kind}/{owner}/{code}/release", (
            string kind, string owner, string code, BareWrite write, WorkDesk desk) =>
            desk.Do(WorkDesk.IdOf(kind, owner, code), new Step.Release(), write)).For(Party.Staff)
            .WithName("releaseWork").WithSummary("Leave it to others, also for a colleague.");
        work.MapPost("/{kind}/{owner}/{code}/confirmation", (
            string kind, string owner, string code, BareWrite write, WorkDesk desk) =>
            desk.Do(WorkDesk.IdOf(kind, owner, code), new Step.Confirm(), write)).For(Party.Staff)
            .WithName("confirmWork").WithSummary("Confirm what somebody else has proposed: now it is decided.");
        work.MapPost("/{kind}/{owner}/{code}/return", (
            string kind, string owner, string code, WriteOf<SendBackRequest> write, WorkDesk desk) =>
            desk.Do(WorkDesk.IdOf(kind, owner, code), new Step.SendBack(write.Body.Reason), write)).For(Party.Staff)
            .WithName("returnWork").WithSummary("Send back what was proposed, or take back what one proposed oneself.");
    }

    static async Task<Answer<WorkBody>> Get(string kind, string owner, string code, Caller caller, WorkDesk desk) =>
        WorkDesk.IdOf(kind, owner, code) is { } id && await desk.Get(id, caller) is { } read
            ? Answer<WorkBody>.Of(read.Body, read.Seen) : Problems.NotFound;

    /// <summary>What waits.</summary>
    /// <param name="kind">Only of that kind: <c>appeal</c>, <c>purchase</c>, <c>reason</c>, <c>document</c>,
    /// <c>payout</c>, <c>refund</c> or <c>order</c>.</param>
    /// <param name="claimed">Only what the reader has taken on.</param>
    /// <param name="toConfirm">Only what another is to confirm.</param>
    /// <param name="fitting">Only what fits the reader's skills, as far as the 200 most urgent go.</param>
    public static async Task<Answer<Rows<WorkItem>>> List(
        Caller caller, WorkDesk desk, string? after, int? limit, string? kind = null, bool? claimed = null,
        bool? toConfirm = null, bool? fitting = null)
    {
        if (kind is not null && !WorkList.Kinds.Contains(kind)) return Problems.BadParameter("kind", kind);
        if ((kind is null ? 0 : 1) + (claimed is true ? 1 : 0) + (toConfirm is true ? 1 : 0)
            + (fitting is true ? 1 : 0) > 1)
            return Problems.OneOf("kind", "kind, claimed, toConfirm, fitting");
        if (fitting is true) return await desk.Fitting(caller, limit);
        var (index, value) = claimed is true ? (WorkList.ByClaim, caller.Who.Name)
            : toConfirm is true ? (WorkList.ToConfirm, WorkList.Open) : (WorkList.ByDue, kind ?? WorkList.Open);
        return await desk.List(caller, index, value, after, limit);
    }
}
