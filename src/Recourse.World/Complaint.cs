namespace Recourse.World;

/// <summary>Somebody appeals against what was decided last about something of theirs: the edge finds the statement.
/// </summary>
/// <param name="About">Their account, or a checkout of theirs.</param>
/// <param name="Text">What they say.</param>
/// <param name="Withdraws">They take back what they said.</param>
public sealed record Complaint(IId About, string Text, bool Withdraws = false);

/// <summary>The other side of an appeal says what they think.</summary>
public sealed record Reply(string Text);
