namespace Recourse.Web;

/// <summary>Made-up notices, so that an inbox can be looked at.</summary>
static class NoticeSamples
{
    /// <summary>One of each look, the first two unread.</summary>
    public static ImmutableArray<NoticeBody> Of(Reader reader)
    {
        var euro = new Money(15690, Currency.Of("EUR"));
        var due = reader.Now + Duration.FromDays(3);
        (string Code, ImmutableArray<Named> Facts)[] all =
        [
            ("order-dispatched", [("carrier", "dhl"), ("number", "RR473124829PL"), ("due", due)]),
            ("receipt-due", [("due", due)]), ("refund-opened", [("amount", euro), ("promised", due)]),
            ("payment-declined", [("due", due)]), ("order-delivered", [("at", reader.Now), ("due", due)]),
        ];
        return
        [
            .. all.Select((n, nth) => Of(n.Code, n.Facts, nth, reader)),
            Of("order-cancelled", [], 5, reader) with
            {
                Text = Samples.Why(reader.Now, reader.Texts).Readings[1].Lead,
                Statement = Samples.Why(reader.Now, reader.Texts).Readings[1].Statement,
            },
        ];
    }

    static NoticeBody Of(string code, ImmutableArray<Named> facts, int nth, Reader reader) => new(
        $"{nth}", nth, reader.Now - Duration.FromHours(1 + 7 * nth), code, Matter.Orders,
        reader.Texts.Fill($"notice.title.{code}", facts), reader.Texts.Fill($"notice.{code}", facts),
        "order/hailing/82043316", "Lens 50 mm f/1.8", "/design", nth > 1, null);
}
