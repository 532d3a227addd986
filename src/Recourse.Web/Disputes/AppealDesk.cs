using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Reviews;
using Recourse.Runtime;
using Recourse.Verifying;
namespace Recourse.Web;

/// <summary>Finds what is appealed on record, and asks for what people do about it.</summary>
sealed class AppealDesk(
    IPlatform platform, Registry registry, Store store, Exhibits exhibits, MacroDesk macros)
{
    /// <summary>Longest text of an appeal, in characters.</summary>
    public const int LongestText = 4_000;

    const string Source = "journal";

    static readonly Remedy Shorten = new("appeal.write-text");

    /// <summary>The rules in force.</summary>
    public AppealRules Rules =>
        RulebookEndpoints.Current(platform).Of<AppealRules>();

    /// <summary>An appeal as somebody sees it; null: there is none for them.</summary>
    public Task<Seen?> Read(AppealId id, Caller caller) => platform.Read(id, caller.Who, caller.Cancel);

    /// <summary>As it is told.</summary>
    public AppealBody BodyOf(Seen seen, Texts texts) => AppealView.Of(seen, texts, store.People);

    /// <summary>What is recorded of it and of whose record the statement stands in.</summary>
    public Task<ImmutableArray<RecordedBody>> RecordOf(Seen seen, Caller caller) => HistoryEndpoints.Of(
        [((Appeal.State)seen.State).Complaint.Subject.About, seen.Id], caller, platform, caller.Texts);

    /// <summary>What whoever decides it has before them.</summary>
    public Task<CaseBody> CaseOf(Seen seen, Caller caller) => CaseFile.Of(seen, caller, platform);

    /// <summary>What is proposed of it, and who has it; null: it is over.</summary>
    public async Task<WorkBody?> WorkOf(Seen seen, Caller caller) =>
        (await new WorkDesk(platform).Read(seen.Id, caller))?.Body;

    /// <summary>The macros that can be chosen from, by their codes.</summary>
    public Task<ImmutableArray<string>> Macros(Seen appeal, Caller caller) => macros.Usable(
        MacroCase.Of((AppealId)appeal.Id, (Appeal.State)appeal.State), caller);

    /// <summary>A macro as whoever lodged an appeal would read it.</summary>
    public Task<Answer<FilledMacroBody>> Filled(string macro, Seen appeal, Caller caller) =>
        macros.Fill(macro, MacroCase.Of((AppealId)appeal.Id, (Appeal.State)appeal.State), caller);

    /// <summary>The appeal of a statement, lodged or not.</summary>
    public Task<AppealRef> RefOf(Subject subject, Kernel.Statement why, Caller caller) =>
        Looked(AppealRef.Of(subject, why), caller, platform);

    /// <summary>A statement with where its appeal stands.</summary>
    public static async Task<StatementBody> Told(StatementBody why, Caller caller, IPlatform platform) =>
        why.Appeal is { } appeal ? why with { Appeal = await Looked(appeal, caller, platform) } : why;

    static async Task<AppealRef> Looked(AppealRef appeal, Caller caller, IPlatform platform) =>
        await platform.Read(appeal.Id, caller.Who, caller.Cancel) is { } seen
            ? appeal with { State = Words.StateOf(seen.State) } : appeal;

    /// <summary>The statement that an appeal is against, as it stands on record; null: none that the reader may see.
    /// </summary>
    public async Task<(Subject Subject, Fact<Appealed> Decision)?> Find(
        AppealId appeal, string about, Actor who, CancellationToken cancel)
    {
        if (registry.Parse(about) is not { } id || await platform.History(id, who, cancel) is not { } history)
            return null;
        foreach (var r in history)
            if (r.Event is IAdverse { Why: var why } && Subject.Of(id, r.Event, who) is { } subject
                && AppealId.Of(subject, why) == appeal)
                return (subject, new(Appealed.Of(r.Event, why, await DeciderOf(r, history, who, cancel)) with
                {
                    Stake = await StakeOf(subject, who, cancel),
                    With = Reviewing.TookPart(history.Where(b => b.Position <= r.Position)
                        .Select(b => WorkList.StepIn(b.Event)).OfType<Handled>()) is { IsEmpty: false } some
                            ? some : null,
                }, platform.Now, Source));
        return null;
    }

    /// <summary>What it is about in money, where the decision itself doesn't say so; null: no amount.</summary>
    async Task<Money?> StakeOf(Subject subject, Actor who, CancellationToken cancel) => subject switch
    {
        Subject.Checkout s => (await platform.Read(s.Id, who, cancel))?.State is Checkout.State { Parts: [_, ..] } paid
            ? paid.Parts.Select(p => p.Asked).Sum(paid.Currency) : null,
        Subject.Order or Subject.Sale => (await platform.Read(subject.About, who, cancel))?.State
            is Order.State.Dealt { Deal.Total: var total } ? total : null,
        _ => null,
    };

    /// <summary>
    /// Who decided: of what a verification brought about, whoever had looked at the document; of what the clock carried
    /// out for somebody, whoever had meant it.
    /// </summary>
    async Task<string> DeciderOf(
        Recorded of, IReadOnlyList<Recorded> history, Actor who, CancellationToken cancel)
    {
        if (of is { Who: Actor.Clock, Event: Order.Event.Settled { Why.By: DecidedBy.Person } })
            return history.Where(r => r.At <= of.At).Select(r => r.Event).OfType<Order.Event.CancellationMeant>()
                .LastOrDefault()?.Meant.Who.Name ?? of.Who.Name;
        if (of is { Who: Actor.Clock, Event: Order.Event.Settled { Why.Code: var reason } }
            && history.Where(r => r.At <= of.At).Select(r => r.Event).OfType<Order.Event.WarningGiven>()
                .LastOrDefault(e => e.Warning.Reason == reason) is { Warning.Who: var warned }) return warned.Name;
        if (of.Who is not Actor.Aggregate { Id: var by } || registry.Parse(by) is not VerificationId proof
            || await platform.History(proof, who, cancel) is not { } looked) return of.Who.Name;
        return looked.LastOrDefault(r => r.Event is Verification.Event.Rejected && r.At <= of.At)?.Who.Name
            ?? of.Who.Name;
    }

    /// <summary>Whoever it went against lodges it.</summary>
    public async Task<Answer<AppealBody>> Lodge(
        AppealId id, string about, string text, ImmutableArray<string>? files, Write write)
    {
        if ((Fault(text, "text", isNeeded: true) ?? exhibits.Fault(write.By.Who, files, "files")) is { } fault)
            return Problems.Of([fault]);
        if (await Find(id, about, write.By.Who, write.By.Cancel) is not { } found) return Problems.NotFound;
        var lodge = new Appeal.Command.Lodge(found.Subject, found.Decision, Seal(id, text, files));
        return await Ask(id, lodge, write);
    }

    /// <summary>The other side says what they think.</summary>
    public async Task<Answer<AppealBody>> Answer(
        AppealId id, string text, ImmutableArray<string>? files, Write write)
    {
        if ((Fault(text, "text", isNeeded: true) ?? exhibits.Fault(write.By.Who, files, "files")) is { } fault)
            return Problems.Of([fault]);
        return write.By.Who is not Actor.Seller { Id: var seller } ? Problems.NotFound : await Ask(
            id, new Appeal.Command.Answer(store.People.Seal($"{seller}", new AppealWords(text.Trim(), files))), write);
    }

    /// <summary>An agent decides it.</summary>
    /// <param name="macro">A macro that is told before the note; null: none.</param>
    /// <param name="used">The macro that the note comes from, and which of its words; null: none.</param>
    public async Task<Answer<AppealBody>> Decide(
        AppealId id, string verdict, string reason, string? note, string? macro, Write write,
        (string Code, int? Version)? used = null)
    {
        MacroUse? use = null;
        if (VerdictOf(verdict) is not { } decided)
            return new Problem(400, Problems.BadField("appeal.no-such-verdict", "verdict", ("known", Known)));
        // Once it is over nothing is said any more, and the same ask is answered as it was.
        if (macro is { Length: > 0 } && await Read(id, write.By) is { State: Appeal.State.Open } seen)
        {
            var filled = await Filled(macro, seen, write.By);
            if (filled.Body is not { } words) return filled.Problem!;
            use = new(words.Code, words.Version);
            note = string.IsNullOrWhiteSpace(note) ? words.Text : $"{words.Text}\n\n{note}";
        }
        if (Fault(note ?? "", "note", isNeeded: false) is { } fault) return Problems.Of([fault]);
        var said = string.IsNullOrWhiteSpace(note) ? null : Seal(id, note);
        if (used is { } one && said is not null)
        {
            var known = await macros.Used(one.Code, one.Version, write.By);
            if (known.Body is not { } was) return known.Problem!;
            use = was.Use;
        }
        return await Ask(id, new Appeal.Command.Decide(decided, reason, said, use), write);
    }

    /// <summary>Somebody of the staff takes it on.</summary>
    public Task<Answer<AppealBody>> Claim(AppealId id, Write write) => Ask(id, new Appeal.Command.Claim(), write);

    /// <summary>It is left to others again.</summary>
    public Task<Answer<AppealBody>> Release(AppealId id, Write write) => Ask(id, new Appeal.Command.Release(), write);

    /// <summary>Whoever lodged it takes it back.</summary>
    public Task<Answer<AppealBody>> Withdraw(AppealId id, Write write) => Ask(id, new Appeal.Command.Withdraw(), write);

    static string Known => string.Join(", ", Enum.GetValues<Verdict>().Select(v => Words.StateOf($"{v}")));

    static Verdict? VerdictOf(string text) =>
        Enum.GetValues<Verdict>().Where(v => Words.StateOf($"{v}") == text).Select(v => (Verdict?)v).FirstOrDefault();

    static Refusal? Fault(string? text, string field, bool isNeeded) =>
        text?.Length > LongestText || isNeeded && string.IsNullOrWhiteSpace(text)
            ? new("appeal.bad-text", Shorten, ("most", LongestText)) { Field = field } : null;

    Sealed<AppealWords> Seal(AppealId id, string text, ImmutableArray<string>? files = null) =>
        store.People.Seal($"{id.Owner}", new AppealWords(text.Trim(), files));

    async Task<Answer<AppealBody>> Ask(AppealId id, Appeal.Command command, Write write)
    {
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        if (outcome is not Outcome.Done done) return Problems.Of(outcome);
        return await platform.Read(id, write.By.Who, write.By.Cancel) is { } seen
            ? Answer<AppealBody>.Of(AppealView.Of(seen, write.By.Texts, store.People), done) : Problems.Unknown;
    }
}
