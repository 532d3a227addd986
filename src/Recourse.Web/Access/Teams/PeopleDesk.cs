using Microsoft.AspNetCore.Identity;
namespace Recourse.Web;

/// <summary>What an operator does about people's accounts.</summary>
sealed class PeopleDesk(Accounts accounts, UserManager<Person> people)
{
    const int Page = 50;

    /// <summary>Accounts by address, from after one on; where something is sought, those that begin with it.</summary>
    public (ImmutableArray<Person> People, string? Next) List(string? find, string? after, int? limit)
    {
        var (begin, most) = (people.NormalizeEmail(find?.Trim() ?? "") ?? "", Math.Clamp(limit ?? Page, 1, 200));
        // Just before the first one that begins so.
        var from = after ?? (begin is "" ? null : $"{begin[..^1]}{(char)(begin[^1] - 1)}\uffff");
        var found = accounts.From(from, most + 1);
        var fitting = found.Where(p => p.MailKey.StartsWith(begin, StringComparison.Ordinal)).ToImmutableArray();
        return fitting.Length > most ? (fitting[..most], fitting[most - 1].MailKey) : (fitting, null);
    }

    /// <summary>Keeps somebody out, and ends their sessions.</summary>
    public async Task<Refusal?> Bar(string id, Visitor by)
    {
        if (accounts.OfId(id) is not { } person) return Refused.NoSuchPerson;
        if (by.Person?.Id == id) return Refused.NotYourself;
        if (person.BarredAt is not null) return null;
        person.BarredAt = DateTimeOffset.UtcNow;
        return await SignOut(person, "barred", by);
    }

    /// <summary>Lets somebody in again, also after too many wrong passwords.</summary>
    public async Task<Refusal?> Admit(string id, Visitor by)
    {
        if (accounts.OfId(id) is not { } person) return Refused.NoSuchPerson;
        (person.BarredAt, person.LockedUntil, person.Failures) = (null, null, 0);
        if (!(await people.UpdateAsync(person)).Succeeded) return Refused.ChangedMeanwhile;
        Note(person, "admitted", by);
        return null;
    }

    /// <summary>Ends all of somebody's sessions.</summary>
    public Task<Refusal?> SignOut(string id, Visitor by) => accounts.OfId(id) is { } person
        ? SignOut(person, "signed-out-by-operator", by) : Task.FromResult<Refusal?>(Refused.NoSuchPerson);

    async Task<Refusal?> SignOut(Person person, string what, Visitor by)
    {
        if (!(await people.UpdateSecurityStampAsync(person)).Succeeded) return Refused.ChangedMeanwhile;
        Note(person, what, by);
        return null;
    }

    /// <summary>For somebody who has lost authenticator and codes, and has shown an operator who they are.</summary>
    public async Task<Refusal?> DropSecondFactor(string id, Visitor by)
    {
        if (accounts.OfId(id) is not { } person) return Refused.NoSuchPerson;
        if (by.Person?.Id == id) return Refused.NotYourself;
        (person.HasSecondFactor, person.AuthenticatorKey, person.RecoveryCodes) = (false, null, []);
        return await SignOut(person, "second-factor-dropped", by);
    }

    void Note(Person person, string what, Visitor by)
    {
        accounts.Note(Accounts.LogOf(person), what, null, Teams.NameOf(by));
        accounts.Note(new Team(null).Log, what, person.Mail, Teams.NameOf(by));
    }
}
