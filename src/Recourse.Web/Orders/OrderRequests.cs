using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What a buyer has asked for, and how far a recall has come, as bodies.</summary>
static class OrderRequests
{
    /// <summary>Null: nothing is asked.</summary>
    public static RequestBody? Of(Seen seen, Order.State state, Texts texts)
    {
        if (state is not Order.State.Funded { Wish: { } wish, Deal: var deal }) return null;
        var reads = OrderView.SeesMoney(seen.As);
        var rules = seen.Asked.Edition(deal.Rulebook).Of<OrderRules>();
        var effect = Words.Next(wish.Deadline, seen.As, texts)!.Effect;
        var isSellers = wish is not Wish.ToPay
            && seen.As is var by && (by is Party.Agent || by is Party.Seller && !Order.IsStaffs(wish));
        return wish switch
        {
            Wish.ToCancel w => new(
                "cancellation", isSellers, reads ? w.Reason : null, reads ? NameOf(texts, w.Reason) : null,
                w.Portions.Sum(p => p.Quantity), [.. w.Portions.Select(p => new PortionBody(p.Line, p.Quantity))],
                null, w.At, w.Deadline.Due, effect, Answers(isSellers)),
            Wish.ToAmend w => Change("amendment", w.What, w),
            Wish.ToPay w   => Change("difference", w.What, w),
        };

        RequestBody Change(string kind, Amendment what, Wish w) => new(
            kind, isSellers, null, null, what.After.Lines.Sum(l => l.Quantity), [], reads ? what.After.Total : null,
            w.At, w.Deadline.Due, effect, Answers(isSellers));

        ImmutableArray<Hint> Answers(bool isAsked) => !isAsked ? []
            : [.. AnswersTo(wish, rules.OfRequests).Select(c => new Hint(c, Say(texts, "answer", c)))];
    }

    /// <summary>Whether the reader can cancel it by asking its seller only.</summary>
    public static bool MustAsk(Seen seen) =>
        seen is { As: Party.Buyer, State: Order.State.Funded { PickedAt: not null } };

    /// <summary>Words for a code of the rulebook, which can have others than the shipped ones.</summary>
    public static string Say(Texts texts, string area, string code) =>
        texts.Tell(texts.Has($"{area}.{code}") ? $"{area}.{code}" : $"{area}.other");

    /// <summary>A reason in a few words.</summary>
    public static string NameOf(Texts texts, string reason) =>
        texts.Has($"console.reason.{reason}") ? texts.Tell($"console.reason.{reason}") : reason;

    /// <summary>Null: nobody asked for it back.</summary>
    public static RecallBody? RecallOf(Order.State state) => state is Order.State.Shipped { Recall: { } r }
        ? new(Words.StateOf($"{r.Stand}"), r.At, r.Deadline?.Due) : null;

    /// <summary>For its buyer, once it is sent: each way, until when, and what of the price is lost by it.</summary>
    public static ImmutableArray<WayBackBody> WaysBack(Seen seen, Order.State state, Texts texts)
    {
        if (seen.As is not Party.Buyer || state is not Order.State.Dispatched s) return [];
        var (shipping, onItsWay) = (s.Deal.Shipping, state as Order.State.Shipped);
        var no = Order.Kind.Decide(seen.Id, state, new Order.Command.Recall(), seen.Asked).Refusals
            .Select(r => texts.Fill(r.Code, r.Facts)).FirstOrDefault();
        var isAsked = onItsWay is { Recall.Stand: not RecallStand.Failed };
        return
        [
            new("recall", no is null && !isAsked, no is null && !isAsked ? s.Deadline.Due : null, shipping,
                no ?? texts.Tell(isAsked ? "way-back.recall-asked" : "way-back.recall")),
            new("refuse-at-door", onItsWay is not null, onItsWay?.Deadline.Due, shipping,
                texts.Tell(onItsWay is null ? "way-back.arrived" : "way-back.refuse-at-door")),
            new("send-back", onItsWay is null, onItsWay is null ? s.Deadline.Due : null, null,
                texts.Tell(onItsWay is null ? "order.send-back" : "way-back.once-arrived")),
        ];
    }

    /// <summary>What can be done of it now, and why not the rest.</summary>
    public static IEnumerable<ActionBody?> Actions(
        Seen seen, Texts texts, Func<string, string, Order.Command, Type, ActionBody?> attempt)
    {
        yield return attempt("order.amend", "amendment", Sample(seen), typeof(Order.Event.AmendmentAsked));
        yield return attempt("order.withdraw", "request/withdrawal", new Order.Command.Withdraw(),
            typeof(Order.Event.CancellationAsked));
        yield return seen.As is Party.Seller or Party.Warehouse
            ? attempt("order.pick", "pick", new Order.Command.Pick(), typeof(Order.Event.Picked)) : null;
        if ((seen.As & RequestEndpoints.Answerers) != 0)
        {
            yield return attempt("order.approve", "request/approval", new Order.Command.Approve(),
                typeof(Order.Event.WishRefused)) is { } yes
                ? yes with { Effects = OrderEffects.Of(seen, new Order.Command.Approve(), texts) } : null;
            yield return attempt("order.refuse", "request/refusal", new Order.Command.Refuse(Answer(seen)),
                typeof(Order.Event.WishRefused)) is { } no ? no with { Choices = Choices(seen, texts) } : null;
        }
        yield return attempt("order.recall", "recall", new Order.Command.Recall(), typeof(Order.Event.RecallAsked));
        // Where nobody recalled it, who pays for the way is found when it is said.
        var takeIn = new Order.Command.TakeIn();
        var isCertain = seen.State is Order.State.Shipped { Recall.Stand: RecallStand.Accepted };
        yield return attempt("order.take-in", "return", takeIn, typeof(Order.Event.CameBack)) is { } back
            ? back with
            {
                Effects = isCertain && OrderView.SeesMoney(seen.As) ? OrderEffects.Of(seen, takeIn, texts) : [],
            }
            : null;
        yield return attempt("order.extend", "extension", new Order.Command.Extend(), typeof(Order.Event.Extended));
    }

    static string Answer(Seen seen) => AnswersTo(WishOf(seen), RulesOf(seen)).FirstOrDefault() ?? "";

    /// <summary>What can be said against it: by staff of what screening held, that; else what the rulebook has.
    /// </summary>
    static IEnumerable<string> AnswersTo(Wish? wish, RequestRules rules) =>
        wish is not null && Order.IsStaffs(wish) ? [Order.NotSafe]
            : rules.Refusals.Keys.Where(c => c != RequestRules.SentMeanwhile);

    static Wish? WishOf(Seen seen) => (seen.State as Order.State.Funded)?.Wish;

    static RequestRules RulesOf(Seen seen) => seen.Asked.Edition(
        ((Order.State.Dealt)seen.State).Deal.Rulebook).Of<OrderRules>().OfRequests;

    static ImmutableArray<ChoiceBody> Choices(Seen seen, Texts texts) =>
        [.. AnswersTo(WishOf(seen), RulesOf(seen)).Select(c => new ChoiceBody(c, Say(texts, "answer", c), []))];

    /// <summary>The smallest change that there is, an address: only whether it is possible is asked.</summary>
    static Order.Command.Amend Sample(Seen seen)
    {
        var deal = ((Order.State.Dealt)seen.State).Deal;
        return new(new([], ShipTo: new($"{deal.Buyer}", "")), new([], new([], seen.Asked.At, "page")));
    }
}
