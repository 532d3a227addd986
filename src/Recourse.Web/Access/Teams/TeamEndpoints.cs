using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>One of a shop's or the platform's people.</summary>
/// <param name="Person">Their id.</param>
/// <param name="Title">Of a shop <c>owner</c>, <c>manager</c>, <c>support</c> or <c>warehouse</c>; of the platform
/// <c>operator</c> or <c>agent</c>.</param>
public sealed record MemberBody(string Person, string Name, string Mail, string Title, Instant Since);

/// <summary>Somebody who is expected.</summary>
/// <param name="By">Who has invited them.</param>
public sealed record InvitationBody(string Id, string Mail, string Title, string By, Instant At, Instant Until);

/// <summary>A team, and who is expected in it.</summary>
public sealed record StaffBody(ImmutableArray<MemberBody> Members, ImmutableArray<InvitationBody> Invitations);

/// <summary>Invites somebody by mail.</summary>
public sealed record InvitationRequest(string Mail, string Title);

/// <summary>Another title.</summary>
public sealed record TitleRequest(string Title);

/// <summary>A key for a program.</summary>
/// <param name="Id">Its first characters.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes"><c>read</c> or <c>all</c>.</param>
/// <param name="By">Who made it; left out: whoever runs the machine.</param>
public sealed record KeyBody(
    string Id, string Name, string Role, string Of, Scopes Scopes, string? By, Instant CreatedAt, Instant? UsedAt);

/// <summary>Keys, the newest first.</summary>
public sealed record KeysBody(ImmutableArray<KeyBody> Keys);

/// <summary>A key that was just made.</summary>
/// <param name="Secret">The key itself: the only time that it is told. Left out where the request was repeated.</param>
public sealed record MadeKeyBody(KeyBody Key, string? Secret);

/// <summary>Asks for a key.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes"><c>read</c> or <c>all</c>.</param>
/// <param name="Role">For an operator: <c>integration</c> or <c>carrier</c>.</param>
/// <param name="Of">And the code of which one.</param>
public sealed record KeyRequest(string Name, Scopes Scopes, string? Role = null, string? Of = null);

/// <summary>As whom a key comes in.</summary>
/// <param name="Right">For a seller's key, what it may do there.</param>
public sealed record CallerBody(string Role, string Of, Right? Right, Scopes Scopes);

/// <summary>Nothing more to say: it is done.</summary>
public sealed record DoneBody(bool Done);

/// <summary>Teams and keys, for programs.</summary>
static class TeamEndpoints
{
    public const Party Deciders = Party.Seller | Party.Operator;

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/caller", Introduce).For(Access.AnyKey).WithTags("Access").WithName("getCaller")
            .WithSummary("As whom your key comes in, and what it may do.");
        var staff = v1.MapGroup("/staff").WithTags("Access");
        staff.MapGet("", List).For(Deciders).Needing(Right.Manager).WithName("listStaff")
            .WithSummary("Your shop's people, and who is expected; for operators those of the platform.");
        staff.MapPost("/invitations", Invite).For(Deciders).Needing(Right.Owner).WithName("inviteStaff")
            .WithSummary("Invite somebody by mail.");
        staff.MapPost("/invitations/{id}/withdrawal", Withdraw).For(Deciders).Needing(Right.Owner)
            .WithName("withdrawInvitation").WithSummary("Expect somebody no longer.");
        staff.MapPost("/{person}/title", Change).For(Deciders).Needing(Right.Owner).WithName("changeTitle")
            .WithSummary("Give somebody another title, and the rights that go with it.");
        staff.MapPost("/{person}/removal", Remove).For(Deciders).Needing(Right.Owner).WithName("removeStaff")
            .WithSummary("Take somebody out, at once.");
        var keys = v1.MapGroup("/keys").WithTags("Access");
        keys.MapGet("", ListKeys).For(Deciders).Needing(Right.Manager).WithName("listKeys")
            .WithSummary("Keys of your shop's programs; for operators those of integrations and carriers.");
        keys.MapPost("", Make).For(Deciders).Needing(Right.Manager).WithName("makeKey")
            .WithSummary("Make a key; its secret is told this once.");
        keys.MapPost("/{id}/revocation", Revoke).For(Deciders).Needing(Right.Manager).WithName("revokeKey")
            .WithSummary("End a key, at once.");
    }

    static Visitor Of(Caller caller) => caller.Http.Features.Get<Visitor>()!;

    static Answer<CallerBody> Introduce(Caller caller)
    {
        var who = Of(caller);
        return new CallerBody(AccessKeys.NameOf(who.Role), who.Hat.Of,
            who.Role is Party.Seller ? who.Right : null, who.Scopes);
    }

    static Answer<StaffBody> List(Caller caller, Accounts accounts) => Of(Team.Of(Of(caller)), accounts);

    /// <summary>A team as its deciders see it.</summary>
    public static StaffBody Of(Team team, Accounts accounts) => new(
        [.. accounts.Members(team.Seller).Select(m =>
            new MemberBody(m.Person.Id, m.Person.Name, m.Person.Mail, m.Hat.Title, m.Since))],
        [.. accounts.Invitations(team.Seller).Where(i => i.Mail is not null).Select(i => new InvitationBody(
            i.Id, i.Mail!, i.Hat.Title, i.By, Instant.FromDateTimeOffset(i.At), Instant.FromDateTimeOffset(i.Until)))]);

    static Answer<DoneBody> Done(Refusal? why) => why is null ? new DoneBody(true)
        : why == Refused.NotInTeam || why == Refused.NoSuchKey ? Problems.NotFound : Problems.Of([why]);

    static Answer<DoneBody> Invite(WriteOf<InvitationRequest> write, Teams teams) => Done(teams.Invite(
        Team.Of(Of(write.By)), write.Body.Mail, write.Body.Title, Of(write.By), write.By.Texts));

    static Answer<DoneBody> Withdraw(string id, BareWrite write, Teams teams) =>
        teams.Withdraw(Team.Of(Of(write.By)), id, Of(write.By)) ? new DoneBody(true) : Problems.NotFound;

    static Answer<DoneBody> Change(string person, WriteOf<TitleRequest> write, Teams teams) =>
        Done(teams.Change(Team.Of(Of(write.By)), person, write.Body.Title, Of(write.By)));

    static Answer<DoneBody> Remove(string person, BareWrite write, Teams teams) =>
        Done(teams.Remove(Team.Of(Of(write.By)), person, Of(write.By)));

    static Answer<KeysBody> ListKeys(Caller caller, KeyDesk desk) =>
        new KeysBody([.. desk.Of(Of(caller)).Select(desk.BodyOf)]);

    static Answer<MadeKeyBody> Make(WriteOf<KeyRequest> write, KeyDesk desk)
    {
        var body = write.Body;
        var (key, token, why) = desk.Make(body.Name, body.Role, body.Of, body.Scopes, write, Of(write.By));
        return key is null ? Problems.Of(why) : new MadeKeyBody(desk.BodyOf(key), token);
    }

    static Answer<DoneBody> Revoke(string id, BareWrite write, KeyDesk desk) => Done(desk.Revoke(id, Of(write.By)));
}
