using Microsoft.AspNetCore.Http;
namespace Recourse.Web;

/// <summary>A page that asks for a few things.</summary>
/// <param name="Lead">A sentence or two before them.</param>
/// <param name="Action">Where they go.</param>
/// <param name="Act">What the button says.</param>
public sealed record Question(string Title, string? Lead, string Action, string Act)
{
    /// <summary>What is asked for.</summary>
    public ImmutableArray<AskField> Fields { get; init; } = [];

    /// <summary>What goes with it unseen.</summary>
    public ImmutableArray<(string Name, string? Value)> Hidden { get; init; } = [];

    /// <summary>Other ways.</summary>
    public ImmutableArray<(string Href, string Text)> Links { get; init; } = [];

    /// <summary>What stands in the way.</summary>
    public ImmutableArray<Refusal> Why { get; init; } = [];
}

/// <summary>One thing that is asked for.</summary>
/// <param name="Type">As HTML has it.</param>
/// <param name="Complete">What a browser may fill in.</param>
public sealed record AskField(
    string Name, string Label, string Type = "text", string? Value = null, string Complete = "off", string? Hint = null,
    bool Optional = false);

/// <summary>What a page says that asks for nothing.</summary>
/// <param name="Href">The one useful way on.</param>
public sealed record Told(string Title, string Text, string Href, string Act, string Glyph = "circle-check")
{
    internal static IResult Show(Reader reader, Told told, int status = 200) =>
        Pages.Show<ToldPage>(reader, new() { ["Told"] = told }, status);

    /// <summary>A refusal as a page.</summary>
    internal static IResult Show(Reader reader, Refusal why, string href, string act, int status = 422) => Show(
        reader, new(reader.Texts.Fill(why.Code, why.Facts), reader.Texts.Tell(why.WayOut.Code), href, act,
            "circle-alert"), status);
}
