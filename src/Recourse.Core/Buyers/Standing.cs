namespace Recourse.Buyers;

/// <summary>What stands against a buyer.</summary>
/// <param name="Blocks">The oldest first.</param>
/// <param name="Conduct">What they gave up of late; null: nothing that counts.</param>
public sealed record Standing(ImmutableArray<MethodBlock> Blocks, Conduct? Conduct = null)
{
    /// <summary>Nothing.</summary>
    public static readonly Standing Clear = new([]);

    /// <summary>When time does something by itself next (UTC); null: never.</summary>
    public Instant? Next => Blocks.Select(b => (Instant?)b.Until)
        .Append(Conduct?.LapsesAt).Append(Conduct?.Pause?.Until).Min();

    /// <summary>The block that keeps a method from being used then; null: none does.</summary>
    /// <param name="card">Its fingerprint; null: it isn't chosen yet, so only what is about all of them is told.
    /// </param>
    public MethodBlock? BlockOf(string? card, Instant at) =>
        Blocks.FirstOrDefault(b => b.Until > at && (b.Card is null || b.Card == card));
}

/// <summary>Payment methods that can't be used for a while.</summary>
/// <param name="Card">Only those with that fingerprint; null: all of them.</param>
/// <param name="Until">When it lifts by itself (UTC).</param>
public sealed record MethodBlock(string? Card, Instant Until, Statement Why);
