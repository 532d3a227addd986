using Recourse.Adapters.Payments;
using Recourse.Adapters.Payments.StandIn;
using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Payments.Counter;
namespace Recourse.Tests.Payments;

/// <summary>Reports over real HTTP: first, late, twice, never, forged and wrong.</summary>
public sealed class ReportsOfTheProvider
{
    static string Card(Behaviour behaviour) => Adapters.Payments.StandIn.Card.TokenOf(behaviour);

    [Fact]
    public async Task Come_before_the_answer()
    {
        await using var counter = await Open();
        var answer = counter.Authorised(Card(Behaviour.WebhookFirst));
        await Until(() => counter.Reports.Any());
        Assert.Equal(await answer, counter.Reports.Single().Reference);
        var late = await counter.Authorised(Card(Behaviour.WebhookFirst), payment: "payment/ann/two");
        Assert.Contains(counter.Reports, r => r.Reference == late);
    }

    [Fact]
    public async Task Come_late()
    {
        await using var counter = await Open(o => o with { Speed = 100 });
        await counter.Authorised(Card(Behaviour.WebhookLate));
        await Pause(200);
        Assert.Empty(counter.Heard);
        await Until(() => counter.Reports.Any());
    }

    [Fact]
    public async Task Come_twice_with_one_id()
    {
        await using var counter = await Open();
        await counter.Authorised(Card(Behaviour.WebhookTwice));
        await Until(() => counter.Reports.Count() is 2);
        Assert.Single(counter.Reports.Distinct());
    }

    [Fact]
    public async Task Never_come()
    {
        await using var counter = await Open();
        await counter.Captured(Card(Behaviour.WebhookNever));
        await counter.Authorised("pm_card_visa", payment: "payment/ann/two");
        await Until(() => counter.Reports.Any());
        await Pause(100);
        Assert.Single(counter.Heard);
    }

    [Fact]
    public async Task Are_refused_if_forged_and_the_true_one_comes_too()
    {
        await using var counter = await Open();
        await counter.Authorised(Card(Behaviour.WebhookForged));
        await Until(() => counter.Heard.Count is 2);
        Assert.Contains(new Hearing.Refused(StripeReports.Forged), counter.Heard);
        Assert.Equal(ReportedStatus.Authorised, counter.Reports.Single().Status);
    }

    [Theory]
    [InlineData(Behaviour.WebhookWrongAmount, 51_00, "EUR")]
    [InlineData(Behaviour.WebhookWrongCurrency, 50_00, "USD")]
    public async Task Tell_a_wrong_amount_and_then_the_right_one(Behaviour behaviour, long cents, string currency)
    {
        await using var counter = await Open();
        await counter.Authorised(Card(behaviour));
        await Until(() => counter.Reports.Count() is 2);
        Assert.Contains(counter.Reports, r => r.Amount == new Money(cents, Currency.Of(currency)));
        Assert.Contains(counter.Reports, r => r.Amount == Eur(50_00));
    }

    [Fact]
    public async Task Are_repeated_until_they_are_taken()
    {
        await using var counter = await Open();
        counter.BeDeaf(4);
        await counter.Authorised("pm_card_visa");
        await Until(() => counter.Reports.Any());
        await Pause(100);
        Assert.Single(counter.Heard);
    }
}
