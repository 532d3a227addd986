using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Reviews;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A macro that was used, as an answer.</summary>
sealed record MacroUsed(MacroUse Use);

/// <summary>What a macro is filled for.</summary>
/// <param name="Reader">The id of whoever reads it.</param>
/// <param name="Facts">What is known, by the words that stand in braces.</param>
sealed record MacroCase(IId Reader, Func<Texts, ImmutableArray<Named>> Facts)
{
    /// <summary>An appeal, told to whose it is.</summary>
    public static MacroCase Of(AppealId id, Appeal.State state)
    {
        var (subject, decision) = (state.Complaint.Subject, state.Complaint.Decision);
        return new(id.Owner, texts => Known(f => f switch
        {
            MacroFact.Order   => OrderOf(subject) is { } order ? (Value)order : null,
            MacroFact.Amount  => decision.AtStake is { } amount ? (Value)amount : null,
            MacroFact.Reason  => ReasonOf(decision.Why.Code, texts) is { } reason ? (Value)reason : null,
            MacroFact.Decided => (Value)decision.Why.IssuedAt,
            MacroFact.Until   => state is Appeal.State.Open open ? (Value)open.Deadline.Due : null,
            _                 => null,
        }));
    }

    /// <summary>An order, told to one of the two; to both, in the language of its buyer.</summary>
    public static MacroCase Of(OrderId id, Order.State.Dealt state, Party? to) => new(
        to is Party.Seller ? id.Seller : state.Deal.Buyer, texts => Known(f => f switch
        {
            MacroFact.Order   => (Value)id.Code,
            MacroFact.Amount  => (Value)state.Deal.Total,
            MacroFact.Reason  => WhyOf(state) is { } why && ReasonOf(why.Code, texts) is { } reason
                ? (Value)reason : null,
            MacroFact.Decided => WhyOf(state) is { } why ? (Value)why.IssuedAt : null,
            // Of what staff decide of it there is no day.
            _                 => null,
        }));

    static Kernel.Statement? WhyOf(Order.State.Dealt state) => (state as Order.State.Cancelled)?.Why;

    static ImmutableArray<Named> Known(Func<MacroFact, Value?> value) =>
    [
        .. Enum.GetValues<MacroFact>().Select(f => (Name: $"{f}".ToLowerInvariant(), Value: value(f)))
            .Where(f => f.Value is not null).Select(f => new Named(f.Name, f.Value!)),
    ];

    static string? OrderOf(Subject subject) => subject switch
    {
        Subject.Order s => s.Id.Code,
        Subject.Sale s  => s.Id.Code,
        _               => null,
    };

    static string? ReasonOf(string code, Texts texts) =>
        texts.Has($"console.reason.{code}") ? texts.Tell($"console.reason.{code}") : null;
}
