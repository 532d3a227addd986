using Microsoft.AspNetCore.Identity;
using Recourse.Orders;
using Recourse.People;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What an operator does about people's accounts.</summary>
sealed class PeopleDesk(Accounts accounts, UserManager<Person> people, IPlatform platform)
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

    /// <summary>Why somebody can be kept out, by the rulebook in force.</summary>
    public ImmutableArray<string> Reasons =>
        [.. RulebookEndpoints.Current(platform).Of<PeopleRules>().Reasons.Keys
            .Order(StringComparer.Ordinal)];

    /// <summary>Why somebody is kept out; null: they are not.</summary>
    public static async Task<Kernel.Statement?> WhyOf(Person person, IPlatform platform, CancellationToken cancel) =>
        person.BlockedAt is null ? null
        : ((await platform.Read(new PersonId(person.Id), new Actor.Buyer(new(person.Id)), cancel))?.State
            as PersonAccount.State.Blocked)?.Why;

    /// <summary>Keeps somebody out, and ends their sessions.</summary>
    /// <param name="order">The id of the order that it is about; empty: it is about none.</param>
    public async Task<Problem?> Block(string id, string reason, string order, Write write)
    {
        if (accounts.OfId(id) is null) return Problems.Of([Refused.NoSuchPerson]);
        if (write.By.Visitor.Person?.Id == id) return Problems.Of([Refused.NotYourself]);
        OrderId? about = null;
        if (order.Trim() is { Length: > 0 } text)
        {
            if (!OrderId.TryParse(text, out var found)
                || await platform.Read(found, write.By.Who, write.By.Cancel) is null)
                return Problems.Of([Refused.NoSuchOrder]);
            about = found;
        }
        var outcome = await platform.Ask(
            write.To(new PersonId(id), new PersonAccount.Command.Block(reason, about)), write.By.Cancel);
        if (outcome is not Outcome.Done done) return Problems.Of(outcome);
        if (done.State is not PersonAccount.State.Blocked) return null;            // said again, and undone since
        // The herald would do the same in a moment.
        accounts.KeepOut(id, DateTimeOffset.UtcNow);
        return await SignOut(id, "blocked", write);
    }

    /// <summary>Lets somebody in again, also after too many wrong passwords.</summary>
    public async Task<Problem?> Admit(string id, Write write)
    {
        if (accounts.OfId(id) is not { } person) return Problems.Of([Refused.NoSuchPerson]);
        if (person.BlockedAt is not null)
        {
            var outcome = await platform.Ask(
                write.To(new PersonId(id), new PersonAccount.Command.Admit()), write.By.Cancel);
            if (outcome is not Outcome.Done done) return Problems.Of(outcome);
            if (done.State is PersonAccount.State.Blocked) return null;
            accounts.LetIn(id);
        }
        person = accounts.OfId(id)!;
        (person.LockedUntil, person.Failures) = (null, 0);
        if (!(await people.UpdateAsync(person)).Succeeded) return Problems.Of([Refused.ChangedMeanwhile]);
        Note(person, "admitted", write);
        return null;
    }

    /// <summary>Ends all of somebody's sessions.</summary>
    public Task<Problem?> SignOut(string id, Write write) => SignOut(id, "signed-out-by-operator", write);

    async Task<Problem?> SignOut(string id, string what, Write write)
    {
        if (accounts.OfId(id) is not { } person) return Problems.Of([Refused.NoSuchPerson]);
        return await SignOut(person, what, write);
    }

    async Task<Problem?> SignOut(Person person, string what, Write write)
    {
        if (!(await people.UpdateSecurityStampAsync(person)).Succeeded)
            return Problems.Of([Refused.ChangedMeanwhile]);
        Note(person, what, write);
        return null;
    }

    /// <summary>For somebody who has lost authenticator and codes, and has shown an operator who they are.</summary>
    public async Task<Problem?> DropSecondFactor(string id, Write write)
    {
        if (accounts.OfId(id) is not { } person) return Problems.Of([Refused.NoSuchPerson]);
        if (write.By.Visitor.Person?.Id == id) return Problems.Of([Refused.NotYourself]);
        (person.HasSecondFactor, person.AuthenticatorKey, person.RecoveryCodes) = (false, null, []);
        return await SignOut(person, "second-factor-dropped", write);
    }

    void Note(Person person, string what, Write write)
    {
        var by = Teams.NameOf(write.By.Visitor);
        accounts.Note(Accounts.LogOf(person), what, null, by);
        accounts.Note(new Team(null).Log, what, person.Mail, by);
    }
}
