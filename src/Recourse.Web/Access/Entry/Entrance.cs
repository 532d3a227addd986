using System.Collections.Concurrent;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>How far somebody came: in, to the second factor, or not.</summary>
/// <param name="Person">They are in.</param>
/// <param name="Pending">They are asked for a code, and bring this back with it.</param>
/// <param name="KeptOut">They are kept out, and this is why: they have shown who they are.</param>
/// <param name="Pass">By which they can appeal that without coming in; null: they aren't kept out.</param>
sealed record Entered(
    Person? Person, Refusal? Why = null, string? Pending = null, Kernel.Statement? KeptOut = null, string? Pass = null);

/// <summary>What the entrance remembers between requests.</summary>
sealed class EntranceHall
{
    const int Most = 10_000;

    readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];
    readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset? Until)> _strangers = [];

    /// <summary>One after the other for each address: whoever guesses at once is counted in full.</summary>
    public async Task<IDisposable> Turn(string mail, CancellationToken cancel)
    {
        var turn = _turns[(mail.GetHashCode(StringComparison.Ordinal) & int.MaxValue) % _turns.Length];
        await turn.WaitAsync(cancel);
        return new Held(turn);
    }

    /// <summary>An address without account is locked out just as one with.</summary>
    public DateTimeOffset? LockedUntil(string mail) => _strangers.GetValueOrDefault(mail).Until;

    /// <summary>Counts a wrong password.</summary>
    public DateTimeOffset? Fail(string mail, LockoutOptions lockout)
    {
        if (_strangers.Count > Most) _strangers.Clear();
        return _strangers.AddOrUpdate(mail, _ => (1, null), (_, was) =>
            was.Failures + 1 < lockout.MaxFailedAccessAttempts ? (was.Failures + 1, null)
                : (0, DateTimeOffset.UtcNow + lockout.DefaultLockoutTimeSpan)).Until;
    }

    sealed class Held(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}

/// <summary>
/// Coming in with mail and password, and the second step. What is answered never says who has an account.
/// </summary>
sealed class Entrance(
    UserManager<Person> people, SignInManager<Person> signIn, Accounts accounts, RateLimits limits, EntranceHall hall,
    Letters letters, IDataProtectionProvider protection, IPlatform platform)
{
    static readonly TimeSpan SecondStepWithin = TimeSpan.FromMinutes(10), AppealWithin = TimeSpan.FromHours(1);
    static readonly Person Nobody = new() { Id = "", Mail = "", CreatedAt = default };
    static string? _nobodysHash;

    readonly ITimeLimitedDataProtector _seal =
        protection.CreateProtector("second-step.v1").ToTimeLimitedDataProtector();

    readonly ITimeLimitedDataProtector _pass = protection.CreateProtector("kept-out.v1").ToTimeLimitedDataProtector();

    /// <summary>Too many tries from where this comes from; null: it may be tried.</summary>
    public Refusal? TooOften(HttpContext http) =>
        limits.Try(Doorkeeper.PlaceOf(http)) is > 0 and var wait ? Refused.TooOften(wait) : null;

    /// <summary>With mail and password.</summary>
    public async Task<Entered> Enter(string mail, string password, HttpContext http)
    {
        if (TooOften(http) is { } tooOften) return new(null, tooOften);
        var key = people.NormalizeEmail(mail.Trim()) ?? "";
        using var turn = await hall.Turn(key, http.RequestAborted);
        if (accounts.OfMail(key) is not { } person) return AsStranger(key, password);
        if (await Try(person, password, http) is { } why) return new(null, why);
        if (!person.IsConfirmed)
        {
            await letters.Confirm(person, http);
            return new(null, Refused.Unconfirmed);
        }
        if (person.HasSecondFactor)
            return new(null, null, _seal.Protect($"{person.Id} {person.Stamp}", SecondStepWithin));
        if (await AtTheDoor(person, http) is { } keptOut) return keptOut;
        accounts.Note(Accounts.LogOf(person), "signed-in", null, From(http));
        return new(person);
    }

    /// <summary>Whether somebody who has shown who they are is kept out, and why; null: they are let in.</summary>
    public async Task<Entered?> AtTheDoor(Person person, HttpContext http) => person.BlockedAt is null ? null
        : new(null, Refused.Blocked, null, await PeopleDesk.WhyOf(person, platform, http.RequestAborted),
            _pass.Protect($"{person.Id} {person.Stamp}", AppealWithin));

    /// <summary>Who has shown who they are, and is kept out; null: nobody, or it was too long ago.</summary>
    public Person? WithPass(string pass) => PersonOf(pass, _pass) is { BlockedAt: not null } person ? person : null;

    /// <summary>A password of an account; wrong ones are counted, and noted for whose it is.</summary>
    public async Task<Refusal?> Try(Person person, string password, HttpContext http)
    {
        if (Left(person.LockedUntil) is { } left) return Refused.LockedOut(left);
        var result = await signIn.CheckPasswordSignInAsync(person, Bounded(password), lockoutOnFailure: true);
        if (result.Succeeded) return null;
        accounts.Note(Accounts.LogOf(person), result.IsLockedOut ? "locked-out" : "sign-in-failed", null, From(http));
        return Left(person.LockedUntil) is { } now ? Refused.LockedOut(now) : Refused.WrongEntry;
    }

    /// <summary>An address without account takes as long, and is answered the same.</summary>
    Entered AsStranger(string mail, string password)
    {
        if (Left(hall.LockedUntil(mail)) is { } left) return new(null, Refused.LockedOut(left));
        Hash(password);
        return new(null, Left(hall.Fail(mail, people.Options.Lockout)) is { } now
            ? Refused.LockedOut(now) : Refused.WrongEntry);
    }

    /// <summary>Takes the time that a password takes.</summary>
    public void Hash(string password)
    {
        _nobodysHash ??= people.PasswordHasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        people.PasswordHasher.VerifyHashedPassword(Nobody, _nobodysHash, Bounded(password));
    }

    /// <summary>With a code of the authenticator, or one of those that work once.</summary>
    public async Task<Entered> Second(string pending, string code, HttpContext http)
    {
        if (TooOften(http) is { } tooOften) return new(null, tooOften);
        if (PersonOf(pending, _seal) is not { } known) return new(null, Refused.OldStep);
        using var turn = await hall.Turn(known.MailKey, http.RequestAborted);
        var person = accounts.OfId(known.Id)!;
        if (Left(person.LockedUntil) is { } left) return new(null, Refused.LockedOut(left));
        if (await IsCode(person, code))
        {
            await people.ResetAccessFailedCountAsync(person);
            if (await AtTheDoor(person, http) is { } keptOut) return keptOut;
            accounts.Note(Accounts.LogOf(person), "signed-in", null, From(http));
            return new(person);
        }
        await people.AccessFailedAsync(person);
        accounts.Note(Accounts.LogOf(person), "code-failed", null, From(http));
        return new(null, Left(person.LockedUntil) is { } now ? Refused.LockedOut(now) : Refused.WrongCode, pending);
    }

    async Task<bool> IsCode(Person person, string code)
    {
        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        return typed.Length == 6
            ? await people.VerifyTwoFactorTokenAsync(person, TokenOptions.DefaultAuthenticatorProvider, typed)
            : typed.Length is > 6 and < 40 && (await people.RedeemTwoFactorRecoveryCodeAsync(person, typed)).Succeeded;
    }

    Person? PersonOf(string sealedText, ITimeLimitedDataProtector by)
    {
        try
        {
            return by.Unprotect(sealedText).Split(' ') is [var id, var stamp] && accounts.OfId(id) is { } person
                && person.Stamp == stamp ? person : null;
        }
        catch (System.Security.Cryptography.CryptographicException) { return null; }
    }

    /// <summary>Where somebody came from, as they can recognise it.</summary>
    public static string From(HttpContext http)
    {
        var program = http.Request.Headers.UserAgent.ToString();
        return $"{Doorkeeper.PlaceOf(http)} {program[..Math.Min(program.Length, 160)]}".Trim();
    }

    static TimeSpan? Left(DateTimeOffset? until) =>
        until - DateTimeOffset.UtcNow is { } left && left > TimeSpan.Zero ? left : null;

    // Hashing takes as long as what is hashed.
    static string Bounded(string password) => password.Length <= Refused.MostPassword ? password : "";
}
