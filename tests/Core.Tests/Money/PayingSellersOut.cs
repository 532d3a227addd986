using Recourse.Orders;
using Recourse.Payouts;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

[Trait("Capability", "PAY-4")]
public sealed class PayingSellersOut
{
    static readonly EarningsId Own = EarningsId.Of(Potter, Currency.Eur);
    static readonly PaidTo Account = new(new($"{Potter}", "sealed"), new("DE", "3000"));

    static readonly PaidTo Other = new(new($"{Potter}", "other"), new("DE", "4000"));
    static readonly Duration Second = Duration.FromSeconds(1);

    static readonly Life Set =
        new Life(Earnings.Kind, Own, null, Wednesday).When(Seller, new Earnings.Command.PayTo(Account));

    static Instant NextOf(Life life) => life.In<Earnings.State.Scheduled>().Next;

    static Life Run(Life life, long payable, long paidOut = 0, long recent = 0) => life.When(
        Operator, new Earnings.Command.Run(
            new(new(Eur(payable), Eur(paidOut), Eur(recent)), NextOf(life), "view/funds")),
        NextOf(life));

    [Fact]
    public void Pays_by_the_schedule_what_is_due_less_the_reserve()
    {
        Set.When(Operator, new Earnings.Command.Run()).ThenRefused("earnings.too-early");
        var ran = Run(Set, payable: 100_00, recent: 40_00);
        Assert.Equal(
            (Eur(96_00), Eur(4_00)), (ran.Then<Earnings.Event.Ran>().Amount, ran.Then<Earnings.Event.Ran>().Reserve));
        Assert.Equal(-96_00, ran.At("seller/potter/payable"));
        Assert.Equal(Eur(96_00), Assert.Single(ran.Sent<Payout.Command.Open>()).Command.What.Amount);
        Set.When(Operator, new Earnings.Command.Run(), NextOf(Set)).ThenRefused("earnings.not-looked-up");
        new Life(Earnings.Kind, Own, null, Wednesday).When(Operator, new Earnings.Command.Run())
            .ThenRefused("earnings.no-account");
        Assert.Equal(Party.Operator, Set.WhenDue().Then<Earnings.Event.Called>().Deadline.Owner);
    }

    [Fact]
    public void Pays_nothing_twice_when_the_books_are_behind()
    {
        // The books don't show the first payout yet when the second is run.
        var again = Run(Run(Set, payable: 100_00), payable: 100_00, paidOut: 0);
        again.Then<Earnings.Event.NothingDue>();
        Assert.Equal(Eur(5_00), Run(Run(Set, payable: 100_00), payable: 5_00, paidOut: 100_00)
            .Then<Earnings.Event.Ran>().Amount);
    }

    [Fact]
    public void Is_held_with_a_statement_and_goes_on_when_lifted_or_appealed()
    {
        Set.When(Agent, new Earnings.Command.Hold("no-such-reason")).ThenRefused("earnings.no-such-reason");
        Set.When(Seller, new Earnings.Command.Hold("payout.disputes-open")).ThenRefused("earnings.not-now");
        var held = Set.When(Agent, new Earnings.Command.Hold("payout.disputes-open"));
        Assert.NotNull(held.Then<Earnings.Event.Withheld>().Why.AppealUntil);
        held.When(Operator, new Earnings.Command.Run(), NextOf(Set)).ThenRefused("earnings.on-hold");
        var called = held.WhenDue();
        Assert.Equal(Party.Agent, called.Then<Earnings.Event.Called>().Deadline.Owner);
        Assert.True(called.In<Earnings.State.Held>().Deadline!.Due > held.In<Earnings.State.Held>().Deadline!.Due);
        held.When(Seller, new Earnings.Command.PayTo(Account)).ThenNothing();
        // That the account is in doubt may be why: another can be named, and they stay held.
        Assert.Equal(Other, held.When(Seller, new Earnings.Command.PayTo(Other)).In<Earnings.State.Held>().To);
        held.When(House(new Disputes.AppealId("potter", "seller-x")), new Earnings.Command.Lift(Wednesday - Second))
            .ThenNothing();
        held.When(House(new Disputes.AppealId("potter", "seller-x")), new Earnings.Command.Lift())
            .In<Earnings.State.Scheduled>();
        held.When(House(new Disputes.AppealId("lampmaker", "seller-x")), new Earnings.Command.Lift())
            .ThenRefused("kernel.not-found");
        held.When(Seller, new Earnings.Command.Lift()).ThenRefused("earnings.not-now");
    }

    [Fact]
    public void Takes_nothing_off_what_a_month_brought()
    {
        var ran = Run(Set, payable: 100_00).Then<Earnings.Event.Ran>();
        var payable = new Kernel.Account(Sellers.SellerMonths.PayableOf($"{Potter}"));
        Recorded[] month =
        [
            new(1, 0, Wednesday, Operator, 1, Own, ran, [new(new("escrow/any"), payable, Eur(100_00))]),
            new(2, 0, Wednesday, Operator, 1, Own, ran, [new(payable, Payout.Standing(ran.Payout), Eur(96_00))]),
            new(3, 0, Wednesday, Operator, 1, Own, ran, [new(Payout.Standing(ran.Payout), payable, Eur(6_00))]),
        ];
        var earned = Assert.Single(month.Aggregate((Sellers.SellerMonth?)null, (row, r) =>
            (Sellers.SellerMonth)Sellers.SellerMonths.View.Apply(
                Sellers.SellerMonths.View.KeysOf(r).Single(), row, r)!)!.Earned);
        Assert.Equal((10_00, 90_00), (earned.Net, earned.PaidOut));
    }

    [Fact]
    public void Waits_for_another_account_once_the_one_that_was_named_is_closed()
    {
        var ran = Run(Set, payable: 100_00);
        var payout = ran.Then<Earnings.Event.Ran>().Payout;
        var back = new Earnings.Command.TakeBack(payout, Eur(100_00), Account.Account);
        var closed = ran.When(House(payout), back);
        closed.In<Earnings.State.NoAccount>();
        Assert.Equal(0, closed.At("seller/potter/payable"));
        closed.When(Operator, new Earnings.Command.Run()).ThenRefused("earnings.no-account");
        ran.When(Seller, new Earnings.Command.PayTo(Other)).When(House(payout), back).In<Earnings.State.Scheduled>();
    }

    [Fact]
    public void Takes_back_every_payout_to_a_closed_account_also_when_none_is_named_or_they_are_held()
    {
        var (one, two) = (Run(Set, payable: 100_00), Run(Run(Set, payable: 100_00), payable: 30_00, paidOut: 100_00));
        var first = one.Then<Earnings.Event.Ran>().Payout;
        var second = two.Then<Earnings.Event.Ran>().Payout;
        var closed = two.When(House(first), new Earnings.Command.TakeBack(first, Eur(100_00), Account.Account));
        var both = closed.When(House(second), new Earnings.Command.TakeBack(second, Eur(30_00), Account.Account));
        Assert.Equal(0, both.At("seller/potter/payable"));
        both.In<Earnings.State.NoAccount>();

        var held = one.When(Agent, new Earnings.Command.Hold("payout.account-in-doubt"))
            .When(House(first), new Earnings.Command.TakeBack(first, Eur(100_00), Account.Account));
        held.When(Agent, new Earnings.Command.Lift()).In<Earnings.State.NoAccount>();
        held.When(Seller, new Earnings.Command.PayTo(Other)).When(Agent, new Earnings.Command.Lift())
            .In<Earnings.State.Scheduled>();
    }

    [Fact]
    public void Gives_back_what_was_taken_off_when_the_bank_or_an_appeal_says_so_and_once()
    {
        var charged = Set.When(Operator, new Earnings.Command.ChargeBack("dp-1", Cups, Eur(30_00)));
        var why = charged.Then<Earnings.Event.ChargedBack>().Why;
        var subject = Disputes.Subject.Of(Own, charged.Then<Earnings.Event.ChargedBack>(), Seller);
        Assert.Equal(new Disputes.Subject.TakenOff(Own, "dp-1"), subject);
        Assert.True(why.AppealUntil > Wednesday);
        var appeal = Disputes.AppealId.Of(subject!, why);
        foreach (var who in (Actor[])[House(appeal), Operator])
        {
            var back = charged.When(who, new Earnings.Command.Restore("dp-1"));
            Assert.Equal(0, back.At("seller/potter/payable"));
            Assert.Equal(0, back.At("seller/potter/chargebacks"));
            back.When(who, new Earnings.Command.Restore("dp-1")).ThenNothing();
            back.When(Operator, new Earnings.Command.ChargeBack("dp-1", Cups, Eur(30_00))).ThenNothing();
        }
        charged.When(Operator, new Earnings.Command.Restore("dp-2")).ThenRefused("earnings.no-such-chargeback");
        charged.When(Seller, new Earnings.Command.Restore("dp-1")).ThenRefused("earnings.not-now");
        charged.When(House(new Disputes.AppealId("lampmaker", "seller-x")), new Earnings.Command.Restore("dp-1"))
            .ThenRefused("kernel.not-found");
    }

    [Fact]
    public void Lets_each_of_two_chargebacks_of_one_instant_be_appealed_by_itself()
    {
        var one = Set.When(Operator, new Earnings.Command.ChargeBack("dp-1", Cups, Eur(30_00)));
        var two = one.When(Operator, new Earnings.Command.ChargeBack("dp-2", Cups, Eur(30_00)), one.Now);
        Assert.NotEqual(
            AppealOf(one.Then<Earnings.Event.ChargedBack>()), AppealOf(two.Then<Earnings.Event.ChargedBack>()));
    }

    static Disputes.AppealId AppealOf(Earnings.Event.ChargedBack e) =>
        Disputes.AppealId.Of(Disputes.Subject.Of(Own, e, Seller)!, e.Why);

    [Fact]
    public void Shows_who_is_held_who_owes_and_what_banks_took_back()
    {
        var charged = Set.When(Operator, new Earnings.Command.ChargeBack("dp/1 ä", Cups, Eur(30_00)));
        var taken = charged.Then<Earnings.Event.ChargedBack>();
        var held = Set.When(Agent, new Earnings.Command.Hold("payout.disputes-open"));
        var payable = new Kernel.Account(Sellers.SellerMonths.PayableOf($"{Potter}"));
        var row = Funds(null, taken, new Transfer(payable, new("seller/potter/chargebacks"), taken.Amount));
        Assert.Equal([SellerFunds.Open, SellerFunds.Owing], Troubles(row));
        row = Funds(row, held.Then<Earnings.Event.Withheld>());
        Assert.Equal([SellerFunds.Held, SellerFunds.Open, SellerFunds.Owing], Troubles(row));
        row = Funds(row, new Earnings.Event.Restored("dp/1 ä", taken.Amount),
            new Transfer(new("seller/potter/chargebacks"), payable, taken.Amount));
        row = Funds(row, held.When(Agent, new Earnings.Command.Lift()).Then<Earnings.Event.Lifted>());
        Assert.Empty(Troubles(row));
        Assert.NotNull(row.Next);

        ChargebackRow? back = null;
        foreach (var e in (Earnings.Event[])[taken, new Earnings.Event.Restored("dp/1 ä", taken.Amount)])
        {
            var r = new Recorded(7, 0, Wednesday, Operator, 1, Own, e, []);
            back = (ChargebackRow?)ChargebackList.View.Apply(ChargebackList.View.KeysOf(r).Single(), back, r);
        }
        Assert.Equal(("dp/1 ä", Eur(30_00), (Instant?)Wednesday), (back!.Reference, back.Amount, back.RestoredAt));
    }

    [Fact]
    public void Says_until_when_which_part_of_the_reserve_is_kept_back()
    {
        var rules = PayoutRules.Before;                                     // a tenth, for 14 days
        var now = Instant.FromUtc(2026, 11, 25, 12, 0);
        FundsRow row = new($"{Potter}", "EUR", 300_00, 0, [new("2026-11-10", 500_00), new("2026-11-11", 100_00),
            new("2026-11-20", -20_00), new("2026-11-25", 60_00)], null);
        var kept = row.Kept(now, rules).ToList();
        Assert.Equal(
            [(Instant.FromUtc(2026, 11, 26, 0, 0), Eur(10_00)), (Instant.FromUtc(2026, 12, 10, 0, 0), Eur(4_00))],
            kept);
        Assert.Equal(Earnings.ReserveOf(row.Seen(now - rules.ReserveFor).Recent, rules), Eur(14_00));
        // It is so when the time comes.
        foreach (var (until, left) in ((Instant, long)[])[(kept[0].Until, 4_00), (kept[1].Until, 0)])
            Assert.Equal(Eur(left), Earnings.ReserveOf(row.Seen(until - rules.ReserveFor).Recent, rules));
        Assert.Empty((row with { Days = [] }).Kept(now, rules));
    }

    static FundsRow Funds(FundsRow? row, Earnings.Event e, params ImmutableArray<Transfer> moved)
    {
        var r = new Recorded(1, 0, Wednesday, Operator, 1, Own, e, moved);
        return (FundsRow)SellerFunds.View.Apply(SellerFunds.View.KeysOf(r).Single(), row, r)!;
    }

    static IEnumerable<string> Troubles(FundsRow row) => SellerFunds.View.FoundBy("", row)
        .Where(f => f.Index is SellerFunds.ByTrouble).Select(f => f.Value).Order(StringComparer.Ordinal);

    [Fact]
    public void Goes_below_zero_by_a_chargeback_and_is_made_up_for_by_what_is_earned_next()
    {
        var charged = Set.When(Operator, new Earnings.Command.ChargeBack("dp-1", Cups, Eur(30_00)));
        Assert.Equal(-30_00, charged.At("seller/potter/payable"));
        charged.When(Operator, new Earnings.Command.ChargeBack("dp-1", Cups, Eur(30_00))).ThenNothing();
        charged.When(Operator, new Earnings.Command.ChargeBack("dp-2", Lamp, Eur(1)))
            .ThenRefused("earnings.other-seller");
        charged.When(Operator, new Earnings.Command.ChargeBack("dp-2", Cups, Eur(0)))
            .ThenRefused("earnings.bad-amount");
        charged.When(Agent, new Earnings.Command.ChargeBack("dp-2", Cups, Eur(1))).ThenRefused("earnings.not-now");
        Run(charged, payable: -30_00).Then<Earnings.Event.NothingDue>();
        Assert.Equal(Eur(10_00), Run(charged, payable: 10_00).Then<Earnings.Event.Ran>().Amount);
    }

    [Fact]
    public void Takes_no_more_back_of_an_order_than_was_paid_for_it_whatever_a_bank_is_said_to_have_taken()
    {
        var first = Book(Set, "dp-1", 30_00);
        Assert.Equal(-30_00, first.At("seller/potter/payable"));
        Book(first, "dp-1", 30_00).ThenNothing();
        Book(first, "dp-1", 31_00).ThenRefused("earnings.booked-otherwise");
        Book(first, "dp-2", 19_51).ThenRefused("earnings.more-than-was-paid");
        Book(first, "dp-2", 19_50).Then<Earnings.Event.ChargedBack>();
        // What was given back can be taken again.
        Book(first.When(Operator, new Earnings.Command.Restore("dp-1")), "dp-2", 49_50)
            .Then<Earnings.Event.ChargedBack>();
        Set.When(Operator, Booking("dp-1", 1, new Money(49_50, Currency.Of("USD"))))
            .ThenRefused("earnings.more-than-was-paid");
        Set.When(Operator, Booking("dp-1", 1, Money.Zero(Currency.Eur))).ThenRefused("earnings.more-than-was-paid");

        static Life Book(Life at, string reference, long minor) =>
            at.When(Operator, Booking(reference, minor, Eur(49_50)));

        static Earnings.Command Booking(string reference, long minor, Money paid) => new Earnings.Command.ChargeBack(
            reference, Cups, Eur(minor), new Fact<Money>(paid, Wednesday, "partition/order"));
    }

    [Fact]
    public void To_a_closed_account_comes_back_and_is_paid_again_to_another()
    {
        var ran = Run(Set, payable: 50_00);
        var (to, open) = Assert.Single(ran.Sent<Payout.Command.Open>());
        var closed = new Life(Payout.Kind, to, null, ran.Now).When(House(Own), open)
            .When(Operator, new Payout.Command.Send("file-1")).When(Operator, new Payout.Command.Return("AC04"));
        var back = Assert.Single(closed.Sent<Earnings.Command.TakeBack>()).Command;
        var again = ran.When(House(to), back);
        Assert.Equal(0, again.At("seller/potter/payable"));
        again.When(Operator, new Earnings.Command.Run()).ThenRefused("earnings.no-account");
        var other = again.When(Seller, new Earnings.Command.PayTo(Other));
        Assert.Equal(Eur(50_00), Run(other, payable: 50_00).Then<Earnings.Event.Ran>().Amount);
    }

    [Theory, InlineData("DE89 3704 0044 0532 0130 00", true), InlineData("GB82WEST12345698765432", true)]
    [InlineData("de89370400440532013000", true), InlineData("DE88370400440532013000", false), InlineData("", false)]
    [InlineData("DE41370400440532013", false), InlineData("BR1800360305000010009795493C1", true)]
    [InlineData("US5037040044053201300", false)]
    [InlineData("XX82WEST12345698765432", false), InlineData("DE8937040044053201300!", false)]
    public void Knows_a_bank_account_by_its_check_digits(string iban, bool right) =>
        Assert.Equal(right, Iban.IsRight(Iban.Tidy(iban)));
}
