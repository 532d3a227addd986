using Recourse.Rulebooks;
namespace Recourse.Catalog;

/// <summary>From and to how many percent of what is usual a price needs no confirmation.</summary>
/// <param name="OwnFrom">Of the lowest price that it was offered at of late.</param>
/// <param name="OwnTo">Of the highest.</param>
/// <param name="PeersFrom">Of what one in twenty of its category costs less than.</param>
/// <param name="PeersTo">Of what one in twenty costs more than.</param>
/// <param name="FewestPeers">With fewer, nothing is said of what is usual there.</param>
public sealed record GuardRules(int OwnFrom, int OwnTo, int PeersFrom, int PeersTo, int FewestPeers);

/// <summary>What buyers of a kind of things want to know of them.</summary>
/// <param name="ByCategory">Names of specifications, such as <c>material</c>, by the category's code.</param>
/// <param name="Others">Of things in no category of these.</param>
public sealed record SpecRules(
    ImmutableSortedDictionary<string, ImmutableArray<string>> ByCategory, ImmutableArray<string> Others)
{
    /// <summary>Of editions from before there were any.</summary>
    public static readonly SpecRules Before =
        new(ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, []);

    /// <summary>What is asked of a category.</summary>
    public ImmutableArray<string> Of(string category) => ByCategory.GetValueOrDefault(category, Others);

    /// <summary>All names that there are, by their codes.</summary>
    public ImmutableArray<string> All =>
        [.. ByCategory.Values.Append(Others).SelectMany(n => n).Distinct().Order(StringComparer.Ordinal)];
}

/// <summary>The rulebook's section on listings.</summary>
/// <param name="ConfirmWithin">How long a price waits for its seller.</param>
/// <param name="WarnBefore">So long before they are warned; zero: never, as in older editions.</param>
/// <param name="AppealWithin">How long it can be appealed that it was held.</param>
/// <param name="Remedies">What the seller can do about it.</param>
/// <param name="ShippingGuard">The same of what sending costs; null: editions from before it was looked at.</param>
/// <param name="PicturesKept">So long a picture is kept that no listing shows any more.</param>
public sealed record ListingRules(
    Duration ConfirmWithin, Duration WarnBefore, Duration AppealWithin, ImmutableArray<Remedy> Remedies,
    GuardRules Guard, SpecRules Specs, GuardRules? ShippingGuard, Duration PicturesKept) : IRules
{
    /// <summary>Reads the section <c>listings</c>.</summary>
    public static ListingRules Read(RuleReader section)
    {
        var rules = new ListingRules(
            section.Elapsed("confirmWithin"), section.Has("warnBefore") ? section.Elapsed("warnBefore") : Duration.Zero,
            section.Elapsed("appealWithin"), section.Remedies(),
            ReadGuard(section.Map("priceGuard")),
            section.Has("specifications") ? ReadSpecs(section.Map("specifications")) : SpecRules.Before,
            section.Has("shippingGuard") ? ReadGuard(section.Map("shippingGuard")) : null,
            section.Has("picturesKept") ? section.Elapsed("picturesKept") : KeptBefore);
        section.Done();
        return rules;
    }

    static readonly Duration KeptBefore = Duration.FromDays(90);

    static SpecRules ReadSpecs(RuleReader section)
    {
        var names = section.Names.Distinct().ToImmutableSortedDictionary(c => c, section.Texts, StringComparer.Ordinal);
        foreach (var (category, all) in names)
            if (all.Any(n => !Derived.IsCode(n))) section.Fault(category, "Must be codes such as material.");
        section.Done();
        return new(names.Remove(NoCategory), names.GetValueOrDefault(NoCategory, []));
    }

    const string NoCategory = "others";

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
