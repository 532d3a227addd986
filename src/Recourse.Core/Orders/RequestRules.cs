using Recourse.Rulebooks;
namespace Recourse.Orders;

/// <summary>The rulebook's numbers on what a buyer asks for once an order is picked, sent or delivered.</summary>
/// <param name="AnswerWithin">How long a seller has to answer; a cancellation happens then, a change doesn't.</param>
/// <param name="PayWithin">How long the difference of a change may take to be paid.</param>
/// <param name="RecallWithin">How long a carrier has to say whether a parcel is brought back.</param>
/// <param name="BackWithin">How long a parcel that is brought back may take, before its money goes back anyway.</param>
/// <param name="ExtendBy">How much longer a buyer may look at what was delivered, once, on request.</param>
/// <param name="Refusals">For which reasons a seller may say no, each with what its buyer can do.</param>
public sealed record RequestRules(
    Window AnswerWithin, Window PayWithin, Window RecallWithin, Window BackWithin, Window ExtendBy,
    ImmutableSortedDictionary<string, ImmutableArray<Remedy>> Refusals)
{
    /// <summary>It left before its seller had answered: said by itself, so it must stand in the rulebook.</summary>
    public const string SentMeanwhile = "refuse.sent-meanwhile";

    /// <summary>In editions that say nothing of it.</summary>
    public static readonly RequestRules Before = new(
        new Window.BusinessDays(1), new Window.Minutes(60), new Window.BusinessDays(2), new Window.Days(30),
        new Window.Days(7), ImmutableSortedDictionary<string, ImmutableArray<Remedy>>.Empty.Add(
            SentMeanwhile, [new("order.ask-back"), Statement.Appeal]));

    /// <summary>Reads the section <c>orders.requests</c>.</summary>
    internal static RequestRules Read(RuleReader section)
    {
        if (section.Has("refusals") && !section.Map("refusals").Has(SentMeanwhile))
            section.Fault("refusals", $"Must name {SentMeanwhile}: the program itself gives this reason.");
        var rules = new RequestRules(
            section.Stretch("answerWithin"), section.Stretch("payWithin"), section.Stretch("recallWithin"),
            section.Stretch("backWithin"), section.Stretch("extendBy"), section.Map("refusals").Reasons());
        section.Done();
        return rules;
    }
}
