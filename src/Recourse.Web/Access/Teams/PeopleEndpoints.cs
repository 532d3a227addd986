using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>Somebody's account, as operators see it.</summary>
/// <param name="Hats">What they are here, e.g. <c>buyer/…</c> or <c>seller/ana</c>.</param>
/// <param name="State"><c>active</c>, <c>unconfirmed</c>, <c>lockedOut</c> (too many wrong passwords) or <c>barred</c>
/// (by an operator).</param>
/// <param name="SecondFactor">Whether they are asked for a code.</param>
public sealed record AccountBody(
    string Person, string Name, string Mail, ImmutableArray<string> Hats, string State, bool SecondFactor,
    Instant Since);

/// <summary>People's accounts, for operators' programs.</summary>
static class PeopleEndpoints
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var people = v1.MapGroup("/people").WithTags("Access");
        people.MapGet("", List).For(Party.Operator).WithName("listPeople").WithSummary("Accounts, by mail address.");
        people.MapPost("/{person}/bar", (string person, BareWrite write, PeopleDesk desk) =>
            Do(write, by => desk.Bar(person, by))).For(Party.Operator).WithName("barPerson")
            .WithSummary("Keep somebody out, and end their sessions.");
        people.MapPost("/{person}/admission", (string person, BareWrite write, PeopleDesk desk) =>
            Do(write, by => desk.Admit(person, by))).For(Party.Operator).WithName("admitPerson")
            .WithSummary("Let somebody in again, also after too many wrong passwords.");
        people.MapPost("/{person}/sign-out", (string person, BareWrite write, PeopleDesk desk) =>
            Do(write, by => desk.SignOut(person, by))).For(Party.Operator).WithName("signPersonOut")
            .WithSummary("End all of somebody's sessions.");
        people.MapPost("/{person}/second-factor-removal", (string person, BareWrite write, PeopleDesk desk) =>
            Do(write, by => desk.DropSecondFactor(person, by))).For(Party.Operator).WithName("dropSecondFactor")
            .WithSummary("For somebody who has lost authenticator and codes.");
    }

    static async Task<Answer<DoneBody>> Do(BareWrite write, Func<Visitor, Task<Refusal?>> act) =>
        await act(write.By.Http.Features.Get<Visitor>()!) is not { } why ? new DoneBody(true)
        : why == Refused.NoSuchPerson ? Problems.NotFound : Problems.Of([why]);

    static Answer<Rows<AccountBody>> List(
        Caller caller, PeopleDesk desk, Accounts accounts, string? find, string? after, int? limit)
    {
        var (people, next) = desk.List(find, after, limit);
        return new Rows<AccountBody>([.. people.Select(p => Of(p, accounts))], next, false);
    }

    /// <summary>An account as operators see it.</summary>
    public static AccountBody Of(Person p, Accounts accounts) => new(
        p.Id, p.Name, p.Mail, [.. accounts.HatsOf(p.Id).Select(h => h.Text)],
        p.BarredAt is not null ? "barred" : p.LockedUntil > DateTimeOffset.UtcNow ? "lockedOut"
            : p.IsConfirmed ? "active" : "unconfirmed",
        p.HasSecondFactor, Instant.FromDateTimeOffset(p.CreatedAt));
}
