using CsCheck;
using Recourse.Payments;
using Recourse.Refunds;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>Orders that give back more than they got, answers that come late, twice or for nothing.</summary>
[Trait("Capability", "PAY-2")]
public sealed class PaymentProperties
{
    static readonly Actor[] Speakers = [OfCheckout, OfCups, Provider, Provider, Clock];

    static readonly Gen<List<Life>> Histories =
        Gen.Select(Gen.OneOf(Speakers), Gen.OneOf(BuyersLifecycles.ToPayments)).List[1, 60].Select(asks =>
        {
            var life = NewPayment;
            return asks.ConvertAll(a =>
            {
                var command = a.Item2(life);
                var isTime = command is Payment.Command.Wake;
                return life = life.When(a.Item1, command, isTime ? Instant.Max(life.Now, life.Due) : life.Now);
            });
        });

    [Fact]
    public void The_provider_holds_what_is_wanted_and_nothing_once_that_is_decided() =>
        Histories.Sample(history => history.ForEach(life => Assert.Equal(
            life.State switch
            {
                Payment.State.Authorised s => -s.Wanted.Minor,
                Payment.State.Capturing s  => -s.Asked.Minor,
                _                          => 0,
            },
            life.At("provider/authorised/ana/c1"))), iter: 10_000);

    [Fact]
    public void What_was_taken_or_lost_is_what_the_orders_have_and_gave_back() =>
        Histories.Sample(history => history.ForEach(life =>
        {
            var state = (Payment.State?)life.State;
            Assert.Equal(-((state as Payment.State.Captured)?.Taken.Minor ?? 0), life.At("provider/clearing/ana/c1"));
            Assert.Equal(-((state as Payment.State.Failed)?.Wanted.Minor ?? 0), life.At("platform/losses/ana/c1"));
            Assert.Equal(
                state?.Stakes.Sum(s => s.Refunded.Minor) ?? 0,
                life.Balances.Where(b => b.Key.StartsWith("buyer/", StringComparison.Ordinal)).Sum(b => b.Value));
            Assert.All(state?.Stakes ?? [], s => Assert.True(
                s.Released.Minor >= 0 && s.Refunded.Minor >= 0 && s.Left.Minor >= 0));
        }), iter: 10_000);

    [Fact]
    public void Nothing_is_refunded_released_captured_or_asked_for_twice() =>
        Histories.Sample(history =>
        {
            var events = history.SelectMany(life => life.Last.Events).ToList();
            Assert.InRange(events.Count(e => e is Payment.Event.Captured or Payment.Event.CaptureFailed), 0, 1);
            Assert.InRange(events.Count(e => e is Payment.Event.CaptureAsked or Payment.Event.VoidAsked), 0, 1);
            Once(events.OfType<Payment.Event.RefundOwed>().Select(e => (e.Return.Order, e.Return.Nth)));
            Once(events.OfType<Payment.Event.Released>().Select(e => (e.Order, e.Nth)));
            Once(history.SelectMany(l => l.Sent<Refund.Command.Open>()).Select(s => s.To));
            Once(events.OfType<Payment.Event.Asked>().Select(e => e.Attempt));

            static void Once<T>(IEnumerable<T> things) where T : notnull =>
                Assert.DoesNotContain(things.CountBy(t => t), c => c.Value > 1);
        }, iter: 10_000);

    [Fact]
    public void One_key_is_one_call_word_for_word() =>
        Histories.Sample(history => Assert.All(
            history.SelectMany(l => l.Wants).OfType<Intent.Call>().Select(c => (ProviderCall)c.Request)
                .GroupBy(c => c.Key),
            same => Assert.Single(same.Distinct())), iter: 10_000);
}
