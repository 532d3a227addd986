using Recourse.Client;
using Recourse.Payouts;
namespace Recourse.World.Demo;

/// <summary>What goes to banks, and what they say of it, as calls of the public API.</summary>
static class Banking
{
    /// <summary>Makes the call; the position at which it was written, if anything was.</summary>
    public static async Task<long?> Make(RecourseClient client, IId target, object command, string key) =>
        (target, command) switch
        {
            // One file has all that is ready, whoever of it came to mind.
            (PayoutId, Payout.Command.Send) => (await client.MakePayoutFileAsync(key)).Position,
            (PayoutId id, Payout.Command.Confirm c) => (await client.ConfirmPayoutAsync(
                id.OwnerCode, id.Code, new() { Reference = c.Reference }, key)).Position,
            (PayoutId id, Payout.Command.Return c) => (await client.ReturnPayoutAsync(
                id.OwnerCode, id.Code, new() { Reason = c.Reason }, key)).Position,
            (EarningsId { Currency: { } currency } id, Earnings.Command.Hold c) => (await client.HoldSellerPayoutsAsync(
                id.Seller.Code, currency.Code, new() { Reason = c.Reason }, key)).Position,
            (EarningsId { Currency: { } currency } id, Earnings.Command.Lift) =>
                (await client.LiftSellerPayoutsAsync(id.Seller.Code, currency.Code, key)).Position,
            _ => null,                                                      // the platform runs them by itself
        };
}
