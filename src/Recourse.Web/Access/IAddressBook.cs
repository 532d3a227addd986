namespace Recourse.Web;

/// <summary>Where people get their mail.</summary>
public interface IAddressBook
{
    /// <summary>Somebody's address; null: none is known.</summary>
    /// <param name="person">The text of a buyer's or seller's id.</param>
    ValueTask<string?> MailOf(string person, CancellationToken stop);
}

/// <summary>
/// Confirmed addresses of accounts; for a seller the owner's. A demo's people have addresses that nobody could ever have.
/// </summary>
sealed class AddressBook(Accounts accounts, HostOptions options) : IAddressBook
{
    public ValueTask<string?> MailOf(string person, CancellationToken stop)
    {
        var slash = person.IndexOf('/', StringComparison.Ordinal);
        var code = person[(slash + 1)..];
        var known = person[..Math.Max(slash, 0)] is "seller"
            ? accounts.Members(code).FirstOrDefault()?.Person : accounts.OfId(code);
        return new(known is { IsConfirmed: true } ? known.Mail : options.Demo is null ? null : $"{code}@example.com");
    }
}
