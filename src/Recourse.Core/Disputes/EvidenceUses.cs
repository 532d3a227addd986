using Recourse.Orders;
using Recourse.Reasons;
using Recourse.Verifying;
namespace Recourse.Disputes;

/// <summary>Which files something names as proof.</summary>
/// <param name="Of">Text of its id.</param>
/// <param name="Named">Those that are named in the open.</param>
/// <param name="Words">What was said that may name some, under the key of whoever said it.</param>
/// <param name="Sellers">The same of sellers, of a reason of theirs.</param>
public sealed record EvidenceUse(
    string Of, ImmutableArray<string> Named, ImmutableArray<Sealed<AppealWords>> Words,
    ImmutableArray<Sealed<SellersWords>> Sellers);

/// <summary>What names files that were brought as proof; those that nothing does can go.</summary>
public static class EvidenceUses
{
    /// <summary>What names a file in the open, by its name; and all that has words under somebody's key.</summary>
    public const string ByFile = "file", UnderKey = "under-key";

    /// <summary>The view.</summary>
    public static readonly View<EvidenceUse> View = new()
    {
        Name = "evidence-uses", Version = 1,
        Keys = r => FileIn(r.Event) is not null || WordsIn(r.Event) is not null || SellersIn(r.Event) is not null
            ? [$"{r.Id}"] : [],
        Fold = (key, row, r) => Fold(row ?? new(key, [], [], []), r.Event),
        Index = (key, row) => row.Named.Distinct().Select(name => new Found(ByFile, name, key))
            .Concat(row.Words.IsEmpty && row.Sellers.IsEmpty ? [] : [new Found(UnderKey, "", key)]),
    };

    static EvidenceUse Fold(EvidenceUse row, object @event) => row with
    {
        Named = FileIn(@event) is { } file ? row.Named.Add(file) : row.Named,
        Words = WordsIn(@event) is { } words ? row.Words.Add(words) : row.Words,
        Sellers = SellersIn(@event) is { } said ? row.Sellers.Add(said) : row.Sellers,
    };

    static string? FileIn(object @event) => @event switch
    {
        Verification.Event.DocumentShown e => e.Document.Evidence,
        _                                  => Proof.FileIn(@event),
    };

    static Sealed<AppealWords>? WordsIn(object @event) => @event switch
    {
        Appeal.Event.Lodged e   => e.Complaint.Words,
        Appeal.Event.Answered e => e.Words,
        _                       => null,
    };

    static Sealed<SellersWords>? SellersIn(object @event) => (@event as ReasonCase.Event.Answered)?.Words;
}
