using System.Globalization;
namespace Recourse.Rulebooks;

/// <summary>Reads one map of a rulebook. Every fault is noted with its line; names that nobody asks for are.</summary>
public sealed class RuleReader(RuleNode.Map map, string path, List<RuleFault> faults)
{
    readonly HashSet<string> _asked = [];

    /// <summary>The names in this map, in order: for maps whose names are data.</summary>
    public IEnumerable<string> Names => map.Entries.Select(e => e.Name);

    /// <summary>Notes a fault at a name of this map, or at the map itself.</summary>
    public void Fault(string name, string problem) =>
        faults.Add(new(Entry(name)?.Line ?? map.Line, Path(name), problem));

    /// <summary>Call when all was read: what is left over is a typo.</summary>
    public void Done()
    {
        foreach (var entry in map.Entries)
            if (!_asked.Contains(entry.Name)) Fault(entry.Name, $"Unknown name. Known here: {Known()}.");
        foreach (var twice in map.Entries.GroupBy(e => e.Name).Where(g => g.Count() > 1))
            faults.Add(new(twice.Last().Line, Path(twice.Key), "Stands here twice."));
    }

    /// <summary>A reader of the map under that name; an empty one, and a fault, if there is none.</summary>
    public RuleReader Map(string name)
    {
        if (Get(name) is RuleNode.Map m) return new(m, Path(name), faults);
        if (Entry(name) is not null) Fault(name, "Must be a map of names and values.");
        return new(new(map.Line, []), Path(name), faults);
    }

    /// <summary>Whether there is such a name.</summary>
    public bool Has(string name) => Entry(name) is not null;

    /// <summary>What older editions say, and nothing depends on any more.</summary>
    public void Former(string name)
    {
        if (Has(name)) Elapsed(name);
    }

    /// <summary>A word.</summary>
    public string Text(string name)
    {
        if (Get(name) is RuleNode.Scalar s && s.Text is not "") return s.Text;
        if (Entry(name) is not null) Fault(name, "Must be a word.");
        return "";
    }

    /// <summary>Under <c>remedies</c>, what a reader can do next; there is always something.</summary>
    public ImmutableArray<Remedy> Remedies()
    {
        var remedies = Each("remedies", Remedy.Read, "a code such as support.ask");
        if (remedies.IsEmpty) Fault("remedies", "Must name at least one way on.");
        return remedies;
    }

    /// <summary>All of the section as reasons by their codes, each with what a reader can do next.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<Remedy>> Reasons()
    {
        var reasons = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<Remedy>>(StringComparer.Ordinal);
        foreach (var code in Names.Distinct())
        {
            var reason = Map(code);
            reasons[code] = reason.Remedies();
            reason.Done();
        }
        Done();
        return reasons.ToImmutable();
    }

    /// <summary>A list of words.</summary>
    public ImmutableArray<string> Texts(string name)
    {
        if (Get(name) is RuleNode.List list && list.Items.All(i => i is RuleNode.Scalar))
            return [.. list.Items.OfType<RuleNode.Scalar>().Select(s => s.Text)];
        if (Entry(name) is not null) Fault(name, "Must be a list of words.");
        return [];
    }

    /// <summary>A list, each item read from its word; an item that can't be is a fault at its own line.</summary>
    public ImmutableArray<T> Each<T>(string name, Func<string, T?> read, string expected) where T : struct =>
        Many<T>(name, text => read(text) is { } one ? [one] : null, expected);

    /// <summary>A list, each item standing for several.</summary>
    public ImmutableArray<T> Many<T>(string name, Func<string, IEnumerable<T>?> read, string expected)
    {
        if (Get(name) is not RuleNode.List list)
        {
            if (Entry(name) is not null) Fault(name, "Must be a list.");
            return [];
        }

        var found = ImmutableArray.CreateBuilder<T>();
        foreach (var (i, item) in list.Items.Index())
        {
            var text = (item as RuleNode.Scalar)?.Text;
            if (text is not null && read(text) is { } ones) found.AddRange(ones);
            else faults.Add(new(item.Line, $"{Path(name)}[{i}]", $"\"{text}\" must be {expected}."));
        }
        return found.ToImmutable();
    }

    /// <summary>One of several words.</summary>
    public T One<T>(string name, ImmutableArray<(string Word, T Value)> choices)
    {
        var text = Text(name);
        foreach (var (word, value) in choices)
            if (word == text) return value;
        if (text is not "") Fault(name, $"\"{text}\" must be {Or(choices)}.");
        return choices[0].Value;
    }

    /// <summary>Some of several words.</summary>
    public ImmutableArray<T> Some<T>(string name, ImmutableArray<(string Word, T Value)> choices) =>
        Many<T>(name, text => choices.Where(c => c.Word == text).Select(c => c.Value).ToList() is [_] one ? one : null,
            Or(choices));

    static string Or<T>(ImmutableArray<(string Word, T)> choices) => string.Join(" or ", choices.Select(c => c.Word));

    /// <summary>A whole number within bounds.</summary>
    public int Number(string name, int least, int most)
    {
        var text = Text(name);
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n)
            && n >= least && n <= most) return n;
        if (text is not "") Fault(name, $"\"{text}\" must be a whole number from {least} to {most}.");
        return least;
    }

    /// <summary>A percentage such as <c>8 %</c> or <c>12.5 %</c>, up to 100.</summary>
    public Ratio Percent(string name)
    {
        var text = Text(name);
        if (text.EndsWith('%') && decimalOf(text[..^1].Trim()) is { } tenThousandths and <= 1_000_000)
            return new(tenThousandths, 1_000_000);
        if (text is not "") Fault(name, $"\"{text}\" must be a percentage such as 8 % or 12.5 %.");
        return new(0, 1);

        static long? decimalOf(string s)
        {
            var parts = s.Split('.');
            if (parts.Length > 2 || parts.Any(p => p is "" || !p.All(char.IsAsciiDigit)) || parts[0].Length > 3)
                return null;
            var rest = parts.Length == 2 ? parts[1] : "";
            return rest.Length > 4 ? null : long.Parse(parts[0] + rest.PadRight(4, '0'), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Whole amounts such as <c>2 EUR</c>.</summary>
    public ImmutableArray<Money> Amounts(string name) => Each(name, ReadMoney, "a whole amount such as 2 EUR");

    static Money? ReadMoney(string text)
    {
        if (text.Split(' ') is not [var amount, var code] || !Currency.TryParse(code, out var currency)
            || !long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            || whole > 1_000_000) return null;
        for (var i = 0; i < currency.Decimals; i++) whole *= 10;
        return new(whole, currency);
    }

    /// <summary>A stretch such as <c>60 minutes</c>, <c>48 hours</c>, <c>14 days</c>, <c>3 business days</c>.</summary>
    public Window Stretch(string name)
    {
        var text = Text(name);
        if (text.Split(' ', 2, StringSplitOptions.TrimEntries) is [var count, var unit]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and < 10_000)
        {
            switch (unit)
            {
                case "minute" or "minutes": return new Window.Minutes(n);
                case "hour" or "hours": return new Window.Hours(n);
                case "day" or "days": return new Window.Days(n);
                case "business day" or "business days": return new Window.BusinessDays(n);
            }
        }
        if (text is not "")
            Fault(name, $"\"{text}\" must be a stretch such as 60 minutes, 48 hours, 14 days or 3 business days.");
        return new Window.Minutes(1);
    }

    /// <summary>A day such as <c>2027-02-06</c>.</summary>
    public LocalDate Day(string name)
    {
        var text = Text(name);
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(text);
        if (text is not "" && !day.Success) Fault(name, $"\"{text}\" must be a day such as 2027-02-06.");
        return day.Success ? day.Value : default;
    }

    /// <summary>A stretch of elapsed time: no business days.</summary>
    public Duration Elapsed(string name)
    {
        switch (Stretch(name))
        {
            case Window.Minutes w: return Duration.FromMinutes(w.Count);
            case Window.Hours w: return Duration.FromHours(w.Count);
            case Window.Days w: return Duration.FromDays(w.Count);
            case Window.BusinessDays:
                Fault(name, "Must be elapsed time: minutes, hours or days.");
                return Duration.FromMinutes(1);
            default: throw new InvalidOperationException();
        }
    }

    RuleNode? Get(string name)
    {
        _asked.Add(name);
        if (Entry(name) is { } entry) return entry.Node;
        Fault(name, "Is missing.");
        return null;
    }

    RuleEntry? Entry(string name) => map.Entries.FirstOrDefault(e => e.Name == name);
    string Path(string name) => path is "" ? name : $"{path}.{name}";
    string Known() => string.Join(", ", _asked.Order(StringComparer.Ordinal));
}
