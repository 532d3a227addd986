using System.Collections;
using System.Reflection;
namespace Recourse.Tests;

static partial class Documents
{
    const int StatesFrom = 10_000;

    // Found by trying each event on samples of the states that it leads to; an amount is named by the field it equals.
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
            let amount = FieldWith(transfer.Amount, happened) ?? FieldWith(transfer.Amount, after) ?? "reckoned"
            select (From: Path(transfer.From), To: Path(transfer.To), Amount: amount);
        return tries.GroupBy(t => (t.From, t.To)).Select(g => (string[])
        [
            @event.Name, $"`{g.Key.From}`", $"`{g.Key.To}`",
            g.Select(t => t.Amount).OrderBy(a => a is "reckoned").First(),
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

    static string Path(Account account) => account.Path.Contains("return-", StringComparison.Ordinal)
        ? ReturnNumber().Replace(account.Path, "return-{nth}") : account.Path;

    [System.Text.RegularExpressions.GeneratedRegex(@"return-\d+")]
    private static partial System.Text.RegularExpressions.Regex ReturnNumber();

    static string? FieldWith(Money amount, object? within, int depth = 0)
    {
        if (within is null || depth > 4 || amount.Minor == 0) return null;
        foreach (var property in within.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0) continue;
            var value = Value(property, within);
            var name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            if (value is Money money && money == amount) return name;
            if (value is IEnumerable and not string)
                foreach (var item in (IEnumerable)value)
                {
                    if (item?.GetType().Namespace?.StartsWith("Recourse", StringComparison.Ordinal) is true
                        && FieldWith(amount, item, depth + 1) is { } of) return $"{name}.{of}";
                }
            else if (value?.GetType() is { IsClass: true, Namespace: { } space }
                && space.StartsWith("Recourse", StringComparison.Ordinal)
                && FieldWith(amount, value, depth + 1) is { } inner) return $"{name}.{inner}";
        }
        return null;
    }

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
