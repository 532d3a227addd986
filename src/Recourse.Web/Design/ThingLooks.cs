namespace Recourse.Web;

/// <summary>
/// Tone, sign and word of the state of whatever has one; orders have theirs in <see cref="OrderLooks"/>.
/// </summary>
static class ThingLooks
{
    /// <summary>By the id of the thing, or its kind alone.</summary>
    public static (string Tone, string Glyph) Of(string id, string state) => (KindOf(id), state) switch
    {
        ("order", _)                                 => OrderLooks.OfState(state),
        ("refund", "paid" or "inWallet")             => ("good", "circle-check"),
        ("refund", "failed")                         => ("bad", "circle-alert"),
        ("refund", _)                                => ("info", "undo-2"),
        ("appeal", "open")                           => ("info", "scale"),
        ("appeal", "reversed")                       => ("good", "circle-check"),
        ("appeal", _)                                => ("quiet", "scale"),
        ("reason", "found")                          => ("bad", "shield-alert"),
        ("reason", "raised" or "answered")           => ("info", "scale"),
        ("reason", _)                                => ("quiet", "circle-check"),
        ("payout", "paid")                           => ("good", "circle-check"),
        ("payout", "back")                           => ("bad", "circle-alert"),
        ("payout", _)                                => ("info", "banknote"),
        ("plan", "offered")                          => ("good", "package-check"),
        ("plan", "short")                            => ("warn", "hourglass"),
        ("plan", "planned")                          => ("info", "clock"),
        ("plan", "fulfilled")                        => ("good", "circle-check"),
        ("parcel", "delivered")                      => ("good", "package-check"),
        ("parcel", "exception" or "expired")         => ("bad", "package-x"),
        ("parcel", "attemptFail" or "availableForPickup") => ("warn", "bell"),
        ("parcel", _)                                => ("info", "truck"),
        ("verification", "verified")                 => ("good", "shield-check"),
        ("verification", "rejected")                 => ("bad", "shield-alert"),
        ("verification", _)                          => ("info", "hourglass"),
        (_, "turnedDown")                            => ("bad", "shield-alert"),
        (_, "verifying" or "inReview")               => ("warn", "hourglass"),
        (_, "captured")                              => ("good", "banknote"),
        (_, "authorised" or "authorising" or "capturing" or "paying" or "reserving") => ("info", "wallet"),
        (_, "declined" or "failed")                  => ("bad", "circle-alert"),
        (_, "stopped")                               => ("warn", "bell"),
        _                                            => ("quiet", "circle-slash"),
    };

    /// <summary>The state's word.</summary>
    public static string Word(Reader reader, string id, string state) => KindOf(id) switch
    {
        "order"  => reader.Say($"order.pill-{state}"),
        var kind => reader.Say($"{kind}.pill-{state}", "pill-unknown"),
    };

    static string KindOf(string id) => id.Split('/')[0];
}
