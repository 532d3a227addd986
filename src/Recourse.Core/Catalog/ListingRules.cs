using Recourse.Rulebooks;
namespace Recourse.Catalog;

/// <summary>From and to how many percent of what is usual a price needs no confirmation.</summary>
/// <param name="OwnFrom">Of the lowest price that it was offered at of late.</param>
/// <param name="OwnTo">Of the highest.</param>
/// <param name="PeersFrom">Of what one in twenty of its category costs less than.</param>
/// <param name="PeersTo">Of what one in twenty costs more than.</param>
/// <param name="FewestPeers">With fewer, nothing is said of what is usual there.</param>
public sealed record GuardRules(int OwnFrom, int OwnTo, int PeersFrom, int PeersTo, int FewestPeers);

/// <summary>The rulebook's section on listings.</summary>
/// <param name="ConfirmWithin">How long a price waits for its seller.</param>
/// <param name="AppealWithin">How long it can be appealed that it was held.</param>
/// <param name="Remedies">What the seller can do about it.</param>
public sealed record ListingRules(
    Duration ConfirmWithin, Duration AppealWithin, ImmutableArray<Remedy> Remedies, GuardRules Guard) : IRules
{
    /// <summary>Reads the section <c>listings</c>.</summary>
    public static ListingRules Read(RuleReader section)
    {
        var rules = new ListingRules(
            section.Elapsed("confirmWithin"), section.Elapsed("appealWithin"), section.Remedies(),
            ReadGuard(section.Map("priceGuard")));
        section.Done();
        return rules;
    }

    static GuardRules ReadGuard(RuleReader section)
    {
        // A tenfold price and a tenth of it are beyond any band that can be written.
        var rules = new GuardRules(
            section.Number("ownFrom", least: 11, most: 100), section.Number("ownTo", least: 100, most: 999),
            section.Number("peersFrom", least: 2, most: 100), section.Number("peersTo", least: 100, most: 999),
            section.Number("fewestPeers", least: 5, most: 10_000));
        section.Done();
        return rules;
    }
}
