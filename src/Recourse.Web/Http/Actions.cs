using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Something that can be done, and whether this reader can do it now.</summary>
/// <param name="Name">Its name, e.g. <c>order.cancel</c>.</param>
/// <param name="Text">What it does, in words.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Href">Where.</param>
/// <param name="Refusals">Why not; none: it can be done.</param>
/// <param name="Choices">What there is to choose from (reasons), each with what it would do.</param>
/// <param name="Effects">What it would do, where there is nothing to choose.</param>
/// <param name="UndoSeconds">For how long it can be taken back where that is asked for; left out: it can't be.</param>
public sealed record ActionBody(
    string Name, string Text, string Method, string Href, bool Allowed, ImmutableArray<RefusalBody> Refusals,
    ImmutableArray<ChoiceBody> Choices, ImmutableArray<EffectBody> Effects, int? UndoSeconds = null);

/// <summary>One way to do it.</summary>
/// <param name="Effects">What it would do, as the decider says without recording it.</param>
/// <param name="NeedsNewer">Only with something that has come up since, which the request names.</param>
/// <param name="Evidence">Kinds of evidence of which one is needed; left out: none is.</param>
/// <param name="Ways">Ways to keep it, of which one is offered first, or it is said why none can be; left out: none.
/// </param>
public sealed record ChoiceBody(
    string Code, string Text, ImmutableArray<EffectBody> Effects, bool NeedsNewer = false,
    ImmutableArray<string>? Evidence = null, ImmutableArray<string>? Ways = null);

/// <summary>What an act would mean for somebody.</summary>
/// <param name="For">For whom, by role.</param>
/// <param name="Text">What, in words.</param>
/// <param name="Amount">How much money it is about; left out: none.</param>
public sealed record EffectBody(string For, string Text, Money? Amount);

/// <summary>Finds out what a reader can do by trying the decider on what they see; nothing is recorded.</summary>
static class Actions
{
    /// <summary>One action; null if it is never this reader's.</summary>
    public static ActionBody? Try(
        Kind kind, Seen seen, string name, string href, object command, Type outcome, Texts texts,
        ImmutableArray<ChoiceBody>? choices = null, ImmutableArray<EffectBody>? effects = null)
    {
        if (!kind.Lifecycle.Offers(outcome, seen.As)) return null;
        var decision = kind.Decide(seen.Id, seen.State, command, seen.Asked);
        ImmutableArray<Refusal> refusals = decision.Refusals.IsDefault ? [] : decision.Refusals;
        if (refusals.IsEmpty && decision.Events.IsDefaultOrEmpty) refusals = [Done];
        return new(name, texts.Tell($"action.{name}"), "POST", href, refusals.IsEmpty,
            [.. refusals.Select(no => Words.Of(no, texts))], choices ?? [], effects ?? []);
    }

    /// <summary>Whether it is greyed for no other reason than that it has been done.</summary>
    public static bool IsDone(ActionBody action) => action.Refusals is [var only] && only.Code == Done.Code;

    static readonly Refusal Done = new("kernel.done-already", new("kernel.nothing-needed"));
}
