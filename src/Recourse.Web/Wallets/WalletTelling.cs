using Recourse.Payouts;
using Recourse.Wallets;
namespace Recourse.Web;

static partial class Telling
{
    static StatedFact[] Of(Wallet.Event @event) => @event switch
    {
        Wallet.Event.Received e  => [new("amount", e.Amount, Buyer)],
        Wallet.Event.Compensated e =>
            [new("amount", e.Amount, Buyer), new("reason", e.Code, Buyer), new("order", $"{e.Order}", Buyer)],
        Wallet.Event.Set e       => [new("amount", e.Amount, Buyer), new("checkout", $"{e.For}", Buyer)],
        Wallet.Event.Returned e  => [new("amount", e.Amount, Buyer), new("checkout", $"{e.For}", Buyer)],
        Wallet.Event.Spent e     => [new("amount", e.Amount, Buyer), new("checkout", $"{e.For}", Buyer)],
        Wallet.Event.Withdrawn e => [new("amount", e.Amount, Buyer), new("ending", e.Seen.Ending, Buyer)],
    };

    static StatedFact[] Of(Payout.Event @event) => @event switch
    {
        Payout.Event.Opened e    => [new("amount", e.What.Amount, All), .. Of(e.Deadline)],
        Payout.Event.Sent e      => [new("reference", e.File, All), .. Of(e.Deadline)],
        Payout.Event.Paid e      => [new("reference", e.Reference, All), new("at", e.At, All)],
        Payout.Event.Rejected    => [],
        Payout.Event.Escalated e => Of(e.Deadline, Staff),
    };

    static StatedFact[] Of(Earnings.Event @event) => @event switch
    {
        Earnings.Event.AccountSet e  => [new("ending", e.To.Seen.Ending, Seller), new("next", e.Next, Seller)],
        Earnings.Event.Planned e     => e.Next is { } next ? [new("next", next, Seller)] : [],
        Earnings.Event.Ran e         =>
            [new("amount", e.Amount, Seller), new("reserve", e.Reserve, Seller), new("next", e.Next, Seller)],
        Earnings.Event.NothingDue e  =>
            [new("amount", e.Payable, Seller), new("reserve", e.Reserve, Seller), new("next", e.Next, Seller)],
        Earnings.Event.Reviewed e    => StepOf(e.What),
        Earnings.Event.Called e      => Of(e.Deadline, Staff),
        Earnings.Event.Withheld or Earnings.Event.AccountClosed => [],
        Earnings.Event.Lifted e      => [new("next", e.Next, Seller)],
        Earnings.Event.ChargedBack e => [new("amount", e.Amount, Seller), new("order", $"{e.Order}", Seller)],
        Earnings.Event.Restored e    => [new("amount", e.Amount, Seller), new("reference", e.Reference, Seller)],
        Earnings.Event.TakenBack e   => [new("amount", e.Amount, Seller)],
    };
}
