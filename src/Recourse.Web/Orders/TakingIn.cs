using Recourse.Orders;
using Recourse.Runtime;
using Recourse.Tracking;
namespace Recourse.Web;

/// <summary>Takes in a parcel that is back, from a page or a program, in one way.</summary>
static class TakingIn
{
    /// <summary>The command for an order that the writer sees, with what its carrier said.</summary>
    public static async Task<Order.Command> Command(Seen seen, Caller by, IPlatform platform) =>
        new Order.Command.TakeIn(
            await platform.Read(ParcelId.Of((OrderId)seen.Id), by.Who, by.Cancel)
                is { State: Parcel.State { NotTakenAt: { } at } } ? new(at, platform.Now, "partition/parcel") : null);
}
