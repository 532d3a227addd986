using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.Payments;
using static Recourse.Kernel.Message;
namespace Recourse.Verifying;

/// <summary>What follows elsewhere. Each process is named as the promise it keeps, and remembers nothing.</summary>
public static partial class Verification
{
    /// <summary>What an event makes us want elsewhere.</summary>
    public static IEnumerable<Intent> React(VerificationId id, State after, Event @event) => @event switch
    {
        Event.AmountAsked     => AskTheProvider(id, after),
        Event.AskedAgain      => [.. AskTheProvider(id, after), .. AskTheBank(id, after)],
        Event.ChallengeAsked or Event.ChallengeLooked => AskTheBank(id, after),
        Event.DocumentShown e => TellWhoWaits(after, new Checkout.Command.HearProofSent(e.Deadline.Due)),
        Event.AlsoFor e       => LetItGoOn(after, e.For),
        Event.Verified e      =>
            [new Intent.Require(To(id.Buyer, new BuyerAccount.Command.HearVerified(e.Card))),
                .. TellWhoWaits(after, new Checkout.Command.HearVerified(e.Card))],
        Event.Rejected        => TellWhoWaits(after, new Checkout.Command.HearNotVerified()),
        Event.Asked or Event.Unanswered or Event.AmountHeld or Event.AmountRefused or Event.AmountMissed
            or Event.AmountUsedUp or Event.Reviewed or Event.Escalated or Event.Warned or Event.Lapsed
            or Event.ChallengeOpened or Event.ChallengePassed or Event.ChallengeFailed or Event.ChallengeMissed => [],
    };

    /// <summary>What is held is never taken: banks let it go by themselves, and show it until then.</summary>
    static IEnumerable<Intent> AskTheProvider(VerificationId id, State after)
    {
        if (after is State.Holding s)
            yield return new Intent.Call(new ProviderCall.Authorise(
                KeyOf(id, s), $"{id}", s.Calls, s.Method, s.Amount));
    }

    static string KeyOf(VerificationId id, State.Open s) => $"{id}/{s.Calls}/authorise";

    static IEnumerable<Intent> TellWhoWaits(State after, Checkout.Command say) =>
        after.For.Select(checkout => new Intent.Send(To(checkout, say)));

    static IEnumerable<Intent> LetItGoOn(State after, CheckoutId checkout) => after switch
    {
        State.Verified   => [new Intent.Send(To(checkout, new Checkout.Command.HearVerified()))],
        State.InReview s => [new Intent.Send(To(checkout, new Checkout.Command.HearProofSent(s.Deadline.Due)))],
        State.Asked or State.Holding or State.Naming or State.Starting or State.AtBank or State.Checking
            or State.Lapsed or State.Rejected => [],
    };
}
