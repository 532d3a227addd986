using Recourse.Catalog;
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
