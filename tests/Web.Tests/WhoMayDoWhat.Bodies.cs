namespace Recourse.Tests;

public sealed partial class WhoMayDoWhat
{
    /// <summary>A body that would do, for each call that takes one.</summary>
    static readonly Dictionary<string, object> Bodies = new()
    {
        ["openCheckout"] = Market.Basket(sellers: "nobody"),
        ["quoteCheckout"] = new { lines = Array.Empty<object>(), country = "DE" },
        ["payCheckout"] = new { method = "pm_card_visa" },
        ["blockMethods"] = new { reason = "method.unusual-use", until = "2030-01-01T00:00:00Z" },
        ["movePlan"] = new { from = "2099-01-01T00:00:00Z" }, ["answerAppeal"] = new { text = "None were left." },
        ["lodgeAppeal"] = new { about = "buyer/nobody", text = "It was me." },
        ["checkWithBank"] = new { method = "pm_card_visa" },
        ["decideAppeal"] = new { verdict = "uphold", reason = "appeal.rule-applies" },
        ["blockPerson"] = new { reason = "block.fraud" },
        ["cancelOrder"] = new { reason = "cancel.changed-mind" },
        ["amendOrder"] = new { }, ["quoteAmendment"] = new { },
        ["refuseRequest"] = new { reason = "refuse.packed-already" }, ["answerRecall"] = new { isStopped = true },
        ["answerWarning"] = new { word = "It is as it should be." },
        ["chooseWay"] = new { way = "restock" },
        ["answerReason"] = new { text = "It wasn't there." }, ["decideReason"] = new { verdict = "believed" },
        ["decideBrake"] = new { },
        ["putMacro"] = new { texts = new[] { new { language = "en", text = "We looked at it again." } } },
        ["writeMessage"] = new { text = "When does it leave?" },
        ["returnWork"] = new { reason = "review.facts-missing" },
        ["putSkills"] = new { kinds = Array.Empty<string>(), languages = Array.Empty<string>() },
        ["dispatchOrder"] = new { carrier = "dhl", trackingNumber = "TRACK000999" },
        ["putListing"] = Market.Mug(),
        ["correctPrice"] = new { prices = Array.Empty<object>() },
        ["answerGoods"] = new { goods = Array.Empty<string>() },
        ["putSellerTerms"] = new { parcelsADay = 5 },
        ["putShopName"] = new { name = "A name" },
        ["issueCoupon"] = new
        {
            code = "spring", percentOff = 10, currency = "EUR", uses = 5, until = "2099-01-01T00:00:00Z",
        },
        ["startPromotion"] = new
        {
            code = "rush", listing = "listing/nobody/mug", price = new { minor = 100, currency = "EUR" }, units = 1,
            until = "2099-01-01T00:00:00Z",
        },
        ["limitBuyers"] = new { units = 2, hours = 24 },
        ["receiveStock"] = new { location = "main", units = 1 },
        ["correctStock"] = new { location = "main", units = 1, reason = "counted" },
        ["setStockAlert"] = new { units = 3 },
        ["reportParcel"] = new { status = "inTransit", at = "2026-01-01T00:00:00Z" },
        ["reportByNumber"] = new { status = "inTransit", at = "2026-01-01T00:00:00Z" },
        ["publishEdition"] = new { text = "x", from = "2030-01-01T00:00:00Z" },
        ["importRates"] = new { text = "<a/>" },
        ["confirmRates"] = new { date = "2030-01-01" }, ["dismissRates"] = new { date = "2030-01-01" },
        ["checkEdition"] = new { text = "x", from = "2030-01-01T00:00:00Z" },
        ["addModel"] = new { text = "x" }, ["hearProviderReport"] = new { }, ["endPlan"] = new { },
        ["dispatchOrders"] = new { lines = Array.Empty<object>() },
        ["importListings"] = "code,sku,price,currency\nmug,red,12.50,EUR\n",
        ["importStock"] = "sku,location,units\nred,main,1\n",
        ["showDocument"] = HoldingPurchases.Picture, ["keepEvidence"] = HoldingPurchases.Picture,
        ["addPicture"] = HoldingPurchases.Picture,
        ["askForAmount"] = new { method = "pm_card_visa", currency = "EUR" },
        ["nameAmount"] = new { amount = new { minor = 1, currency = "EUR" } },
        ["shortenPlan"] = new { left = 1, reason = "plan.capacity-lost" },
        ["putBusiness"] = Business,
        ["rejectDocument"] = new { reason = "verification.unreadable" },
        ["inviteStaff"] = new { mail = "nora@example.org", title = "nothing" },
        ["changeTitle"] = new { title = "manager" },
        ["makeKey"] = new { name = "", scopes = "read" },
        ["readInbox"] = new { upTo = 0 },
        ["chooseNotifications"] = new
        {
            inbox = new[] { "orders", "money", "decisions" }, mail = Array.Empty<string>(), language = "en",
        },
        ["makeWebhook"] = Endpoint,
        ["changeWebhook"] = Endpoint,
        ["redeliverFailed"] = new { since = "2026-01-01T00:00:00Z" },
    };
}
