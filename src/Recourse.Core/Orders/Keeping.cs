using Recourse.Catalog;
using Recourse.Rulebooks;
namespace Recourse.Orders;

/// <summary>What shows that a seller's reason holds.</summary>
/// <param name="Kind">One that the rulebook names for the reason.</param>
/// <param name="Source">Where it can be looked at: a number, an address, a name of a file; to 200 characters.</param>
/// <param name="File">A file that the seller brought, by its name; null: none.</param>
public sealed record Proof(string Kind, string Source, string? File = null)
{
    /// <summary>The fact of a statement that names the file; its buyer isn't told.</summary>
    public const string FileFact = "proofFile";

    /// <summary>Longest source, in characters.</summary>
    public const int LongestSource = 200;

    /// <summary>The word for a kind.</summary>
    public static string WordOf(string kind) => $"proof-{kind}";

    /// <summary>
    /// The file that was brought with a case, also while its buyer is asked or it can be taken back; null: none.
    /// </summary>
    public static string? FileIn(object @event) => @event switch
    {
        Order.Event.KeepingOffered e    => e.Keeping.Case.Proof?.File,
        Order.Event.CancellationMeant e => e.Meant.Case?.Proof?.File,
        Order.Event.Settled e           => (e.Why.Facts.FirstOrDefault(f => f.Name is FileFact)?.Value
            as Value.Word)?.Text,
        _ => null,
    };
}

/// <summary>A seller's case for giving an order up: what shows it, and how the order could be kept.</summary>
/// <param name="Ways">What the buyer may choose from; none: nothing can be done.</param>
/// <param name="NoWay">Why nothing can be done, in the seller's words; null: something is offered.</param>
public sealed record SellersCase(Proof? Proof, ImmutableArray<KeepWay>? Ways = null, string? NoWay = null)
{
    /// <summary>Longest reason why nothing can be done, in characters.</summary>
    public const int LongestNoWay = 300;
}

/// <summary>A way to keep an order that its seller wants to give up.</summary>
public closed record KeepWay
{
    /// <summary>It comes in again, and is sent by then.</summary>
    public sealed record Restock(Instant By) : KeepWay;

    /// <summary>Something else of theirs in its place, at the price that was paid.</summary>
    public sealed record Substitute(Sku Sku, string Title) : KeepWay;

    /// <summary>So many of the units are sent, and the others are given back.</summary>
    public sealed record Part(int Units) : KeepWay;

    /// <summary>Another service takes it.</summary>
    public sealed record OtherCarrier(string Service) : KeepWay;

    /// <summary>It is sent at the price that was paid; seller and platform share what it should have cost
    /// more.</summary>
    /// <param name="Right">What one should have cost.</param>
    public sealed record HonourPrice(Money Right) : KeepWay;

    /// <summary>Its name, as rulebooks and requests write it.</summary>
    public string Name => this switch
    {
        Restock      => "restock",
        Substitute   => "substitute",
        Part         => "part",
        OtherCarrier => "other-carrier",
        HonourPrice  => "honour-price",
    };

    /// <summary>Every name.</summary>
    public static readonly ImmutableArray<string> Names =
        ["restock", "substitute", "part", "other-carrier", "honour-price"];
}

/// <summary>What a seller wants to give up, and its buyer is asked about first.</summary>
/// <param name="Who">Who of the shop asked.</param>
/// <param name="Before">What was waited for when it was asked, and goes on once it is answered.</param>
/// <param name="Left">How much of the seller's time was left then.</param>
/// <param name="At">When it was asked (UTC).</param>
public sealed record Keeping(
    string Reason, ImmutableArray<Portion> Portions, SellersCase Case, Actor Who, Deadline Before, Duration Left,
    Instant At, NewerFact? Newer = null)
{
    /// <summary>What happens if the buyer says nothing.</summary>
    public const string Unanswered = "order.given-up-as-asked";

    /// <summary>What may be chosen.</summary>
    public ImmutableArray<KeepWay> Ways => Case.Ways ?? [];

    /// <summary>The seller has as long as they had; never less than a full notice.</summary>
    public Deadline Resumed(Instant now, Duration notice)
    {
        var due = now + Duration.Max(Left, notice);
        var warn = Before.Warn is { } w ? due - (Before.Due - w) : (Instant?)null;
        return new(Before.Owner, Before.Then, warn > now ? warn : null, due);
    }

    /// <summary>What is left of it once some units were given up otherwise; null: nothing.</summary>
    public Keeping? After(Order.Event.Reduced other)
    {
        if (other.Why.Code == Reason && other.Why.By == new DecidedBy.Person(Party.Seller)) return null;
        ImmutableArray<Portion> left =
        [
            .. from p in Portions
               let units = Math.Min(p.Quantity, other.Left.UnitsOf(p.Line))
               where units > 0
               select p with { Quantity = units },
        ];
        return left.IsEmpty ? null : this with { Portions = left };
    }
}

/// <summary>What a seller's reason needs, and what is to be offered with it.</summary>
/// <param name="Evidence">Kinds of which one is needed; none: it needs none of its own.</param>
/// <param name="Ways">Names of ways that fit it; none: nothing has to be offered.</param>
public sealed record KeepingReason(ImmutableArray<string> Evidence, ImmutableArray<string> Ways);

/// <summary>The rulebook's section on keeping orders that sellers want to give up.</summary>
/// <param name="AnswerWithin">The buyer's time to choose.</param>
/// <param name="LongestRestock">No later can it come in again.</param>
/// <param name="Share">What the platform bears of an honoured price's difference.</param>
/// <param name="ShareAtMost">And that at most of what was paid.</param>
public sealed record KeepingRules(
    Duration AnswerWithin, Duration LongestRestock, Ratio Share, Ratio ShareAtMost,
    ImmutableSortedDictionary<string, KeepingReason> Reasons) : IRules
{
    /// <summary>Under editions from before there was such a section nothing is needed, and nothing offered.</summary>
    public static readonly KeepingRules Before = new(
        Duration.FromHours(48), Duration.FromDays(30), new(0, 1), new(0, 1),
        ImmutableSortedDictionary.Create<string, KeepingReason>(StringComparer.Ordinal));

    static readonly KeepingReason Nothing = new([], []);

    /// <summary>What a reason needs.</summary>
    public KeepingReason For(string reason) => Reasons.GetValueOrDefault(reason, Nothing);

    /// <summary>Reads the section.</summary>
    public static KeepingRules Read(RuleReader r)
    {
        var rules = new KeepingRules(
            r.Elapsed("answerWithin"), r.Elapsed("longestRestock"), r.Percent("share"), r.Percent("shareAtMost"),
            ReadReasons(r.Map("needs")));
        if (rules.AnswerWithin < Duration.FromHours(25)) r.Fault("answerWithin", "Must be longer than a day.");
        r.Done();
        return rules;
    }

    static ImmutableSortedDictionary<string, KeepingReason> ReadReasons(RuleReader section)
    {
        var reasons = ImmutableSortedDictionary.CreateBuilder<string, KeepingReason>(StringComparer.Ordinal);
        foreach (var code in section.Names.Distinct().ToList())
        {
            if (!Reason.IsCode(code)) section.Fault(code, "Must be a code such as cancel.out-of-stock.");
            var one = section.Map(code);
            reasons[code] = new(
                [.. one.Each<Word>("evidence", t => Derived.IsCode(t) ? new(t) : null, "a code").Select(w => w.Text)],
                one.Some("ways", [.. KeepWay.Names.Select(n => (n, n))]));
            one.Done();
        }
        section.Done();
        return reasons.ToImmutable();
    }

    readonly record struct Word(string Text);

    /// <summary>What the platform adds for each unit at an honoured price.</summary>
    public Money ShareOf(Money paid, Money right)
    {
        var (part, most) = (Share.Of(right - paid, Rounding.TowardZero), ShareAtMost.Of(paid, Rounding.TowardZero));
        return part.Minor <= most.Minor ? part : most;
    }
}
