using CsCheck;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Orders;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>Scarce goods are shared, whatever happens and in whatever order.</summary>
[Trait("Capability", "CHK-8")]
public sealed class SharingProperties
{
    static readonly StockItemId MaskStock = new(Potter, new("cup"));
    static readonly BulkRules Rules = Published[0].Of<BulkRules>();

    sealed record Step(int What, int Who, int Units);

    static readonly Gen<Step> AnyStep = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 3], Gen.Int[1, 400])
        .Select(s => new Step(s.Item1, s.Item2, s.Item3));

    static (Actor Who, StockItem.Command Command) Said(Step step, int nth, Instant now)
    {
        var (buyer, plan) = (new BuyerId($"b{step.Who}"), new SupplyPlanId(Potter, $"p{step.Who}"));
        var (order, earlier) = (new OrderId(Potter, $"o{nth}"), new OrderId(Potter, $"o{nth / 2}"));
        var until = now + Duration.FromDays(2);
        return step.What switch
        {
            0 => (Seller, new StockItem.Command.Receive("shelf", step.Units)),
            1 or 2 => (House(order), new StockItem.Command.Reserve(order, step.Units, until, buyer)),
            3 => (House(plan), new StockItem.Command.SetAside(
                plan, new(plan.Code, SixCups.Listing, Eur(3_33), now, until, step.Units, null, buyer))),
            4 => (House(plan), new StockItem.Command.PutBack(plan)),
            5 => (House(order), new StockItem.Command.Reserve(
                order, step.Units, until, buyer, new(plan.Code, SixCups.Listing, Eur(3_33)))),
            6 => (House(earlier), new StockItem.Command.Release(earlier, step.Units)),
            _ => (Clock, new StockItem.Command.Wake(now)),
        };
    }

    [Fact]
    public void However_many_ask_nobody_has_more_than_their_share_while_others_wait() => AnyStep.Array[1, 60].Sample(
        steps =>
    {
        var (stock, now) = (StockItem.Nothing, Wednesday);
        foreach (var (n, step) in steps.Prepend(new(0, 0, 1_000)).Index())
        {
            if (step.What == 7) now = StockItem.Kind.NextWake(stock) ?? now;
            var (who, command) = Said(step, n, now);
            foreach (var e in StockItem.Decide(MaskStock, stock, command, new(who, now, Published)).Events)
            {
                var before = stock;
                stock = StockItem.Evolve(stock, e);
                ThenNobodyHasTooMuch(before, stock, e, now);
                ThenItAddsUp(stock);
            }
        }
    }, iter: 3_000);

    static void ThenItAddsUp(StockItem.State stock)
    {
        Assert.True(stock.Available >= 0 && stock.Aside >= 0);
        Assert.All(stock.Promotions, p => Assert.Equal(
            p.Terms.Units, p.Left + p.Missing + p.Shares.Values.Sum(s => s.Units)));
        Assert.Equal(stock.OnHand.Sum(s => s.Units),
            stock.Available + stock.Aside + stock.Reservations.Values.Sum(r => r.Units));
    }

    /// <summary>What somebody gets, beside the share of all that was there for them.</summary>
    static void ThenNobodyHasTooMuch(StockItem.State before, StockItem.State after, StockItem.Event e, Instant at)
    {
        var (who, units, othersWait) = e switch
        {
            StockItem.Event.Refilled r => (BuyerOf(after, r.Plan), r.Aside.Sum(s => s.Units),
                before.Promotions.Any(p => p.Missing > 0 && p.Terms.Code != r.Plan.Code)),
            StockItem.Event.Reserved { Claim: null, Buyer: { } buyer } r =>
                (buyer, r.From.Sum(s => s.Units), before.IsScarce),
            _ => (default, 0, false),
        };
        if (units == 0 || !othersWait) return;
        var had = before.Recent.Where(o => o.Buyer == who && o.At > at - Rules.Within).Sum(o => o.Units)
            + before.Promotions.Where(p => p.Terms.For == who).Sum(p => p.Left);
        Assert.True(had + units <= Math.Max(1, (before.Available + had) * 3 / 10),
            $"{who} had {had} and gets {units} of {before.Available}");
    }

    static BuyerId BuyerOf(StockItem.State stock, SupplyPlanId plan) =>
        stock.Promotions.First(p => p.Terms.Code == plan.Code).Terms.For!.Value;

    static readonly Gen<(int Now, int Later, int Parts, Step[] Steps)> AnyPlan =
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 900], Gen.Int[1, 12], AnyStep.Array[1, 60]);

    [Fact]
    public void What_was_had_let_go_shortened_and_is_to_come_is_what_was_asked_for() => AnyPlan.Sample(any =>
    {
        var first = new OrderId(Potter, "o1");
        var (id, parts) = (SupplyPlanId.Of(first, SixCups.Sku), Math.Min(any.Parts, any.Later));
        var (now, shortened) = (Wednesday, 0);
        SupplyPlan.State? plan = null;
        Say(House(first), new SupplyPlan.Command.Open(
            first, Ana, SixCups.Listing, SixCups.Sku, "Mask", Eur(3_33), any.Now, any.Later, parts));
        foreach (var step in any.Steps)
        {
            if (plan is not SupplyPlan.State.Open open) break;
            var ordered = Math.Min(step.Who * 50, open.Current.Units);
            var aside = Math.Min(step.Units, open.Current.Units - ordered);
            switch (step.What)
            {
                case 0 or 1 or 2:
                    Say(House(MaskStock), new SupplyPlan.Command.HearStock(
                        aside, ordered, step.What == 2 ? ordered : ordered / 2));
                    break;
                case 3: Say(Seller, new SupplyPlan.Command.BringForward()); break;
                case 4: Say(Seller, new SupplyPlan.Command.Shorten(step.Units, "plan.capacity-lost")); break;
                default:
                    now = Instant.Max(now, open.Deadline.Next);
                    Say(Clock, new SupplyPlan.Command.Wake(open.Deadline.Next));
                    break;
            }
        }

        void Say(Actor who, SupplyPlan.Command command)
        {
            foreach (var e in SupplyPlan.Decide(id, plan, command, new(who, now, Published)).Events)
            {
                var before = plan?.Instalments.Sum(i => i.Units) ?? 0;
                plan = SupplyPlan.Evolve(plan, e);
                if (e is SupplyPlan.Event.Shortened) shortened += before - plan.Instalments.Sum(i => i.Units);
                Assert.Equal(plan.Terms.Asked, plan.Instalments.Sum(i => i.Units) + shortened);
                Assert.All(plan.Instalments, i => Assert.True(i.Units >= 0 && (i.Taken ?? 0) <= i.Units));
                Assert.Equal(plan is SupplyPlan.State.Open, plan.Instalments.Any(i => i.Taken is null)
                    && plan is not SupplyPlan.State.Ended);
            }
        }
    }, iter: 3_000);
}
