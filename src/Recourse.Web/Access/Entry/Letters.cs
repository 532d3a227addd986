using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
namespace Recourse.Web;

/// <summary>Letters with links that show that somebody reads an address.</summary>
sealed class Letters(
    UserManager<Person> people, Postbox post, PublicAddress address, RateLimits limits, Settings settings)
{
    /// <summary>To whoever registered: this is how the address is confirmed.</summary>
    public async Task Confirm(Person person, HttpContext http) => Post(person.Mail, "confirm", TextsOf(person, http),
        ("hours", Hours), ("link", address.Of(
            $"/confirm?of={person.Id}&code={Coded(await people.GenerateEmailConfirmationTokenAsync(person))}")));

    /// <summary>To whoever has an account, and somebody tried to register the address again.</summary>
    public void Known(Person person, HttpContext http) => Post(person.Mail, "known", TextsOf(person, http),
        ("name", person.Name), ("enter", address.Of(SignIn.Path)), ("reset", address.Of("/reset")));

    /// <summary>To whoever wants a new password.</summary>
    public async Task Reset(Person person, HttpContext http) => Post(person.Mail, "reset", TextsOf(person, http),
        ("name", person.Name), ("hours", Hours), ("link", address.Of(
            $"/reset/new?of={person.Id}&code={Coded(await people.GeneratePasswordResetTokenAsync(person))}")));

    /// <summary>To a new address: this is how it becomes theirs.</summary>
    public async Task Move(Person person, string mail, HttpContext http) => Post(mail, "move", TextsOf(person, http),
        ("name", person.Name), ("hours", Hours), ("link", address.Of(
            $"/me/mail?to={Uri.EscapeDataString(mail)}"
            + $"&code={Coded(await people.GenerateChangeEmailTokenAsync(person, mail))}")));

    /// <summary>Tells somebody what was done to their account; if it wasn't them, they can act.</summary>
    public void Tell(Person person, string what, HttpContext http, string? to = null) =>
        Post(to ?? person.Mail, what, TextsOf(person, http), ("name", person.Name), ("reset", address.Of("/reset")));

    /// <summary>To somebody who is expected.</summary>
    public void Invite(string mail, string by, string team, string title, string code, Texts texts) =>
        Post(mail, "invite", texts, ("by", by), ("team", team), ("title", title),
            ("days", (long)Math.Ceiling(settings.InvitationsLast.TotalDays)), ("link", LinkOf(code)));

    /// <summary>Where an invitation is taken.</summary>
    public string LinkOf(string code) => address.Of($"/join?code={code}");

    long Hours => (long)Math.Ceiling(settings.LinksLast.TotalHours);

    /// <summary>Nobody's letterbox is filled by strangers.</summary>
    void Post(string to, string name, Texts texts, params ImmutableArray<Named> facts)
    {
        if (limits.Letter(people.NormalizeEmail(to)!) == 0) post.Post(to, name, texts, facts);
    }

    static Texts TextsOf(Person person, HttpContext http) => person.Preferences.Language is { } language
        ? Texts.In(language, DateTimeZone.Utc) : Languages.Of(http.Request);

    /// <summary>A code as addresses can hold it.</summary>
    public static string Coded(string token) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token));

    /// <summary>And back; empty if it is none.</summary>
    public static string Decoded(string code)
    {
        try { return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code)); }
        catch (FormatException) { return ""; }
    }
}
