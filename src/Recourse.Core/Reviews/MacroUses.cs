using Recourse.Conversations;
using Recourse.Disputes;
namespace Recourse.Reviews;

/// <summary>How often a macro was used on a day.</summary>
/// <param name="Day">UTC, e.g. <c>2026-04-01</c>.</param>
public sealed record MacroDay(string Code, int Version, string Day, int Uses);

/// <summary>Which macros staff use, day by day.</summary>
public static class MacroUses
{
    /// <summary>The index by day.</summary>
    public const string ByDay = "day";

    /// <summary>The view; its keys are a day, a code and a version.</summary>
    public static readonly View<MacroDay> View = new()
    {
        Name = "macro-uses", Version = 1,
        Hears = [typeof(Conversation.Event.Written), typeof(Appeal.Event.Upheld), typeof(Appeal.Event.Reversed)],
        Keys = r => UsedIn(r.Event) is { } use ? [$"{WorkList.DayOf(r.At)} {use.Code} {use.Version}"] : [],
        Fold = (_, row, r) => row is not null ? row with { Uses = row.Uses + 1 }
            : UsedIn(r.Event) is { } use ? new(use.Code, use.Version, WorkList.DayOf(r.At), 1) : null,
        Index = (key, row) => [new(ByDay, row.Day, key)],
    };

    /// <summary>The macro that was used; null: none was.</summary>
    static MacroUse? UsedIn(object @event) => @event switch
    {
        Conversation.Event.Written e => e.What.Macro,
        Appeal.Event.Upheld e        => e.Macro,
        Appeal.Event.Reversed e      => e.Macro,
        _                            => null,
    };
}
