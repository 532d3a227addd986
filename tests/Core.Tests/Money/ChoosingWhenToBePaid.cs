using NodaTime.Text;
using Recourse.Payouts;
using Recourse.Rulebooks;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>Sellers say when they are paid; what is due already doesn't wait for it.</summary>
[Trait("Capability", "PAY-4")]
public sealed class ChoosingWhenToBePaid
{
    static readonly EarningsId Own = EarningsId.Of(Potter, Currency.Eur);
    static readonly PaidTo German = new(new($"{Potter}", "sealed"), new("DE", "3000"));
    static readonly PaidTo Brazilian = new(new($"{Potter}", "other"), new("BR", "4000"));

    static readonly Life Set =
        new Life(Earnings.Kind, Own, null, Wednesday).When(Seller, new Earnings.Command.PayTo(German));

    static Earnings.Command Plan(Rhythm every, long? above = null) =>
        new Earnings.Command.Plan(new(every, above is { } a ? Eur(a) : null));

    static Earnings.Command Run(long payable, long recent = 0, long paidOut = 0) =>
        new Earnings.Command.Run(new(new(Eur(payable), Eur(paidOut), Eur(recent)), Wednesday, "view/funds"));

    static Earnings.State.Scheduled Of(Life life) => life.In<Earnings.State.Scheduled>();

    static readonly BusinessCalendar Here = new("Europe/Berlin", new(18, 0), [new Holiday.Fixed(12, 25)]);
    static readonly BusinessCalendar There = new("America/Sao_Paulo", new(18, 0), [new Holiday.Fixed(12, 24)]);

    [Theory]
    [InlineData("daily", "2026-12-23", "2026-12-28")]                       // 24 there, 25 here, then a weekend
    [InlineData("daily", "2026-12-21", "2026-12-22")]
    [InlineData("weekly-4", "2026-12-17", "2026-12-28")]                    // Thursday 24 is free there
    [InlineData("weekly-3", "2026-12-16", "2026-12-23")]
    [InlineData("monthly-31", "2026-12-31", "2027-02-01")]                  // 31 January is a Sunday
    [InlineData("monthly-31", "2027-02-01", "2027-03-01")]                  // 28 February is one, too
    [InlineData("monthly-15", "2026-12-14", "2026-12-15")]
    public void Comes_on_the_next_day_on_which_both_banks_work(string every, string from, string expected)
    {
        Rhythm rhythm = every.Split('-') switch
        {
            ["weekly", var d]  => new Rhythm.Weekly((IsoDayOfWeek)(d[0] - '0')),
            ["monthly", var d] => new Rhythm.Monthly(int.Parse(d, System.Globalization.CultureInfo.InvariantCulture)),
            _                  => new Rhythm.Daily(),
        };
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        Assert.Equal(Noon(expected), new PayoutSchedule(rhythm).After(Noon(from), Here.And(There)));

        Instant Noon(string day) =>
            LocalDatePattern.Iso.Parse(day).Value.At(LocalTime.Noon).InZoneStrictly(zone).ToInstant();
    }

    [Fact]
    public void Is_paid_as_chosen_from_then_on()
    {
        var daily = Set.When(Seller, Plan(new Rhythm.Daily()));
        Assert.True(Of(daily).Next < Of(Set).Next);
        daily.When(Seller, Plan(new Rhythm.Daily())).ThenNothing();
        var ran = daily.When(Operator, Run(100_00), Of(daily).Next);
        ran.Then<Earnings.Event.Ran>();
        Assert.True(Of(ran).Next <= Of(daily).Next + Duration.FromDays(4));
        var monthly = ran.When(Seller, Plan(new Rhythm.Monthly(31)));
        Assert.True(Of(monthly).Next > Of(ran).Next);
        Assert.Equal(Of(monthly).Next, monthly.Then<Earnings.Event.Planned>().Next);
    }

    [Fact]
    public void Cannot_be_what_the_rulebook_does_not_offer()
    {
        new Life(Earnings.Kind, Own, null, Wednesday).When(Seller, Plan(new Rhythm.Daily()))
            .ThenRefused("earnings.no-account");
        Set.When(Seller, Plan(new Rhythm.Monthly(32))).ThenRefused("earnings.no-such-day");
        Set.When(Seller, Plan(new Rhythm.Weekly(IsoDayOfWeek.None))).ThenRefused("earnings.no-such-day");
        Set.When(Seller, new Earnings.Command.Plan(null!)).ThenRefused("earnings.no-such-rhythm");
        Set.When(Seller, Plan(new Rhythm.Daily(), 0)).ThenRefused("earnings.bad-above");
        Set.When(Seller, Plan(new Rhythm.Daily(), 1_000_01)).ThenRefused("earnings.bad-above");
        Set.When(Seller, new Earnings.Command.Plan(new(new Rhythm.Daily(), new(1, Currency.Of("USD")))))
            .ThenRefused("earnings.bad-above");
        Set.When(Agent, Plan(new Rhythm.Daily())).ThenRefused("earnings.not-now");
        Set.When(Seller, Plan(new Rhythm.Daily(), 1_000_00)).Then<Earnings.Event.Planned>();
    }

    [Fact]
    public void Changed_in_the_moment_of_a_run_delays_nothing_and_pays_once()
    {
        var due = Of(Set).Next;
        // The seller is first: what is due stays due, and the run pays it.
        var changed = Set.When(Seller, Plan(new Rhythm.Monthly(1)), due);
        Assert.Equal((due, Of(Set).Deadline), (Of(changed).Next, Of(changed).Deadline));
        var paid = changed.When(Operator, Run(100_00), due);
        paid.Then<Earnings.Event.Ran>();
        Assert.True(Of(paid).Next > due + Duration.FromDays(7));
        // The run is first: the change counts from the next one on.
        var ran = Set.When(Operator, Run(100_00), due).When(Seller, Plan(new Rhythm.Daily()), due);
        ran.When(Operator, Run(0, paidOut: 100_00), due).ThenRefused("earnings.too-early");
        ran.When(Operator, Run(100_00), Of(ran).Next).Then<Earnings.Event.NothingDue>();
    }

    [Fact]
    public void Waits_for_an_amount_of_their_own_but_not_for_ever()
    {
        var life = Set.When(Seller, Plan(new Rhythm.Daily(), 50_00));
        var first = Of(life).Next;
        life = life.When(Operator, Run(49_99), first);
        Assert.Equal(first, life.Then<Earnings.Event.NothingDue>().Waiting);
        life.When(Operator, Run(50_00), Of(life).Next).Then<Earnings.Event.Ran>();
        while (Of(life).Next < first + Duration.FromDays(31))
        {
            life = life.When(Operator, Run(49_99), Of(life).Next);
            Assert.Equal(first, life.Then<Earnings.Event.NothingDue>().Waiting);
        }
        life = life.When(Operator, Run(49_99), Of(life).Next);
        Assert.Equal(Eur(49_99), life.Then<Earnings.Event.Ran>().Amount);
        Assert.Null(Of(life).Waiting);
    }

    [Fact]
    public void Stays_chosen_while_held_and_when_another_account_is_named()
    {
        var plan = Set.When(Seller, Plan(new Rhythm.Weekly(IsoDayOfWeek.Friday), 20_00));
        var held = plan.When(Agent, new Earnings.Command.Hold("payout.disputes-open"));
        var changed = held.When(Seller, Plan(new Rhythm.Daily()));
        changed.In<Earnings.State.Held>();
        Assert.Equal(new PayoutSchedule(new Rhythm.Daily()),
            Of(changed.When(Agent, new Earnings.Command.Lift())).Schedule);
        var other = plan.When(Seller, new Earnings.Command.PayTo(Brazilian));
        Assert.Equal(Of(plan).Schedule, Of(other).Schedule);
        var ran = plan.When(Operator, Run(100_00), Of(plan).Next);
        var payout = ran.Then<Earnings.Event.Ran>().Payout;
        var closed = ran.When(House(payout), new Earnings.Command.TakeBack(payout, Eur(100_00), German.Account))
            .When(Seller, Plan(new Rhythm.Daily()));
        Assert.Null(closed.Then<Earnings.Event.Planned>().Next);
        Assert.Equal(new Rhythm.Daily(),
            Of(closed.When(Seller, new Earnings.Command.PayTo(Brazilian))).Schedule!.Every);
    }
}
