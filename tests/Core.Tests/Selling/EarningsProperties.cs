using CsCheck;
using Recourse.Checkouts;
using Recourse.Ledger;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Sellers;
using Recourse.Tracking;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>A seller's months and statements are the postings, whatever happened to their orders.</summary>
[Trait("Capability", "PAY-1")]
public sealed class EarningsProperties
{
    sealed record Step(int Order, int What, int Hours);

    /// <summary>What came of a few orders of one shop, over some months.</summary>
    sealed record Year(List<Recorded> Recorded)
    {
        public Dictionary<string, object> Rows(View view)
        {
            Dictionary<string, object> rows = [];
            foreach (var recorded in Recorded)
                foreach (var key in view.KeysOf(recorded))
                    if (view.Apply(key, rows.GetValueOrDefault(key), recorded) is { } row) rows[key] = row;
                    else rows.Remove(key);
            return rows;
        }

        public List<SellerMonth> Months => [.. Rows(SellerMonths.View).OrderBy(r => r.Key, StringComparer.Ordinal)
            .Select(r => (SellerMonth)r.Value)];

        public List<Posting> Postings => [.. Rows(Recourse.Ledger.Postings.View)
            .OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => (Posting)r.Value)];
    }

    static readonly Gen<Year> Years =
        from bearer in Gen.OneOf(Bearer.Buyer, Bearer.Seller, Bearer.Platform)
        from steps in Gen.Select(
            Gen.Int[0, 3], Gen.Int[0, 11], Gen.Int[1, 240], (o, w, h) => new Step(o, w, h)).List[1, 80]
        select Live(steps, WithShippingBorneBy(bearer, "cancel.changed-mind"));

    static Year Live(List<Step> steps, ImmutableArray<Rulebook> published)
    {
        List<Recorded> recorded = [];
        var states = new Dictionary<OrderId, Order.State>();
        var now = Wednesday;
        foreach (var (position, step) in steps.Index())
        {
            now += Duration.FromHours(step.Hours);
            CheckoutId checkout = new(Ana, $"basket-{step.Order}");
            var id = OrderId.Of(checkout, Shop);
            var state = states.GetValueOrDefault(id);
            var (who, command) = Ask(id, checkout, state, step.What);
            foreach (var (nth, e) in Order.Decide(id, state, command, new(who, now, published)).Events.Index())
            {
                states[id] = state = Order.Evolve(state, e);
                recorded.Add(new(position + 1, nth, now, who, 1, id, e, [.. Order.Transfers(id, state, e)]));
            }
        }
        return new(recorded);
    }

    static (Actor, Order.Command) Ask(OrderId id, CheckoutId checkout, Order.State? state, int what)
    {
        var deal = (state as Order.State.Dealt)?.Deal;
        ImmutableArray<Portion> some = deal?.Lines is [var line, ..] ? [new(line.Number, 1)] : [];
        Actor payment = new Actor.Aggregate($"{PaymentId.Of(checkout)}");
        return (state, what) switch
        {
            (null, _) => (new Actor.Aggregate($"{checkout}"), new Order.Command.Place(new(
                checkout, Shop, [Wanted("cup", 3, 3_33, 50), Wanted("pot", 1, 12_50, 75)], "DE", ShipTo: null))),
            (Order.State.Placed, < 9) =>
                (payment, new Order.Command.Fund(deal!.Total, PaymentId.Of(checkout))),
            (_, 0)        => (Buyer, new Order.Command.Cancel("cancel.changed-mind", some)),
            (_, 1)        => (Buyer, new Order.Command.Cancel("cancel.changed-mind", some, Undoable: true)),
            (_, 2)        => (Seller, Example.Cancel("cancel.out-of-stock", deal?.Everything ?? [])),
            (_, < 6)      => (Seller, new Order.Command.Ship("dhl", $"TRACK{id.Code.ToUpperInvariant()}0")),
            (_, < 8)      => (new Actor.Aggregate($"{ParcelId.Of(id)}"), Deliver),
            (_, 8)        => (Buyer, Receive),
            (Order.State.Open open, _) => (Clock, new Order.Command.Wake(Order.Kind.NextWake(open)!.Value)),
            _             => (Clock, new Order.Command.Wake(Wednesday)),
        };
    }

    [Fact]
    public void A_statement_is_its_postings_and_the_next_one_opens_where_it_closes() => Years.Sample(year =>
    {
        var (months, postings) = (year.Months, year.Postings);
        var closing = Eur(0);
        foreach (var month in months)
        {
            var statement = EarningsStatement.Of("seller/shop", month.Month, Currency.Eur, months, postings);
            Assert.True(statement.IsWhole);
            Assert.Equal(closing, statement.Opening);
            Assert.Equal(statement.Opening + statement.Gross - statement.Fees, statement.Closing);
            Assert.Equal(statement.Lines.Aggregate(statement.Opening, (b, l) => b + l.Net), statement.Closing);
            var balance = statement.Opening;
            Assert.All(statement.Lines, l => Assert.Equal(balance += l.Net, l.Balance));
            Assert.All(statement.Lines, l => Assert.Equal(l.Gross, l.Fee + l.Net));
            closing = statement.Closing;
        }
        Assert.Equal(Sum(postings, "seller/shop/payable"), closing.Minor);
        Assert.Equal(Sum(postings, "seller/shop/fees"), months.Sum(m => m.Earned.Sum(e => e.Fees)));
        Assert.All(months.SelectMany(m => m.Earned.Select(e => (m, e))), x => Assert.All(
            postings.Where(p => SellerMonths.MonthOf(p.At) == x.m.Month && IsEarned(p)),
            p => Assert.InRange(p.Position, x.e.First, x.e.Last)));
    }, iter: 1_000);

    [Fact]
    public void What_was_handed_over_and_what_ended_by_own_fault_is_counted_once() => Years.Sample(year =>
    {
        var events = year.Recorded.Select(r => r.Event).ToList();
        Assert.Equal(events.Count(e => e is Order.Event.Shipped), year.Months.Sum(m => m.Dispatched));
        var marked = events.OfType<Order.Event.Settled>().Select(e => (e.Why.Code, Marks: MarksOf(e.Why)))
            .Where(e => e.Marks > 0).ToList();
        Assert.Equal(marked.Count, year.Months.Sum(m => m.OwnFault));
        Assert.Equal(marked.Sum(m => m.Marks), year.Months.Sum(m => m.Marks));
        Assert.Equal(marked.Count(m => m.Code is Reason.NeverDispatched), year.Months.Sum(m => m.NeverDispatched));
        Assert.Equal(marked.Count, year.Months.Sum(m => m.Faults.Length));
    }, iter: 1_000);

    [Fact]
    public void All_of_it_happens()
    {
        HashSet<string> seen = [];
        Years.Sample(year =>
        {
            lock (seen)
            {
                seen.UnionWith(year.Recorded.Select(r => r.Event.GetType().Name));
                if (year.Months.Count > 3) seen.Add("many months");
                if (year.Months.Any(m => m.Earned.Any(e => e.Fees == 0))) seen.Add("no fee");
                if (year.Months.Any(m => m.NeverDispatched > 0)) seen.Add("never dispatched");
            }
        }, iter: 1_000);
        Assert.Superset(
            new HashSet<string>
            {
                "Completed", "Cancelled", "Reduced", "Lost", "Shipped", "many months", "no fee", "never dispatched",
            }, seen);
    }

    static bool IsEarned(Posting p) =>
        new[] { p.From, p.To }.Any(a => a is "seller/shop/payable" or "seller/shop/fees");

    static long Sum(List<Posting> postings, string account) => postings.Sum(p =>
        (p.To == account ? p.Amount.Minor : 0) - (p.From == account ? p.Amount.Minor : 0));

    static long MarksOf(Recourse.Kernel.Statement why) =>
        why.Facts.Sum(f => f is { Name: "marks", Value: Value.Count n } ? n.Number : 0);
}
