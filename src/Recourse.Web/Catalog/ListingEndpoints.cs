using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using Recourse.Adapters.Gathering;
using Recourse.Adapters.Pictures;
using Recourse.Catalog;
using Recourse.Disputes;
using Recourse.Exchange;
using Recourse.Inventory;
using Recourse.Runtime;
using Recourse.Ways;
namespace Recourse.Web;

/// <summary>A listing.</summary>
/// <param name="State">
/// <c>offered</c>, <c>soldOut</c>, <c>paused</c> by its seller, <c>held</c> until its price is confirmed,
/// <c>unconfirmed</c>: it never was; <c>barred</c>: nobody may offer such goods here; <c>imported</c> from a history.
/// </param>
/// <param name="Offer">What is shown; of one that was never shown, what is to be.</param>
/// <param name="Held">What waits for its seller; left out: nothing does, or it isn't the reader's affair.</param>
/// <param name="Barred">Why it may not be offered; left out: it may, or it isn't the reader's affair.</param>
/// <param name="Quality">How complete it is; left out: it isn't the reader's affair.</param>
public sealed record ListingBody(
    string Id, string Seller, string State, OfferBody? Offer, HeldPricesBody? Held = null,
    StatementBody? Barred = null, QualityBody? Quality = null)
{
    /// <summary>About what it comes to in the currency that was asked for; left out: none was.</summary>
    public ReadingBody? Reading { get; init; }
}

/// <summary>What there is of a listing at this moment, and when it would leave.</summary>
/// <param name="DispatchDue">By when the seller must hand over what is paid for now (UTC).</param>
public sealed record AvailabilityBody(
    string Id, ImmutableArray<AvailableBody> Variants, string ShipsFrom, Instant DispatchDue)
{
    /// <summary>The ways to send it that are named, with what each of them can carry.</summary>
    public ImmutableArray<WayBody> Ways { get; init; } = [];
}

/// <summary>A way to send it to a country.</summary>
/// <param name="Country">ISO 3166 alpha-2.</param>
/// <param name="Service">As a basket's line names it.</param>
/// <param name="Text">What it is called.</param>
/// <param name="FromDays">Business days from hand-over to the door, at best.</param>
/// <param name="ToDays">And at the most.</param>
/// <param name="MostGrams">What one parcel may weigh.</param>
/// <param name="MostUnits">How many units that are; left out: nobody knows what one weighs.</param>
public sealed record WayBody(
    string Country, string Service, string Text, bool Tracked, Money PerUnit, int FromDays, int ToDays, int? MostGrams,
    int? MostUnits);

/// <summary>What there is of a variant.</summary>
/// <param name="Left">How many can be bought; left out: more than ten.</param>
/// <param name="Sale">A sale price that some are set aside for; left out: none.</param>
public sealed record AvailableBody(string Sku, int? Left, SaleBody? Sale = null);

/// <summary>A sale price that holds to the last unit that is set aside for it.</summary>
/// <param name="Left">How many are left at it; left out: more than ten.</param>
/// <param name="MostPerBuyer">How many one buyer may take; left out: as many as there are.</param>
public sealed record SaleBody(Money Price, int? Left, Instant Until, int? MostPerBuyer);

/// <summary>The categories that something is on offer in.</summary>
public sealed record CategoriesBody(ImmutableArray<string> Categories);

/// <summary>Listings: sellers keep them, everybody looks at what is on offer.</summary>
static class ListingEndpoints
{
    /// <summary>How many units of a variant are counted to whoever looks; beyond, there are plenty.</summary>
    public const int MostTold = 10;

    static readonly Actor TheWindow = new Actor.Operator("shop-window");
    static readonly BuyerId Anybody = new("anybody");

    public static void Map(IEndpointRouteBuilder v1)
    {
        HeldPrices.Map(v1);
        var listings = v1.MapGroup("/listings").WithTags("Listings");
        ListingImportPages.MapApi(listings);
        PictureEndpoints.MapApi(listings);
        listings.MapGet("", ListRead).ForAlsoStrangers(Access.AnyKey).WithName("listListings")
            .WithSummary("What is on offer, also by words of its title or of what is told of it; a seller's own with "
                + "mine=true, also what is paused, and with held=true only what waits for them.");
        listings.MapGet("/{seller}/{code}", GetRead).ForAlsoStrangers(Access.AnyKey).WithName("getListing")
            .WithSummary("One listing.");
        listings.MapGet("/{seller}/{code}/availability", GetAvailability).ForAlsoStrangers(Access.AnyKey)
            .WithName("getAvailability").WithSummary("What there is of it now, and when it would leave.");
        v1.MapGet("/categories", (IPlatform platform) => Categories(platform)).WithTags("Listings")
            .ForAlsoStrangers(Access.AnyKey).WithName("listCategories")
            .WithSummary("The categories that something is on offer in.");
        listings.MapPut("/{seller}/{code}", Put).For(Party.Seller).WithName("putListing")
            .WithSummary("Offer it, or change what is offered. Prices that look wrong are held until they are "
                + "confirmed.");
        listings.MapPost("/{seller}/{code}/pause", Pause).For(Party.Seller).WithName("pauseListing")
            .WithSummary("Take it out of the shop window for a while.");
        listings.MapPost("/{seller}/{code}/resume", Resume).For(Party.Seller).WithName("resumeListing")
            .WithSummary("Put it back.");
    }

    /// <param name="readIn">A currency (ISO 4217) to tell amounts in too, for information.</param>
    static Task<Answer<Rows<ListingBody>>> ListRead(
        Caller caller, IPlatform platform, string? seller, string? category, bool? mine, string? q, string? to,
        string? after, int? limit, bool? held = null, string? readIn = null) => Readings.In(
        readIn, caller, () => List(caller, platform, seller, category, mine, q, to, after, limit, held), Readings.Of);

    /// <param name="readIn">A currency (ISO 4217) to tell amounts in too, for information.</param>
    static Task<Answer<ListingBody>> GetRead(
        string seller, string code, Caller caller, IPlatform platform, string? readIn = null) =>
        Readings.In(readIn, caller, () => Get(seller, code, caller, platform), Readings.Of);

    /// <summary>What is on offer, the newest first.</summary>
    /// <param name="q">Words; for each of them a title must have one that starts so, or all that is written of it:
    /// those whose titles do come first.</param>
    /// <param name="to">A country (ISO 3166 alpha-2) that it must be sent to.</param>
    /// <param name="held">Of a seller's own, those whose prices wait, the soonest due first.</param>
    public static async Task<Answer<Rows<ListingBody>>> List(
        Caller caller, IPlatform platform, string? seller, string? category, bool? mine, string? q, string? to,
        string? after, int? limit, bool? held = null)
    {
        if (to is not null && !Countries.Has(to)) return Problems.BadParameter("to", "to");
        if (mine is not true && (!string.IsNullOrWhiteSpace(q) || (seller, to) is ({ }, { })))
            return await ListingSearch.Of(q, seller, category, to, caller, platform, after, limit);
        var (index, value) = (mine, seller, category, to) switch
        {
            (true, _, _, _) when held is true && caller.Role is Party.Seller => (ShopWindow.ByHeld, caller.Scope),
            (true, _, _, _)            =>
                (Scope.Index, caller.Role is Party.Seller || caller.IsStaff ? caller.Scope : null),
            (_, { } code, _, _)        => (ShopWindow.BySeller, $"seller/{code}"),
            (_, null, _, { } there)    => (ShopWindow.ByCountry, ShopWindow.To(there, category ?? "")),
            (_, null, { } named, null) => (ShopWindow.ByCategory, named),
            (_, null, null, null)      => (ShopWindow.OnOffer, (string?)Scope.All),
        };
        return await Positions.Page(platform, caller, ShopWindow.View, index, value, after, limit,
            row => mine is true ? Of(row, caller.Texts, SpecsOf(platform)) : Of(row));
    }

    /// <summary>A row of the shop window, as everybody sees it.</summary>
    public static ListingBody Of(ShopRow row) => new(row.Id, row.Seller, StateOf(row.State), Of(row.Offer));

    /// <summary>A row as its seller sees it.</summary>
    public static ListingBody Of(ShopRow row, Texts texts, SpecRules specs) =>
        Of(row) with
        {
            Held = row.Held is { } held ? HeldPrices.Of(held, null, null, texts) : null,
            Quality = QualityBody.Of(row.Offer, texts, specs),
        };

    /// <summary>What buyers want to know of things, by the rulebook in force.</summary>
    public static SpecRules SpecsOf(IPlatform platform) => RulebookEndpoints.Current(platform).Of<ListingRules>().Specs;

    /// <summary>A listing's state, by the name of its type.</summary>
    public static string StateOf(string name) => name switch
    {
        nameof(Listing.State.InWindow) => "offered",
        nameof(Listing.State.Away)     => "paused",
        _                              => Words.StateOf(name),
    };

    /// <summary>One listing, if it is on offer or the caller's own.</summary>
    public static async Task<Answer<ListingBody>> Get(string seller, string code, Caller caller, IPlatform platform)
    {
        if (!ListingId.TryParse($"listing/{seller}/{code}", out var id)) return Problems.NotFound;
        if (caller.Role is not Party.None && await platform.Read(id, caller.Who, caller.Cancel) is { } own)
            return Answer<ListingBody>.Of(
                await Told(Of(id, own.State, caller.Texts, SpecsOf(platform)), caller, platform), own);
        return await platform.Read(id, TheWindow, caller.Cancel) is { State: Listing.State.Offered } shown
            ? Answer<ListingBody>.Of(Of(id, shown.State, null, SpecRules.Before), shown) : Problems.NotFound;
    }

    /// <summary>What there is of it: small numbers exactly, so that nobody is surprised at the end.</summary>
    public static async Task<Answer<AvailabilityBody>> GetAvailability(
        string seller, string code, Caller caller, IPlatform platform, TermsGatherer terms)
    {
        if (!ListingId.TryParse($"listing/{seller}/{code}", out var id)
            || (await Get(seller, code, caller, platform)).Body?.Offer is not { } offer) return Problems.NotFound;
        var declared = await terms.Of(new SellerId(seller), buyer: null, caller.Cancel);
        var left = await Task.WhenAll(offer.Variants.Select(v => Stock(seller, v.Sku, platform, caller.Cancel)));
        return new AvailabilityBody(
            $"listing/{seller}/{code}",
            [.. offer.Variants.Zip(left, (v, n) => Of(v, id, n, platform.Now))], offer.ShipsFrom,
            TermsGatherer.DispatchDue(platform, offer.ShipsFrom, declared))
        {
            Ways = ShippingEndpoints.WaysOf(offer, platform, caller.Texts),
        };
    }

    static AvailableBody Of(VariantBody v, ListingId listing, StockItem.State? stock, Instant now)
    {
        var sale = StockItem.SaleFor(stock, listing, Anybody, now) is { Left: > 0 } s
            && s.Price.Currency == v.Price.Currency && s.Price.Minor < v.Price.Minor ? s : null;
        return new(v.Sku, Told((stock?.Available ?? 0) + (sale?.Left ?? 0)), sale is null ? null
            : new(sale.Price, Told(sale.Left), sale.Until, sale.MostPerBuyer));
    }

    static int? Told(int left) => left > MostTold ? null : left;

    static async Task<StockItem.State?> Stock(
        string seller, string sku, IPlatform platform, CancellationToken cancel) =>
        StockItemId.TryParse($"stock/{seller}/{sku}", out var id)
            ? (await platform.Read(id, TheWindow, cancel))?.State as StockItem.State : null;

    /// <summary>Those with something in them, by code.</summary>
    public static Answer<CategoriesBody> Categories(IPlatform platform) => new CategoriesBody(
    [
        .. platform.Views.List(ShopCategories.View, Scope.Index, Scope.All, null, 200).Rows.Reverse()
            .Select(row => row.Category).Where(c => !platform.Views.List(
                ShopWindow.View, ShopWindow.ByCategory, c, null, 1).Rows.IsEmpty),
    ]);

    static async Task<Answer<ListingBody>> Put(
        string seller, string code, WriteOf<OfferBody> write, IPlatform platform, PictureFolder pictures) =>
        PictureEndpoints.Known(write.Body, pictures) is var (body, faults) && !faults.IsEmpty ? Problems.Of(faults)
            : await Ask(seller, code, write, platform, await Publishing(Of(body), platform, write.By.Cancel));

    /// <summary>The command that shows an offer, with what it must know.</summary>
    public static async Task<Listing.Command> Publishing(Offer offer, IPlatform platform, CancellationToken cancel) =>
        new Listing.Command.Publish(
            offer, HeldPrices.PeersOf(offer, platform), await RateBook.For(offer, platform, cancel));

    /// <summary>An offer as somebody sent it.</summary>
    public static Offer Of(OfferBody b) => new(
        b.Title, b.Category,
        [.. b.Variants.Select(v => new Variant(new(v.Sku), v.Title, v.Price, Of(v.Peg)))], b.ShipsFrom,
        [.. b.ShipsTo.Select(d => new Destination(
            d.Country, d.ShippingPerUnit, d.Options.IsDefaultOrEmpty ? null : [.. d.Options.Select(Of)]))], b.Unit,
        b.Goods.IsDefaultOrEmpty ? null : b.Goods, b.Description,
        b.Specs.IsDefaultOrEmpty ? null : [.. b.Specs.Select(s => new Spec(s.Name, s.Value))],
        b.Pictures is { } seen ? [.. seen.Select(p => new Picture(p.Name, p.Alt, p.Width, p.Height))] : null);

    static ShippingOption Of(OptionBody o) => new(o.Service, o.PerUnit, o.FromDays, o.ToDays, Of(o.Peg));

    /// <summary>A country as it is answered.</summary>
    public static DestinationBody Of(Destination d) =>
        new(d.Country, d.ShippingPerUnit) { Options = [.. d.Named.Select(Of)] };

    static OptionBody Of(ShippingOption o) => new(o.Service, o.PerUnit, o.FromDays, o.ToDays, Of(o.Peg));

    static Peg? Of(PegBody? b) => b is null ? null : new(b.Base, b.Buffer, new(b.Step, b.At));

    /// <summary>What a price follows, as it is answered.</summary>
    public static PegBody? Of(Peg? p) => p is null ? null : new(p.Base, p.Buffer, p.Ending.Step, p.Ending.At,
        p.At is { } r ? new(r.Per.Numerator, r.Per.Denominator, LocalDatePattern.Iso.Format(r.Date), r.Sources) : null);

    static Task<Answer<ListingBody>> Pause(string seller, string code, BareWrite write, IPlatform platform) =>
        Ask(seller, code, write, platform, new Listing.Command.Pause());

    static Task<Answer<ListingBody>> Resume(string seller, string code, BareWrite write, IPlatform platform) =>
        Ask(seller, code, write, platform, new Listing.Command.Resume());

    public static async Task<Answer<ListingBody>> Ask(
        string seller, string code, Write write, IPlatform platform, Listing.Command command)
    {
        if (!ListingId.TryParse($"listing/{seller}/{code}", out var id)) return Problems.NotFound;
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        return outcome is Outcome.Done done
            ? Answer<ListingBody>.Of(Of(id, done.State, write.By.Texts, SpecsOf(platform)), done)
            : Problems.Of(outcome);
    }

    static async Task<ListingBody> Told(ListingBody body, Caller caller, IPlatform platform) => body with
    {
        Held = body.Held is not { Statement: { } why } held ? body.Held
            : held with { Statement = await AppealDesk.Told(why, caller, platform) },
        Barred = body.Barred is { } barred ? await AppealDesk.Told(barred, caller, platform) : null,
    };

    /// <param name="texts">Of whoever may see what waits; null: the reader may not.</param>
    static ListingBody Of(ListingId id, object state, Texts? texts, SpecRules specs)
    {
        var offer = state is Listing.State.Offered or Listing.State.Away ? ((Listing.State.Live)state).Offer
            : Listing.WantedOf(state as Listing.State);
        var waiting = texts is null ? null : (state as Listing.State.Live)?.Doubt;
        return new($"{id}", $"{id.Seller}", StateOf(state.GetType().Name), offer is null ? null : Of(offer),
            waiting is null ? null : HeldPrices.Of(waiting, texts!, new Subject.Listing(id)),
            texts is not null && state is Listing.State.Barred { Why: { } why }
                ? Words.Of(why, Party.Seller, texts, new Subject.Listing(id)) : null,
            texts is null || offer is null ? null : QualityBody.Of(offer, texts, specs));
    }

    /// <summary>An offer as it is answered.</summary>
    public static OfferBody Of(Offer o) => new(
        o.Title, [.. o.Variants.Select(v => new VariantBody(v.Sku.Code, v.Price, v.Title, Of(v.Peg)))], o.ShipsFrom,
        [.. o.ShipsTo.Select(Of)], o.Category, o.Unit)
    {
        Goods = o.Classes, Description = o.Description ?? "",
        Specs = [.. o.Said.Select(s => new SpecBody(s.Name, s.Value))],
        Pictures = [.. o.Seen.Select(PictureBody.Of)],
    };
}
