namespace Recourse.Web;

/// <summary>Where people get their mail.</summary>
public interface IAddressBook
{
    /// <summary>Somebody's address; null: none is known.</summary>
    /// <param name="person">The text of a buyer's or seller's id.</param>
    ValueTask<string?> MailOf(string person, CancellationToken stop);
}

/// <summary>A demo's people have addresses that nobody could ever have; elsewhere nobody has one yet.</summary>
sealed class MadeUpAddresses(HostOptions options) : IAddressBook
{
    public ValueTask<string?> MailOf(string person, CancellationToken stop) => new(
        options.Demo is null ? null : $"{person[(person.IndexOf('/', StringComparison.Ordinal) + 1)..]}@example.com");
}
