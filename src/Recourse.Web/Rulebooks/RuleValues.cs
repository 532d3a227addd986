using Recourse.Adapters.Rulebooks;
using Recourse.Rulebooks;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>An edition, value by value.</summary>
/// <param name="Sections">In the order of the text.</param>
public sealed record RuleValuesBody(
    int Version, Instant From, bool InForce, ImmutableArray<RuleSectionBody> Sections);

/// <summary>A section of the rulebook.</summary>
/// <param name="Words">What of it concerns the reader, as sentences in their language.</param>
public sealed record RuleSectionBody(
    string Name, ImmutableArray<RuleValueBody> Values, ImmutableArray<RuleSentence>? Words = null);

/// <summary>A rule as a sentence, with the number of that edition.</summary>
/// <param name="Path">Where the rule stands, as statements name it.</param>
public sealed record RuleSentence(string Path, string Text);

/// <summary>One value.</summary>
/// <param name="Path">Where it stands, as statements name it: <c>orders.dispatchWithin</c>.</param>
/// <param name="Since">The edition that set it so.</param>
/// <param name="Was">What it was before; left out: it has never been otherwise.</param>
public sealed record RuleValueBody(string Path, string Value, int Since, string? Was);

/// <summary>What a new text would change.</summary>
/// <param name="Faults">Why it can't be published; none: it can.</param>
public sealed record EditionCheckBody(ImmutableArray<RefusalBody> Faults, ImmutableArray<RuleChangeBody> Changes);

/// <summary>One value that differs.</summary>
/// <param name="Was">Left out: it is new.</param>
/// <param name="Now">Left out: it is gone.</param>
/// <param name="Words">The rule as it would be, as a sentence; left out: there is none for it.</param>
/// <param name="WordsBefore">The rule as it is, as a sentence.</param>
public sealed record RuleChangeBody(
    string Path, string? Was, string? Now, string? Words = null, string? WordsBefore = null);

/// <summary>Editions as values with names, so that two of them can be laid side by side.</summary>
static class RuleValues
{
    /// <summary>An edition with since when each of its values is so; null: there is none.</summary>
    public static RuleValuesBody? Of(
        int version, ImmutableArray<(Rulebook Book, string Text)> editions, Rulebook inForce)
    {
        var known = new Dictionary<string, (string Value, int Since, string? Was)>();
        foreach (var (book, text) in editions.Where(e => e.Book.Version <= version))
        {
            var values = Flat(text);
            foreach (var gone in known.Keys.Except(values.Select(v => v.Path)).ToList()) known.Remove(gone);
            foreach (var (path, value) in values)
                if (!known.TryGetValue(path, out var was)) known[path] = (value, book.Version, null);
                else if (was.Value != value) known[path] = (value, book.Version, was.Value);
        }
        if (editions.FirstOrDefault(e => e.Book.Version == version) is not { Book: { } edition } found) return null;
        return new(version, edition.From, edition == inForce,
        [
            .. Flat(found.Text).GroupBy(v => v.Path.Split('.')[0]).Select(s => new RuleSectionBody(
                s.Key, [.. s.Select(v => new RuleValueBody(v.Path, v.Value, known[v.Path].Since, known[v.Path].Was))])),
        ]);
    }

    /// <summary>What differs between two texts, in the order of the second.</summary>
    public static ImmutableArray<RuleChangeBody> Changes(string before, string after)
    {
        var (was, now) = (Flat(before), Flat(after));
        var old = was.ToDictionary(v => v.Path, v => v.Value);
        var names = now.Select(v => v.Path).ToHashSet();
        return
        [
            .. now.Where(v => old.GetValueOrDefault(v.Path) != v.Value)
                .Select(v => new RuleChangeBody(v.Path, old.GetValueOrDefault(v.Path), v.Value)),
            .. was.Where(v => !names.Contains(v.Path)).Select(v => new RuleChangeBody(v.Path, v.Value, null)),
        ];
    }

    /// <summary>Every value of a text by its path; a list is one value.</summary>
    static List<(string Path, string Value)> Flat(string text)
    {
        List<(string, string)> values = [];
        if (RulebookFile.Parse(text).Tree is { } tree) Add(tree, "");
        return [.. values.DistinctBy(v => v.Item1)];

        void Add(RuleNode node, string path)
        {
            switch (node)
            {
                case RuleNode.Map { Entries: [] }: values.Add((path, "")); break;
                case RuleNode.Map map:
                    foreach (var e in map.Entries) Add(e.Node, path is "" ? e.Name : $"{path}.{e.Name}");
                    break;
                case RuleNode.List list: values.Add((path, string.Join(", ", list.Items.Select(TextOf)))); break;
                case RuleNode.Scalar word: values.Add((path, word.Text)); break;
            }
        }
    }

    static string TextOf(RuleNode node) => node switch
    {
        RuleNode.Scalar n => n.Text,
        RuleNode.List n   => string.Join(", ", n.Items.Select(TextOf)),
        RuleNode.Map n    => string.Join(", ", n.Entries.Select(e => $"{e.Name}: {TextOf(e.Node)}")),
    };
}
