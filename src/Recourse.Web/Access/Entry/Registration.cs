using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>What somebody fills in to have an account.</summary>
/// <param name="Shop">The name of the shop that they open; null: they buy.</param>
sealed record Applicant(string Name, string Mail, string Password, string? Shop);

/// <summary>Having an account: registering, confirming the address, a new password.</summary>
sealed class Registration(
    UserManager<Person> people, Accounts accounts, Entrance entrance, EntranceHall hall, Letters letters,
    IPlatform platform)
{
    /// <summary>What is wrong with what was filled in; none: it can be taken.</summary>
    public async Task<ImmutableArray<Refusal>> Faults(Applicant who) =>
    [
        .. new[]
        {
            NameFault(who.Name),
            Mails.IsMail(who.Mail) ? null : Refused.BadMail,
            who.Shop is { } shop && ShopName.Faults(shop) is [var fault, ..] ? AtShop(fault) : null,
            await PasswordFault(new() { Id = "", Mail = who.Mail, Name = who.Name, CreatedAt = default }, who.Password),
        }.OfType<Refusal>(),
    ];

    static Refusal AtShop(Refusal why) => why with { Field = "shop" };

    /// <summary>What is wrong with a name.</summary>
    public static Refusal? NameFault(string name) => IsName(name) ? null : Refused.BadName;

    // Names stand in letters to others, and lead nobody anywhere.
    static bool IsName(string name) => name.Length is > 0 and <= Refused.LongestName && !name.Any(char.IsControl)
        && !name.Contains("//", StringComparison.Ordinal) && !name.Contains("www.", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with a password of theirs.</summary>
    public async Task<Refusal?> PasswordFault(Person person, string password)
    {
        if (password.Length > Refused.MostPassword) return Refused.LongPassword;
        foreach (var validator in people.PasswordValidators)
            if ((await validator.ValidateAsync(people, person, password)).Errors.FirstOrDefault() is { } error)
                return error.Code is UsualPasswords.Code ? Refused.EasyPassword : Refused.ShortPassword;
        return null;
    }

    /// <summary>Takes somebody in. Whether the address is known shows only in its letterbox.</summary>
    public async Task<ImmutableArray<Refusal>> Register(Applicant who, HttpContext http)
    {
        if (entrance.TooOften(http) is { } tooOften) return [tooOften];
        if (await Faults(who) is not [] and var faults) return faults;
        using var turn = await hall.Turn(people.NormalizeEmail(who.Mail)!, http.RequestAborted);
        if (accounts.OfMail(people.NormalizeEmail(who.Mail)!) is { IsConfirmed: true } known)
        {
            entrance.Hash(who.Password);
            letters.Known(known, http);
            return [];
        }
        if (await Make(who.Name, who.Mail, who.Password, isConfirmed: false, http) is not { } person)
            return [Refused.ChangedMeanwhile];
        if (who.Shop is { } shop)
        {
            GiveShop(person, CodeOf(shop, person.Id));
            person.ShopName = shop;                                         // what nobody can confirm takes no name
            await people.UpdateAsync(person);
        }
        await letters.Confirm(person, http);
        return [];
    }

    /// <summary>
    /// Somebody new. An account that was never confirmed may be a stranger's with that address: nothing of it stays.
    /// </summary>
    public async Task<Person?> Make(string name, string mail, string password, bool isConfirmed, HttpContext http)
    {
        if (accounts.OfMail(people.NormalizeEmail(mail)!) is { } old)
        {
            if (old.IsConfirmed) return null;
            accounts.Delete(old.Id);
        }
        var person = new Person
        {
            Id = Person.NewId(), Mail = mail, Name = name, IsConfirmed = isConfirmed, CreatedAt = DateTimeOffset.UtcNow,
            Preferences = Choices.Of(http) with { Language = Languages.Of(http.Request).Language },
        };
        if (!(await people.CreateAsync(person, password)).Succeeded) return null;
        accounts.Note(Accounts.LogOf(person), "registered", null, Entrance.From(http));
        return person;
    }

    /// <summary>Opens a shop of theirs, if it can be called so. Said twice with one key, it is opened once.</summary>
    public async Task<(string Code, ImmutableArray<Refusal> Why)> OpenShop(Person person, string name, string key)
    {
        var code = CodeOf(name, $"{person.Id} {key}");
        var why = await Call(code, name, default);
        if (why.IsEmpty) GiveShop(person, code);
        return (code, why);
    }

    async Task<ImmutableArray<Refusal>> Call(string code, string name, CancellationToken cancel)
    {
        var seller = new SellerId(code);
        var outcome = await ShopNaming.Take(
            seller, name, platform, command => platform.Ask(new(seller, command, new Actor.Seller(seller)), cancel),
            cancel);
        return outcome is Outcome.Done ? [] : [.. Problems.Of(outcome).Why.Select(AtShop)];
    }

    void GiveShop(Person person, string code)
    {
        if (accounts.HatsOf(person.Id).Any(h => h.Role is Party.Seller && h.Of == code)) return;
        accounts.Give(person.Id, new(Party.Seller, code));
        accounts.Note(Accounts.LogOf(person), "shop-opened", code);
    }

    /// <summary>A shop's code: it begins with its name, and follows from who opens it.</summary>
    static string CodeOf(string name, string cause)
    {
        var slug = string.Concat(name.ToLowerInvariant()
            .Select(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' ? c : '-')).Trim('-');
        while (slug.Contains("--", StringComparison.Ordinal)) slug = slug.Replace("--", "-", StringComparison.Ordinal);
        return $"{(slug is "" ? "shop" : slug[..Math.Min(slug.Length, 24)].Trim('-'))}-{Derived.Code(cause)[..6]}";
    }

    /// <summary>
    /// The address is theirs, and so is the password that was chosen with it: whoever registers other people's
    /// addresses gains nothing by their clicking on a link.
    /// </summary>
    public async Task<Entered> Confirm(string of, string code, string password, HttpContext http)
    {
        if (entrance.TooOften(http) is { } tooOften) return new(null, tooOften);
        if (accounts.OfId(of) is not { } known) return new(null, Refused.OldLink);
        using var turn = await hall.Turn(known.MailKey, http.RequestAborted);
        var person = accounts.OfId(of)!;
        if (person.IsConfirmed || !await people.VerifyUserTokenAsync(person,
            people.Options.Tokens.EmailConfirmationTokenProvider, UserManager<Person>.ConfirmEmailTokenPurpose,
            Letters.Decoded(code))) return new(null, Refused.OldLink);
        if (await entrance.Try(person, password, http) is { } why)
            return new(null, why == Refused.WrongEntry ? Refused.WrongPassword : why);
        var shop = person.ShopName;
        person.ShopName = null;
        await people.ConfirmEmailAsync(person, Letters.Decoded(code));
        // A name that is taken by now they can choose anew on the shop's own page.
        if (shop is not null && accounts.HatsOf(person.Id).FirstOrDefault(h => h.Role is Party.Seller) is { } hat)
            await Call(hat.Of, shop, http.RequestAborted);
        accounts.Note(Accounts.LogOf(person), "mail-confirmed", null, Entrance.From(http));
        return await entrance.AtTheDoor(person, http) ?? new(person);
    }

    /// <summary>Sends a link for a new password, if there is an account.</summary>
    public async Task<Refusal?> AskReset(string mail, HttpContext http)
    {
        if (entrance.TooOften(http) is { } tooOften) return tooOften;
        if (!Mails.IsMail(mail)) return Refused.BadMail;
        if (accounts.OfMail(people.NormalizeEmail(mail)!) is { } person) await letters.Reset(person, http);
        return null;
    }

    /// <summary>Whether a link for a new password is still good.</summary>
    public async Task<Person?> Resetting(string of, string code) =>
        accounts.OfId(of) is { } person && await people.VerifyUserTokenAsync(person,
            people.Options.Tokens.PasswordResetTokenProvider, UserManager<Person>.ResetPasswordTokenPurpose,
            Letters.Decoded(code)) ? person : null;

    /// <summary>Sets a new password: sessions end, a lock-out is lifted, and the mail was read.</summary>
    public async Task<Refusal?> Reset(string of, string code, string password, HttpContext http)
    {
        if (entrance.TooOften(http) is { } tooOften) return tooOften;
        if (await Resetting(of, code) is not { } person) return Refused.OldLink;
        if (await PasswordFault(person, password) is { } fault) return fault;
        if (!(await people.ResetPasswordAsync(person, Letters.Decoded(code), password)).Succeeded)
            return Refused.OldLink;
        person.IsConfirmed = true;
        person.LockedUntil = null;
        person.Failures = 0;
        await people.UpdateAsync(person);
        accounts.Note(Accounts.LogOf(person), "password-set", null, Entrance.From(http));
        letters.Tell(person, "password-set", http);
        return null;
    }
}

/// <summary>Mail addresses.</summary>
static class Mails
{
    const int Longest = 254;

    /// <summary>Whether something could be one: the letter will show.</summary>
    public static bool IsMail(string text) =>
        text.Length <= Longest && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        && System.Net.Mail.MailAddress.TryCreate(text, out var mail) && mail.Address == text
        && mail.Host.Contains('.', StringComparison.Ordinal);
}

/// <summary>Passwords that are tried first by whoever guesses.</summary>
sealed class UsualPasswords : IPasswordValidator<Person>
{
    public const string Code = "usual";
    const int LeastKinds = 5;

    static readonly ImmutableArray<string> Usual =
        ["password", "passwort", "qwerty", "qwertz", "azerty", "123456", "abcdef", "iloveyou", "letmein", "recourse"];

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password)
    {
        var text = (password ?? "").ToLowerInvariant();
        var own = new[] { user.Mail.Split('@')[0], user.Name.Replace(" ", "", StringComparison.Ordinal) }
            .Where(o => o.Length >= 4).Select(o => o.ToLowerInvariant());
        var rest = Usual.Concat(own).Aggregate(text, (left, word) => left.Replace(word, "", StringComparison.Ordinal));
        return Task.FromResult(text.Distinct().Count() < LeastKinds || rest.Length < text.Length && rest.Length < 5
            ? IdentityResult.Failed(new IdentityError { Code = Code }) : IdentityResult.Success);
    }
}
