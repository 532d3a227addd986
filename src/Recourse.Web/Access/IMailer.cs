namespace Recourse.Web;

/// <summary>A letter to one person.</summary>
/// <param name="To">The mail address.</param>
/// <param name="Text">Plain text.</param>
/// <param name="MessageId">One for each letter: whoever sends it again sends the same.</param>
public sealed record Letter(string To, string Subject, string Text, string MessageId);

/// <summary>Sends letters.</summary>
public interface IMailer
{
    /// <summary>Done when the letter is on its way; throws if it can't be sent now.</summary>
    Task Send(Letter letter, CancellationToken stop);
}
