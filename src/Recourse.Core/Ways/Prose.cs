using System.Collections.Frozen;
namespace Recourse.Ways;

/// <summary>What a sentence says of goods that it names: that they are in it, or that they aren't.</summary>
static class Prose
{
    const int Before = 4;

    static readonly ImmutableArray<string> Withouts =
        ["without", "sem", "sin", "ohne", "kein", "keine", "keinen", "sans", "senza", "بدون", "بلا"];

    static readonly char[] Ends = ['.', '!', '?', ';', '\n', '•', '·', '|', '。', '؟', '،', ','];

    // In the languages that sellers here write. "No" alone is also a number's: it counts right before the name.
    static readonly FrozenSet<string> Denials = FrozenSet.ToFrozenSet<string>(
    [
        "not", "non", "never", "neither", "nor", "zero", "isn", "free", "doesn",
        "nao", "nunca", "nem", "livre", "livres", "ni", "libre", "nicht", "frei", "pas", "ليس", "لا",
        .. Withouts,
    ]);

    static readonly FrozenSet<string> Without = Withouts.ToFrozenSet();

    // What it is for, goes with, looks like or is a part of.
    static readonly FrozenSet<string> Relations = FrozenSet.ToFrozenSet<string>(
    [
        "for", "fits", "fit", "holds", "hold", "holding", "stores", "store", "suits", "like", "as", "against", "to",
        "your", "using", "use", "uses", "used", "compatible", "suitable", "instead", "replaces", "imitates",
        "inspired", "than", "replica", "wie", "fur", "gegen", "zum", "zur", "pour", "comme", "contre", "votre",
        "para", "pra", "como", "contra", "seu", "sua", "usar", "por", "su", "tu", "per", "come", "tuo", "مثل",
    ]);

    // What stands behind a name and makes it another thing.
    static readonly FrozenSet<string> Things = FrozenSet.ToFrozenSet<string>(
    [
        "free", "style", "styled", "look", "shape", "shaped", "like", "print", "printed", "motif", "pattern", "design",
        "effect", "themed", "theme", "inspired", "case", "cases", "cover", "covers", "holder", "holders", "rack",
        "racks", "stand", "stands", "box", "boxes", "bag", "bags", "pouch", "glass", "glasses", "tumbler", "tumblers",
        "decanter", "flask", "cabinet", "shelf", "tray", "dispenser", "dispensers", "atomizer", "atomiser", "bottle",
        "bottles", "opener", "stopper", "stones", "resistant", "proof", "remover", "dryer", "organizer", "organiser",
        "tree", "grip", "gun", "toy", "toys", "game", "costume", "replica", "pocket", "compartment", "charger",
        "cable", "port", "slot", "compatible", "poster", "book", "sauce", "cake", "barrel", "marinade",
    ]);

    /// <summary>The sentences of a text, and the parts that commas make of them.</summary>
    public static IEnumerable<string> SentencesOf(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        return text.Split(Ends, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>The word by which a sentence names goods as what is offered; null: it doesn't.</summary>
    /// <param name="spoken">In small letters and without accents, a blank between each two words.</param>
    /// <param name="isOther">Whether the words before and behind a name say that it is something else.</param>
    public static string? Named(
        string spoken, GoodsClass goods, Func<ReadOnlySpan<char>, ReadOnlySpan<char>, bool> isOther)
    {
        if (goods.Words.IsEmpty || spoken.Length == 0) return null;
        var text = $" {spoken} ";
        foreach (var phrase in goods.Unless)
            text = text.Replace($" {phrase} ", " - ", StringComparison.Ordinal);
        foreach (var word in goods.Words)
        {
            var (sought, from) = ($" {word} ", 0);
            for (int at; (at = text.IndexOf(sought, from, StringComparison.Ordinal)) >= 0; from = at + 1)
                if (!isOther(text.AsSpan(0, at), text.AsSpan(at + sought.Length))) return word;
        }
        return null;
    }

    /// <summary>Whether what is named is said not to be in it.</summary>
    public static bool Denies(ReadOnlySpan<char> before, ReadOnlySpan<char> behind) =>
        FirstOf(behind) is "free" || LastOf(before, 2, Without);

    /// <summary>Whether what is named is said to be something beside it.</summary>
    public static bool IsBeside(ReadOnlySpan<char> before, ReadOnlySpan<char> behind) =>
        Things.GetAlternateLookup<ReadOnlySpan<char>>().Contains(FirstOf(behind))
        || before.EndsWith(" no") || LastOf(before, Before, Denials) || LastOf(before, Before, Relations);

    static ReadOnlySpan<char> FirstOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(' ');
        return end < 0 ? text : text[..end];
    }

    static bool LastOf(ReadOnlySpan<char> text, int most, FrozenSet<string> words)
    {
        var known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        for (text = text.TrimEnd(); most > 0 && !text.IsEmpty; most--)
        {
            var start = text.LastIndexOf(' ') + 1;
            if (known.Contains(text[start..])) return true;
            text = text[..start].TrimEnd();
        }
        return false;
    }
}
