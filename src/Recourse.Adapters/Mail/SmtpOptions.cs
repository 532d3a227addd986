namespace Recourse.Adapters.Mail;

/// <summary>How a connection to a mail server is kept from others' eyes.</summary>
public enum MailSecurity
{
    /// <summary>From the start, or as soon as the server offers it; one that offers nothing is refused.</summary>
    Required,

    /// <summary>Encrypted from the start.</summary>
    Tls,

    /// <summary>As it comes: for a server on this machine only.</summary>
    None,
}

/// <summary>Where letters are handed over.</summary>
public sealed record SmtpOptions
{
    /// <summary>The server's name.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Who signs in there; null: nobody has to.</summary>
    public string? User { get; init; }

    /// <summary>With which password.</summary>
    public string? Password { get; init; }

    /// <summary>From whom letters come.</summary>
    public string From { get; init; } = "Recourse <no-reply@recourse.example>";

    /// <summary>How the connection is secured.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.Required;

    /// <summary>How long one step may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);
}

/// <summary>A letter on its way.</summary>
/// <param name="MessageId">Without angle brackets; the same for every try.</param>
/// <param name="Language">BCP 47.</param>
public sealed record OutgoingMail(
    string To, string Subject, string Text, string MessageId, string Language, DateTimeOffset Date);

/// <summary>What a server said to a letter.</summary>
public closed record MailOutcome
{
    /// <summary>It has it.</summary>
    public sealed record Accepted : MailOutcome;

    /// <summary>It will never take it: this address or this letter is refused.</summary>
    public sealed record Refused(string Why) : MailOutcome;

    /// <summary>It didn't take it now, or nobody knows: it is said again, under the same id.</summary>
    public sealed record Unclear(string Why) : MailOutcome;
}
