using System.Text.Json.Serialization;
namespace Recourse.Web;

/// <summary>How somebody wants to read.</summary>
/// <param name="Language">BCP 47 tag of a shipped language; null: what their browser asks for.</param>
/// <param name="Zone">IANA time zone; null: what their browser says.</param>
/// <param name="Theme"><c>light</c> or <c>dark</c>; null: as the device has it.</param>
/// <param name="SingleKeys">Whether a single key acts.</param>
/// <param name="Money">ISO 4217 code of a currency to read prices in too; null: as they are asked alone.</param>
public sealed record Preferences(
    string? Language = null, string? Zone = null, string? Theme = null, bool SingleKeys = true, string? Money = null);

/// <summary>Somebody with an account of their own; kept as one document.</summary>
public sealed class Person
{
    /// <summary>Theirs for ever, and their code as a buyer, agent or operator.</summary>
    public required string Id { get; init; }

    /// <summary>Their mail address, as they write it.</summary>
    public required string Mail { get; set; }

    /// <summary>The same as it is compared.</summary>
    [JsonIgnore] public string MailKey { get; set; } = "";

    /// <summary>Whether they showed that they read that mail.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>What they are called.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the shop that they open is to be called once their address is theirs; null: nothing.</summary>
    public string? ShopName { get; set; }

    /// <summary>As Identity hashes it.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with everything that must end their sessions and links.</summary>
    public string Stamp { get; set; } = "";

    /// <summary>Wrong passwords in a row.</summary>
    public int Failures { get; set; }

    /// <summary>No password is tried before.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Since when the door keeps them out; why is recorded in the log. Kept under its first name.</summary>
    [JsonPropertyName("barredAt")]
    public DateTimeOffset? BlockedAt { get; set; }

    /// <summary>Whether a code of an authenticator is asked for.</summary>
    public bool HasSecondFactor { get; set; }

    /// <summary>What the authenticator shares with us.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>Hashes of codes that each work once.</summary>
    public ImmutableArray<string> RecoveryCodes { get; set; } = [];

    /// <summary>How they want to read.</summary>
    public Preferences Preferences { get; set; } = new();

    /// <summary>Since when.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the row; whoever writes says which one they have read.</summary>
    [JsonIgnore] public long Version { get; set; }

    /// <summary>A code for somebody new.</summary>
    public static string NewId() => Derived.Code($"{Guid.NewGuid():n}");
}

/// <summary>Something about somebody's access that they can read again.</summary>
/// <param name="What">A code; its words are <c>console.log.{What}</c>.</param>
/// <param name="About">What it was about, e.g. a key's id.</param>
/// <param name="From">Where from: address and program.</param>
public sealed record LogEntry(long Number, Instant At, string What, string? About, string? From);

/// <summary>A way in for somebody who is expected.</summary>
/// <param name="Id">Hash of its code.</param>
/// <param name="Mail">For whom; null: for whoever has the code.</param>
/// <param name="Hat">What they become; of a person of the platform, without their code.</param>
/// <param name="By">What whoever invited is called.</param>
public sealed record Invitation(
    string Id, string? Mail, Hat Hat, string By, DateTimeOffset At, DateTimeOffset Until);

/// <summary>One of a shop's or the platform's people.</summary>
public sealed record Member(Person Person, Hat Hat, Instant Since);
