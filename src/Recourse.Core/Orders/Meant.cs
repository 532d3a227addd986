namespace Recourse.Orders;

/// <summary>With whom a parcel left, when.</summary>
public sealed record Handover(string Carrier, string TrackingNumber, Instant At)
{
    /// <summary>Labels are printed with gaps; the number has none.</summary>
    public static string Tidy(string? number) =>
        string.Concat((number ?? "").Where(c => c is not (' ' or '-'))).ToUpperInvariant();
}

/// <summary>A cancellation that somebody has decided on, and may still take back.</summary>
/// <param name="Who">Who alone can take it back; of a shop, whoever may do that for it now.</param>
/// <param name="By">In which role.</param>
/// <param name="Due">When it takes effect (UTC).</param>
/// <param name="Newer">What has come up since the order was placed; null: nothing is named.</param>
/// <param name="Case">What its seller shows; null: nothing.</param>
/// <param name="SaidAt">When its buyer said that it is to end (UTC); null: they didn't.</param>
public sealed record Meant(
    string Reason, ImmutableArray<Portion> Portions, Actor Who, Party By, Instant Due, NewerFact? Newer = null,
    SellersCase? Case = null, Instant? SaidAt = null)
{
    /// <summary>How many units it is about.</summary>
    public int Units => Portions.Sum(p => p.Quantity);

    /// <summary>
    /// What is left of it when some units were given up meanwhile; null: nothing. What its own side has decided since
    /// takes its place, and so does the act itself.
    /// </summary>
    public Meant? After(Order.Event.Reduced other) =>
        other.Why.By == new DecidedBy.Person(By) ? null : Within(other.Left);

    /// <summary>What of it there still is in a deal; null: nothing.</summary>
    public Meant? Within(Deal left)
    {
        ImmutableArray<Portion> some =
        [
            .. from p in Portions
               group p.Quantity by p.Line into line
               let units = Math.Min(line.Sum(), left.UnitsOf(line.Key))
               where units > 0
               select new Portion(line.Key, units),
        ];
        return some.IsEmpty ? null : this with { Portions = some };
    }

    /// <summary>What it is about once the order is another: all of it, if it was about all.</summary>
    public Meant? After(Deal was, Deal now) =>
        Units == was.Lines.Sum(l => l.Quantity) ? this with { Portions = now.Everything } : Within(now);

    /// <summary>Whether it is the same: an array of portions is only equal to itself.</summary>
    public bool Is(string reason, ImmutableArray<Portion> portions) =>
        Reason == reason && Portions.SequenceEqual(portions);
}
