using Recourse.Inventory;
using Recourse.Kernel;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.World.Invariants;
using Xunit;
using Statement = Recourse.Kernel.Statement;
namespace Recourse.Tests;

/// <summary>A checker that can't fail is worthless: each of these logs is wrong in one thing.</summary>
public sealed class TamperingWithALog
{
    static ImmutableArray<Turn> Turns => Lives.Log.Value.Turns;

    static int IndexOf<TEvent>(Func<Turn, TEvent, bool>? which = null) => Enumerable.Range(0, Turns.Length).First(i =>
        Turns[i].Events.Any(e => e.Event is TEvent found && (which is null || which(Turns[i], found))));

    static ImmutableArray<Turn> With<TEvent>(Func<Turn, Turn> change, Func<Turn, TEvent, bool>? which = null)
    {
        var i = IndexOf(which);
        return Turns.SetItem(i, change(Turns[i]));
    }

    static Turn Events(Turn turn, Func<Happened, Happened> change) =>
        turn with { Events = [.. turn.Events.Select(change)] };

    static void Finds(int invariant, IEnumerable<Turn> turns, params ImmutableArray<Invariant> more)
    {
        var found = Lives.Check(turns, more);
        Assert.True(
            found.Any(v => v.Invariant == invariant), $"Expected {invariant}, found {string.Join("; ", found)}");
    }

    [Fact]
    public void What_nobody_touched_is_in_order() => Assert.Empty(Lives.Check(Turns));

    [Fact]
    public void A_cent_more_is_found() => Finds(1, With<Order.Event.Completed>(t => Events(t, e => e with
    {
        Transfers =
        [
            .. e.Transfers.Select((m, i) =>
                i > 0 ? m : m with { Amount = m.Amount + new Money(1, m.Amount.Currency) }),
        ],
    })));

    [Fact]
    public void A_transfer_that_is_left_out_is_found() =>
        Finds(3, With<Order.Event.Completed>(t => Events(t, e => e with { Transfers = [] })));

    [Fact]
    public void More_captured_than_was_wanted_is_found() => Finds(4, With<Payment.Event.Captured>(t => Events(t, e =>
        e.Event is Payment.Event.Captured c ? e with { Event = new Payment.Event.Captured(c.Amount * 2) } : e)));

    [Fact]
    public void A_settlement_of_other_goods_is_found() => Finds(5, With<Order.Event.Cancelled>(t => Events(t, e =>
        e.Event is Order.Event.Cancelled c
            ? e with { Event = c with { Settlement = c.Settlement with { Goods = c.Settlement.Goods * 2 } } } : e),
        (_, e) => e.Settlement.IsPaid));

    [Fact]
    public void A_call_without_an_outcome_is_found() =>
        Finds(7, Turns.RemoveAt(IndexOf<Payment.Event.Captured>()));

    [Fact]
    public void Another_statement_of_the_provider_is_found() => Finds(8, Turns, new ClearingEqualsStatement(() => []));

    [Fact]
    public void An_order_that_is_cancelled_once_dispatched_is_found()
    {
        var cancelled = Turns.SelectMany(t => t.Events).Select(e => e.Event).OfType<Order.Event.Cancelled>().First();
        Finds(9, With<Order.Event.Delivered>(t => Events(t, e =>
            e.Event is Order.Event.Delivered ? e with { Event = cancelled } : e)));
    }

    [Fact]
    public void An_order_that_never_ends_is_found() => Finds(10, Turns.RemoveAt(IndexOf<Order.Event.Completed>()));

    [Fact]
    public void Two_who_are_waited_for_are_found() => Finds(11, With<Order.Event.Funded>(t => Events(t, e =>
        e.Event is Order.Event.Funded f
            ? e with { Event = f with { Deadline = f.Deadline with { Owner = Party.Buyer | Party.Seller } } } : e)));

    [Fact]
    public void A_deadline_that_is_not_on_record_is_found() =>
        Finds(12, With<Order.Event.Funded>(t => t with { Wakes = [] }));

    [Fact]
    public void A_clock_that_is_early_is_found() => Finds(13, With<Order.Event.Completed>(
        t => t with { At = t.At - Duration.FromDays(3) }, (t, _) => t.Who is Actor.Clock));

    [Fact]
    public void A_late_refusal_of_what_was_known_is_found() => Finds(14, With<Order.Event.Funded>(
        t => t with { Refusals = [new("stock.not-enough", new("stock.look"))] }));

    [Fact]
    public void Stock_that_comes_from_nowhere_is_found() => Finds(16, With<StockItem.Event.Reserved>(t => Events(t, e =>
        e.Event is StockItem.Event.Reserved r
            ? e with { Event = r with { From = [.. r.From.Select(s => s with { Units = s.Units + 10_000 })] } } : e)));

    [Fact]
    public void Units_that_leave_unsold_are_found() => Finds(15, With<StockItem.Event.Sold>(t =>
        t with { Events = [.. t.Events.Where(e => e.Event is not StockItem.Event.Sold)] }));

    [Fact]
    public void A_reservation_that_outlives_its_order_is_found() => Finds(17, With<StockItem.Event.Released>(t =>
        t with { Events = [.. t.Events.Where(e => e.Event is not StockItem.Event.Released)] }));

    static ImmutableArray<Turn> WithWhy(Func<Statement, Statement> change) => With<Order.Event.Cancelled>(t =>
        Events(t, e => e.Event is Order.Event.Cancelled c ? e with { Event = c with { Why = change(c.Why) } } : e));

    static Statement Anew(Statement w, string? code = null, IEnumerable<StatedFact>? facts = null) => new(
        code ?? w.Code, w.Outcome, [.. facts ?? w.Facts], w.Rule, w.Rulebook, w.By, w.Remedies, w.IssuedAt,
        w.AppealUntil);

    [Fact]
    public void A_statement_of_other_facts_is_found() => Finds(18, WithWhy(w => Anew(w, facts: w.Facts.Select(f =>
        f.Name == "units" ? f with { Value = 77 } : f))));

    [Fact]
    public void A_withheld_fact_that_is_told_is_found() => Finds(21, WithWhy(w => Anew(w, facts: w.Facts.Add(new(
        "secret", new Value.Word(Texts.In("en", DateTimeZone.Utc).Tell(w.Outcome)), Party.Operator)))));

    [Fact]
    public void A_reason_without_words_is_found() => Finds(22, WithWhy(w => Anew(w, code: "cancel.unheard-of")));

    [Fact]
    public void A_command_that_was_changed_is_found() => Finds(19, With<Order.Event.Shipped>(t =>
        t with { Command = new Order.Command.Ship("dhl", "ANOTHER12345") }));

    [Fact]
    public void A_key_that_is_accepted_twice_is_found()
    {
        var keyed = Turns.Where(t => t.Key is not null).GroupBy(t => t.Target).First(g => g.Count() > 1).ToList();
        Finds(23, Turns.Replace(keyed[1], keyed[1] with { Key = keyed[0].Key! with { At = keyed[1].At } }));
    }

    [Fact]
    public void A_lost_message_is_found() => Finds(25, Turns.RemoveAt(IndexOf<Order.Event.Funded>()));

    [Fact]
    public void A_doubled_turn_is_found()
    {
        var paid = IndexOf<Refund.Event.Paid>();
        Finds(28, Turns.Insert(paid, Turns[paid]));
    }

    [Fact]
    public void An_epoch_that_is_over_and_writes_is_found() => Finds(31,
        Turns.SetItem(Turns.Length - 1, Turns[^1] with { Epoch = 0 }));

    [Fact]
    public void A_gap_between_positions_is_found()
    {
        var (_, rulebooks, registry) = Lives.Log.Value;
        var checker = new Checker(registry, () => rulebooks, Checker.Everyday());
        checker.Follow(1, Turns[0]);
        checker.Follow(3, Turns[1]);
        Assert.Contains(checker.Violations, v => v.Invariant == 29);
    }

    [Fact]
    public void A_view_that_missed_something_is_found()
    {
        ViewsFold whole = new(Modules.Views, 0), lacking = new(Modules.Views, 7);
        Lives.Check(Turns, whole);
        Lives.Check(Turns.RemoveAt(IndexOf<Order.Event.Shipped>()), lacking);
        Assert.Contains(whole.Compare(lacking), v => v.Invariant == 30);
    }
}
