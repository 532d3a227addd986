using System.Collections.Concurrent;
using System.Text;
using Recourse.Catalog;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What a file of listings changes, or would change.</summary>
/// <param name="DryRun">Nothing was recorded.</param>
/// <param name="Lines">Lines of the file, without its header.</param>
/// <param name="Unchanged">Listings that are so already.</param>
/// <param name="Held">Of those that change, how many have a price that looks wrong and waits for its seller.</param>
/// <param name="Refused">Lines with something wrong; the others stand for themselves.</param>
/// <param name="Undo">A table that takes the changes back where nothing has moved since; left out: nothing changed.
/// </param>
public sealed record ListingImportBody(
    bool DryRun, int Lines, int New, int Changed, int Unchanged, int Held, int Refused,
    ImmutableArray<ListingChangeBody> Changes, ImmutableArray<StockFindingBody> Findings, string? Undo);

/// <summary>One listing, changed or to be changed.</summary>
/// <param name="Line">Its first line.</param>
/// <param name="IsNew">It wasn't there before.</param>
/// <param name="Held">A price looks wrong and waits for its seller.</param>
public sealed record ListingChangeBody(
    int Line, string Code, string Title, bool IsNew, bool Held, string State, ImmutableArray<PriceChangeBody> Prices);

/// <summary>A price that changes.</summary>
/// <param name="Was">Left out: it is new.</param>
/// <param name="Will">Left out: the variant goes.</param>
public sealed record PriceChangeBody(string Sku, Money? Was, Money? Will);

/// <summary>
/// Offers and changes what a file says, listing by listing. A listing's key follows from the sender's and from what its
/// lines say, so that the same file under the same key is done once.
/// </summary>
sealed class ListingImport(IPlatform platform, Caller by, string key)
{
    const int AtOnce = 16;
    static readonly Remedy MendLine = new("listingfile.mend-listing"), LookAgain = new("listingfile.look-again");

    readonly ConcurrentBag<(ListingChangeBody Change, string Undo)> _changes = [];
    readonly ConcurrentQueue<LineFault> _faults = [];
    int _unchanged;

    public async Task<ListingImportBody> Run(ListingFile file, bool dryRun)
    {
        await Parallel.ForEachAsync(
            file.Lines.GroupBy(l => l.Code),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = by.Cancel },
            async (lines, _) => await OfOne([.. lines.OrderBy(l => l.Line)], dryRun));
        ImmutableArray<LineFault> faults = [.. file.Faults.Concat(_faults).OrderBy(f => f.Line)];
        var changes = _changes.OrderBy(c => c.Change.Line).ToList();
        return new(
            dryRun, file.Count, changes.Count(c => c.Change.IsNew), changes.Count(c => !c.Change.IsNew), _unchanged,
            changes.Count(c => c.Change.Held), faults.DistinctBy(f => f.Line).Count(),
            [.. changes.Select(c => c.Change)], [.. faults.Select(f => StockFindingBody.Of(f, by.Texts))],
            dryRun || changes.Count == 0 ? null
                : ListingFile.Start(expects: true).AppendJoin("", changes.Select(c => c.Undo)).ToString());
    }

    async Task OfOne(ImmutableArray<ListingLine> lines, bool dryRun)
    {
        var id = new ListingId(((Actor.Seller)by.Who).Id, lines[0].Code);
        var seen = await platform.Read(id, by.Who, by.Cancel);
        var before = OfferIn(seen?.State);
        var moved = lines.Where(l => l.Expected is not null && PriceIn(before, l.Sku) is var now
            && now != l.Expected && now != l.Price).ToList();
        foreach (var l in moved)
            _faults.Enqueue(new(l.Line,
                new Refusal("listingfile.moved-since", LookAgain, ("sku", l.Sku)) { Field = "sku" }));
        var unpriced = lines.Where(l => l.State is not "dropped" && l.Price is null && l.Follows.Value is null
            && PriceIn(before, l.Sku) is null)
            .ToList();
        foreach (var l in unpriced)
            _faults.Enqueue(new(l.Line,
                new Refusal("listingfile.no-price", MendLine, ("sku", l.Sku)) { Field = "price" }));
        if (moved.Count + unpriced.Count > 0) return;

        var offer = Combined(before, lines);
        List<Listing.Command> commands =
            [await ListingEndpoints.Publishing(offer, platform, by.Cancel), .. Showing(lines)];
        object? state = seen?.State;
        var (version, shown) = (seen?.Version ?? 0, StateOf(seen?.State));
        foreach (var (nth, command) in commands.Index())
        {
            if (command is Listing.Command.Resume && state is not Listing.State.Away) continue;
            var outcome = dryRun ? Try(id, state, command)
                : await Do(id, command, nth, lines,
                    nth == 0 && lines.Any(l => l.Expected is not null) ? version : null);
            if (outcome is not Outcome.Done done)
            {
                foreach (var no in Problems.Of(outcome).Why)
                    _faults.Enqueue(new(LineOf(no, offer, lines), no with { Field = ColumnOf(no.Field) }));
                return;
            }
            state = done.State;
        }
        Note(id, lines, before, shown, state);
    }

    static IEnumerable<Listing.Command> Showing(ImmutableArray<ListingLine> lines) => lines.FirstOrDefault(
        l => l.State is "offered" or "paused")?.State switch
    {
        "paused"  => [new Listing.Command.Pause()],
        "offered" => [new Listing.Command.Resume()],
        _         => [],
    };

    void Note(ListingId id, ImmutableArray<ListingLine> lines, OfferBody? before, string shown, object? state)
    {
        var after = OfferIn(state)!;
        ImmutableArray<PriceChangeBody> prices =
        [
            .. after.Variants.Select(v => new PriceChangeBody(v.Sku, PriceIn(before, v.Sku), v.Price))
                .Concat((before?.Variants ?? []).Where(v => PriceIn(after, v.Sku) is null)
                    .Select(v => new PriceChangeBody(v.Sku, v.Price, null)))
                .Where(p => p.Was != p.Will),
        ];
        if (before is not null && prices.IsEmpty && shown == StateOf(state) 
            && Listing.Same(ListingEndpoints.Of(before), ListingEndpoints.Of(after)))
        {
            Interlocked.Increment(ref _unchanged);
            return;
        }
        _changes.Add((new(lines[0].Line, id.Code, after.Title, before is null,
            state is Listing.State.Live { Doubt: not null }, StateOf(state), prices),
            UndoOf(id.Code, before, after, shown)));
    }

    /// <summary>As it was before; what is new is taken out of the shop window.</summary>
    static string UndoOf(string code, OfferBody? before, OfferBody after, string shown)
    {
        var text = new StringBuilder();
        foreach (var v in (before ?? after).Variants)
            ListingFile.Write(text, code, before ?? after, v,
                before is null || shown is "paused" ? "paused" : shown is "offered" ? "offered" : "",
                PriceIn(after, v.Sku) is { } now ? MoneyField.Show(now) : "");
        if (before is not null)
            foreach (var v in after.Variants.Where(v => PriceIn(before, v.Sku) is null))
                ListingFile.Write(text, code, before, v, "dropped", MoneyField.Show(v.Price));
        return text.ToString();
    }

    /// <summary>What there is, with what the lines say.</summary>
    static Offer Combined(OfferBody? before, ImmutableArray<ListingLine> lines)
    {
        List<VariantBody> variants = [.. before?.Variants ?? []];
        foreach (var l in lines)
        {
            var at = variants.FindIndex(v => v.Sku == l.Sku);
            if (l.State is "dropped")
            {
                if (at >= 0) variants.RemoveAt(at);
            }
            // Of what follows a rate only the currency counts: the rate makes the amount.
            else if (at < 0)
                variants.Add(new(l.Sku, l.Price ?? new(10, l.Money), l.Variant, ListingEndpoints.Of(l.Follows.Value)));
            else
                variants[at] = new(
                    l.Sku, l.Price ?? variants[at].Price, l.Variant is "" ? variants[at].Title : l.Variant,
                    l.Follows.Is ? ListingEndpoints.Of(l.Follows.Value)
                        // Another price than the rate has made is the seller's own from now on.
                        : l.Price is { } said && said != variants[at].Price ? null : variants[at].Peg);
        }
        var shipsTo = lines.Select(l => l.ShipsTo).FirstOrDefault(d => !d.IsEmpty, []);
        return ListingEndpoints.Of(new OfferBody(
            Said(l => l.Title, before?.Title), [.. variants], Said(l => l.ShipsFrom, before?.ShipsFrom),
            shipsTo.IsEmpty ? before?.ShipsTo ?? []
                : [.. shipsTo.Select(d => new DestinationBody(d.Country, d.ShippingPerUnit)
                {
                    // Where it names no way, those of a country whose cost it leaves alone stay.
                    Options = !d.Named.IsEmpty ? ListingEndpoints.Of(d).Options : before?.ShipsTo.FirstOrDefault(
                        b => (b.Country, b.ShippingPerUnit) == (d.Country, d.ShippingPerUnit))?.Options ?? [],
                })],
            Said(l => l.Category, before?.Category), First(l => l.Unit).Or(before?.Unit))
        {
            Goods = [.. First(l => l.Goods).Or(before?.Goods.ToArray()) ?? []],
            Specs = [.. First(l => l.Specs).Or(before?.Specs.ToArray()) ?? []],
            Description = First(l => l.Description).Or(before?.Description) ?? "",
        });

        Said<T> First<T>(Func<ListingLine, Said<T>> field) where T : class =>
            lines.Select(field).FirstOrDefault(said => said.Is);

        string Said(Func<ListingLine, string> field, string? was) =>
            lines.Select(field).FirstOrDefault(text => text is not "") ?? was ?? "";
    }

    Outcome Try(ListingId id, object? state, Listing.Command command)
    {
        var decision = Listing.Kind.Decide(
            id, state, command, new(by.Who, platform.Now, platform.Rulebooks));
        return !decision.Refusals.IsDefaultOrEmpty ? new Outcome.Refused(decision.Refusals)
            : new Outcome.Done(0, 0, decision.Events.Aggregate(state, Listing.Kind.Evolve)!);
    }

    async Task<Outcome> Do(
        ListingId id, Listing.Command command, int nth, ImmutableArray<ListingLine> lines, long? version)
    {
        var said = $"{id} {nth} {string.Join('|', lines.Select(
            l => $"{l.Line} {l.Code} {l.Sku} {l.Variant} {l.Price} {l.Expected} {l.Title} {l.Category} {l.ShipsFrom} "
                + $"{l.State} {l.Written}"))}";
        var ask = new Ask(
            id, command, by.Who, Derived.Code($"{key} {said}"), IfVersion: version,
            RequestHash: Platform.Hash(Encoding.UTF8.GetBytes(said)));
        return await TableFile.Patiently(platform, ask, by.Cancel);
    }

    /// <summary>What its seller last wanted to show; null: there is no such listing.</summary>
    static OfferBody? OfferIn(object? state) =>
        Listing.WantedOf(state as Listing.State) is { } wanted ? ListingEndpoints.Of(wanted) : null;

    static string StateOf(object? state) => state is null ? "" : ListingEndpoints.StateOf(state.GetType().Name);

    static Money? PriceIn(OfferBody? offer, string sku) => offer?.Variants.FirstOrDefault(v => v.Sku == sku)?.Price;

    /// <summary>A refusal about a variant stands at its line, any other at the listing's first.</summary>
    static int LineOf(Refusal no, Offer offer, ImmutableArray<ListingLine> lines) =>
        no.Field?.Split('[', ']') is ["variants", var nth, ..] && int.TryParse(nth, out var n)
        && n < offer.Variants.Length
        && lines.FirstOrDefault(l => l.Sku == offer.Variants[n].Sku.Code) is { } own ? own.Line : lines[0].Line;

    static string? ColumnOf(string? field) => field is null ? null
        : field.StartsWith("unit", StringComparison.Ordinal) ? "packed"
        : field.StartsWith("specs", StringComparison.Ordinal) ? "specs"
        : field.Contains(".peg", StringComparison.Ordinal) ? "follows"
        : field.StartsWith("shipsTo", StringComparison.Ordinal) ? "shipsto"
        : field.EndsWith(".title", StringComparison.Ordinal) ? "variant"
        : field[(field.LastIndexOf('.') + 1)..].ToLowerInvariant();
}
