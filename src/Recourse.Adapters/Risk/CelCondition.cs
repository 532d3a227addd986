using System.Collections.Concurrent;
using Antlr4.Runtime;
using Cel;
using Cel.Internal;
using Recourse.Risk;
namespace Recourse.Adapters.Risk;

/// <summary>A condition that can't be used, and why, for whoever wrote it.</summary>
sealed class UnusableCondition(string problem) : Exception(problem);

/// <summary>
/// A condition in the Common Expression Language over the facts of <see cref="RiskInput"/>. The library parses and
/// evaluates; what it would only find at run time (unknown facts, wrong types, loops) is found here beforehand.
/// </summary>
sealed class CelCondition
{
    /// <summary>Longest condition, in characters.</summary>
    public const int Longest = 1_000;

    const int Deepest = 16, MostKnown = 4_096;

    static readonly CelEnvironment Language = new(null, null) { StrictTypeComparison = false };

    // The library walks its tree at each evaluation. Most purchases have the same few counts, and the same facts always
    // give the same answer.
    readonly ConcurrentDictionary<(long, long), bool> _known = [];
    readonly CelProgramDelegate _program;
    int _room = MostKnown;

    CelCondition(CelProgramDelegate program, ImmutableArray<int> inputs) => (_program, Inputs) = (program, inputs);

    /// <summary>The places in <see cref="RiskInput.All"/> of the facts that it looks at.</summary>
    public ImmutableArray<int> Inputs { get; }

    /// <summary>Whether it looks at nothing but the IP address.</summary>
    public bool IsAboutIpOnly => !Inputs.IsEmpty && Inputs.All(i => RiskInput.IsOfIp(RiskInput.All[i].Name));

    /// <summary>Reads a condition; throws <see cref="UnusableCondition"/> with what is wrong with it.</summary>
    public static CelCondition Of(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new UnusableCondition("Is empty.");
        if (text.Length > Longest) throw new UnusableCondition($"Is longer than {Longest} characters.");
        if (DepthOf(text) > Deepest) throw new UnusableCondition($"Is nested deeper than {Deepest} levels.");
        Spell(text);
        try
        {
            var tree = Language.Parse(text);
            var types = new CelTypes();
            if (types.Of(tree) is not CelType.Truth) throw new UnusableCondition("Must be yes or no, and is a number.");
            return new(Language.Compile(tree), [.. types.Inputs.Order()]);
        }
        catch (Exception e) when (e is not (UnusableCondition or OutOfMemoryException))    // its own slips too
        {
            throw new UnusableCondition($"Doesn't parse: {OneLine(e.Message)}");
        }
    }

    /// <summary>Whether it holds for these values; what goes wrong is thrown.</summary>
    public bool Holds(ImmutableArray<long> values)
    {
        if (Inputs.Length is 0 or > 2) return Evaluate(values);
        var key = (values[Inputs[0]], values[Inputs[^1]]);
        if (_known.TryGetValue(key, out var known)) return known;
        var holds = Evaluate(values);
        if (_room > 0 && Interlocked.Decrement(ref _room) >= 0) _known.TryAdd(key, holds);
        return holds;
    }

    bool Evaluate(ImmutableArray<long> values)
    {
        var variables = new Dictionary<string, object?>(Inputs.Length, StringComparer.Ordinal);
        foreach (var i in Inputs)
        {
            var input = RiskInput.All[i];
            variables.Add(input.Name, input.IsTruth ? values[i] != 0 : values[i]);
        }
        return _program(variables) is bool holds ? holds : throw new UnusableCondition("Was neither yes nor no.");
    }

    /// <summary>The facts that it looks at, as they are.</summary>
    public ImmutableArray<RiskValue> Look(ImmutableArray<long> values) =>
        [.. Inputs.Select(i => new RiskValue(RiskInput.All[i].Name, values[i]))];

    /// <summary>A message of the library on one line.</summary>
    public static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();

    // Before anything that goes down into it: a parser that runs out of stack takes the process along.
    static int DepthOf(string text)
    {
        var (deepest, depth) = (0, 0);
        foreach (var letter in text)
        {
            if (letter is '(' or '[' or '{' or '?') deepest = Math.Max(deepest, ++depth);
            else if (letter is ')' or ']' or '}') depth--;
        }
        return deepest;
    }

    // The library's parser leaves out signs that it doesn't know.
    static void Spell(string text)
    {
        var lexer = new CelLexer(new AntlrInputStream(text));
        var faults = new Faults();
        lexer.RemoveErrorListeners();
        lexer.AddErrorListener(faults);
        lexer.GetAllTokens();
        if (faults.First is { } fault) throw new UnusableCondition($"Doesn't parse: {OneLine(fault)}");
    }

    sealed class Faults : IAntlrErrorListener<int>
    {
        public string? First { get; private set; }

        public void SyntaxError(
            TextWriter output, IRecognizer recognizer, int offendingSymbol, int line, int column, string message,
            RecognitionException e) => First ??= message;
    }
}
