namespace Recourse.Inventory;

public static partial class StockItem
{
    const int LongestNote = 200, MostWatching = 100;

    static readonly Remedy Mend = new("stock.mend"), Look = new("stock.look"), Fewer = new("checkout.take-fewer");

    static Refusal NotNow(Party party) => new("stock.not-now", Look, ("party", $"{party}"));

    static Refusal NotEnough(StockItemId id, int wanted, int available) =>
        new("stock.not-enough", Fewer, ("sku", id.Sku.Code), ("wanted", wanted), ("available", available));

    static Refusal NotReserved(StockItemId id, int wanted, int kept) =>
        new("stock.not-reserved", Look, ("sku", id.Sku.Code), ("wanted", wanted), ("kept", kept));

    static Refusal BelowReserved(int units, int reserved) =>
        new("stock.below-reserved", Look, ("units", units), ("reserved", reserved)) { Field = "units" };

    static Refusal BadUnits(int units, int least) =>
        new("stock.bad-units", Mend, ("units", units), ("least", least)) { Field = "units" };

    static Refusal TooMany => new("stock.too-many", Mend, ("most", MostUnits)) { Field = "units" };
    static Refusal BadLocation => new("stock.bad-location", Mend) { Field = "location" };
    static Refusal BadNote => new("stock.bad-note", Mend, ("most", LongestNote)) { Field = "note" };

    static Refusal NoSuchReason(string reason, ImmutableArray<string> known) =>
        new("stock.no-such-reason", Mend, ("reason", reason), ("known", string.Join(", ", known)))
        {
            Field = "reason",
        };
}
