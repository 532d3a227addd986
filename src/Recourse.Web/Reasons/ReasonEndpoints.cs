using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Reasons;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Sellers' reasons to cancel that facts speak against.</summary>
static class ReasonEndpoints
{
    /// <summary>Whose reason it was, and who looks into it.</summary>
    public const Party Readers = Party.Seller | Party.Staff;

    static readonly Remedy Mend = new("reason.look");

    public static void Map(IEndpointRouteBuilder v1)
    {
        var reasons = v1.MapGroup("/reasons").WithTags("Reasons");
        reasons.MapGet("", List).For(Readers).WithName("listReasons")
            .WithSummary("Cancellations whose reason facts speak against, the newest first; for staff also those that "
                + "wait, the soonest first.");
        reasons.MapGet("/{seller}/{code}", Get).For(Readers | Party.Buyer).WithName("getReason")
            .WithSummary("One of them: what speaks against it, what the seller said, and what was found.");
        reasons.MapPost("/{seller}/{code}/answer", Answer).For(Party.Seller).Needing(Right.Support)
            .WithName("answerReason").WithSummary("Say what it was, before anything is decided.");
        reasons.MapPost("/{seller}/{code}/decision", Decide).For(Party.Staff).WithName("decideReason")
            .WithSummary("Find the reason false, once the seller was heard, or believe it.");
    }

    /// <summary>Null: it is none.</summary>
    public static ReasonCaseId? IdOf(string seller, string code) =>
        ReasonCaseId.TryParse($"reason/{seller}/{code}", out var id) ? id : null;

    /// <summary>One's own, or for staff all, or those that wait.</summary>
    /// <param name="open">For staff: only those that wait for somebody, the soonest first.</param>
    public static async Task<Answer<Rows<ReasonItem>>> List(
        Caller caller, IPlatform platform, string? after, int? limit, bool? open = null)
    {
        if (open is true && !caller.IsStaff) return Problems.NotFound;
        var (index, value) = open is true ? (ReasonList.ByDue, ReasonList.Open) : (Scope.Index, caller.Scope);
        return await Positions.Page(platform, caller, ReasonList.View, index, value, after, limit, ReasonView.Of);
    }

    /// <summary>One of them.</summary>
    public static async Task<Answer<ReasonBody>> Get(
        string seller, string code, Caller caller, IPlatform platform, Store store) =>
        IdOf(seller, code) is { } id && await platform.Read(id, caller.Who, caller.Cancel) is { } seen
            ? Answer<ReasonBody>.Of(await Told(ReasonView.Of(seen, caller, store.People), caller, platform), seen)
            : Problems.NotFound;

    static async Task<ReasonBody> Told(ReasonBody body, Caller caller, IPlatform platform) => body.Why is { } why
        ? body with { Why = await AppealDesk.Told(why, caller, platform) } : body;

    static Task<Answer<ReasonBody>> Answer(
        string seller, string code, WriteOf<ReasonAnswerRequest> write, IPlatform platform, Store store,
        Exhibits exhibits) =>
        exhibits.Fault(write.By.Who, write.Body.Files, "files") is { } no
            ? Task.FromResult<Answer<ReasonBody>>(Problems.Of([no]))
            : Say(seller, code, write, write.Body.Text, write.Body.Files, platform, store);

    /// <summary>The seller's words, sealed under their key.</summary>
    public static async Task<Answer<ReasonBody>> Say(
        string seller, string code, Write write, string? text, ImmutableArray<string>? files, IPlatform platform,
        Store store)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > SellersWords.Longest)
            return new Problem(400, new Refusal("reason.bad-text", Mend, ("most", SellersWords.Longest))
                { Field = "text" });
        return IdOf(seller, code) is { } id ? await Ask(id, new ReasonCase.Command.Answer(
            store.People.Seal($"{id.Seller}", new SellersWords(text.Trim(), files))), write, platform, store)
                : Problems.NotFound;
    }

    static Task<Answer<ReasonBody>> Decide(
        string seller, string code, WriteOf<ReasonDecisionRequest> write, IPlatform platform, Store store) =>
        End(seller, code, write, write.Body.Verdict, platform, store);

    /// <summary>By its name.</summary>
    public static async Task<Answer<ReasonBody>> End(
        string seller, string code, Write write, string? verdict, IPlatform platform, Store store)
    {
        if (verdict is not ("false" or "believed"))
            return new Problem(400, new Refusal("reason.no-such-verdict", Mend, ("known", "false, believed"))
                { Field = "verdict" });
        return IdOf(seller, code) is { } id
            ? await Ask(id, new ReasonCase.Command.Decide(verdict is "false"), write, platform, store)
                : Problems.NotFound;
    }

    static async Task<Answer<ReasonBody>> Ask(
        ReasonCaseId id, ReasonCase.Command command, Write write, IPlatform platform, Store store)
    {
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        if (outcome is not Outcome.Done done) return Problems.Of(outcome);
        return await platform.Read(id, write.By.Who, write.By.Cancel) is { } seen
            ? Answer<ReasonBody>.Of(ReasonView.Of(seen, write.By, store.People), done) : Problems.Unknown;
    }
}
