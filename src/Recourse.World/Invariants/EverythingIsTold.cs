using System.Collections.Concurrent;
using Recourse.Runtime;
using Statement = Recourse.Kernel.Statement;
namespace Recourse.World.Invariants;

/// <summary>
/// Invariants 21 and 22: every statement has words for every reader in every language, and none of them says what is
/// withheld from that reader.
/// </summary>
public sealed class EverythingIsTold : Invariant
{
    static readonly ImmutableArray<Party> Readers = [Party.Buyer, Party.Seller, Party.Agent, Party.Operator];
    static readonly ImmutableArray<Texts> Languages =
        [.. Texts.Languages.Select(l => Texts.In(l, DateTimeZone.Utc))];
    static readonly ImmutableArray<Texts> OfStatements =
        [.. Texts.OfStatements.Select(l => Texts.ForStatements(l, DateTimeZone.Utc))];

    // What has words stays so: a run of many seeds looks once.
    static readonly ConcurrentDictionary<string, bool> Told = [];

    readonly HashSet<string> _told = [];

    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (step.Event is not IAdverse { Why: { } why } || !_told.Add(Shape(why))) return;
        foreach (var texts in OfStatements)
        {
            HasOwn(texts, why.Code, step.Id);
            HasOwn(texts, why.Outcome, step.Id);
            foreach (var remedy in why.Remedies) HasOwn(texts, remedy.Code, step.Id);
            foreach (var reader in Readers) Read(texts, why, reader, step.Id);
            ReadByEverybody(texts, why, step.Id);
        }
    }

    static string Shape(Statement why) => string.Join(' ', why.Code, why.Outcome, why.By,
        string.Join(' ', why.Facts.Select(f => $"{f.Name} {f.SeenBy} {(f.Value as Value.Word)?.Text}")));

    // Words of another language are none.
    void HasOwn(Texts texts, string code, IId of)
    {
        if (!Told.GetOrAdd($"own {texts.Language} {code}", _ => texts.OwnCodes.Contains(code))
            && _told.Add($"own {texts.Language} {code}"))
            Wrong(22, $"{code} has no words of its own in {texts.Language}", of);
    }

    void Has(Texts texts, string code, IId of)
    {
        if (Told.GetOrAdd($"{texts.Language} {code}", _ => texts.Has(code))) return;
        if (_told.Add($"{texts.Language} {code}")) Wrong(22, $"{code} has no words in {texts.Language}", of);
    }

    void Read(Texts texts, Statement why, Party reader, IId of)
    {
        var text = texts.Tell(why, reader);
        Must(!text.Contains('{') && !text.Contains(texts.Tell("statement.unknown"), StringComparison.Ordinal), 22,
            $"{why.Code} for {reader} in {texts.Language} has a hole: {text}", of);
        foreach (var fact in why.Facts)
            if ((fact.SeenBy & reader) == 0 && fact.Value is Value.Word { Text.Length: > 3 } word)
                Must(!text.Contains(texts.Show(word), StringComparison.Ordinal), 21,
                    $"{why.Code} tells {reader} in {texts.Language} what is withheld: {fact.Name}", of);
    }

    // What leads to somebody is a word or an id, and both would stand there as they are.
    void ReadByEverybody(Texts texts, Statement why, IId of)
    {
        Must(texts.TellReasonToEverybody(why.Code) is not "", 22, $"{why.Code} has nothing for everybody in "
            + $"{texts.Language}", of);
        var text = texts.TellEverybody(
            why.Code, why.Outcome, (why.By as DecidedBy.Person)?.Role, why.Rule, why.Rulebook);
        Must(!text.Contains('{') && !text.Contains(of.ToString()!, StringComparison.Ordinal), 21,
            $"{why.Code} leads to {of} in {texts.Language}: {text}", of);
    }

    /// <inheritdoc/>
    public override void After(long position, Turn turn)
    {
        if (turn.Refusals.IsDefaultOrEmpty) return;
        foreach (var no in turn.Refusals)
            foreach (var texts in Languages)
            {
                Has(texts, no.Code, turn.Target);
                Has(texts, no.WayOut.Code, turn.Target);
            }
    }
}
