namespace Recourse.Catalog;

public static partial class Listing
{
    const string OutInPart = "listing.rest-goes-on", IsHidden = "listing.hidden-until-confirmed";

    /// <summary>
    /// What is shown is judged by the rules and the market as they are now. Prices that are out of range leave the
    /// window until their seller has said that they are right, and so do goods that nobody may offer; of other goods
    /// that its words name it is asked, and it stays until the deadline.
    /// </summary>
    static Decision<Event> LookAgain(ListingId id, State? state, Command.LookAgain c, Asked asked)
    {
        // What waits already is looked at by its seller.
        if (state is not State.Live { Doubt: null, Memory: var memory } || ShownOf(state) is not { } shown) return [];
        if (NamedIn(shown, memory, asked) is { IsEmpty: false } named)
            return [HeldForGoods(shown, named, named.Any(n => !n.IsSold) ? Meanwhile.Hidden : Meanwhile.UntilDue,
                asked)];
        var rules = RulesOf(asked);
        var odd = new Odd(
            PriceGuard.DoubtsAgain(shown, memory.Past, memory.Meant.Prices, c.Peers?.Value, rules.Guard),
            ShippingGuard.DoubtsAgain(shown, memory.Sent, memory.Meant.Ways, c.Peers?.Value, rules.ShippingGuard));
        if (odd.IsNone) return [];
        return Undoubted(null, shown, odd) is { } rest
            ? [Show(state, rest), Held(shown, odd, OutInPart, Meanwhile.InPart, asked)]
            : [Held(shown, odd, IsHidden, Meanwhile.Hidden, asked)];
    }
}
