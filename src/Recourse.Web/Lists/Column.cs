using Microsoft.AspNetCore.Components;
namespace Recourse.Web;

/// <summary>A column of a table: its head, and what stands in it for one thing.</summary>
public sealed record Column<T>(string Head, RenderFragment<T> Cell)
{
    /// <summary>What the row is called; it leads to the thing. Each table has one.</summary>
    public bool IsTitle { get; init; }

    /// <summary>Numbers and amounts stand under each other.</summary>
    public bool IsNumber { get; init; }

    /// <summary>On a phone it stands at the end of the title's line.</summary>
    public bool IsState { get; init; }

    /// <summary>On a phone, where there are no heads, it says what it is.</summary>
    public bool IsLabelled { get; init; }

    /// <summary>Said in a quieter tone.</summary>
    public bool IsQuiet { get; init; }

    internal string Css => string.Join(' ', ((string?[])
    [
        IsTitle ? "lead" : null, IsNumber ? "num" : null, IsState ? "state" : null, IsQuiet ? "soft" : null,
    ]).OfType<string>());
}
