using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Reasons;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A seller's reason that facts speak against.</summary>
/// <param name="Reason">As the seller gave it: a code of the rulebook.</param>
/// <param name="Against">What speaks against it, with the facts.</param>
/// <param name="Answer">What the seller said; left out: nothing yet, or not for this reader.</param>
/// <param name="Why">The finding's statement; left out: nothing was found.</param>
/// <param name="Next">Who must act; left out: it is over.</param>
public sealed record ReasonBody(
    ReasonCaseId Id, string State, string StateText, OrderId Order, SellerId Seller, BuyerId? Buyer, string Reason,
    string ReasonText, Instant CancelledAt, ImmutableArray<AgainstBody> Against, string? Answer, StatementBody? Why,
    NextStep? Next, ImmutableArray<ActionBody> Actions)
{
    /// <summary>What the seller brought as proof, where the reader may see it.</summary>
    public ImmutableArray<ExhibitBody> Files { get; init; } = [];
}

/// <summary>One thing that speaks against a reason.</summary>
/// <param name="Code">E.g. <c>reason.had-enough</c>.</param>
/// <param name="Text">The same in words.</param>
public sealed record AgainstBody(string Code, string Text, ImmutableArray<FactBody> Facts);

/// <summary>A case in a list.</summary>
public sealed record ReasonItem(
    string Id, string Order, string Seller, string Reason, ImmutableArray<string> Against, string State,
    Instant RaisedAt, Instant? Due);

/// <summary>What the seller says to it.</summary>
/// <param name="Text">To 2,000 characters.</param>
/// <param name="Files">Names of files that were kept before, at most 5; left out: none.</param>
public sealed record ReasonAnswerRequest(string Text, ImmutableArray<string>? Files = null);

/// <summary>How it is decided.</summary>
/// <param name="Verdict"><c>false</c>: the reason was false; <c>believed</c>: it wasn't.</param>
public sealed record ReasonDecisionRequest(string Verdict);

/// <summary>Cases as their readers may know them.</summary>
static class ReasonView
{
    public static ReasonBody Of(Seen seen, Caller caller, Recourse.Runtime.KeyRing people)
    {
        var (id, state, texts) = ((ReasonCaseId)seen.Id, (ReasonCase.State)seen.State, caller.Texts);
        var isOurs = (seen.As & (Party.Seller | Party.Staff)) != 0;
        return new(
            id, Words.StateOf(state), texts.Tell($"reason.state.{state.GetType().Name}"), state.What.Order, id.Seller,
            isOurs ? state.What.Buyer : null, state.What.Reason,
                texts.Show((Value)ReasonCase.WordOf(state.What.Reason)),
            state.What.CancelledAt, [.. state.What.Against.Select(a => Of(a, isOurs, texts))],
            isOurs && WordsOf(state) is { } words ? people.Open(words)?.Text : null,
            state is ReasonCase.State.Found { Why: var why }
                ? Words.Of(why, seen.As, texts, new Subject.FalseReason(id)) : null,
            Words.Next((seen.As & Party.Staff) == 0 ? (state as ReasonCase.State.Open)?.Deadline
                : ReasonCase.Kind.DeadlineOf(state), seen.As, texts), ActionsOf(id, seen, texts))
        {
            Files = isOurs && WordsOf(state) is { } brought
                ? Exhibits.Of($"/v1/reasons/{id.Seller.Code}/{id.Code}", people.Open(brought)?.Files) : [],
        };
    }

    public static ReasonItem Of(ReasonRow row) => new(
        row.Case, row.Order, row.Seller, row.Reason, row.Against, Words.StateOf(row.State), row.RaisedAt, row.Due);

    static AgainstBody Of(Contradiction a, bool isOurs, Texts texts)
    {
        ImmutableArray<Named> facts = [.. a.Facts.Where(f => isOurs || f.Name is not "other")];
        return new(a.Code, texts.Fill($"against.{a.Code}", facts), [.. facts.Select(f => Words.Of(f, texts))]);
    }

    /// <summary>What the seller said; null: nothing yet.</summary>
    public static Sealed<SellersWords>? WordsOf(ReasonCase.State state) => state switch
    {
        ReasonCase.State.Answered s  => s.Words,
        ReasonCase.State.Found s     => s.Words,
        ReasonCase.State.Dismissed s => s.Words,
        ReasonCase.State.Raised or ReasonCase.State.Overturned => null,
    };

    static ImmutableArray<ActionBody> ActionsOf(ReasonCaseId id, Seen seen, Texts texts)
    {
        var href = $"/v1/reasons/{id.Seller.Code}/{id.Code}";
        return
        [
            .. new[]
            {
                Actions.Try(ReasonCase.Kind, seen, "reason.answer", $"{href}/answer",
                    new ReasonCase.Command.Answer(new($"{id.Seller}", "")), typeof(ReasonCase.Event.Answered), texts),
                Actions.Try(ReasonCase.Kind, seen, "reason.decide", $"{href}/decision",
                    new ReasonCase.Command.Decide(IsFalse: false), typeof(ReasonCase.Event.Dismissed), texts),
            }.OfType<ActionBody>(),
        ];
    }
}
