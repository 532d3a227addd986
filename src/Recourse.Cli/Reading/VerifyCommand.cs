using Recourse.Ledger;
using Recourse.Runtime;
using Recourse.Web;
using Recourse.World.Invariants;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>What a verification came to.</summary>
sealed record Verified(
    bool Sound, long Turns, long Events, int Aggregates, int Accounts, ImmutableArray<Money> Sums,
    ImmutableArray<Difference> Differences);

/// <summary>Derives everything anew and compares.</summary>
sealed class VerifyCommand : AsyncCommand<VerifyCommand.Settings>
{
    /// <summary>Of which store.</summary>
    public sealed class Settings : ReadingSettings;

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancel)
    {
        Verified verified = null!;
        await Out.Progress(settings.Json, "Verifying", async progress =>
            verified = await Verification.Of(settings.Data, progress));
        if (settings.Json) Out.Json(verified);
        else Show(verified);
        return verified.Sound ? 0 : Trouble.Refused;
    }

    static void Show(Verified v)
    {
        foreach (var d in v.Differences) Out.Line($"{d.Code}: {d.Of}: {d.What}");
        Out.Line($"{Out.Count(v.Turns)} turns with {Out.Count(v.Events)} events of {Out.Count(v.Aggregates)} things; "
            + $"{Out.Count(v.Accounts)} accounts{string.Concat(v.Sums.Select(s => $", sum {Out.Amount(s)}"))}.");
        Out.Line(v.Sound ? "Everything is as the journal says."
            : $"{Out.Count(v.Differences.Length)} differences. Restore a backup, or remove index and views "
                + $"if only "
            + "they differ: they are derived anew.");
    }
}

/// <summary>All that can be said of a store without changing it.</summary>
static class Verification
{
    /// <summary>Files, journal, states, money, views and index; then what must always hold.</summary>
    public static async Task<Verified> Of(string folder, Action<long, long> progress)
    {
        using var opened = await OpenedStore.Open(folder, "GET {at}/health/ready");
        List<Difference> found = [.. Damaged(folder)];
        var checker = new Checker(
            Out.Registry, () => opened.Rulebooks, [.. Checker.Everyday(patience: null), .. Checker.Dearest()]);
        var audit = new Audit(opened.Store, Out.Registry, Modules.Views) { Progress = progress, Also = checker.Follow };
        try
        {
            found.AddRange(await audit.Run());
            checker.Finish();
        }
        catch (Exception e) when (e is CorruptHistory or StoreException or System.Text.Json.JsonException)
        {
            found.Add(new("audit.unreadable", folder, e.Message));
        }
        found.AddRange(checker.Violations.Select(v => new Difference(
            $"invariant.{v.Invariant}", v.Of ?? $"turn {v.Position}", $"At turn {v.Position}: {v.What}")));
        var balances = opened.All(Balances.View, View.ByKey, "").ToList();
        ImmutableArray<Money> sums =
        [
            .. balances.GroupBy(b => b.Currency).OrderBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => new Money(c.Sum(b => b.Minor), Currency.Of(c.Key))),
        ];
        foreach (var sum in sums.Where(s => s.Minor != 0))
            found.Add(new("audit.sum-not-zero", sum.Currency.Code, $"All accounts add up to {sum}."));
        return new(
            found.Count == 0, audit.Turns, audit.Events, audit.Aggregates, balances.Count, sums, [.. found]);
    }

    static IEnumerable<Difference> Damaged(string folder)
    {
        foreach (var name in (string[])
            ["journal.db", "people.db", AccessKeys.FileName, LookBook.FileName, .. TellingPeople.Files])
            if (Path.Combine(folder, name) is var file && File.Exists(file) && Backup.Fault(file) is { } fault)
                yield return new("audit.file-damaged", name, fault);
    }
}
