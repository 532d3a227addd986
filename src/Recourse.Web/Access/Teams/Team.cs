using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A shop's people, or the platform's.</summary>
/// <param name="Seller">The shop's code; null: the platform.</param>
public sealed record Team(string? Seller)
{
    /// <summary>The team that somebody decides about.</summary>
    internal static Team Of(Visitor visitor) =>
        new(visitor.Who is Actor.Seller { Id.Code: var code } ? code : null);

    /// <summary>What its people can be, the highest first.</summary>
    public ImmutableArray<string> Titles => Seller is null ? Hat.PlatformTitles : Hat.ShopTitles;

    /// <summary>Its name in sentences.</summary>
    public string Name => Seller ?? "Recourse";

    /// <summary>What whoever doesn't belong to it calls it.</summary>
    internal string NameIn(Shops shops) => Seller is null ? Name : shops.NameOf(Seller) ?? Name;

    /// <summary>The subject of its log.</summary>
    public string Log => Seller is null ? "platform" : $"seller/{Seller}";

    /// <summary>Those without whom nobody could decide about it.</summary>
    public bool IsHighest(Hat hat) => hat.Title == Titles[0];
}

/// <summary>Who belongs to a team: inviting, joining, rights, leaving. Pages and API do it here.</summary>
sealed class Teams(
    Accounts accounts, UserManager<Person> people, Letters letters, Registration registration, Settings settings,
    IPlatform platform, Shops shops)
{
    /// <summary>Expects somebody.</summary>
    public Refusal? Invite(Team team, string mail, string title, Visitor by, Texts texts)
    {
        if (!Mails.IsMail(mail)) return Refused.BadMail;
        if (!team.Titles.Contains(title)) return Refused.NoSuchTitle;
        var key = people.NormalizeEmail(mail)!;
        if (accounts.Members(team.Seller).Any(m => m.Person.MailKey == key)) return Refused.InTeamAlready;
        foreach (var old in accounts.Invitations(team.Seller).Where(i => people.NormalizeEmail(i.Mail) == key))
            accounts.End(old.Id);
        var name = NameOf(by);
        var code = accounts.Invite(mail, Hat.Titled(title, team.Seller ?? "")!, name, settings.InvitationsLast);
        letters.Invite(mail, name, team.NameIn(shops), texts.Tell($"console.title.{title}"), code, texts);
        accounts.Note(team.Log, "invited", $"{mail}, {title}", name);
        return null;
    }

    /// <summary>Expects nobody any more; false if there is no such invitation.</summary>
    public bool Withdraw(Team team, string id, Visitor by)
    {
        if (accounts.Invitations(team.Seller).FirstOrDefault(i => i.Id == id) is not { } found || !accounts.End(id))
            return false;
        accounts.Note(team.Log, "withdrawn", found.Mail, NameOf(by));
        return true;
    }

    /// <summary>Gives somebody another title.</summary>
    public Refusal? Change(Team team, string person, string title, Visitor by)
    {
        if (!team.Titles.Contains(title)) return Refused.NoSuchTitle;
        if (Find(team, person) is not { } member) return Refused.NotInTeam;
        if (member.Hat.Title == title) return null;
        if (IsLast(team, member)) return Refused.LastOfTeam;
        accounts.Give(person, Hat.Titled(title, team.Seller ?? person)!);
        Note(team, member, "title-changed", title, by);
        return null;
    }

    /// <summary>Takes somebody out: from the next request on they are nobody there.</summary>
    public Refusal? Remove(Team team, string person, Visitor by)
    {
        if (Find(team, person) is not { } member) return Refused.NotInTeam;
        if (IsLast(team, member)) return Refused.LastOfTeam;
        accounts.Take(person, member.Hat);
        Note(team, member, "removed", member.Hat.Title, by);
        return null;
    }

    void Note(Team team, Member member, string what, string title, Visitor by)
    {
        accounts.Note(team.Log, what, $"{member.Person.Name}, {title}", NameOf(by));
        accounts.Note(Accounts.LogOf(member.Person), what, $"{team.Name}, {title}", NameOf(by));
    }

    Member? Find(Team team, string person) =>
        accounts.Members(team.Seller).FirstOrDefault(m => m.Person.Id == person);

    /// <summary>Whether a team would be left to nobody without them.</summary>
    public bool IsLast(Team team, Member member) => team.IsHighest(member.Hat)
        && accounts.Members(team.Seller).Count(m => team.IsHighest(m.Hat)) == 1;

    /// <summary>What whoever acts is called.</summary>
    public static string NameOf(Visitor by) => by.Person?.Name ?? by.Who.Name;

    /// <summary>Whether this person may take that invitation; null: they may.</summary>
    public Refusal? MayTake(Invitation invitation, Person person) =>
        invitation.Mail is { } mail && people.NormalizeEmail(mail) != person.MailKey ? Refused.NotYourInvitation
        : (invitation.Hat.Role & Party.Staff) != 0 && TradesHere(person) ? Refused.BuysHere : null;

    // Whoever decides between buyers and sellers is neither.
    bool TradesHere(Person person) =>
        accounts.HatsOf(person.Id).Any(h => h.Role is Party.Seller or Party.Warehouse)
        || !platform.Views.List(OrderList.View, Scope.Index, $"buyer/{person.Id}", null, 1).Rows.IsEmpty;

    /// <summary>Whether there is an account for the address of an invitation already.</summary>
    public bool IsKnown(Invitation invitation) =>
        invitation.Mail is { } mail && accounts.OfMail(people.NormalizeEmail(mail)!) is { IsConfirmed: true };

    /// <summary>Somebody who has an account takes it; an invitation is taken once.</summary>
    public (Hat? Hat, Refusal? Why) Take(Invitation invitation, Person person, HttpContext http)
    {
        if (MayTake(invitation, person) is { } why) return (null, why);
        if (!accounts.End(invitation.Id)) return (null, Refused.OldInvitation);
        var hat = invitation.Hat with { Of = invitation.Hat.Of is "" ? person.Id : invitation.Hat.Of };
        accounts.Give(person.Id, hat);
        var team = new Team((hat.Role & Party.Staff) != 0 ? null : hat.Of);
        accounts.Note(team.Log, "joined", $"{person.Name}, {hat.Title}", invitation.By);
        accounts.Note(Accounts.LogOf(person), "joined", $"{team.Name}, {hat.Title}", Entrance.From(http));
        return (hat, null);
    }

    /// <summary>Somebody new takes it: with the code from their letter the address is confirmed.</summary>
    public async Task<(Person? Person, Hat? Hat, ImmutableArray<Refusal> Why)> Join(
        Invitation invitation, string name, string mail, string password, HttpContext http)
    {
        if (await registration.Faults(new(name, mail, password, null)) is not [] and var faults)
            return (null, null, faults);
        if (await registration.Make(name, mail, password, isConfirmed: true, http) is not { } person)
            return (null, null, [Refused.MailTaken]);
        var (hat, why) = Take(invitation, person, http);
        return why is null ? (person, hat, []) : (null, null, [why]);
    }
}
