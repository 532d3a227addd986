using Recourse.Orders;
using Recourse.Reasons;
namespace Recourse.World.Inhabitants;

public partial class Seller
{
    static readonly ImmutableArray<string> OtherReasons =
        ["cancel.price-error", "cancel.cannot-ship-there", "cancel.damaged-in-warehouse", "cancel.buyer-risk"];

    static readonly ImmutableArray<string> Evidence =
        ["stock-count", "supplier-notice", "price-list", "photo", "message", "no-such-evidence"];

    /// <summary>What they show, and offer; some show nothing, or what fits another reason.</summary>
    SellersCase? CaseFor(string reason, ImmutableArray<Portion> portions)
    {
        if (Whim(0.1)) return null;
        var kind = Whim(0.1) ? Pick(Evidence) : reason switch
        {
            "cancel.price-error" => "price-list",
            "cancel.buyer-risk"  => "message",
            _ => "stock-count",
        };
        return new(new(kind, $"No. {Chance.Next(1_000)}"), Luck(0.6) ? [.. Ways(reason, portions)] : null,
            Luck(0.8) ? "There is nothing like it." : null);
    }

    IEnumerable<KeepWay> Ways(string reason, ImmutableArray<Portion> portions)
    {
        var units = portions.Sum(p => p.Quantity);
        if (Luck(0.6) && reason is not ("cancel.price-error" or "cancel.buyer-risk"))
            yield return new KeepWay.Restock(Door.Now + Duration.FromDays(Chance.Next(1, Whim(0.1) ? 90 : 20)));
        if (Luck(0.4) && units > 1 && reason is "cancel.out-of-stock" or "cancel.damaged-in-warehouse")
            yield return new KeepWay.Part(Math.Max(1, units / 2));
        if (Luck(0.3) && reason is "cancel.out-of-stock" && _offers.Count > 0)
            yield return new KeepWay.Substitute(Pick(Pick(_offers).Offer.Variants).Sku, "Another one");
        if (reason is "cancel.cannot-ship-there" && Luck(0.5)) yield return new KeepWay.OtherCarrier("post-parcel");
    }

    /// <summary>They are asked what it was; some say nothing.</summary>
    public void Hear(ReasonCaseId reason, News news)
    {
        if (news.What is "reason.raised" or "reason.warned" && Luck(0.6))
            Later(Duration.FromDays(4), () => Say(
                _who, reason, new ReasonCase.Command.Answer(new($"{id}", "SXQgd2Fzbid0IHRoZXJlLg=="))));
        if (news.What is "reason.found" && Luck(0.5)) Complain(_who, id, reason);
    }

    void ThinkBetter(OrderId order) =>
        Later(Duration.FromHours(30), () => Say(_who, order, new Order.Command.WithdrawWays()));
}
