using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A checkout's state as a body.</summary>
static class CheckoutView
{
    const Party WhoShips = Party.Buyer | Party.Agent;

    public static CheckoutBody Of(Seen seen, Caller caller, KeyRing people)
    {
        var (id, state, texts) = ((CheckoutId)seen.Id, (Checkout.State)seen.State, caller.Texts);
        var why = WhyOf(state);
        return new(
            id, Words.StateOf(state), texts.Tell($"checkout.state.{state.GetType().Name}"),
            [.. state.Parts.Select(p => new CheckoutPart(
                p.Order, p.Asked, p.Total, [.. p.Refusals.Select(no => Words.Of(no, texts))]))],
            state.Total, state.Parts.Select(p => p.Asked).Sum(state.Currency), state.Basket.Country,
            (seen.As & WhoShips) != 0 && state.Basket.ShipTo is { } shipTo ? AddressBody.Of(people.Open(shipTo)) : null,
            (state as Checkout.State.Open)?.PayBy,
            // That one of the staff waits for another is theirs to know.
            Words.Next((seen.As & Party.Staff) == 0 ? (state as Checkout.State.Open)?.Deadline
                : Checkout.Kind.DeadlineOf(state), seen.As, texts),
            why is null ? null : Words.Of(why, seen.As, texts), PaymentId.Of(id),
            [.. state.Basket.Lines.Select(l => new CheckoutLine(l.Listing, l.Sku.Code, l.Quantity)
                { UnitPrice = l.UnitPrice, Service = l.Service, Later = LaterBody.Of(l.Later) })],
            ActionsOf(id, seen, texts), state.Basket.Coupons ?? [], WithoutDiscounts(state),
            [.. state.LeftOut.Select(no => Words.Of(no, texts))],
            ScreenedOf(state) is { } screened ? AppealId.Of(new Subject.Checkout(id), screened) : null)
        {
            Wallet = state.Basket.Wallet,
        };
    }

    static Money? WithoutDiscounts(Checkout.State state) =>
        state is Checkout.State.Stopped && state.Parts.Any(p => p.IsAboutDiscounts)
            ? state.Total + state.Parts.Select(p => p.Again?.Total).OfType<Money>().Sum(state.Currency)
            : null;

    /// <summary>What screening decided last; null: nothing against the buyer.</summary>
    public static Recourse.Kernel.Statement? ScreenedOf(Checkout.State state) => state switch
    {
        Checkout.State.Waiting s    => s.Why,
        Checkout.State.TurnedDown s => s.Why,
        _                           => null,
    };

    static Recourse.Kernel.Statement? WhyOf(Checkout.State state) => state switch
    {
        Checkout.State.Declined s  => s.Why,
        Checkout.State.Abandoned s => s.Why,
        Checkout.State.Waiting s   => s.Why,
        Checkout.State.TurnedDown s => s.Why,
        Checkout.State.Reserving or Checkout.State.Stopped or Checkout.State.Paying
            or Checkout.State.Authorised => null,
    };

    /// <summary>What went against the buyer last, as the reader reads it; null: nothing.</summary>
    public static Explained? WhyOf(Seen seen, Texts texts) => WhyOf((Checkout.State)seen.State) is { } why
        ? new(seen.Position, [Reading.Of(why, seen.As, texts)]) : null;

    static ImmutableArray<ActionBody> ActionsOf(CheckoutId id, Seen seen, Texts texts)
    {
        var (href, method) = ($"/v1/checkouts/{id.Buyer.Code}/{id.Code}", ((Checkout.State)seen.State).Basket.Method);
        return
        [
            .. new[]
            {
                Try("checkout.pay", "payment", new Checkout.Command.Pay(method), typeof(Checkout.Event.PaymentAsked)),
                Try("checkout.proceed", "proceed", new Checkout.Command.Proceed(), typeof(Checkout.Event.PaymentAsked)),
                Try("checkout.clear", "clear", new Checkout.Command.Clear(), typeof(Checkout.Event.PaymentAsked)),
                Try("checkout.turn-down", "turn-down", new Checkout.Command.TurnDown(),
                    typeof(Checkout.Event.TurnedDown)),
                Try("checkout.leave-discounts", "without-discounts", new Checkout.Command.LeaveDiscounts(),
                    typeof(Checkout.Event.AskedAgain)),
                Try("checkout.abandon", "abandon", new Checkout.Command.Abandon(), typeof(Checkout.Event.Abandoned)),
            }.OfType<ActionBody>(),
        ];

        ActionBody? Try(string name, string path, Checkout.Command command, Type outcome) =>
            Actions.Try(Checkout.Kind, seen, name, $"{href}/{path}", command, outcome, texts);
    }
}
