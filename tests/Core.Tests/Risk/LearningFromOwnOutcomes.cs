using System.Collections.Immutable;
using Recourse.Adapters.Risk;
using Recourse.Adapters.Risk.Replay;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Risk;
using Shouldly;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>A model is learned from what the platform recorded of its own purchases, and from how those turned out.
/// </summary>
[Trait("Capability", "RSK-1"), Trait("Capability", "RSK-3")]
public sealed class LearningFromOwnOutcomes
{
    static RiskFacts Facts(long age, Recent? declines = null) => RiskFacts.Ordinary with
    {
        Account = RiskFacts.Ordinary.Account with { AgeSeconds = age, Declines = declines },
    };

    static Recorded Happened(IId id, object what, Instant at) => new(1, 0, at, Buyer, 1, id, what, []);

    /// <summary>A purchase is opened with these facts, and something becomes of it.</summary>
    static void Buys(PlatformOutcomes outcomes, int n, RiskFacts facts, Func<CheckoutId, (IId Of, object What)>? then)
    {
        var (id, at) = (new CheckoutId(new($"b{n}"), "c1"), Wednesday + Duration.FromMinutes(n));
        var open = (Checkout.Command.Open)Open(BasketOf(SixCups));
        var opened = Checkout.Decide(id, null, open, new(new Actor.Buyer(id.Buyer), Wednesday, Published)).Events
            .OfType<Checkout.Event.Opened>().Single();
        outcomes.Hear(Happened(id, opened with
        {
            Facts = opened.Facts with { Risk = new(facts, at, "memory/risk") },
        }, at));
        if (then is not null && then(id) is var (of, what))
            outcomes.Hear(Happened(of, what, at + Duration.FromHours(2)));
    }

    static (IId, object) Completed(CheckoutId id) =>
        (OrderId.Of(id, Potter), new Order.Event.Completed(Eur(1), Eur(1)));

    static readonly Statement Why =
        NewCheckout.When(Buyer, OpenScreened(ToRefuse)).Then<Checkout.Event.NotOpened>().Why;

    static Statement By(DecidedBy who) => new(
        Why.Code, Why.Outcome, Why.Facts, Why.Rule, Why.Rulebook, who, Why.Remedies, Why.IssuedAt, Why.AppealUntil);

    static (IId, object) TurnedDown(CheckoutId id) =>
        (id, new Checkout.Event.TurnedDown(By(new DecidedBy.Person(Party.Agent))));

    [Fact]
    public void Each_outcome_counts_for_what_it_was()
    {
        var outcomes = new PlatformOutcomes();
        var ordinary = Facts(9_000);
        Buys(outcomes, 1, ordinary, Completed);
        Buys(outcomes, 2, ordinary, TurnedDown);
        Buys(outcomes, 3, ordinary, id => (id, new Checkout.Event.Abandoned(Why, Unpaid: true)));
        Buys(outcomes, 4, ordinary, id => (id, new Checkout.Event.Abandoned(Why)));             // no outcome
        Buys(outcomes, 5, ordinary, null);                                                      // not yet
        Buys(outcomes, 6, ordinary, id => (id, new Checkout.Event.TurnedDown(By(new DecidedBy.Automated("risk")))));
        Buys(outcomes, 7, ordinary, TurnedDown);
        outcomes.Hear(Happened(new CheckoutId(new("b7"), "c1"), new Checkout.Event.Overturned("appeal/b7/x"), Wednesday
            + Duration.FromDays(1)));
        outcomes.Screened.ShouldBe(7);
        outcomes.Known.Select(k => ((k.At - Wednesday).TotalMinutes, k.IsFraud))
            .ShouldBe([(1, false), (2, true), (3, true), (7, false)]);
        outcomes.Known.ShouldAllBe(k => k.KnownAt > k.At && k.Facts.Account.AgeSeconds == 9_000);
    }

    static ImmutableArray<JudgedPurchase> History(int purchases)
    {
        var (outcomes, chance) = (new PlatformOutcomes(), new Random(7));
        for (var n = 0; n < purchases; n++)
        {
            var isFraud = chance.Next(10) == 0;
            Buys(outcomes, n, Facts(isFraud ? chance.Next(100, 2_000) : chance.Next(10_000, 9_000_000)),
                isFraud ? TurnedDown : Completed);
        }
        return outcomes.Known;
    }

    [Fact]
    public void What_tells_frauds_from_others_is_learned_and_measured_on_what_came_later()
    {
        var history = History(4_000);
        var model = ModelTraining.Of(history, Instant.MaxValue)!;
        model.Trained.Purchases.ShouldBe(4_000);
        model.Features.Select(f => f.Fact).ShouldBe(["account.ageSeconds"]);
        model.ScoreOf(RiskInput.ValuesOf(Facts(600))).Score.ShouldBeGreaterThan(8_000);
        model.ScoreOf(RiskInput.ValuesOf(Facts(900_000))).Score.ShouldBeLessThan(500);
        model.Measured!.Ranked.ShouldBeGreaterThan(9_900);
        ModelFile.Write(ModelTraining.Of(History(4_000), Instant.MaxValue)!).ShouldBe(ModelFile.Write(model));
    }

    [Fact]
    public void What_was_not_known_by_then_is_left_out_and_too_little_is_no_model()
    {
        var history = History(4_000);
        var until = history[2_000].At;
        ModelTraining.Of(history, until)!.Trained.Purchases.ShouldBe(history.Count(p => p.KnownAt <= until));
        ModelTraining.Of(History(300), Instant.MaxValue).ShouldBeNull();
    }
}
