using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
namespace Recourse.Web;

/// <summary>What people do about their own account.</summary>
sealed class MyAccount(
    UserManager<Person> people, Accounts accounts, Entrance entrance, EntranceHall hall, Registration registration,
    Letters letters, Sessions sessions)
{
    /// <summary>Another name, and other ways to read.</summary>
    public async Task<Refusal?> Correct(Person person, string name, Preferences preferences)
    {
        if (Registration.NameFault(name) is { } fault) return fault;
        (person.Name, person.Preferences) = (name, preferences);
        return await Saved(person);
    }

    /// <summary>Another password: all other sessions end.</summary>
    public async Task<Refusal?> SetPassword(Visitor by, string old, string password, HttpContext http)
    {
        var person = by.Person!;
        if (await Prove(person, old, http) is { } why) return why with { Field = "old" };
        if (await registration.PasswordFault(person, password) is { } fault) return fault;
        if (!(await people.ChangePasswordAsync(person, old, password)).Succeeded) return Refused.ChangedMeanwhile;
        sessions.Renew(http, person, by.Hat);
        accounts.Note(Accounts.LogOf(person), "password-set", null, Entrance.From(http));
        letters.Tell(person, "password-set", http);
        return null;
    }

    /// <summary>Whoever sits there must know the password for what can't be taken back.</summary>
    public async Task<Refusal?> Prove(Person person, string password, HttpContext http)
    {
        if (entrance.TooOften(http) is { } tooOften) return tooOften;
        using var turn = await hall.Turn(person.MailKey, http.RequestAborted);
        var why = await entrance.Try(person, password, http);
        return why == Refused.WrongEntry ? Refused.WrongPassword : why;
    }

    /// <summary>Sends a link to another address; whether it is somebody else's shows only there.</summary>
    public async Task<Refusal?> AskMove(Person person, string mail, string password, HttpContext http)
    {
        if (!Mails.IsMail(mail)) return Refused.BadMail;
        if (await Prove(person, password, http) is { } why) return why;
        if (accounts.OfMail(people.NormalizeEmail(mail)!) is { IsConfirmed: true } other) letters.Known(other, http);
        else await letters.Move(person, mail, http);
        return null;
    }

    /// <summary>The other address is theirs.</summary>
    public async Task<Refusal?> Move(Visitor by, string mail, string code, HttpContext http)
    {
        var (person, was) = (by.Person!, by.Person!.Mail);
        if (accounts.OfMail(people.NormalizeEmail(mail) ?? "") is { IsConfirmed: false } unused)
            accounts.Delete(unused.Id);
        if (!(await people.ChangeEmailAsync(person, mail, Letters.Decoded(code))).Succeeded) return Refused.OldLink;
        sessions.Renew(http, person, by.Hat);
        accounts.Note(Accounts.LogOf(person), "mail-changed", mail, Entrance.From(http));
        letters.Tell(person, "mail-changed", http, was);
        return null;
    }

    /// <summary>Ends all sessions, this one too.</summary>
    public async Task<Refusal?> SignOutEverywhere(Person person, HttpContext http)
    {
        if (!(await people.UpdateSecurityStampAsync(person)).Succeeded) return Refused.ChangedMeanwhile;
        accounts.Note(Accounts.LogOf(person), "signed-out-everywhere", null, Entrance.From(http));
        Sessions.Close(http);
        return null;
    }

    /// <summary>Ends one of their sessions.</summary>
    public Refusal? EndSession(Visitor by, string id, HttpContext http)
    {
        if (!accounts.EndSession(id, by.Person!.Id)) return Refused.NoSuchSession;
        accounts.Note(Accounts.LogOf(by.Person), "session-ended", null, Entrance.From(http));
        return null;
    }

    /// <summary>Makes a secret to share with an authenticator; it is asked for once a code of it was seen.</summary>
    public async Task StartSecondFactor(Visitor by, HttpContext http)
    {
        if (by.Person!.HasSecondFactor) return;
        await people.ResetAuthenticatorKeyAsync(by.Person);
        sessions.Renew(http, by.Person, by.Hat);
    }

    /// <summary>A first code: from now on one is asked for. Returns codes that each work once.</summary>
    public async Task<(ImmutableArray<string> Codes, Refusal? Why)> ConfirmSecondFactor(
        Visitor by, string code, HttpContext http)
    {
        var person = by.Person!;
        if (entrance.TooOften(http) is { } tooOften) return ([], tooOften);
        if (person.HasSecondFactor || person.AuthenticatorKey is null) return ([], Refused.OldStep);
        if (!await people.VerifyTwoFactorTokenAsync(person, TokenOptions.DefaultAuthenticatorProvider,
            code.Replace(" ", "", StringComparison.Ordinal))) return ([], Refused.WrongCode);
        await people.SetTwoFactorEnabledAsync(person, true);
        var codes = await people.GenerateNewTwoFactorRecoveryCodesAsync(person, 10);
        sessions.Renew(http, person, by.Hat);
        accounts.Note(Accounts.LogOf(person), "second-factor-on", null, Entrance.From(http));
        letters.Tell(person, "second-factor-on", http);
        return ([.. codes ?? []], null);
    }

    /// <summary>No code is asked for any more.</summary>
    public async Task<Refusal?> EndSecondFactor(Visitor by, string password, HttpContext http)
    {
        var person = by.Person!;
        if (await Prove(person, password, http) is { } why) return why;
        (person.AuthenticatorKey, person.RecoveryCodes) = (null, []);
        await people.SetTwoFactorEnabledAsync(person, false);
        sessions.Renew(http, person, by.Hat);
        accounts.Note(Accounts.LogOf(person), "second-factor-off", null, Entrance.From(http));
        letters.Tell(person, "second-factor-off", http);
        return null;
    }

    async Task<Refusal?> Saved(Person person) =>
        (await people.UpdateAsync(person)).Succeeded ? null : Refused.ChangedMeanwhile;
}
