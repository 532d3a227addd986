using Recourse.Client;
using Recourse.Monitoring;
namespace Recourse.World.Demo;

/// <summary>What an operator of the demo decides about automatic cancellations that were put off.</summary>
static class Braking
{
    const int MostLooked = 100;

    /// <summary>
    /// They look at what letting it go would do. Once it is put off for longer, so that sellers come to it; what would
    /// still end after that, or is no longer much, takes its course.
    /// </summary>
    public static async Task<long?> Decide(RecourseClient client, BrakeId id, Brake.Command.Decide c, string key)
    {
        BrakeBody brake = await client.GetBrakeAsync(id.Code);
        if (brake.State is not "on" || brake.DryRun is not { } dryRun) return null;      // somebody else has decided
        RowsOfBrakeBody all = await client.ListBrakesAsync(limit: MostLooked);
        var wasPutOff = all.Items.Any(
            b => b.Id != brake.Id && b.State is "off" && b.Until is not null && IsSame(b, brake));
        var until = wasPutOff || dryRun.Count <= brake.Usual ? null : c.Until?.ToDateTimeOffset();
        return (await client.DecideBrakeAsync(id.Code, new() { Until = until }, key)).Position;
    }

    static bool IsSame(BrakeBody one, BrakeBody other) => (one.Trigger, one.Seller, one.Country, one.Method)
        == (other.Trigger, other.Seller, other.Country, other.Method);
}
