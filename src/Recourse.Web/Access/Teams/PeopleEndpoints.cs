using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.People;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Somebody's account, as operators see it.</summary>
/// <param name="Hats">What they are here, e.g. <c>buyer/…</c> or <c>seller/ana</c>.</param>
/// <param name="State"><c>active</c>, <c>unconfirmed</c>, <c>lockedOut</c> (too many wrong passwords) or <c>blocked</c>
/// (by an operator).</param>
/// <param name="SecondFactor">Whether they are asked for a code.</param>
/// <param name="Why">Why they are kept out; left out: they are not.</param>
public sealed record AccountBody(
    string Person, string Name, string Mail, ImmutableArray<string> Hats, string State, bool SecondFactor,
    Instant Since, StatementBody? Why);

/// <summary>Somebody is to be kept out.</summary>
/// <param name="Reason">One of the rulebook's, e.g. <c>block.fraud</c>.</param>
/// <param name="Order">The id of the order that it is about; left out: it is about none.</param>
public sealed record BlockRequest(string Reason, string? Order = null);

/// <summary>What one of the platform's people is good at.</summary>
/// <param name="Kinds">Kinds of work, as the queue names them; empty: all.</param>
/// <param name="Languages">BCP 47 tags; empty: all.</param>
public sealed record SkillsBody(ImmutableArray<string> Kinds, ImmutableArray<string> Languages)
{
    /// <summary>Of somebody whose skills nobody has said.</summary>
    internal static SkillsBody Of(object? state) => (state as PersonAccount.State)?.Skills is { } skills
        ? new(skills.Kinds, skills.Languages) : new([], []);
}

/// <summary>People's accounts, for operators' programs.</summary>
static class PeopleEndpoints
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var people = v1.MapGroup("/people").WithTags("Access");
        people.MapGet("", List).For(Party.Operator).WithName("listPeople").WithSummary("Accounts, by mail address.");
        people.MapGet("/{person}/skills", Skills).For(Party.Staff).WithName("getSkills")
            .WithSummary("What one of the platform's people is good at.");
        people.MapPut("/{person}/skills", (string person, WriteOf<SkillsBody> write, IPlatform platform) =>
            SetSkills(person, write, write.Body, platform)).For(Party.Operator).WithName("putSkills")
            .WithSummary("Say what one of the platform's people is good at: their queue begins with it.");
        people.MapPost("/{person}/block", (string person, WriteOf<BlockRequest> write, PeopleDesk desk) =>
            Do(desk.Block(person, write.Body.Reason, write.Body.Order ?? "", write))).For(Party.Operator)
            .WithName("blockPerson")
            .WithSummary("Keep somebody out, with a reason of the rulebook, and end their sessions.");
        people.MapPost("/{person}/admission", (string person, BareWrite write, PeopleDesk desk) =>
            Do(desk.Admit(person, write))).For(Party.Operator).WithName("admitPerson")
            .WithSummary("Let somebody in again, also after too many wrong passwords.");
        people.MapPost("/{person}/sign-out", (string person, BareWrite write, PeopleDesk desk) =>
            Do(desk.SignOut(person, write))).For(Party.Operator).WithName("signPersonOut")
            .WithSummary("End all of somebody's sessions.");
        people.MapPost("/{person}/second-factor-removal", (string person, BareWrite write, PeopleDesk desk) =>
            Do(desk.DropSecondFactor(person, write))).For(Party.Operator).WithName("dropSecondFactor")
            .WithSummary("For somebody who has lost authenticator and codes.");
    }

    static async Task<Answer<SkillsBody>> Skills(string person, Caller caller, IPlatform platform) =>
        PersonId.TryParse($"person/{person}", out var id)
            ? SkillsBody.Of((await platform.Read(id, caller.Who, caller.Cancel))?.State) : Problems.NotFound;

    /// <summary>As it was asked for.</summary>
    public static async Task<Answer<SkillsBody>> SetSkills(
        string person, Write write, SkillsBody body, IPlatform platform)
    {
        if (!PersonId.TryParse($"person/{person}", out var id)) return Problems.NotFound;
        var outcome = await platform.Ask(write.To(id, new PersonAccount.Command.SetSkills(
            new(body.Kinds.IsDefault ? [] : body.Kinds, body.Languages.IsDefault ? [] : body.Languages))),
            write.By.Cancel);
        return outcome is Outcome.Done done ? Answer<SkillsBody>.Of(SkillsBody.Of(done.State), done)
            : Problems.Of(outcome);
    }

    static async Task<Answer<DoneBody>> Do(Task<Problem?> act) => await act is not { } problem ? new DoneBody(true)
        : problem.Why is [var why] && why == Refused.NoSuchPerson ? Problems.NotFound : problem;

    static async Task<Answer<Rows<AccountBody>>> List(
        Caller caller, PeopleDesk desk, Accounts accounts, IPlatform platform, string? find, string? after,
        int? limit) =>
        await Of(desk.List(find, after, limit), accounts, platform, caller);

    /// <summary>Accounts as operators see them.</summary>
    public static async Task<Rows<AccountBody>> Of(
        (ImmutableArray<Person> People, string? Next) page, Accounts accounts, IPlatform platform, Caller caller)
    {
        List<AccountBody> all = [];
        foreach (var person in page.People)
            all.Add(Of(person, accounts, await PeopleDesk.WhyOf(person, platform, caller.Cancel), caller.Texts));
        return new([.. all], page.Next, false);
    }

    static AccountBody Of(Person p, Accounts accounts, Kernel.Statement? why, Texts texts) => new(
        p.Id, p.Name, p.Mail, [.. accounts.HatsOf(p.Id).Select(h => h.Text)],
        p.BlockedAt is not null ? "blocked" : p.LockedUntil > DateTimeOffset.UtcNow ? "lockedOut"
            : p.IsConfirmed ? "active" : "unconfirmed",
        p.HasSecondFactor, Instant.FromDateTimeOffset(p.CreatedAt),
        why is null ? null : Words.Of(why, Party.Operator, texts));
}
