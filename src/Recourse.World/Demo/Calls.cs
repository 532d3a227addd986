using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Client;
using Recourse.Conversations;
using Recourse.Coupons;
using Recourse.Disputes;
using Recourse.Exchange;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Monitoring;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Payouts;
using Recourse.Reasons;
using Recourse.Refunds;
using Recourse.Reviews;
using Recourse.Runtime;
using Recourse.Sellers;
using Recourse.Tracking;
using Recourse.Verifying;
using Recourse.Wallets;
namespace Recourse.World.Demo;

using Amount = Recourse.Client.Money;

/// <summary>What people ask, as calls of the public API.</summary>
static class Calls
{
    /// <summary>Makes the call; the position at which it was written, if anything was.</summary>
    public static async Task<long?> Make(RecourseClient client, Ask ask, string key) =>
        (ask.Target, ask.Command) switch
        {
            (CheckoutId id, Purchase p) => (await client.OpenCheckoutAsync(
                await Banking.FromWallet(client, id.Buyer, p, Request(p)), idempotencyKey: key)).Position,
            (CheckoutId id, Checkout.Command.LeaveDiscounts) =>
                (await client.LeaveDiscountsAsync(id.Buyer.Code, id.Code, key)).Position,
            (_, var step) when Deals.StepIn(step) is { } taken => await Deals.Review(client, ask.Target, taken, key),
            (_, Complaint) or (AppealId or BuyerId or ConversationId, _) =>
                await Deals.Judge(client, ask.Target, ask.Command, key),
            (CouponId or StockItemId or SellerId or SupplyPlanId or RateSourceId or MacroId or BrakeId, _) =>
                await Deals.Make(client, ask.Target, ask.Command, key),
            (CheckoutId id, Checkout.Command.Pay c) => (await client.PayCheckoutAsync(
                id.Buyer.Code, id.Code, new() { Method = c.Method, Kind = c.Kind }, key)).Position,
            (CheckoutId id, Checkout.Command.Proceed) =>
                (await client.ProceedWithCheckoutAsync(id.Buyer.Code, id.Code, key)).Position,
            (CheckoutId id, Checkout.Command.Abandon) =>
                (await client.AbandonCheckoutAsync(id.Buyer.Code, id.Code, key)).Position,
            (CheckoutId id, Checkout.Command.Clear or Checkout.Command.TurnDown) =>
                await Look(client, id, ask.Command is Checkout.Command.Clear, key),
            (VerificationId id, Verification.Command c) => await Make(client, id, c, key),
            (OrderId id, Order.Command.Ship c) => (await client.DispatchOrderAsync(id.Seller.Code, id.Code,
                new() { Carrier = c.Carrier, TrackingNumber = c.TrackingNumber }, key)).Position,
            (OrderId id, Order.Command.Cancel c) => await Cancel(client, id, c, key),
            (OrderId id, Order.Command.ChooseWay c) => (await client.ChooseWayAsync(
                id.Seller.Code, id.Code, new() { Way = c.Way ?? "none" }, key)).Position,
            (OrderId id, Order.Command.WithdrawWays) =>
                (await client.WithdrawWaysAsync(id.Seller.Code, id.Code, key)).Position,
            (ReasonCaseId id, ReasonCase.Command c) => await Make(client, id, c, key),
            (OrderId id, Order.Command.TakeBack) =>
                (await client.TakeCancellationBackAsync(id.Seller.Code, id.Code, key)).Position,
            (_, Instead or Order.Command.Amend or Order.Command.Pick or Order.Command.Approve or Order.Command.Refuse
                or Order.Command.AnswerWarning or Order.Command.LiftWarning or Order.Command.UpholdWarning
                or Order.Command.Withdraw or Order.Command.Recall or Order.Command.TakeIn or Order.Command.Extend
                or Parcel.Command.AnswerRecall) => await Requests.Make(client, ask.Target, ask.Command, key),
            (OrderId id, Order.Command.ConfirmReceipt) =>
                (await client.ConfirmReceiptAsync(id.Seller.Code, id.Code, key)).Position,
            (ParcelId id, Parcel.Command.Report c) => (await client.ReportParcelAsync(
                id.Seller.Code, id.Code, Said(c.Tracking), key)).Position,
            (RefundId id, Refund.Command.Retry) =>
                (await client.RetryRefundAsync(id.Buyer.Code, id.Code, key)).Position,
            (ListingId id, Listing.Command.Publish c) => (await client.PutListingAsync(
                id.Seller.Code, id.Code, Offers.BodyOf(c.Offer), key)).Position,
            (ListingId id, Listing.Command.ConfirmPrice) =>
                (await client.ConfirmPriceAsync(id.Seller.Code, id.Code, key)).Position,
            (ListingId id, Listing.Command.CorrectPrice c) =>
                (await client.CorrectPriceAsync(id.Seller.Code, id.Code, BodyOf(c), key)).Position,
            (ListingId id, Listing.Command.AnswerGoods c) => (await client.AnswerGoodsAsync(
                id.Seller.Code, id.Code, new() { Goods = [.. c.Goods] }, key)).Position,
            // The platform sees to these by itself.
            (ListingId, Listing.Command.FollowRates or Listing.Command.LookAgain) => null,
            (ListingId id, Listing.Command.Pause) =>
                (await client.PauseListingAsync(id.Seller.Code, id.Code, key)).Position,
            (ListingId id, Listing.Command.Resume) =>
                (await client.ResumeListingAsync(id.Seller.Code, id.Code, key)).Position,
            (PayoutId or EarningsId or WalletId or RefundId or PaymentId, _) =>
                await Banking.Make(client, ask.Target, ask.Command, key),
            _ => throw new InvalidOperationException($"{ask.Command} has no call."),
        };

    static async Task<long?> Look(RecourseClient client, CheckoutId id, bool clears, string key) =>
        (clears ? await client.ClearCheckoutAsync(id.Buyer.Code, id.Code, key)
            : await client.TurnDownCheckoutAsync(id.Buyer.Code, id.Code, key)).Position;

    static async Task<long?> Make(
        RecourseClient client, VerificationId id, Verification.Command command, string key) => command switch
    {
        Verification.Command.Start => (await client.StartVerificationAsync(id.Buyer.Code, key)).Position,
        Verification.Command.ShowDocument c => (await client.ShowDocumentAsync(
            id.Buyer.Code, new(new MemoryStream(DemoWorld.Passport), "it.png", "image/png"), c.Document.Kind, key))
            .Position,
        Verification.Command.AskForAmount c => (await client.AskForAmountAsync(
            id.Buyer.Code, new() { Method = c.Method, Currency = c.Amount.Currency.Code }, key)).Position,
        Verification.Command.BeginChallenge c => (await client.CheckWithBankAsync(
            id.Buyer.Code, new() { Method = c.Method }, key)).Position,
        Verification.Command.LookAgain => (await client.LookAtBankCheckAsync(id.Buyer.Code, key)).Position,
        Verification.Command.NameAmount c => (await client.NameAmountAsync(
            id.Buyer.Code, new() { Amount = AmountOf(new(c.Minor, Kernel.Currency.Eur)) }, key)).Position,
        Verification.Command.Accept => (await client.AcceptDocumentAsync(id.Buyer.Code, key)).Position,
        Verification.Command.Reject c =>
            (await client.RejectDocumentAsync(id.Buyer.Code, new() { Reason = c.Reason }, key)).Position,
        _ => throw new InvalidOperationException($"{command} has no call."),
    };

    static CheckoutRequest Request(Purchase p) => new()
    {
        Country = p.Basket.Country, Method = p.Basket.Method is Payment.FromWallet ? null : p.Basket.Method,
        MethodKind = p.Basket.MethodKind, Lines = LinesOf(p), ShipTo = p.ShipTo is { } to ? BodyOf(to) : null,
        Confirmed = p.Basket.Confirmed?.ToList(), Apply = p.Apply?.ToList(), Coupons = p.Basket.Coupons?.ToList(),
    };

    /// <summary>A look at a purchase.</summary>
    public static QuoteRequest Question(Purchase p) => new()
    {
        Country = p.Basket.Country, Method = p.Basket.Method, MethodKind = p.Basket.MethodKind, Lines = LinesOf(p),
        ShipTo = p.ShipTo is { } to ? BodyOf(to) : null, Confirmed = p.Basket.Confirmed?.ToList(),
        Apply = p.Apply?.ToList(), Coupons = p.Basket.Coupons?.ToList(),
    };

    /// <summary>A purchase as it is with its fixes, as a look tells it.</summary>
    public static Purchase With(Purchase p, QuoteBody told) => p with
    {
        Apply = null,
        ShipTo = told.ShipTo is not { } to ? null
            : new(to.Name, [.. to.Lines], to.City, to.Region, to.Postcode, to.Country, to.Phone, to.District),
        Basket = p.Basket with
        {
            Confirmed = [.. told.Confirmed], Coupons = [.. told.Coupons],
            Lines = [.. told.Lines.Where(l => ListingId.TryParse(l.Listing, out _)).Select(l => new BasketLine(
                ListingId.TryParse(l.Listing, out var id) ? id : default, new(l.Sku), l.Quantity,
                l.Asked is { } asked ? MoneyOf(asked) : null,
                p.Basket.Lines.FirstOrDefault(b => b.Sku.Code == l.Sku)?.Service is null ? null : l.Service))],
        },
    };

    static List<CheckoutLine> LinesOf(Purchase p) =>
    [
        .. p.Basket.Lines.Select(l => new CheckoutLine
        {
            Listing = $"{l.Listing}", Sku = l.Sku.Code, Quantity = l.Quantity,
            UnitPrice = l.UnitPrice is { } price ? AmountOf(price) : null, Service = l.Service,
            Later = l.Later is { } later ? new() { Units = later.Units, Parts = later.Parts } : null,
        }),
    ];

    static async Task<long?> Make(
        RecourseClient client, ReasonCaseId id, ReasonCase.Command command, string key) => command switch
    {
        ReasonCase.Command.Answer => (await client.AnswerReasonAsync(
            id.Seller.Code, id.Code, new() { Text = Phrases.OfReason }, key)).Position,
        ReasonCase.Command.Decide c => (await client.DecideReasonAsync(
            id.Seller.Code, id.Code, new() { Verdict = c.IsFalse ? "false" : "believed" }, key)).Position,
        _ => throw new InvalidOperationException($"{command} has no call."),
    };

    static async Task<long?> Cancel(RecourseClient client, OrderId id, Order.Command.Cancel c, string key) =>
        (await client.CancelOrderAsync(id.Seller.Code, id.Code, new()
        {
            Reason = c.Reason,
            Portions = [.. c.Portions.Select(p => new PortionBody { Line = p.Line, Quantity = p.Quantity })],
            Undoable = c.Undoable is true,
            Because = c.Newer is { } n
                ? new() { Kind = n.Kind, Since = n.Since.ToDateTimeOffset(), Source = n.Source } : null,
            Case = c.Case is { } own ? CaseOf(own) : null,
        }, key)).Position;

    static SellersCaseBody CaseOf(SellersCase own) => new()
    {
        Evidence = own.Proof is { } proof ? new() { Kind = proof.Kind, Source = proof.Source } : null,
        NoWay = own.NoWay, Ways = own.Ways?.Select(BodyOf).ToList(),
    };

    static KeepWayBody BodyOf(KeepWay way) => way switch
    {
        KeepWay.Restock w      => new() { Way = w.Name, By = w.By.ToDateTimeOffset() },
        KeepWay.Substitute w   => new() { Way = w.Name, Sku = w.Sku.Code, Title = w.Title },
        KeepWay.Part w         => new() { Way = w.Name, Units = w.Units },
        KeepWay.OtherCarrier w => new() { Way = w.Name, Service = w.Service },
        KeepWay.HonourPrice w  => new()
        {
            Way = w.Name, Price = new() { Minor = w.Right.Minor, Currency = w.Right.Currency.Code },
        },
    };

    /// <summary>An address.</summary>
    public static AddressBody BodyOf(Address a) => new()
    {
        Name = a.Name, Lines = [.. a.Lines], City = a.City, Country = a.Country, Postcode = a.Postcode,
        Region = a.Region, Phone = a.Phone, District = a.District,
    };

    static TrackingBody Said(TrackingEvent t) => new()
    {
        Status = Enum.Parse<Recourse.Client.TrackingStatus>($"{t.Status}", ignoreCase: true),
        At = t.At.ToDateTimeOffset(), Note = t.Note, Place = t.Place,
    };

    internal static Amount AmountOf(Recourse.Kernel.Money money) =>
        new() { Minor = money.Minor, Currency = money.Currency.Code };

    internal static Recourse.Kernel.Money MoneyOf(Amount amount) => new(amount.Minor, Currency.Of(amount.Currency));

    static PriceCorrection BodyOf(Listing.Command.CorrectPrice c) => new()
    {
        Prices = [.. c.Prices.Select(p => new PriceBody { Sku = p.Sku.Code, Price = AmountOf(p.Price) })],
        Ways =
        [
            .. (c.Ways ?? []).Select(w => new WayPriceBody
            {
                Country = w.Country, Service = w.Service, Price = AmountOf(w.Price),
            }),
        ],
    };
}
