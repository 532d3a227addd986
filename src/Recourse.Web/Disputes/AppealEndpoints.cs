using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Disputes;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Appeals against decisions.</summary>
static class AppealEndpoints
{
    public const Party Readers = Party.Buyer | Party.Staff;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var appeals = v1.MapGroup("/appeals").WithTags("Appeals");
        appeals.MapGet("", List).For(Readers).WithName("listAppeals")
            .WithSummary("Appeals, the newest first; for staff also those to be decided, the soonest first.");
        appeals.MapGet("/{buyer}/{code}", Get).For(Readers).WithName("getAppeal").WithSummary("One appeal.");
        appeals.MapPost("/{buyer}/{code}", Lodge).For(Party.Buyer).WithName("lodgeAppeal")
            .WithSummary("Appeal a decision: its statement stands in one's own record.");
        appeals.MapPost("/{buyer}/{code}/withdrawal", (string buyer, string code, BareWrite write, AppealDesk desk) =>
            IdOf(buyer, code) is { } id ? desk.Withdraw(id, write) : None()).For(Party.Buyer)
            .WithName("withdrawAppeal").WithSummary("Take an appeal back before it is decided.");
        appeals.MapPost("/{buyer}/{code}/decision", Decide).For(Party.Staff).WithName("decideAppeal")
            .WithSummary("Uphold what was decided, or reverse it; never by whoever decided it.");
    }

    /// <summary>The id of an appeal; null: it is none.</summary>
    public static AppealId? IdOf(string buyer, string code) =>
        AppealId.TryParse($"appeal/{buyer}/{code}", out var id) ? id : null;

    static Task<Answer<AppealBody>> None() => Task.FromResult<Answer<AppealBody>>(Problems.NotFound);

    static Task<Answer<AppealBody>> Lodge(
        string buyer, string code, WriteOf<AppealRequest> write, AppealDesk desk) => IdOf(buyer, code) is { } id
        ? desk.Lodge(id, write.Body.About, write.Body.Text, write) : None();

    static Task<Answer<AppealBody>> Decide(
        string buyer, string code, WriteOf<AppealDecisionRequest> write, AppealDesk desk) =>
        IdOf(buyer, code) is { } id
            ? desk.Decide(id, write.Body.Verdict, write.Body.Reason, write.Body.Note, write) : None();

    static async Task<Answer<AppealBody>> Get(
        string buyer, string code, Caller caller, IPlatform platform, Store store) => IdOf(buyer, code) is { } id
        && await platform.Read(id, caller.Who, caller.Cancel) is { } seen
            ? Answer<AppealBody>.Of(AppealView.Of(seen, caller.Texts, store.People), seen) : Problems.NotFound;

    /// <summary>One's own, or for staff all, a buyer's, or those that are to be decided.</summary>
    /// <param name="of">A buyer's id, for staff.</param>
    /// <param name="open">For staff: only those to be decided, the soonest first.</param>
    public static async Task<Answer<Rows<AppealItem>>> List(
        Caller caller, IPlatform platform, string? after, int? limit, string? of = null, bool? open = null)
    {
        var scope = Positions.ScopeOf(caller, of);
        if (of is not null && scope is null || open is true && !caller.IsStaff) return Problems.NotFound;
        if (of is not null && open is true) return Problems.OneOf("open", "of, open");
        var (index, value) = open is true ? (AppealList.ByDue, AppealList.Open) : (Scope.Index, scope);
        return await Positions.Page(platform, caller, AppealList.View, index, value, after, limit,
            row => AppealView.Of(row, caller.Texts));
    }
}
