namespace Recourse.Web;

/// <summary>Where people get their mail.</summary>
public interface IAddressBook
{
    /// <summary>Somebody's address; null: none is known.</summary>
    /// <param name="person">The text of a buyer's, seller's or person's id.</param>
    ValueTask<Addressee?> Find(string person, CancellationToken stop);
}

/// <summary>Where somebody gets mail.</summary>
/// <param name="Language">In which they read; null: it isn't known.</param>
public sealed record Addressee(string Mail, string? Language)
{
    /// <summary>The language of a letter to them: what they chose for letters, else in which they read.</summary>
    internal string LanguageOf(Notifications chosen) =>
        chosen == Notifications.Everything ? Language ?? chosen.Language : chosen.Language;
}

/// <summary>
/// Confirmed addresses of accounts; for a seller the owner's. A demo's people have addresses that nobody could have.
/// </summary>
sealed class AddressBook(Accounts accounts, HostOptions options) : IAddressBook
{
    public ValueTask<Addressee?> Find(string person, CancellationToken stop)
    {
        var slash = person.IndexOf('/', StringComparison.Ordinal);
        var code = person[(slash + 1)..];
        var known = person[..Math.Max(slash, 0)] is "seller"
            ? accounts.Members(code).FirstOrDefault()?.Person : accounts.OfId(code);
        return new(known is { IsConfirmed: true } ? new(known.Mail, known.Preferences.Language)
            : options.Demo is null ? null : new Addressee($"{code}@example.com", null));
    }
}
