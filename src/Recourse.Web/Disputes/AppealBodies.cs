using Recourse.Disputes;
using Recourse.Reviews;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>The appeal that a statement has, whether it was lodged or not.</summary>
/// <param name="Id">Its id, which follows from the statement.</param>
/// <param name="About">In whose record the statement stands: said when it is lodged.</param>
/// <param name="State"><c>open</c>, <c>upheld</c>, <c>reversed</c> or <c>withdrawn</c>; left out: nobody has lodged it.
/// </param>
/// <param name="Until">Until when it can be lodged (UTC).</param>
public sealed record AppealRef(AppealId Id, string About, string? State, Instant? Until)
{
    /// <summary>As it is before anybody has looked whether it was lodged.</summary>
    internal static AppealRef Of(Subject subject, Kernel.Statement why) =>
        new(AppealId.Of(subject, why), $"{subject.About}", State: null, why.AppealUntil);
}

/// <summary>Why a decision is wrong.</summary>
/// <param name="About">In whose record the statement stands, e.g. <c>buyer/ana</c>.</param>
/// <param name="Text">In the appealer's own words, at most 4,000 characters; kept under their own key.</param>
/// <param name="Files">Names of files that were kept before, at most 5; left out: none.</param>
public sealed record AppealRequest(string About, string Text, ImmutableArray<string>? Files = null);

/// <summary>What the other side says.</summary>
/// <param name="Text">In their own words, at most 4,000 characters; kept under their own key.</param>
/// <param name="Files">Names of files that were kept before, at most 5; left out: none.</param>
public sealed record AppealAnswerRequest(string Text, ImmutableArray<string>? Files = null);

/// <summary>Whom a reversal would cost something.</summary>
/// <param name="Of">The seller's id.</param>
/// <param name="Until">Until when nothing is undone without them (UTC).</param>
/// <param name="State"><c>asked</c>, <c>answered</c> or <c>unheard</c>.</param>
/// <param name="Words">What they say; left out: nothing, or it isn't the reader's affair.</param>
public sealed record HearingBody(SellerId Of, Instant Until, string State, string? Words)
{
    /// <summary>What they brought as proof, where the reader may see it.</summary>
    public ImmutableArray<ExhibitBody> Files { get; init; } = [];
}

/// <summary>How an appeal is decided.</summary>
/// <param name="Verdict"><c>uphold</c> or <c>reverse</c>.</param>
/// <param name="Reason">One of the rulebook's for that verdict, e.g. <c>appeal.facts-were-wrong</c>.</param>
/// <param name="Note">What the appealer is told besides, at most 4,000 characters; left out: nothing.</param>
/// <param name="Macro">The code of a macro that is told before the note, in their language; left out: none.</param>
public sealed record AppealDecisionRequest(string Verdict, string Reason, string? Note = null, string? Macro = null);

/// <summary>An appeal, as whoever lodged it and staff may know it.</summary>
/// <param name="About">In whose record the statement stands.</param>
/// <param name="Against">What is appealed.</param>
/// <param name="Words">What is said against it; left out: whoever said it was erased.</param>
/// <param name="Due">By when it is to be decided (UTC); left out: it is over.</param>
/// <param name="ClaimedBy">For staff: who of them has taken it on, e.g. <c>agent/ines</c>; left out: nobody.</param>
/// <param name="Why">How it was decided, and why; left out: it wasn't.</param>
/// <param name="Note">What the agent said besides.</param>
public sealed record AppealBody(
    AppealId Id, string State, string StateText, string About, string Subject, string SubjectText,
    StatementBody Against, string? Words, Instant LodgedAt, Instant? Due, NextStep? Next, StatementBody? Why,
    string? Note, ImmutableArray<ActionBody> Actions, string? ClaimedBy = null)
{
    /// <summary>Whom a reversal would cost something, and what they say; left out: nobody is heard.</summary>
    public HearingBody? Hearing { get; init; }

    /// <summary>What was brought as proof, where the reader may see it.</summary>
    public ImmutableArray<ExhibitBody> Files { get; init; } = [];

    /// <summary>For staff, which macro the note comes from; left out: none.</summary>
    public MacroUse? Macro { get; init; }

    /// <summary>The reader is the other side of it.</summary>
    public bool IsOtherSide { get; init; }
}

/// <summary>An appeal in a list.</summary>
/// <param name="Code">Of the statement that is appealed.</param>
/// <param name="Due">By when it is to be decided (UTC); left out: it is over.</param>
/// <param name="DecidedAs">The reason it was decided for; left out: it wasn't.</param>
/// <param name="ClaimedBy">For staff: who of them has taken it on; left out: nobody.</param>
public sealed record AppealItem(
    string Id, string Of, string Subject, string SubjectText, string Code, string State, Instant LodgedAt,
    Instant? Due, string? DecidedAs, string? ClaimedBy = null);

/// <summary>Appeals as bodies.</summary>
static class AppealView
{
    public static AppealBody Of(Seen seen, Texts texts, KeyRing people)
    {
        var (id, state) = ((AppealId)seen.Id, (Appeal.State)seen.State);
        // That one of the staff waits for another is theirs to know.
        var (complaint, deadline) = (state.Complaint, (seen.As & Party.Staff) == 0
            && state is Appeal.State.Open { Hearing: not { IsOpen: true }, Deadline: var own }
            ? own : Appeal.Kind.DeadlineOf(state));
        var (why, note) = state switch
        {
            Appeal.State.Upheld s   => (s.Why, s.Note),
            Appeal.State.Reversed s => (s.Why, s.Note),
            Appeal.State.Open or Appeal.State.Withdrawn => ((Kernel.Statement?)null, (Sealed<AppealWords>?)null),
        };
        // Who lodged it was promised that only they and the platform read it.
        var isOther = IsOther(seen);
        var href = $"/v1/appeals/{id.OwnerCode}/{id.Code}";
        return new(
            id, Words.StateOf(state), texts.Tell(StateText(state)), $"{complaint.Subject.About}",
            Words.StateOf(complaint.Subject.Name),
            SubjectOf(complaint.Subject.Name, complaint.Decision.Why.Code, texts),
            Words.Of(complaint.Decision.Why, seen.As, texts),
            isOther ? null : people.Open(complaint.Words)?.Text, complaint.At,
            (state as Appeal.State.Open)?.Deadline.Due, Words.Next(deadline, seen.As, texts),
            why is null ? null : Words.Of(why, seen.As, texts),
            note is null || isOther ? null : people.Open(note)?.Text, ActionsOf(id, seen, texts),
            (seen.As & Party.Staff) == 0 ? null : (state as Appeal.State.Open)?.ClaimedBy?.Name)
        {
            Hearing = (state as Appeal.State.Open)?.Hearing is { } hearing ? new(
                hearing.Of, hearing.Until, hearing.IsOpen ? "asked" : hearing.Words is null ? "unheard" : "answered",
                hearing.Words is { } said && (isOther || (seen.As & Party.Staff) != 0) ? people.Open(said)?.Text : null)
                {
                    Files = hearing.Words is { } brought && (isOther || (seen.As & Party.Staff) != 0)
                        ? Exhibits.Of(href, people.Open(brought)?.Files) : [],
                } : null,
            Files = isOther ? [] : Exhibits.Of(href, people.Open(complaint.Words)?.Files),
            IsOtherSide = isOther, Macro = (seen.As & Party.Staff) == 0 ? null : MacroOf(state),
        };
    }

    static string StateText(Appeal.State state) => state is Appeal.State.Open { Hearing.IsOpen: true }
        ? "appeal.state.Heard" : $"appeal.state.{state.GetType().Name}";

    static MacroUse? MacroOf(Appeal.State state) => state switch
    {
        Appeal.State.Open s     => s.ProposedMacro,
        Appeal.State.Upheld s   => s.Macro,
        Appeal.State.Reversed s => s.Macro,
        Appeal.State.Withdrawn  => null,
    };

    /// <summary>Whether the reader is whom a reversal would cost something.</summary>
    public static bool IsOther(Seen seen) =>
        seen.Asked.Who is Actor.Seller { Id: var reader } && reader != ((AppealId)seen.Id).Seller;

    static Sealed<AppealWords> Unread(Seen seen) =>
        new(seen.Asked.Who is Actor.Seller { Id: var seller } ? $"{seller}" : "", "");

    /// <summary>What was decided, in a few words.</summary>
    /// <param name="code">The reason's: a refused wish stands in the order's record, and ends nothing.</param>
    public static string SubjectOf(string name, string code, Texts texts) => texts.Tell(
        $"appeal.subject.{(code.StartsWith("refuse.", StringComparison.Ordinal) ? "Wish" : name)}");

    public static AppealItem Of(AppealRow row, Party reader, Texts texts) => new(
        row.Appeal, row.Owner, Words.StateOf(row.Subject), SubjectOf(row.Subject, row.Code, texts), row.Code,
        Words.StateOf(row.State), row.LodgedAt, row.Due, row.DecidedAs,
        (reader & Party.Staff) == 0 ? null : row.ClaimedBy);

    static ImmutableArray<ActionBody> ActionsOf(AppealId id, Seen seen, Texts texts)
    {
        var (href, rules) = ($"/v1/appeals/{id.OwnerCode}/{id.Code}", seen.Asked.InForce.Of<AppealRules>());
        return
        [
            .. new[]
            {
                Actions.Try(Appeal.Kind, seen, "appeal.claim", $"{href}/claim", new Appeal.Command.Claim(),
                    typeof(Appeal.Event.Claimed), texts),
                Actions.Try(Appeal.Kind, seen, "appeal.release", $"{href}/release", new Appeal.Command.Release(),
                    typeof(Appeal.Event.Released), texts),
                Actions.Try(Appeal.Kind, seen, "appeal.answer", $"{href}/answer",
                    new Appeal.Command.Answer(Unread(seen)), typeof(Appeal.Event.Answered), texts),
                Try("appeal.reverse", "decision", Verdict.Reverse, typeof(Appeal.Event.Reversed)),
                Try("appeal.uphold", "decision", Verdict.Uphold, typeof(Appeal.Event.Upheld)),
                Actions.Try(Appeal.Kind, seen, "appeal.withdraw", $"{href}/withdrawal", new Appeal.Command.Withdraw(),
                    typeof(Appeal.Event.Withdrawn), texts),
            }.OfType<ActionBody>(),
        ];

        ActionBody? Try(string name, string path, Verdict verdict, Type outcome)
        {
            ImmutableArray<string> reasons = [.. rules.ReasonsFor(verdict)];
            return Actions.Try(Appeal.Kind, seen, name, $"{href}/{path}",
                new Appeal.Command.Decide(verdict, reasons.FirstOrDefault() ?? ""), outcome, texts,
                [.. reasons.Select(r => new ChoiceBody(r, texts.Tell(r), []))]);
        }
    }
}
