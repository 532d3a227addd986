using Microsoft.Extensions.Logging;
using Recourse.Adapters.Evidence;
using Recourse.Disputes;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Takes files out of the folder that somebody brought and nothing names as proof: for as long as the rulebook says,
/// their owner may still do so. A file that is named is marked as used now.
/// </summary>
public sealed class EvidenceSweep(IPlatform platform, EvidenceFolder files, Store store, ILogger<EvidenceSweep> log)
    : Sweep(log)
{
    const int AtOnce = 500;

    /// <inheritdoc/>
    public override async Task<int> Once(CancellationToken cancel)
    {
        // What a view doesn't know yet could be in use.
        if (!await Positions.AreShown(platform, platform.Position, cancel)) return 0;
        var (kept, now, gone) = (platform.InForce.Of<AppealRules>().KeepsFilesFor, platform.Now, 0);
        List<string> old = [.. files.Names().Where(name => files.LastUsed(name) + kept <= now)];
        if (old.Count == 0) return 0;
        var said = Said(cancel);
        foreach (var name in old)
        {
            cancel.ThrowIfCancellationRequested();
            if (said.Contains(name) || IsNamed(name)) files.Use(name, now);
            else
            {
                files.Drop(name);
                gone++;
            }
        }
        return gone;
    }

    bool IsNamed(string name) =>
        !platform.Views.List(EvidenceUses.View, EvidenceUses.ByFile, name, null, 1).Rows.IsEmpty;

    /// <summary>All that words name. Whoever was erased can't be read, and neither can what they brought.</summary>
    HashSet<string> Said(CancellationToken cancel)
    {
        HashSet<string> names = [];
        for (string? after = null; ;)
        {
            cancel.ThrowIfCancellationRequested();
            var page = platform.Views.List(EvidenceUses.View, EvidenceUses.UnderKey, "", after, AtOnce);
            foreach (var row in page.Rows)
            {
                foreach (var words in row.Words) names.UnionWith(store.People.Open(words)?.Files ?? []);
                foreach (var words in row.Sellers) names.UnionWith(store.People.Open(words)?.Files ?? []);
            }
            if (page.Next is not { } next) return names;
            after = next;
        }
    }
}
