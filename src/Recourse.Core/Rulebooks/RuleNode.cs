namespace Recourse.Rulebooks;

/// <summary>A rulebook's text as a tree that remembers its lines. An adapter makes it; Core knows no YAML.</summary>
public closed record RuleNode(int Line)
{
    /// <summary>A word or number.</summary>
    public sealed record Scalar(int Line, string Text) : RuleNode(Line);

    /// <summary>Several, in order.</summary>
    public sealed record List(int Line, ImmutableArray<RuleNode> Items) : RuleNode(Line);

    /// <summary>Several, by name, in order.</summary>
    public sealed record Map(int Line, ImmutableArray<RuleEntry> Entries) : RuleNode(Line);
}

/// <summary>A name and what stands under it.</summary>
public sealed record RuleEntry(int Line, string Name, RuleNode Node);

/// <summary>Something wrong in a rulebook's text.</summary>
/// <param name="Line">Counts from 1.</param>
/// <param name="Path">Where in the tree, e.g. <c>orders.dispatchWithin</c>.</param>
/// <param name="Problem">What is wrong and what would be right, in English.</param>
public sealed record RuleFault(int Line, string Path, string Problem);
