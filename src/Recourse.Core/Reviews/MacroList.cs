namespace Recourse.Reviews;

/// <summary>A macro in a list.</summary>
/// <param name="Macro">Text of its id.</param>
/// <param name="At">When its words were put last, or it was retired (UTC).</param>
public sealed record MacroRow(
    string Macro, int Version, ImmutableArray<MacroText> Texts, bool IsRetired, Instant At, long Position);

/// <summary>Macros: all of them, and those that are used.</summary>
public static class MacroList
{
    /// <summary>The index of those that are used, by their codes.</summary>
    public const string Used = "used";

    /// <summary>The view; its keys are ids.</summary>
    public static readonly View<MacroRow> View = new()
    {
        Name = "macros", Version = 1, Hears = [typeof(Macro.Event)],
        Keys = r => r is { Id: MacroId id, Event: Macro.Event } ? [$"{id}"] : [],
        Fold = (key, row, r) => r.Event switch
        {
            Macro.Event.Put e   => new(key, (row?.Version ?? 0) + 1, e.Texts, false, r.At, r.Position),
            Macro.Event.Retired => row is null ? null : row with { IsRetired = true, At = r.At },
            _                   => row,
        },
        Index = (key, row) =>
        [
            new(Scope.Index, Scope.All, $"{row.Position:D19}"),
            .. row.IsRetired ? Array.Empty<Found>() : [new Found(Used, Scope.All, key)],
        ],
    };
}
