namespace Recourse.Web;

/// <summary>Tone and sign of an order's states and of what happens to it; never words, which are texts.</summary>
static class OrderLooks
{
    /// <summary>The way of an order that goes well.</summary>
    public static readonly ImmutableArray<(string State, string Event)> Life =
    [
        ("placed", "order.placed"), ("funded", "order.funded"), ("shipped", "order.shipped"),
        ("delivered", "order.delivered"), ("completed", "order.completed"),
    ];

    /// <summary>Where a state comes in that life; the ends that go otherwise come last.</summary>
    public static int Nth(string state)
    {
        for (var nth = 0; nth < Life.Length; nth++)
            if (Life[nth].State == state) return nth;
        return state is "cancelled" ? Life.Length : Life.Length + 1;
    }

    /// <summary>What a state means: info moves, good is reached, quiet waits or has ended.</summary>
    public static (string Tone, string Glyph) OfState(string state) => state switch
    {
        "placed"    => ("quiet", "hourglass"),
        "funded"    => ("info", "wallet"),
        "shipped"   => ("info", "truck"),
        "delivered" => ("good", "package-check"),
        "completed" => ("good", "circle-check"),
        "cancelled" => ("quiet", "circle-slash"),
        _           => ("quiet", "landmark"),
    };

    /// <summary>The same of something that happened.</summary>
    public static (string Tone, string Glyph) OfEvent(string name) => name switch
    {
        "order.placed"                                            => ("quiet", "shopping-bag"),
        "order.funded" or "payment.authorised"                    => ("info", "wallet"),
        "payment.captured"                                        => ("info", "banknote"),
        "order.shipped" or "parcel.registered"                    => ("info", "truck"),
        "parcel.reported"                                         => ("quiet", "map-pin"),
        "order.delivered"                                         => ("good", "package-check"),
        "order.completed" or "refund.paid"                        => ("good", "circle-check"),
        "order.cancellation-meant"                                => ("warn", "hourglass"),
        "order.cancellation-taken-back"                           => ("quiet", "undo-2"),
        "order.keeping-offered"                                   => ("warn", "hourglass"),
        "order.kept"                                              => ("good", "circle-check"),
        "order.cancelled" or "order.reduced"                      => ("quiet", "circle-slash"),
        "order.lost" or "order.came-back"                         => ("bad", "package-x"),
        "order.picked"                                            => ("info", "package-check"),
        "order.cancellation-asked" or "order.amendment-asked" or "order.difference-asked" or "order.recall-asked"
                                                                  => ("warn", "hourglass"),
        "order.amended"                                           => ("info", "refresh-cw"),
        "order.warned" or "order.warning-given" or "order.warnings-told" or "order.warning-answered"
                                                                  => ("warn", "bell"),
        "order.warning-lifted"                                    => ("good", "circle-check"),
        "refund.failed" or "refund.reversed" or "payment.capture-failed" or "payment.declined"
                                                                  => ("bad", "circle-alert"),
        "refund.escalated" or "refund.unanswered" or "payment.unanswered"
                                                                  => ("warn", "refresh-cw"),
        "refund.opened" or "refund.accepted" or "payment.refund-owed" or "payment.released"
                                                                  => ("info", "undo-2"),
        _                                                         => ("quiet", "clock"),
    };

    /// <summary>The sign of something that can be done.</summary>
    public static string OfAction(string name) => name switch
    {
        "order.cancel"          => "circle-slash",
        "order.dispatch"        => "truck",
        "order.confirm-receipt" => "package-check",
        "order.amend"           => "refresh-cw",
        "order.withdraw"        => "undo-2",
        "order.pick"            => "package-check",
        "order.approve"         => "check",
        "order.refuse"          => "x",
        "order.recall"          => "undo-2",
        "order.take-in"         => "package-x",
        "order.extend"          => "hourglass",
        _                       => "arrow-right",
    };

    /// <summary>Where an act is told: a sheet of the order's page, or a page of its own.</summary>
    public static string HrefOf(string action, string order) =>
        action is "order.amend" ? $"{order}/change" : $"#{Short(action)}";

    /// <summary>The act that is the point of a page; the others stand beside it.</summary>
    public static bool IsMain(string action) => action is "order.dispatch" or "order.confirm-receipt"
        or "order.approve";

    /// <summary>The last part of an action's name, which its sheet and its texts are named after.</summary>
    public static string Short(string action) => action[(action.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
