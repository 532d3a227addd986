using System.Collections.Concurrent;
using CsCheck;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Disputes;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Reviews;
using Recourse.Verifying;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

public sealed partial class BuyersLifecycles
{
    static readonly Actor[] Anyone = [Buyer, Agent, Operator, Clock, Provider, Seller, Stranger];
    static readonly Statement Why = PayingOnce.Asked
        .When(Provider, PayingOnce.Answer(PayingOnce.Asked, new ProviderAnswer.Declined(null, "lost_card")))
        .In<Payment.State.Declined>().Why;

    static readonly Life Lost = PayingOnce.Capturing.When(
        Provider, PayingOnce.Answer(PayingOnce.Capturing, new ProviderAnswer.Declined(null, "expired_hold")));

    static readonly Refund.Command OpenRefund =
        new Refund.Command.Open(new(Cups, 1, Eur(5_00), Why), ThePayment, "pi-1", "BR");

    /// <summary>A refund of which nothing was heard until the eve of the promised day.</summary>
    static readonly Life Silent = Sleep(NewRefund.When(OfPayment, OpenRefund));

    static Life Sleep(Life opened) => opened.When(
        Clock, new Refund.Command.Wake(opened.Due), opened.In<Refund.State.Requested>().EscalateAt - Duration.Epsilon);

    static readonly Func<Life, object>[] ToCheckouts =
    [
        _ => Open(BasketOf(SixCups, OneLamp)), _ => Open(BasketOf(SixCups)),
        _ => Open(BasketOf(OneLamp) with { MethodKind = "boleto" }),
        _ => UsingACoupon.OpenWith(UsingACoupon.Seen()),
        _ => UsingACouponOfAllShops.OpenWith(UsingACouponOfAllShops.Seen()),
        _ => new Checkout.Command.HearCouponTaken(UsingACouponOfAllShops.Gift),
        _ => new Checkout.Command.HearCouponRefused(UsingACouponOfAllShops.Gift, [CouponSeen.Unknown("gift")]),
        _ => new Checkout.Command.HearRefusal(Cups, [CouponSeen.Unknown("spring")]),
        _ => new Checkout.Command.LeaveDiscounts(), _ => new Checkout.Command.LeaveDiscounts(),
        _ => new Checkout.Command.ConfirmReserved(Cups, CupsTotal),
        _ => new Checkout.Command.ConfirmReserved(Lamp, LampTotal),
        _ => new Checkout.Command.HearRefusal(Cups, [AskingASellerForLess.Gone("cup")]),
        _ => new Checkout.Command.HearRefusal(Lamp, []), _ => new Checkout.Command.HearEnded(Cups),
        _ => new Checkout.Command.HearEnded(Lamp), _ => new Checkout.Command.Proceed(),
        _ => new Checkout.Command.Pay("card-2"), _ => new Checkout.Command.Pay("slip", "boleto"),
        _ => PayScreened(ToVerify), _ => PayScreened(ToHold), _ => PayScreened(ToRefuse),
        _ => OpenScreened(ToVerify), _ => OpenScreened(ToHold), _ => OpenScreened(ToRefuse),
        _ => new Checkout.Command.Clear(), _ => new Checkout.Command.TurnDown(),
        _ => new Checkout.Command.Review(new Step.Claim()),
        _ => new Checkout.Command.HearVerified(), _ => new Checkout.Command.HearNotVerified(),
        life => new Checkout.Command.HearProofSent(life.Now + Duration.FromHours(24)),
        _ => new Checkout.Command.Overturn("appeal/ana/x"), _ => new Checkout.Command.Abandon(),
        _ => new Checkout.Command.ConfirmAuthorised(), _ => new Checkout.Command.HearDecline(Why),
        life => new Checkout.Command.PutOff(life.Due + Duration.FromDays(2)),
        life => new Checkout.Command.Wake(life.Due),
    ];

    static Checkout.Command.Pay PayScreened(string[] fired) =>
        new("card-3", Risk: ((Checkout.Command.Open)OpenScreened(fired)).Facts.Risk);

    internal static readonly Func<Life, object>[] ToPayments =
    [
        _ => PayingOnce.Authorise(),
        life => PayingOnce.Authorise(1 + ((life.State as Payment.State)?.Terms.Attempt ?? 0)),
        life => Hear(life, new ProviderAnswer.Done("pi-1")), life => Hear(life, new ProviderAnswer.Done("pi-1")),
        life => Hear(life, new ProviderAnswer.Declined(null, "x")), life => Hear(life, new ProviderAnswer.Unknown("y")),
        life => Report(life, ReportedStatus.Authorised), life => Report(life, ReportedStatus.Captured),
        life => Report(life, ReportedStatus.Declined),
        _ => Back(Cups, 1, 20_00), _ => Back(Cups, 2, 5_98), _ => Back(Lamp, 1, 45_00),
        _ => new Payment.Command.HearFundingRefused(Lamp, []), _ => new Payment.Command.HearFundingRefused(Cups, []),
        _ => new Payment.Command.HearLossRefused(Cups, []), _ => new Payment.Command.Abandon(),
        life => new Payment.Command.Wake(life.Due),
        _ => new Payment.Command.ChooseReturns(true), _ => new Payment.Command.ChooseReturns(false),
    ];

    static readonly Life FromWallet = NewPayment.When(OfCheckout, new Payment.Command.Authorise(
        1, "card-1", "BR", [new(Cups, CupsTotal), new(Lamp, LampTotal)], Wallet: Total));

    static Payment.Command Back(OrderId order, int nth, long cents) =>
        new Payment.Command.GiveBack(new(order, nth, Eur(cents), Why));

    static Payment.Command Report(Life life, ReportedStatus status) => new Payment.Command.HearReport(new(
        "e", "pi-1", (life.State as Payment.State)?.Terms.Attempt ?? 1, status,
        (life.State as Payment.State.Capturing)?.Asked ?? Total, null));

    static Payment.Command Hear(Life life, ProviderAnswer answer)
    {
        var step = life.State switch
        {
            Payment.State.Capturing => "capture",
            Payment.State.Voiding   => "void",
            _                       => "authorise",
        };
        var key = $"{ThePayment}/{(life.State as Payment.State)?.Terms.Attempt}/{step}";
        return new Payment.Command.HearAnswer(new ProviderCall.Void(key, "pi-1"), answer);
    }

    [Fact]
    public void Of_a_checkout_is_all_that_happens_and_all_of_it_happens() =>
        Walk(
            [NewCheckout, NewCheckout.When(Buyer, Open(BasketOf(LeavingOutABadLine.OnePlate, SixCups, OneLamp))),
                Stopped([]), Stopped(ToVerify), Stopped(ToHold), Waiting(ToVerify, Wednesday),
                Waiting(ToHold, Wednesday), Waiting(ToVerify, Stricter), Waiting(ToHold, Stricter),
                DecidingWithinLimits.Held(1_000_01).When(Agent, new Checkout.Command.TurnDown())],
            ToCheckouts, [OfCheckout, OfPayment, Buyer, Clock]);

    static Life Stopped(string[] fired) => NewCheckout.When(Buyer, OpenScreened(fired))
        .When(OfCheckout, new Checkout.Command.ConfirmReserved(Cups, CupsTotal))
        .When(OfCheckout, new Checkout.Command.HearRefusal(Lamp, []));

    static Life Waiting(string[] fired, Instant at) => (NewCheckout with { Now = at })
        .When(Buyer, OpenScreened(fired, at: at))
        .When(OfCheckout, new Checkout.Command.ConfirmReserved(Cups, CupsTotal))
        .When(OfCheckout, new Checkout.Command.ConfirmReserved(Lamp, LampTotal));

    static readonly VerificationId Own = new(Ana);
    static readonly Duration Year = Duration.FromDays(365);

    static readonly Func<Life, object>[] ToVerifications =
    [
        _ => new Verification.Command.Ask(TheCheckout), _ => new Verification.Command.Ask(new(Ana, "c2")),
        _ => new Verification.Command.Start(),
        _ => new Verification.Command.ShowDocument(new("passport", "abc", "image/png", 1)),
        _ => new Verification.Command.AskForAmount("card-1", Eur(1_37)),
        life => HearAmount(life, new ProviderAnswer.Done("pi-1")),
        life => HearAmount(life, new ProviderAnswer.Declined(null, "x")),
        life => HearAmount(life, new ProviderAnswer.Unknown("y")),
        _ => new Verification.Command.NameAmount(1_37), _ => new Verification.Command.NameAmount(1_01),
        _ => new Verification.Command.Accept(), _ => new Verification.Command.Reject("verification.unreadable"),
        _ => new Verification.Command.Review(new Step.Claim()),
        _ => new Verification.Command.Review(new Step.Release()),
        _ => new Verification.Command.Overturn(),
        _ => new Verification.Command.BeginChallenge("card-1", "https://here.example/back"),
        _ => new Verification.Command.LookAgain(),
        life => HearBank(life, new ChallengeAnswer.Authenticated("seti-1", ShiftsLiability: true)),
        life => HearBank(life, new ChallengeAnswer.Failed("seti-1", "x")),
        life => HearBank(life, new ChallengeAnswer.Waiting("seti-1", "https://bank.example/1")),
        life => HearBank(life, new ChallengeAnswer.Waiting("seti-1", "https://bank.example/1")),
        life => HearBank(life, new ChallengeAnswer.Unknown("y")),
        life => new Verification.Command.Wake(life.Due), life => new Verification.Command.Wake(life.Due),
    ];

    static Verification.Command HearAmount(Life life, ProviderAnswer answer) => new Verification.Command.HearAnswer(
        new ProviderCall.Void($"{Own}/{(life.State as Verification.State.Open)?.Calls}/authorise", "x"), answer);

    static Verification.Command HearBank(Life life, ChallengeAnswer answer) => new Verification.Command.HearChallenge(
        new ChallengeCall.Look($"{Own}/{(life.State as Verification.State)?.Challenges}/look", "seti-1"), answer);

    [Fact]
    public void Of_a_verification_is_all_that_happens_and_all_of_it_happens()
    {
        var asked = new Life(Verification.Kind, Own, null, Wednesday)
            .When(OfCheckout, new Verification.Command.Ask(TheCheckout));
        var shown = asked.When(Buyer, new Verification.Command.ShowDocument(new("passport", "abc", "image/png", 1)));
        var expired = shown.When(Agent, new Verification.Command.Accept()) with { Now = Wednesday + 3 * Year };
        var rejected = shown.When(Agent, new Verification.Command.Reject("verification.unreadable"));
        var begun = asked.When(
            Buyer, new Verification.Command.BeginChallenge("card-1", "https://here.example/back"));
        var asking = asked.When(Buyer, new Verification.Command.AskForAmount("card-1", Eur(1_37)));
        var missed = asking.When(Provider, HearAmount(asking, new ProviderAnswer.Done("pi-1")))
            .When(Buyer, new Verification.Command.NameAmount(1_01));
        var atBank = begun.When(
            Provider, HearBank(begun, new ChallengeAnswer.Waiting("seti-1", "https://bank.example")));
        Walk([new(Verification.Kind, Own, null, Wednesday), asked, shown, expired, rejected, begun, atBank,
                atBank.WhenDue(), missed,
                asking],
            ToVerifications, [OfCheckout, Provider, Buyer, Clock]);
    }

    static readonly SupplyPlanId ThePlan = SupplyPlanId.Of(Cups, SixCups.Sku);
    static readonly Actor OfStock = House(new StockItemId(Potter, SixCups.Sku));

    static readonly SupplyPlan.Command OpenPlan = new SupplyPlan.Command.Open(
        Cups, Ana, SixCups.Listing, SixCups.Sku, "Cup", Eur(3_33), Now: 100, Later: 100, Parts: 2);

    static readonly AppealId Right = new("ana", "right"), Other = new("ana", "other");
    static readonly Actor OfRight = House(Right);

    static readonly Statement CutShort = new Life(SupplyPlan.Kind, ThePlan, null, Wednesday).When(OfCups, OpenPlan)
        .When(Seller, new SupplyPlan.Command.End("plan.capacity-lost")).Then<SupplyPlan.Event.Ended>().Why;

    static readonly SupplyPlanId Again = SupplyPlanId.Of(Other, Potter, SixCups.Sku);

    static readonly SupplyPlan.Command OpenAgain = new SupplyPlan.Command.Open(
        Cups, Ana, SixCups.Listing, SixCups.Sku, "Cup", Eur(3_33), Now: 0, Later: 100, Parts: 1, Other);

    static readonly Func<Life, object>[] ToPlans =
    [
        _ => OpenPlan, _ => new SupplyPlan.Command.HearStock(20, 0, 0), _ => new SupplyPlan.Command.HearStock(50, 0, 0),
        _ => new SupplyPlan.Command.HearStock(10, 10, 0), _ => new SupplyPlan.Command.HearStock(0, 50, 50),
        _ => new SupplyPlan.Command.BringForward(), _ => new SupplyPlan.Command.Shorten(10, "plan.capacity-lost"),
        _ => new SupplyPlan.Command.End("plan.capacity-lost"), life => new SupplyPlan.Command.Wake(life.Due),
        _ => new SupplyPlan.Command.Overturn(Right, CutShort), _ => OpenAgain,
        life => new SupplyPlan.Command.Move(life.Now + Duration.FromDays(60)),
        life => new SupplyPlan.Command.Wake(life.Due),
    ];

    [Fact, Trait("Capability", "CHK-8")]
    public void Of_a_plan_is_all_that_happens_and_all_of_it_happens()
    {
        var opened = new Life(SupplyPlan.Kind, ThePlan, null, Wednesday).When(OfCups, OpenPlan);
        var asked = opened.WhenDue();
        var offered = asked.When(OfStock, new SupplyPlan.Command.HearStock(50, 0, 0));
        var missed = offered.WhenDue().WhenDue().WhenDue().When(OfStock, new SupplyPlan.Command.HearStock(20, 0, 0));
        Walk([new(SupplyPlan.Kind, ThePlan, null, Wednesday), opened, asked, offered, missed,
                asked.WhenDue().WhenDue().WhenDue().WhenDue(),
                new(SupplyPlan.Kind, Again, null, Wednesday),
                opened.When(Seller, new SupplyPlan.Command.End("plan.capacity-lost"))],
            ToPlans, [OfCups, OfStock, Seller, Buyer, Clock, OfRight]);
    }

    [Fact]
    public void Of_a_payment_is_all_that_happens_and_all_of_it_happens() =>
        Walk(
            [NewPayment, PayingOnce.Authorised, PayingOnce.Capturing, Lost, FromWallet, FromWallet], ToPayments,
            [OfCheckout, OfCups, Provider, Clock, Buyer]);

    [Fact]
    public void Of_a_refund_is_all_that_happens_and_all_of_it_happens() =>
        Walk([NewRefund, Silent, .. ToConfirm], ToRefunds, [OfPayment, Provider, Provider, Clock, Buyer, Agent]);

    /// <summary>
    /// Whatever anybody asks, in whatever order: what is seen must be what is drawn. Rare arrows get more tries.
    /// </summary>
    static void Walk(Life[] starts, Func<Life, object>[] asks, Actor[] likely)
    {
        var drawn = (from a in starts[0].Kind.Lifecycle.Arrows
                     from party in Enum.GetValues<Party>()
                     where party is not (Party.None or Party.Everyone or Party.Staff) && a.By.HasFlag(party)
                     select Row(a.From, a.On, a.To, party)).Order(StringComparer.Ordinal).ToArray();
        var seen = new ConcurrentDictionary<string, bool>();
        var who = Gen.OneOf<Actor>([.. likely, .. likely, .. likely, .. Anyone]);
        var histories = Gen.Select(Gen.OneOf(starts), Gen.Select(who, Gen.OneOf(asks)).List[1, 30]);
        for (var tries = 0; tries < 10 && seen.Count < drawn.Length; tries++)
            histories.Sample(Live, iter: 30_000);
        Assert.Equal(drawn, seen.Keys.Order(StringComparer.Ordinal));

        void Live(Life start, List<(Actor, Func<Life, object>)> history)
        {
            var life = start;
            foreach (var (actor, ask) in history)
            {
                var (before, party) = (life.State, life.Kind.PartyOf(life.Id, life.State, actor));
                var command = ask(life);
                life = life.When(actor, command, IsWake(command) ? Instant.Max(life.Now, life.Due) : life.Now);
                foreach (var e in life.Last.Events)
                {
                    var after = life.Kind.Evolve(before, e);
                    seen[Row(before?.GetType(), e.GetType(), after.GetType(), party!.Value)] = true;
                    before = after;
                }
            }
        }

        static bool IsWake(object command) =>
            command is Checkout.Command.Wake or Payment.Command.Wake or Refund.Command.Wake;

        static string Row(Type? from, Type on, Type to, Party by) => $"{from?.Name}: {on.Name} by {by}: {to.Name}";
    }

    public static TheoryData<string> Kinds => ["checkout", "payment", "refund"];

    [Theory, MemberData(nameof(Kinds))]
    public void Give_every_state_that_waits_a_timed_exit(string name)
    {
        var kind = Modules.Kinds.Single(k => k.Name == name);
        foreach (var state in kind.Types.State.GetNestedTypes().Where(IsOpen))
            Assert.Contains(
                kind.Lifecycle.Arrows, a => a.From == state && (a.By & Party.Clock) != 0 && a.After is not null);

        static bool IsOpen(Type t) => !t.IsAbstract && t.GetProperty("Deadline") is not null;
    }
}
