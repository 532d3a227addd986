using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Disputes;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Appeals against decisions.</summary>
static class AppealEndpoints
{
    public const Party Readers = Lodgers | Party.Staff;

    /// <summary>Whom something can be decided against.</summary>
    public const Party Lodgers = Party.Buyer | Party.Seller;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var appeals = v1.MapGroup("/appeals").WithTags("Appeals");
        appeals.MapGet("", List).For(Readers).WithName("listAppeals")
            .WithSummary("Appeals, the newest first; for staff also those to be decided, the soonest first.");
        appeals.MapGet("/{owner}/{code}", Get).For(Readers).WithName("getAppeal").WithSummary("One appeal.");
        appeals.MapGet("/{owner}/{code}/case", Case).For(Party.Staff).WithName("getAppealCase")
            .WithSummary("For whoever decides: facts of the case, how comparable cases were decided, and what that "
                + "suggests.");
        appeals.MapPost("/{owner}/{code}", Lodge).For(Lodgers).WithName("lodgeAppeal")
            .WithSummary("Appeal a decision: its statement stands in one's own record.");
        appeals.MapPost("/{owner}/{code}/withdrawal", (string owner, string code, BareWrite write, AppealDesk desk) =>
            IdOf(owner, code) is { } id ? desk.Withdraw(id, write) : None()).For(Lodgers)
            .WithName("withdrawAppeal").WithSummary("Take an appeal back before it is decided.");
        appeals.MapPost("/{owner}/{code}/answer", Answer).For(Party.Seller).WithName("answerAppeal")
            .WithSummary("Say what one thinks of somebody's appeal that would cost one something.");
        appeals.MapPost("/{owner}/{code}/claim", (string owner, string code, BareWrite write, AppealDesk desk) =>
            IdOf(owner, code) is { } id ? desk.Claim(id, write) : None()).For(Party.Staff)
            .WithName("claimAppeal").WithSummary("Take an appeal on: nobody else decides it meanwhile.");
        appeals.MapPost("/{owner}/{code}/release", (string owner, string code, BareWrite write, AppealDesk desk) =>
            IdOf(owner, code) is { } id ? desk.Release(id, write) : None()).For(Party.Staff)
            .WithName("releaseAppeal").WithSummary("Leave an appeal to others, also for a colleague.");
        appeals.MapPost("/{owner}/{code}/decision", Decide).For(Party.Staff).WithName("decideAppeal")
            .WithSummary("Uphold what was decided, or reverse it; never by whoever decided it.");
    }

    static async Task<Answer<CaseBody>> Case(string owner, string code, Caller caller, AppealDesk desk) =>
        IdOf(owner, code) is { } id && await desk.Read(id, caller) is { } seen
            ? Answer<CaseBody>.Of(await desk.CaseOf(seen, caller), seen) : Problems.NotFound;

    /// <summary>The id of an appeal; null: it is none.</summary>
    public static AppealId? IdOf(string owner, string code) =>
        AppealId.TryParse($"appeal/{owner}/{code}", out var id) ? id : null;

    static Task<Answer<AppealBody>> None() => Task.FromResult<Answer<AppealBody>>(Problems.NotFound);

    static Task<Answer<AppealBody>> Lodge(
        string owner, string code, WriteOf<AppealRequest> write, AppealDesk desk) => IdOf(owner, code) is { } id
        ? desk.Lodge(id, write.Body.About, write.Body.Text, write.Body.Files, write) : None();

    static Task<Answer<AppealBody>> Answer(
        string owner, string code, WriteOf<AppealAnswerRequest> write, AppealDesk desk) =>
        IdOf(owner, code) is { } id ? desk.Answer(id, write.Body.Text, write.Body.Files, write) : None();

    static Task<Answer<AppealBody>> Decide(
        string owner, string code, WriteOf<AppealDecisionRequest> write, AppealDesk desk) =>
        IdOf(owner, code) is { } id
            ? desk.Decide(id, write.Body.Verdict, write.Body.Reason, write.Body.Note, write.Body.Macro, write) : None();

    static async Task<Answer<AppealBody>> Get(
        string owner, string code, Caller caller, IPlatform platform, Store store) => IdOf(owner, code) is { } id
        && await platform.Read(id, caller.Who, caller.Cancel) is { } seen
            ? Answer<AppealBody>.Of(AppealView.Of(seen, caller.Texts, store.People), seen) : Problems.NotFound;

    /// <summary>One's own, or for staff all, somebody's, or those that are to be decided.</summary>
    /// <param name="of">A buyer's or seller's id, for staff.</param>
    /// <param name="open">For staff: only those to be decided, the soonest first.</param>
    /// <param name="claimed">For staff: only those that they have taken on themselves, the soonest first.</param>
    public static async Task<Answer<Rows<AppealItem>>> List(
        Caller caller, IPlatform platform, string? after, int? limit, string? of = null, bool? open = null,
        bool? claimed = null)
    {
        var scope = Positions.ScopeOf(caller, of);
        if (of is not null && scope is null || (open is true || claimed is true) && !caller.IsStaff)
            return Problems.NotFound;
        if ((of is not null ? 1 : 0) + (open is true ? 1 : 0) + (claimed is true ? 1 : 0) > 1)
            return Problems.OneOf("open", "of, open, claimed");
        var (index, value) = claimed is true ? (AppealList.ByClaim, caller.Who.Name)
            : open is true ? (AppealList.ByDue, AppealList.Open) : (Scope.Index, scope);
        return await Positions.Page(platform, caller, AppealList.View, index, value, after, limit,
            row => AppealView.Of(row, caller.Role, caller.Texts));
    }
}
