using Recourse.Adapters.Rulebooks;
using Recourse.Rulebooks;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Every edition of the rulebook: the shipped one, those published so far, and each that is from now on.
/// </summary>
public static class Editions
{
    /// <summary>Those of a store, oldest first.</summary>
    public static ImmutableArray<Rulebook> Of(Store store)
    {
        var log = store.Follower.Load(new RulebookId(), store.Journal).State as RulebookLog.State;
        return [First(store), .. (log?.Editions ?? []).Select(Read)];
    }

    /// <summary>The name under which a store keeps the text of its edition 1.</summary>
    public const string FirstOf = "rulebook";

    /// <summary>
    /// The text of edition 1: what was shipped when the store was made. What a later program ships would change the
    /// terms of orders that were placed long ago.
    /// </summary>
    public static string FirstText(Store store) => store.Journal.Kept(FirstOf, RulebookFile.ShippedText());

    static Rulebook First(Store store) => FirstText(store) is var text && text == RulebookFile.ShippedText()
        ? RulebookFile.Shipped() : Read(new(1, RulebookFile.Shipped().From, text));

    /// <summary>Called before anybody can ask.</summary>
    internal static void Follow(Platform platform, Store store)
    {
        platform.Rulebooks = Of(store);
        store.Follower.Also += (_, turn) =>
        {
            foreach (var happened in turn.Events)
                if (happened.Event is RulebookLog.Event.Published published)
                    platform.Rulebooks = platform.Rulebooks.Add(Read(published.Edition));
        };
    }

    // It was read without a fault when it was published; if this program can't, it must not decide by less.
    static Rulebook Read(Edition edition)
    {
        var (rulebook, faults) = RulebookFile.ReadStored(edition.Version, edition.From, edition.Text);
        return rulebook ?? throw new StoreException("store.rulebook-unreadable",
            $"Edition {edition.Version} of the rulebook can't be read: {faults[0].Path}: {faults[0].Problem}");
    }
}
