using Recourse.Catalog;
using Recourse.Conversations;
using Recourse.Disputes;
using Recourse.Orders;
namespace Recourse.World;

/// <summary>Somebody appeals against what was decided last about something of theirs: the edge finds the statement.
/// </summary>
/// <param name="About">Their account, or a checkout of theirs.</param>
/// <param name="Text">What they say.</param>
/// <param name="Withdraws">They take back what they said.</param>
public sealed record Complaint(IId About, string Text, bool Withdraws = false);

/// <summary>A buyer wants an order otherwise; the edge keeps the address under their key.</summary>
/// <param name="ShipTo">The new address; null: as before.</param>
public sealed record Instead(Changes Changes, Address? ShipTo = null);

/// <summary>A line that still stands of an order.</summary>
public sealed record Standing(int Line, int Quantity, ListingId Listing, Sku Sku);

/// <summary>The other side of an appeal says what they think.</summary>
public sealed record Reply(string Text);

/// <summary>An agent decides an appeal, perhaps with words that are kept: the edge fills them in and seals them.
/// </summary>
/// <param name="Macro">The code of a macro; null: nothing is told besides.</param>
public sealed record Ruling(Verdict Verdict, string Reason, string? Macro = null);

/// <summary>What people say where it is the edge that seals it.</summary>
static class Phrases
{
    /// <summary>Of a seller's reason.</summary>
    public const string OfReason = "It wasn't there when we looked.";

    /// <summary>To the other side of an order.</summary>
    public static string In(Conversation.Command.Write c) =>
        c.Words.Person.StartsWith("buyer/", StringComparison.Ordinal) ? "Can you tell me how it stands?"
        : c.Words.Person.StartsWith("agent/", StringComparison.Ordinal) ? "Tell us if you need anything."
        : c.Offer is null ? "It is on its way as promised." : "Would this do for you?";
}
