using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
namespace Recourse.Tests;

static partial class Documents
{
    const int StatesFrom = 10_000;

    // Found by trying each event on samples of the states that it leads to; an amount is named by the field that it
    // always equals.
    static string Postings()
    {
        var page = Page("Postings", "What each event means in money: from which account to which. An amount that is no"
            + " field by itself is reckoned from several. Only an account's owner moves it; what crosses stands in"
            + " `transit/…` between two balanced turns.");
        foreach (var kind in Modules.Kinds)
        {
            var rows = KindTypes.CasesOf(kind.Types.Event).SelectMany(e => PostingsOf(kind, e)).ToList();
            if (rows.Count == 0) continue;
            page.Append($"\n## {Titled(kind.Name)}\n\n");
            Table(page, ["event", "from", "to", "amount"], rows);
        }
        return page.ToString();
    }

    static IEnumerable<string[]> PostingsOf(Kind kind, Type @event)
    {
        var id = (IId)new Samples(true, braced: true).Make(kind.Types.Id);
        var tries =
            from to in kind.Lifecycle.Arrows.Where(a => a.On == @event).Select(a => a.To).Distinct()
            from full in (bool[])[true, false]
            from choice in Enumerable.Range(0, 4)
            let happened = new Samples(full, 0, choice, braced: true).Make(@event)
            let after = new Samples(true, StatesFrom, choice, braced: true).Make(to)
            from transfer in Tried(kind, id, after, happened)
            select (From: Path(transfer.From), To: Path(transfer.To),
                Names: FieldsWith(transfer.Amount, happened).Concat(FieldsWith(transfer.Amount, after)));
        return tries.GroupBy(t => (t.From, t.To)).Select(g => (string[])
        [
            @event.Name, $"`{g.Key.From}`", $"`{g.Key.To}`",
            g.Select(t => t.Names).Aggregate((a, b) => a.Intersect(b)).MinBy(n => n.Length) ?? "reckoned",
        ]);
    }

    // Samples need not fit together; what can't be posted is no posting.
    static IEnumerable<Transfer> Tried(Kind kind, IId id, object after, object happened)
    {
        try
        {
            return [.. kind.Transfers(id, after, happened)];
        }
        catch (Exception e) when (e is InvalidOperationException or CorruptHistory or ArgumentException)
        {
            return [];
        }
    }

    static string Path(Account account) =>
        DerivedCode().Replace(ReturnNumber().Replace(account.Path, "return-{nth}"), "/{derived}");

    [GeneratedRegex(@"return-\d+")]
    private static partial Regex ReturnNumber();

    [GeneratedRegex("/[0-9a-z]{13}(?=/|$)")]
    private static partial Regex DerivedCode();

    // Every field, however deep, that holds this amount.
    static IEnumerable<string> FieldsWith(Money amount, object within, int depth = 0)
    {
        if (depth > 4) yield break;
        foreach (var property in within.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0 || Value(property, within) is not { } value) continue;
            var name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            if (value is Money money && money == amount) yield return name;
            object[] inside = value is IEnumerable all and not string ? [.. all.Cast<object>()] : [value];
            foreach (var of in inside.Where(IsOurs).SelectMany(i => FieldsWith(amount, i, depth + 1)))
                yield return $"{name}.{of}";
        }
    }

    static bool IsOurs(object value) =>
        value is not Money && value.GetType().Namespace?.StartsWith("Recourse", StringComparison.Ordinal) is true;

    static object? Value(PropertyInfo property, object of)
    {
        try
        {
            return property.GetValue(of);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }
}
