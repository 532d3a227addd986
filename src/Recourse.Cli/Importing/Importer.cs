using Recourse.Buyers;
using Recourse.Olist;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Cli;

/// <summary>What could not be taken over.</summary>
sealed record NotTaken(string Target, string Code, string Text);

/// <summary>Asks every step of a take-over, many at once; steps about one thing one after the other.</summary>
sealed class Importer(Platform platform, KeyRing people)
{
    const int AtOnce = 256, MostTries = 50;

    readonly SemaphoreSlim _places = new(AtOnce);
    readonly Dictionary<IId, Task> _last = [];
    readonly List<NotTaken> _not = [];
    long _done;

    /// <summary>The plan, with people's places sealed under their keys.</summary>
    public OlistPlan Plan(OlistHistory history)
    {
        HashSet<string> about = [];
        OlistImport.Plan(history, (person, _) =>
        {
            about.Add(person);
            return new(person, "");
        });
        people.Prepare(about);
        HashSet<string> erased = [.. people.Erased().Select(e => e.Person)];
        return OlistImport.Plan(
            history, (person, place) => erased.Contains(person) ? new(person, "") : people.Seal(person, place));
    }

    /// <summary>Takes it over; what could not be taken is told.</summary>
    public async Task<ImmutableArray<NotTaken>> Take(OlistPlan plan, Action<long, long> progress)
    {
        foreach (var step in plan.Steps)
        {
            await _places.WaitAsync();
            var before = _last.GetValueOrDefault(step.Target, Task.CompletedTask);
            _last[step.Target] = Take(before, step);
            progress(Interlocked.Read(ref _done), plan.Steps.Length);
        }
        await Task.WhenAll(_last.Values);
        return [.. _not.OrderBy(n => n.Target, StringComparer.Ordinal)];
    }

    async Task Take(Task before, ImportStep step)
    {
        try
        {
            await before.ConfigureAwait(false);
            var ask = new Ask(step.Target, step.Command, step.Who, step.Key, RequestHash: HashOf(step));
            if (await Ask(ask).ConfigureAwait(false) is { } not)
                lock (_not) _not.Add(not);
        }
        finally
        {
            Interlocked.Increment(ref _done);
            _places.Release();
        }
    }

    /// <summary>What is sealed looks different each time; and a hash of what it says would outlive its
    /// erasure.</summary>
    static ulong? HashOf(ImportStep step) => step.Command is SellerAccount.Command.Import or BuyerAccount.Command.Import
        ? Platform.Hash(System.Text.Encoding.UTF8.GetBytes(step.Key)) : null;

    async Task<NotTaken?> Ask(Ask ask)
    {
        for (var tries = 0; ; tries++)
        {
            var outcome = await platform.Ask(ask).ConfigureAwait(false);
            switch (outcome)
            {
                case Outcome.Done: return null;
                case Outcome.Refused no:
                    return new($"{ask.Target}", no.Why[0].Code, Texts.In("en", OlistHistory.Zone).Tell(no.Why[0]));
                case Outcome.Fault fault: return new($"{ask.Target}", "import.fault", fault.What);
                case Outcome.Unknown when tries == MostTries:
                    return new($"{ask.Target}", "import.not-durable", "The store could not be written.");
                case Outcome.Unknown or Outcome.Busy:
                    await Task.Delay(200).ConfigureAwait(false);
                    break;
            }
        }
    }
}
