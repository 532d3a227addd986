using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
namespace Recourse.Web;

/// <summary>What a browser needs to use or make a passkey, and what it brings back with it.</summary>
/// <param name="Options">As WebAuthn has them, JSON.</param>
/// <param name="State">Sealed; good for a few minutes.</param>
public sealed record PasskeyOptions(string Options, string State);

/// <summary>
/// Coming in with a passkey. It is unlocked by its owner each time, so it is both factors at once; and a lock-out,
/// which is about guessed passwords, doesn't concern it.
/// </summary>
sealed class Passkeys(
    IPasskeyHandler<Person> handler, UserManager<Person> people, Accounts accounts, Entrance entrance,
    IDataProtectionProvider protection)
{
    /// <summary>As many as anybody has devices.</summary>
    public const int Most = 20;

    static readonly TimeSpan Within = TimeSpan.FromMinutes(5);

    readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("passkey.v1").ToTimeLimitedDataProtector();

    /// <summary>To come in, whoever it is.</summary>
    public async Task<PasskeyOptions> ToEnter(HttpContext http)
    {
        var made = await handler.MakeRequestOptionsAsync(null, http);
        return new(made.RequestOptionsJson, Seal("enter", made.AssertionState));
    }

    /// <summary>To make one for this person.</summary>
    public async Task<PasskeyOptions> ToAdd(Person person, HttpContext http)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new() { Id = person.Id, Name = person.Mail, DisplayName = person.Name }, http);
        return new(made.CreationOptionsJson, Seal(person.Id, made.AttestationState));
    }

    /// <summary>With what a browser brought.</summary>
    public async Task<Entered> Enter(string credential, string state, HttpContext http)
    {
        if (entrance.TooOften(http) is { } tooOften) return new(null, tooOften);
        if (Open("enter", state) is not { } asked) return new(null, Refused.OldStep);
        var result = await handler.PerformAssertionAsync(
            new() { HttpContext = http, CredentialJson = credential, AssertionState = asked });
        if (!result.Succeeded) return new(null, Refused.WrongPasskey);
        var person = result.User;
        if (await entrance.AtTheDoor(person, http) is { } keptOut) return keptOut;
        await people.AddOrUpdatePasskeyAsync(person, result.Passkey);
        accounts.Note(Accounts.LogOf(person), "signed-in-by-passkey", result.Passkey.Name, Entrance.From(http));
        return new(person);
    }

    /// <summary>Keeps what a browser made for this person.</summary>
    public async Task<Refusal?> Add(Person person, string credential, string state, string name, HttpContext http)
    {
        if (Registration.NameFault(name) is { } fault) return fault;
        if (Open(person.Id, state) is not { } asked) return Refused.OldStep;
        if ((await people.GetPasskeysAsync(person)).Count >= Most) return Refused.WrongPasskey;
        var result = await handler.PerformAttestationAsync(
            new() { HttpContext = http, CredentialJson = credential, AttestationState = asked });
        if (!result.Succeeded || result.UserEntity.Id != person.Id) return Refused.WrongPasskey;
        result.Passkey.Name = name;
        await people.AddOrUpdatePasskeyAsync(person, result.Passkey);
        accounts.Note(Accounts.LogOf(person), "passkey-made", name, Entrance.From(http));
        return null;
    }

    /// <summary>All of somebody's.</summary>
    public ImmutableArray<UserPasskeyInfo> Of(Person person) =>
        [.. accounts.PasskeysOf(person.Id).Select(PersonStore.Read)];

    /// <summary>Forgets one.</summary>
    public async Task Remove(Person person, string id, HttpContext http)
    {
        var found = (await people.GetPasskeysAsync(person)).FirstOrDefault(p => IdOf(p) == id);
        if (found is null) return;
        await people.RemovePasskeyAsync(person, found.CredentialId);
        accounts.Note(Accounts.LogOf(person), "passkey-removed", found.Name, Entrance.From(http));
    }

    /// <summary>A passkey's id as forms have it.</summary>
    public static string IdOf(UserPasskeyInfo passkey) =>
        Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(passkey.CredentialId);

    string Seal(string whose, string? state) => _seal.Protect($"{whose} {state}", Within);

    string? Open(string whose, string state)
    {
        try
        {
            var text = _seal.Unprotect(state);
            return text.StartsWith($"{whose} ", StringComparison.Ordinal) ? text[(whose.Length + 1)..] : null;
        }
        catch (System.Security.Cryptography.CryptographicException) { return null; }
    }
}
