namespace Recourse.Web;

/// <summary>Tone and sign of what people are told; never words, which are texts.</summary>
static class NoticeLooks
{
    /// <summary>Of a notice's code.</summary>
    public static (string Tone, string Glyph) Of(string code) => code switch
    {
        "order-paid"                                        => ("info", "wallet"),
        "sale-paid"                                         => ("info", "package"),
        "order-dispatched"                                  => ("info", "truck"),
        "order-delivered" or "sale-delivered"               => ("good", "package-check"),
        "receipt-due" or "dispatch-due" or "checkout-due"   => ("warn", "bell"),
        "payout-released" or "refund-paid"                  => ("good", "banknote"),
        "refund-opened" or "money-released"                 => ("info", "undo-2"),
        "order-lost" or "sale-lost"                         => ("bad", "package-x"),
        "verification-asked" or "verification-due" or "amount-held" or "checkout-held" => ("warn", "shield-check"),
        "verified" or "checkout-overturned"                 => ("good", "shield-check"),
        "checkout-turned-down" or "verification-rejected" or "amount-refused" or "amount-used-up" =>
            ("bad", "shield-alert"),
        "staff-checkout-held" or "staff-document-shown" or "staff-document-late" => ("warn", "shield-check"),
        "checkout-stopped"                                  => ("warn", "shopping-bag"),
        "payment-declined" or "refund-failed" or "refund-reversed" or "staff-refund-failed"
                                                            => ("bad", "circle-alert"),
        "buying-warned" or "buying-verify" or "buying-paused" or "methods-blocked" or "staff-appeal-due"
                                                            => ("warn", "scale"),
        "buying-free" or "methods-free" or "appeal-reversed"                 => ("good", "circle-check"),
        "appeal-lodged" or "appeal-upheld" or "staff-appeal-lodged" => ("info", "scale"),
        "order-warned" or "sale-warned" or "sale-waits" or "warning-answered" => ("warn", "bell"),
        "order-warning-lifted" or "sale-warning-lifted" or "sale-goes-on" => ("good", "circle-check"),
        "goods-held"                                        => ("hold", "circle-alert"),
        "listing-barred"                                    => ("bad", "circle-alert"),
        "price-held"                                        => ("hold", "scale"),
        "plan-offered" or "plan-due"                        => ("good", "package-check"),
        "plan-opened" or "sale-plan-opened"                 => ("info", "clock"),
        "sale-plan-short" or "plan-put-off" or "plan-put-back" or "plan-shortened" or "plan-ended"
            or "sale-plan-ended"                            => ("warn", "clock"),
        "stock-low"                                         => ("warn", "bell"),
        "stock-out" or "listing-sold-out"                   => ("warn", "eye-off"),
        "price-dropped" or "listing-unconfirmed"            => ("quiet", "eye-off"),
        "staff-refund-late"                                 => ("warn", "hourglass"),
        _                                                   => ("quiet", "circle-slash"),
    };
}
