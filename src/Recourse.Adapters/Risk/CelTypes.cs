using Antlr4.Runtime.Tree;
using Recourse.Risk;
using static Cel.Internal.CelParser;
namespace Recourse.Adapters.Risk;

/// <summary>What an expression is.</summary>
enum CelType
{
    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Truth,
}

/// <summary>
/// The types of a condition, found by walking what the library has parsed. Rules are made of known facts, whole
/// numbers, comparisons and logic; the only loops are over lists that are written out, within a budget of steps.
/// </summary>
sealed class CelTypes
{
    /// <summary>How many parts of a condition may be evaluated, each as often as loops repeat it.</summary>
    public const int MostSteps = 2_000;

    readonly Dictionary<string, CelType> _locals = new(StringComparer.Ordinal);
    long _steps, _times = 1;

    /// <summary>The places of the facts that were met.</summary>
    public HashSet<int> Inputs { get; } = [];

    /// <summary>The type of a condition; throws <see cref="UnusableCondition"/> for what rules don't have.</summary>
    public CelType Of(IParseTree tree)
    {
        if ((_steps += _times) > MostSteps)
            throw new UnusableCondition($"Loops on and on: it would take more than {MostSteps} steps.");
        return tree switch
        {
            StartContext c          => Of(c.e),
            ExprContext c           => Choice(c),
            ConditionalOrContext c  => Logic(c.e, [.. c._e1]),
            ConditionalAndContext c => Logic(c.e, [.. c._e1]),
            RelationContext c       => Relation(c),
            CalcContext c           => Calculation(c),
            MemberExprContext c     => Of(c.member()),
            LogicalNotContext c     => Is(CelType.Truth, c.member()),
            NegateContext c         => Is(CelType.Number, c.member()),
            PrimaryExprContext c    => Of(c.primary()),
            NestedContext c         => Of(c.e),
            ConstantLiteralContext c => Literal(c.literal()),
            SelectContext c         => Fact(c.GetText()),
            IdentOrGlobalCallContext { op: null } c => Fact(c.GetText()),
            MemberCallContext c     => Loop(c),
            _ => throw new UnusableCondition($"\"{tree.GetText()}\" can't be used in rules."),
        };
    }

    CelType Choice(ExprContext c)
    {
        if (c.op is null) return Of(c.e);
        Is(CelType.Truth, c.e);
        return Is(Of(c.e1), c.e2);
    }

    CelType Logic(IParseTree first, IReadOnlyCollection<IParseTree> others)
    {
        if (others.Count == 0) return Of(first);
        foreach (var part in (IParseTree[])[first, .. others]) Is(CelType.Truth, part);
        return CelType.Truth;
    }

    CelType Relation(RelationContext c)
    {
        if (c.op is null) return Of(c.calc());
        var (left, right) = (c.relation(0), c.relation(1));
        if (c.op.Text is "in")
        {
            var type = Of(left);
            foreach (var item in ItemsOf(right)) Is(type, item);
        }
        else if (c.op.Text is "==" or "!=") Is(Of(left), right);
        else
        {
            Is(CelType.Number, left);
            Is(CelType.Number, right);
        }
        return CelType.Truth;
    }

    CelType Calculation(CalcContext c)
    {
        if (c.op is null) return Of(c.unary());
        Is(CelType.Number, c.calc(0));
        return Is(CelType.Number, c.calc(1));
    }

    CelType Literal(LiteralContext c) => c switch
    {
        IntContext                          => CelType.Number,
        BoolTrueContext or BoolFalseContext => CelType.Truth,
        _ => throw new UnusableCondition($"\"{c.GetText()}\" must be a whole number, true or false."),
    };

    CelType Fact(string name)
    {
        if (_locals.TryGetValue(name, out var local)) return local;
        if (RiskInput.PlaceOf(name) is not { } place) throw new UnusableCondition($"There is no fact \"{name}\".");
        Inputs.Add(place);
        return RiskInput.All[place].IsTruth ? CelType.Truth : CelType.Number;
    }

    // [a, b, c].exists(n, n > 5), and the same with all and exists_one.
    CelType Loop(MemberCallContext c)
    {
        if (c.id.Text is not ("exists" or "all" or "exists_one") || c.args?._e is not [var name, var condition])
            throw new UnusableCondition($"\"{c.id.Text}\" can't be used in rules.");
        var items = ItemsOf(c.member());
        if (items.Count == 0) throw new UnusableCondition("Loops over nothing.");
        var type = Of(items[0]);
        foreach (var item in items.Skip(1)) Is(type, item);
        var local = name.GetText();
        if (!local.All(char.IsAsciiLetterOrDigit) || char.IsAsciiDigit(local[0]))
            throw new UnusableCondition($"\"{local}\" must be a name such as n.");
        if (!_locals.TryAdd(local, type)) throw new UnusableCondition($"\"{local}\" is used for two things.");
        var before = _times;
        _times = Math.Min(_times * items.Count, MostSteps + 1);
        Is(CelType.Truth, condition);
        _times = before;
        _locals.Remove(local);
        return CelType.Truth;
    }

    static IReadOnlyList<IParseTree> ItemsOf(IParseTree list)
    {
        var inner = list;
        while (inner is not CreateListContext && inner.ChildCount == 1) inner = inner.GetChild(0);
        return inner is CreateListContext { elems: var elements }
            ? [.. elements?._elems.Select(e => e.e) ?? []]
            : throw new UnusableCondition($"\"{list.GetText()}\" must be a list that is written out, such as [1, 2].");
    }

    CelType Is(CelType expected, IParseTree part) => Of(part) == expected
        ? expected
        : throw new UnusableCondition(expected is CelType.Truth
            ? $"\"{part.GetText()}\" must be yes or no, and is a number."
            : $"\"{part.GetText()}\" must be a number, and is yes or no.");
}
