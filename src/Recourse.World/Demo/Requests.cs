using Recourse.Client;
using Recourse.Orders;
using Recourse.Tracking;
namespace Recourse.World.Demo;

/// <summary>What buyers ask for while an order is under way, and its answers, as calls of the public API.</summary>
static class Requests
{
    static async Task<long?> Change(
        RecourseClient client, OrderId id, Changes changes, Address? shipTo, string key) =>
        (await client.AmendOrderAsync(id.Seller.Code, id.Code, new()
        {
            Method = changes.Method, ShipTo = shipTo is null ? null : Calls.BodyOf(shipTo),
            Lines = [.. changes.Lines.Select(l => new LineChangeBody
            {
                Line = l.Line, Quantity = l.Quantity, Sku = l.Sku?.Code, Service = l.Service,
            })],
        }, key)).Position;

    /// <summary>Makes the call; the position at which it was written, if anything was.</summary>
    public static async Task<long?> Make(RecourseClient client, IId target, object command, string key)
    {
        if (target is not OrderId id)
        {
            var (parcel, said) = ((ParcelId)target, (Parcel.Command.AnswerRecall)command);
            return (await client.AnswerRecallAsync(
                parcel.Seller.Code, parcel.Code, new() { IsStopped = said.IsStopped, Note = said.Note }, key)).Position;
        }
        var (seller, code) = (id.Seller.Code, id.Code);
        return command switch
        {
            Instead c              => await Change(client, id, c.Changes, c.ShipTo, key),
            // To another country it goes with an address only, which these have not.
            Order.Command.Amend c  => await Change(client, id, c.Changes, null, key),
            Order.Command.Pick     => (await client.PickOrderAsync(seller, code, key)).Position,
            Order.Command.Approve  => (await client.ApproveRequestAsync(seller, code, key)).Position,
            Order.Command.Refuse c =>
                (await client.RefuseRequestAsync(seller, code, new() { Reason = c.Reason }, key)).Position,
            Order.Command.AnswerWarning c => (await client.AnswerWarningAsync(
                seller, code, c.Reason!, new() { Word = c.Word }, key)).Position,
            Order.Command.LiftWarning c   => (await client.LiftWarningAsync(seller, code, c.Reason!, key)).Position,
            Order.Command.UpholdWarning c => (await client.UpholdWarningAsync(seller, code, c.Reason!, key)).Position,
            Order.Command.Withdraw => (await client.WithdrawRequestAsync(seller, code, key)).Position,
            Order.Command.Recall   => (await client.RecallParcelAsync(seller, code, key)).Position,
            Order.Command.TakeIn   => (await client.TakeParcelInAsync(seller, code, key)).Position,
            Order.Command.Extend   => (await client.ExtendProtectionAsync(seller, code, key)).Position,
            _ => throw new InvalidOperationException($"{command} has no call."),
        };
    }
}
