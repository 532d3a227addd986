using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Kernel;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Payouts;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.World.Inhabitants;
using Recourse.World.Invariants;
using Recourse.World.Simulations;
using Xunit;
namespace Recourse.Tests;

/// <summary>Programs that are wrong in one thing: a few lives are enough to find each.</summary>
public sealed class BreakingAPromise
{
    /// <summary>A kind like another, but for one thing.</summary>
    static Kind<TId, TState, TCommand, TEvent> Like<TId, TState, TCommand, TEvent>(
        Kind<TId, TState, TCommand, TEvent> kind, Func<TId, TState?, TCommand, Asked, Decision<TEvent>>? decider = null,
        Func<TId, TState, TEvent, IEnumerable<Intent>>? process = null,
        Func<TId, TState, TEvent, IEnumerable<Transfer>>? posting = null,
        Func<TId, TState?, Actor, Party?>? party = null,
        Func<TState, Instant?>? due = null)
        where TId : struct, IId<TId> where TState : class where TCommand : class, ICommand<TId> where TEvent : class =>
        new()
        {
            Name = kind.Name, Owner = kind.Owner, StateVersion = kind.StateVersion, Lifecycle = kind.Lifecycle,
            Party = party ?? kind.Party, Decider = decider ?? kind.Decider, Fold = kind.Fold, Waking = kind.Waking,
            Due = due ?? kind.Due, Awaited = kind.Awaited, Posting = posting ?? kind.Posting,
            Process = process ?? kind.Process, Settled = kind.Settled, Size = kind.Size,
        };

    static void IsFound(Kind broken, params int[] asOneOf)
    {
        List<Violation> all = [];
        var registry = new Registry(Modules.Kinds.Select(k => k.Name == broken.Name ? broken : k));
        for (var seed = 1; seed <= 60; seed++)
        {
            var town = TownPlan.Of(seed, size: 0.5) with { Meddling = 8, Trouble = 0.9 };
            using var run = new SimulationRun(new(seed, Days: 12, town) { Registry = registry }, Lives.Editions);
            var found = run.Run().Violations;
            if (found.Any(v => asOneOf.Contains(v.Invariant))) return;
            all.AddRange(found);
        }
        Assert.Fail($"Expected one of {string.Join(", ", asOneOf)}; found {string.Join("; ", all)}");
    }

    [Fact]
    public void Refunds_that_post_twice_are_found() => IsFound(Like(Refund.Kind,
        posting: (id, after, e) => Refund.Transfers(id, after, e).SelectMany(t => new[] { t, t })), 4, 6, 8);

    [Fact]
    public void Refunds_that_are_owed_and_never_opened_are_found() => IsFound(Like(Payment.Kind,
        process: (id, after, e) => e is Payment.Event.RefundOwed
            ? [] : Payment.React(id, after, e)), 3, 8);

    [Fact]
    public void Stock_that_is_sold_twice_is_found() => IsFound(Like(StockItem.Kind, decider: (id, state, c, asked) =>
        c is StockItem.Command.Reserve r && state is not null
            && StockItem.Decide(id, state, c, asked).Refusals.Length > 0
            ? [new StockItem.Event.Reserved(r.Order, [new("main", r.Units)], r.Until)]
            : StockItem.Decide(id, state, c, asked)), 15, 16);

    [Fact]
    public void Orders_that_keep_the_stock_of_the_cancelled_are_found() => IsFound(Like(Order.Kind,
        process: (id, after, e) => Order.React(id, after, e).Where(i =>
            i is not Intent.Require { Message.Command: StockItem.Command.Release })), 17);

    [Fact]
    public void Orders_that_give_nothing_back_are_found() => IsFound(Like(Order.Kind,
        process: (id, after, e) => Order.React(id, after, e).Where(i =>
            i is not Intent.Send { Message.Command: Payment.Command.GiveBack })), 3, 4, 8, 10);

    [Fact]
    public void Orders_that_the_platform_ends_at_once_are_found() => IsFound(Like(Order.Kind,
        decider: (id, state, c, asked) => Order.Decide(id, state, c, asked) is var decision
            && decision.Events is [Order.Event.WarningGiven { Warning: { Deadline: var d } w } given]
                ? Order.Decide(id, Order.Evolve(state, given with
                {
                    Warning = w with { Deadline = d with { Warn = null, Due = asked.At } },
                }), new Order.Command.Wake(asked.At), asked with { Who = new Actor.Clock() })
                : decision), 13, 18);

    [Fact]
    public void Orders_that_wake_at_another_hour_are_found() => IsFound(Like(Order.Kind,
        due: s => s is Order.State.Open o ? o.Deadline.Next - Duration.FromHours(1) : null), 11);

    [Fact]
    public void Orders_that_nobody_wakes_are_found() => IsFound(Like(Order.Kind, due: _ => null), 11, 12);

    [Fact]
    public void Orders_that_any_seller_may_see_are_found() => IsFound(Like(Order.Kind,
        party: (id, state, who) => who is Actor.Seller ? Party.Seller : Order.PartyOf(id, state, who),
        decider: (id, state, c, asked) => Order.Decide(id, state, c,
            asked.Who is Actor.Seller ? asked with { Who = new Actor.Seller(id.Seller) } : asked)), 33);

    [Fact]
    public void Cancellations_that_anybody_takes_back_are_found() => IsFound(Like(Order.Kind,
        decider: (id, state, c, asked) => c is Order.Command.TakeBack
            && state is Order.State.Cancellable { Meant: not null }
            ? [new Order.Event.CancellationTakenBack(asked.Who)] : Order.Decide(id, state, c, asked)), 33);

    [Fact]
    public void Orders_that_believe_any_seller_that_a_parcel_is_back_are_found() => IsFound(Like(Order.Kind,
        decider: (id, state, c, asked) => Order.Decide(id, state,
            c is Order.Command.TakeIn ? new Order.Command.TakeIn(new(asked.At, asked.At, "")) : c, asked)), 39);

    [Fact]
    public void Orders_that_believe_any_seller_that_their_buyer_asked_are_found() => IsFound(Like(Order.Kind,
        decider: (id, state, c, asked) => Order.Decide(id, state,
            c is Order.Command.Cancel { Reason: "cancel.buyer-asked" } said
                ? said with { BuyersWord = new(asked.At, asked.At, "") } : c, asked)), 39);

    [Fact]
    public void Cancellations_that_nobody_wakes_are_found() => IsFound(Like(Order.Kind,
        due: s => (s as Order.State.Open)?.Deadline.Next), 11, 12);

    [Fact]
    public void Earnings_that_pay_for_whatever_a_bank_is_said_to_have_taken_are_found() => IsFound(Like(Earnings.Kind,
        decider: (id, state, c, asked) => Earnings.Decide(id, state,
            c is Earnings.Command.ChargeBack said ? said with { Paid = null } : c, asked)), 4);

    [Fact]
    public void Payments_that_believe_any_report_are_found() => IsFound(Like(Payment.Kind,
        decider: (id, state, c, asked) => Payment.Decide(id, state,
            c is Payment.Command.HearReport { Report: var r } && state is Payment.State.Authorising s
                ? new Payment.Command.HearReport(r with { Attempt = s.Terms.Attempt, Amount = s.Amount }) : c,
            asked)), 25);

    [Fact]
    public void Checkouts_that_are_opened_whatever_was_found_are_found() => IsFound(Like(Checkout.Kind,
        decider: (id, state, c, asked) => c is Checkout.Command.Open open
            && Checkout.Decide(id, state, open with { Facts = open.Facts with { ShipTo = null } }, asked)
                is { Events: [Checkout.Event.Opened e, ..] }
            ? [e with { Facts = open.Facts }] : Checkout.Decide(id, state, c, asked)), 14);

    [Fact]
    public void Coupons_that_are_used_up_before_they_say_so_are_found() => IsFound(Like(Coupon.Kind,
        decider: (id, state, c, asked) => c is Coupon.Command.Take && state is { Uses.Count: > 0 }
            ? Coupon.Decide(id, state with { Terms = state.Terms with { Uses = 1 } }, c, asked)
            : Coupon.Decide(id, state, c, asked)), 14);

    [Fact]
    public void Answers_that_the_log_does_not_bear_out_are_found()
    {
        var (turns, rulebooks, registry) = Lives.Log.Value;
        var answers = new Answers();
        var checker = new Checker(registry, () => rulebooks, answers);
        for (var i = 0; i < turns.Length; i++) checker.Follow(i + 1, turns[i]);
        var (order, state) = checker.Known.States.First(s => s.Value is Order.State.Completed);
        var ask = new Ask(order, new Order.Command.ConfirmReceipt(), new Actor.Agent("ana"), "k1");

        answers.Heard(answers.Asked(ask, hash: 1), new Outcome.Done(3, 1, state));
        answers.Heard(answers.Asked(ask, hash: 1), new Outcome.Done(4, 1, state));
        answers.Heard(answers.Asked(ask, hash: 2), new Outcome.Done(3, 1, state));
        answers.Heard(answers.Asked(ask with { Key = "k2" }, hash: 1), new Outcome.Done(999, 1, state));
        answers.Heard(answers.Asked(ask with { Who = new Actor.Seller(new("nobody")) }, hash: 1),
            new Outcome.Refused([new("order.not-now", new("order.look"))]));
        answers.Heard(answers.Asked(ask, hash: 1), new Outcome.Fault("a bug"));
        checker.Finish();

        foreach (var number in (int[])[23, 24, 27, 33, 0])
            Assert.Contains(checker.Violations, v => v.Invariant == number);
    }
}
