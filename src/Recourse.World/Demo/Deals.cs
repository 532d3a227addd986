using System.Globalization;
using NodaTime.Text;
using Recourse.Buyers;
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
using Recourse.Payouts;
using Recourse.Refunds;
using Recourse.Reasons;
using Recourse.Reviews;
using Recourse.Sellers;
using Recourse.Verifying;
namespace Recourse.World.Demo;

/// <summary>Calls about what sellers and staff do besides selling: stock, coupons, terms, blocks and appeals.</summary>
static class Deals
{
    /// <summary>Of those who sell, or who make a present of what is sold.</summary>
    public static async Task<long?> Make(RecourseClient client, IId target, object command, string key) =>
        (target, command) switch
        {
            (CouponId id, Coupon.Command.Issue c) =>
                (await client.IssueCouponAsync(Request(id, c.Terms), key)).Position,
            (CouponId id, Coupon.Command.End) => (await client.EndCouponAsync(id.Seller.Code, id.Code, key)).Position,
            (StockItemId id, StockItem.Command.Promote { Terms: var t }) => (await client.StartPromotionAsync(
                id.Seller.Code, id.Sku.Code, new()
                {
                    Code = t.Code, Listing = $"{t.Listing}", Price = Calls.AmountOf(t.Price), Units = t.Units,
                    From = t.From.ToDateTimeOffset(), Until = t.Until.ToDateTimeOffset(), MostPerBuyer = t.MostPerBuyer,
                }, key)).Position,
            (StockItemId id, StockItem.Command.EndPromotion c) => (await client.EndPromotionAsync(
                id.Seller.Code, id.Sku.Code, c.Code, key)).Position,
            (StockItemId id, StockItem.Command.LimitBuyers { Limit: var l }) => (await client.LimitBuyersAsync(
                id.Seller.Code, id.Sku.Code, new() { Units = l?.Units, Hours = (int?)l?.Within.TotalHours },
                key)).Position,
            (SellerId id, SellerAccount.Command.DeclareTerms c) =>
                (await client.PutSellerTermsAsync(id.Code, Request(c.Terms), key)).Position,
            (SellerId id, SellerAccount.Command.TakeName c) =>
                (await client.PutShopNameAsync(id.Code, new() { Name = c.Name }, key)).Position,
            (StockItemId id, StockItem.Command.Receive c) => (await client.ReceiveStockAsync(
                id.Seller.Code, id.Sku.Code, new() { Location = c.Location, Units = c.Units }, key)).Position,
            (StockItemId id, StockItem.Command.AlertAt c) => (await client.SetStockAlertAsync(
                id.Seller.Code, id.Sku.Code, new() { Units = c.Units }, key)).Position,
            (StockItemId id, StockItem.Command.Correct c) => (await client.CorrectStockAsync(
                id.Seller.Code, id.Sku.Code, new()
                {
                    Location = c.Location, Units = c.Units, Reason = c.Reason, Short = c.Short is true,
                },
                key)).Position,
            (SupplyPlanId id, SupplyPlan.Command.BringForward) =>
                (await client.BringPlanForwardAsync(id.Seller.Code, id.Code, key)).Position,
            (SupplyPlanId id, SupplyPlan.Command.Shorten c) => (await client.ShortenPlanAsync(
                id.Seller.Code, id.Code, new() { Left = c.Left, Reason = c.Reason }, key)).Position,
            (SupplyPlanId id, SupplyPlan.Command.Move c) => (await client.MovePlanAsync(
                id.Seller.Code, id.Code, new() { From = c.From.ToDateTimeOffset() }, key)).Position,
            (SupplyPlanId id, SupplyPlan.Command.End c) => (await client.EndPlanAsync(
                id.Seller.Code, id.Code, new() { Reason = c.Reason }, key)).Position,
            (MacroId id, Macro.Command.Put c) => (await client.PutMacroAsync(id.Code, new()
            {
                Texts = [.. c.Texts.Select(t => new MacroTextBody { Language = t.Language, Text = t.Text })],
            }, key)).Position,
            (BrakeId id, Brake.Command.Decide c) => await Braking.Decide(client, id, c, key),
            (MacroId id, Macro.Command.Retire) => (await client.RetireMacroAsync(id.Code, key)).Position,
            (RateSourceId id, RateSource.Command.Take c) => (await client.ImportRatesAsync(
                id.Code, new() { Text = FileOf(c.Sheet) }, key)).Position,
            _ => throw new InvalidOperationException($"{command} has no call."),
        };

    /// <summary>As the European Central Bank publishes a day.</summary>
    static string FileOf(RateSheet sheet) => string.Create(CultureInfo.InvariantCulture,
        $"Date,{string.Join(',', sheet.Rates.Select(r => r.To.Code))}\n{LocalDatePattern.Iso.Format(sheet.Date)},"
        + $"{string.Join(',', sheet.Rates.Select(r => $"{(decimal)r.Per.Numerator / r.Per.Denominator}"))}\n");

    static CouponRequest Request(CouponId id, CouponTerms t) => new()
    {
        Code = id.Code, Until = t.Until.ToDateTimeOffset(), From = t.From.ToDateTimeOffset(), Uses = t.Uses,
        UsesPerPerson = t.UsesPerPerson, Currency = t.Currency.Code,
        AmountOff = t.Cut is CouponCut.AmountOff { Amount: var off }
            ? new() { Minor = off.Minor, Currency = off.Currency.Code } : null,
        PercentOff = t.Cut is CouponCut.PercentOff { Percent: var percent } ? percent : null,
        LeastSpend = t.LeastSpend is { } least
            ? new() { Minor = least.Minor, Currency = least.Currency.Code } : null,
        Listings = [.. t.Listings.Select(l => $"{l}")],
        Seller = t.BorneBy is Bearer.Platform ? id.Seller.Code : null,
    };

    static SellerTermsRequest Request(SellerTerms t) => new()
    {
        NotSent = [.. t.NotSent.Select(n => new NotSentBody
        {
            Countries = [.. n.Countries], Goods = [.. n.Goods], Reason = n.Reason,
        })],
        Records = [.. t.Records.Select(r => new RecordNeededBody
        {
            Above = Calls.AmountOf(r.Above), HonestOrders = r.HonestOrders, Reason = r.Reason,
        })],
        Most = t.Most is { } most ? new() { Units = most.Units, Reason = most.Reason } : null,
        Absences = [.. t.Absences.Select(a => new AbsenceBody
        {
            From = LocalDatePattern.Iso.Format(a.From), To = LocalDatePattern.Iso.Format(a.To), Reason = a.Reason,
        })],
        DaysOff = [.. t.DaysOff.Select(d => $"{d}".ToLowerInvariant())], ParcelsADay = t.ParcelsADay,
    };

    /// <summary>Of blocks, and of appeals against what was decided.</summary>
    public static async Task<long?> Judge(RecourseClient client, IId target, object command, string key) =>
        (target, command) switch
        {
            (BuyerId id, BuyerAccount.Command.BlockMethods c) => (await client.BlockMethodsAsync(id.Code, new()
            {
                Reason = c.Reason, Until = c.Until.ToDateTimeOffset(), Checkout = c.Paid is { } paid ? $"{paid}" : null,
            }, key)).Position,
            (BuyerId id, BuyerAccount.Command.LiftBlock c) =>
                (await client.LiftBlockAsync(id.Code, c.Card ?? "all", key)).Position,
            (_, Complaint c) => await Complain(client, c, key),
            (ConversationId id, Conversation.Command c) => await Talk(client, id, c, key),
            (AppealId id, Reply c) =>
                (await client.AnswerAppealAsync(id.OwnerCode, id.Code, new() { Text = c.Text }, key)).Position,
            (AppealId id, Appeal.Command.Claim) => (await client.ClaimAppealAsync(id.OwnerCode, id.Code, key)).Position,
            (AppealId id, Appeal.Command.Release) =>
                (await client.ReleaseAppealAsync(id.OwnerCode, id.Code, key)).Position,
            (AppealId id, Ruling c) => (await client.DecideAppealAsync(id.OwnerCode, id.Code, new()
            {
                Verdict = $"{c.Verdict}".ToLowerInvariant(), Reason = c.Reason, Macro = c.Macro,
            }, key)).Position,
            _ => throw new InvalidOperationException($"{command} has no call."),
        };

    /// <summary>Of buyers and sellers who write to each other.</summary>
    static async Task<long?> Talk(
        RecourseClient client, ConversationId id, Conversation.Command command, string key) => command switch
    {
        Conversation.Command.Write c => (await client.WriteMessageAsync(id.Seller.Code, id.Code, new()
        {
            Text = Phrases.In(c), Offer = c.Offer, To = c.To is { } to ? $"{to}".ToLowerInvariant() : null,
            Macro = c.Macro?.Code,
        }, key)).Position,
        Conversation.Command.Accept c => (await client.AcceptOfferAsync(id.Seller.Code, id.Code, c.Nth, key)).Position,
        _ => null,
    };

    /// <summary>What staff do before deciding, and what kind of work it is; null: it is something else.</summary>
    public static (string Kind, Step Step)? StepIn(object command) => command switch
    {
        Verification.Command.Review c => ("document", c.Step),
        Checkout.Command.Review c     => ("purchase", c.Step),
        ReasonCase.Command.Review c   => ("reason", c.Step),
        Order.Command.Review c        => ("order", c.Step),
        Earnings.Command.Review c     => ("payout", c.Step),
        Refund.Command.Review c       => ("refund", c.Step),
        Appeal.Command.Review c       => ("appeal", c.Step),
        _                             => null,
    };

    /// <summary>Does one of these.</summary>
    public static async Task<long?> Review(
        RecourseClient client, IId target, (string Kind, Step Step) taken, string key)
    {
        var (owner, code) = target is VerificationId { Buyer.Code: var buyer } ? (buyer, "document")
            : Recourse.Client.Id.Split($"{target}");
        var (kind, step) = taken;
        return step switch
        {
            Step.Claim      => (await client.ClaimWorkAsync(kind, owner, code, key)).Position,
            Step.Release    => (await client.ReleaseWorkAsync(kind, owner, code, key)).Position,
            Step.Confirm    => (await client.ConfirmWorkAsync(kind, owner, code, key)).Position,
            Step.SendBack b => (await client.ReturnWorkAsync(
                kind, owner, code, new() { Reason = b.Reason }, key)).Position,
        };
    }

    /// <summary>Against what is told of it, if that can be appealed.</summary>
    static async Task<long?> Complain(RecourseClient client, Complaint complaint, string key)
    {
        if (await Appealable(client, complaint.About) is not { } appeal) return null;
        var (owner, code) = Recourse.Client.Id.Split(appeal);
        return complaint.Withdraws ? (await client.WithdrawAppealAsync(owner, code, key)).Position
            : (await client.LodgeAppealAsync(
                owner, code, new() { About = $"{complaint.About}", Text = complaint.Text }, key)).Position;
    }

    static async Task<string?> Appealable(RecourseClient client, IId about)
    {
        switch (about)
        {
            case BuyerId id:
                StandingBody standing = await client.GetStandingAsync(id.Code);
                return standing.Conduct?.Pause?.Appeal.Id ?? standing.Blocks.LastOrDefault()?.Appeal.Id;
            case OrderId id:
                WhyBody why = await client.GetWhyAsync(id.Seller.Code, id.Code);
                return why.Statements.LastOrDefault()?.Appeal?.Id;
            case ListingId id:
                ListingBody listing = await client.GetListingAsync(id.Seller.Code, id.Code);
                return (listing.Held?.Statement ?? listing.Barred)?.Appeal?.Id;
            default: return null;
        }
    }
}
