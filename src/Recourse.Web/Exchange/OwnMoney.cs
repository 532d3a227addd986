using Recourse.Exchange;
namespace Recourse.Web;

/// <summary>
/// Amounts in the currency that a reader chose to read in too, at the rates that are good now. Nothing is charged by
/// them, and where no rate is good nothing is told.
/// </summary>
/// <param name="chosen">Null: they read amounts as they are asked.</param>
/// <param name="good">What of all rates is good now; asked for when it is needed.</param>
public sealed class OwnMoney(Currency? chosen, Func<RateTable> good)
{
    readonly Dictionary<Currency, RateMark?> _marks = [];
    RateTable? _good;

    RateTable Good => _good ??= good();

    /// <summary>What they chose; null: nothing.</summary>
    public Currency? Chosen => chosen;

    /// <summary>Codes that can be chosen, in their order; what was chosen stays, also on days without a rate.</summary>
    public ImmutableArray<string> Choices => [.. Good.Sheets.SelectMany(s => s.Rates)
        .SelectMany(r => (string[])[r.From.Code, r.To.Code]).Concat(chosen is { } own ? [own.Code] : [])
        .Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The rate that an amount is told by; null: it is told as it is asked alone.</summary>
    public RateMark? MarkOf(Currency asked)
    {
        if (chosen is not { } own) return null;
        if (!_marks.TryGetValue(asked, out var mark)) _marks[asked] = mark = Good.Between(asked, own);
        return mark;
    }

    /// <summary>About what an amount comes to; null: nobody can say.</summary>
    public Money? Of(Money asked) =>
        MarkOf(asked.Currency) is { } mark ? Conversion.Of(asked, mark.Per, chosen!.Value) : null;
}
