using Microsoft.Extensions.Logging;
using Recourse.Adapters.Pictures;
using Recourse.Catalog;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Takes pictures out of the folder that no listing shows any more, nor would show if what waits or lapsed were
/// granted. They are kept for a while after that: whoever looks at an order of yesterday sees what they bought. A
/// picture that is in use is marked as used now; what wasn't for as long as the rulebook says goes.
/// </summary>
public sealed class PictureSweep(IPlatform platform, PictureFolder pictures, ILogger<PictureSweep> log) : Sweep(log)
{
    /// <summary>All pictures once; how many went.</summary>
    public override async Task<int> Once(CancellationToken cancel)
    {
        // What a view doesn't know yet could be in use.
        if (!await Positions.AreShown(platform, platform.Position, cancel)) return 0;
        var (kept, now, gone) = (platform.InForce.Of<ListingRules>().PicturesKept, platform.Now, 0);
        foreach (var name in pictures.Names())
        {
            cancel.ThrowIfCancellationRequested();
            if (IsUsed(name)) pictures.Use(name, now);
            else if (pictures.LastUsed(name) is { } used && used + kept <= now)
            {
                pictures.Drop(name);
                gone++;
            }
        }
        return gone;
    }

    bool IsUsed(string name) =>
        !platform.Views.List(PictureUses.View, PictureUses.ByPicture, name, null, 1).Rows.IsEmpty;
}
