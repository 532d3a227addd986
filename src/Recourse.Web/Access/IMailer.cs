namespace Recourse.Web;

/// <summary>Sends letters: taken in durably, sent at least once, each under one id for ever.</summary>
public interface IMailer
{
    /// <summary>Takes a letter in; one with an id that was taken in before is the same letter.</summary>
    Task Send(Letter letter, CancellationToken stop);
}

/// <summary>A letter, told already.</summary>
/// <param name="To">An address.</param>
/// <param name="Subject">In a few words.</param>
/// <param name="Text">Plain text.</param>
/// <param name="MessageId">Stable: said twice, it is the same letter. Without angle brackets, e.g. <c>a1b2@host</c>.
/// </param>
public sealed record Letter(string To, string Subject, string Text, string MessageId);
