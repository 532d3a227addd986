using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Gathering;
using Recourse.Catalog;
using Recourse.Inventory;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A listing with what is left of it.</summary>
/// <param name="Free">Units of all its variants that nobody has a claim on.</param>
public sealed record ListingRow(ListingBody Listing, int Free)
{
    /// <summary>The last part of its address.</summary>
    public string Code => Listing.Id[(Listing.Id.LastIndexOf('/') + 1)..];
}

/// <summary>A seller's listings, and the form that makes and changes one.</summary>
static class ListingPages
{
    const int PerPage = 25, Looked = 2_000, Batch = 200;
    static readonly ImmutableArray<string> States = ["offered", "held", "soldOut", "paused"];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/listings", List).AsPage(Party.Seller);
        pages.MapGet("/listings/new", New).AsPage(Party.Seller);
        pages.MapPost("/listings/new", Create).AsPage(Party.Seller);
        pages.MapGet("/listings/{code}", Edit).AsPage(Party.Seller);
        pages.MapPost("/listings/{code}", Change).AsPage(Party.Seller);
        pages.MapPost("/listings/{code}/pause", Pause).AsPage(Party.Seller);
        pages.MapPost("/listings/{code}/resume", Resume).AsPage(Party.Seller);
        HeldPages.Map(pages);
        PictureEndpoints.Map(pages);
        ListingImportPages.Map(pages);
    }

    static async Task<IResult> List(
        Caller caller, IPlatform platform, string? state, string? find, string? after, string? done)
    {
        var shown = await Positions.AreShown(platform, caller);
        state = state is not null && States.Contains(state) ? state : null;
        find = find?.Trim() is { Length: > 0 and <= 200 } text ? text : null;
        var (rows, next) = Find(caller, platform, state, find, after);
        var stock = await Task.WhenAll(rows.Select(r => Free(r, caller, platform)));
        var reader = Reader.Of(caller.Http);
        return Pages.Show<ListingsPage>(reader, new()
        {
            ["Rows"] = rows.Zip(stock, (r, free) => new ListingRow(
                ListingEndpoints.Of(r, reader.Texts, ListingEndpoints.SpecsOf(platform)), free)).ToImmutableArray(),
            ["State"] = state, ["Sought"] = find, ["After"] = after, ["Next"] = next, ["CatchingUp"] = !shown,
            ["Done"] = done is not null && reader.Texts.Has($"console.listing.done-{done}")
                ? $"listing.done-{done}" : null,
        });
    }

    /// <summary>Goes through a seller's listings until a page is full.</summary>
    static (ImmutableArray<ShopRow> Rows, string? Next) Find(
        Caller caller, IPlatform platform, string? state, string? find, string? after)
    {
        var index = state switch
        {
            "offered" => ShopWindow.BySeller,
            "held"    => ShopWindow.ByHeld,
            _         => Scope.Index,
        };
        var found = ImmutableArray.CreateBuilder<ShopRow>();
        var size = state is "paused" or "soldOut" || find is not null ? Batch : PerPage;
        for (var looked = 0; looked < Looked; looked += size)
        {
            var page = platform.Views.List(ShopWindow.View, index, caller.Scope!, after, size);
            after = page.Next;
            found.AddRange(page.Rows.Where(r => (state is not ("paused" or "soldOut")
                    || ListingEndpoints.StateOf(r.State) == state)
                && (find is null || Names(r, find))));
            if (after is null || found.Count >= PerPage) break;
        }
        return (found.ToImmutable(), after);
    }

    static bool Names(ShopRow row, string text) =>
        row.Offer.Title.Contains(text, StringComparison.CurrentCultureIgnoreCase)
        || row.Id.EndsWith($"/{text}", StringComparison.OrdinalIgnoreCase)
        || row.Offer.Variants.Any(v => v.Sku.Code.Contains(text, StringComparison.OrdinalIgnoreCase));

    static async Task<int> Free(ShopRow row, Caller caller, IPlatform platform)
    {
        if (!SellerId.TryParse(row.Seller, out var seller)) return 0;
        var stock = await Task.WhenAll(row.Offer.Variants.Select(
            v => platform.Read(new StockItemId(seller, v.Sku), caller.Who, caller.Cancel)));
        return (int)Math.Min(int.MaxValue, stock.Sum(s => (long)((s?.State as StockItem.State)?.Available ?? 0)));
    }

    static IResult New(Caller caller) => Show(caller, ListingForm.New, null, [], null, 200, null);

    static Task<IResult> Edit(string code, Caller caller, IPlatform platform, string? done) =>
        ShowOf(code, caller, platform, done, null, null);

    /// <summary>The page of a listing, as it is now.</summary>
    /// <param name="refused">Why the prices that wait could not be settled so; null: nothing was refused.</param>
    /// <param name="sent">What was sent then.</param>
    public static async Task<IResult> ShowOf(
        string code, Caller caller, IPlatform platform, string? done, Problem? refused, FormWrite? sent)
    {
        var answer = await ListingEndpoints.Get(CodeOf(caller), code, caller, platform);
        if (answer.Body is not { Offer: { } offer } body) return Problems.NotFound;
        var word = done is null ? null : $"listing.done-{done}";
        return Show(
            caller, ListingForm.Of(code, body.Held?.Offer ?? offer, answer.Version ?? 0), body,
            refused is null ? [] : [.. refused.Why.Where(no => no.Field is not null)], refused, refused?.Status ?? 200,
            word, sent);
    }

    static IResult Show(
        Caller caller, ListingForm form, ListingBody? listing, ImmutableArray<Refusal> faults, Problem? refused,
        int status, string? done, FormWrite? settling = null)
    {
        var reader = Reader.Of(caller.Http);
        var platform = caller.Http.RequestServices.GetRequiredService<IPlatform>();
        return Pages.Show<ListingPage>(reader, new()
        {
            ["Form"] = form.Asking(ListingEndpoints.SpecsOf(platform)) with
            {
                Variants = form.Variants.IsEmpty ? [new()] : form.Variants,
                ShipsTo = form.ShipsTo.IsEmpty ? [new()] : form.ShipsTo,
            },
            ["Shipping"] = ShippingEndpoints.Of(platform, reader.Texts),
            ["Pictures"] = (listing?.Held?.Offer ?? listing?.Offer)?.Pictures ?? [],
            ["State"] = listing?.State, ["Held"] = listing?.Held, ["Barred"] = listing?.Barred,
            ["Quality"] = listing?.Quality, ["Settling"] = settling?.Sent,
            ["Faults"] = faults.Select(f => Words.Of(f, reader.Texts)).ToImmutableArray(),
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
            ["Done"] = done is not null && reader.Texts.Has($"console.{done}") ? done : null,
        }, status);
    }

    static Task<IResult> Create(FormWrite form, IPlatform platform) => Save(form, null, platform);

    static Task<IResult> Change(string code, FormWrite form, IPlatform platform) => Save(form, code, platform);

    static async Task<IResult> Save(FormWrite write, string? code, IPlatform platform)
    {
        var (by, form) = (write.By, ListingForm.Of(write, code));
        ListingBody? listing = null;
        if (code is not null)
        {
            listing = (await ListingEndpoints.Get(CodeOf(by), code, by, platform)).Body;
            if (listing is null) return Problems.NotFound;
        }
        if (form.After(write["do"]) is { } changed) return Show(by, changed, listing, [], null, 200, null);
        form = form.WithoutBlanks();
        var id = new ListingId(new(CodeOf(by)), form.CodeOrTitle);
        var rates = form.FollowsRates ? await RateBook.Table(platform, by.Cancel) : null;
        var (offer, faults) = form.Read(
            id, code is null ? null : (await platform.Read(id, by.Who, by.Cancel))?.State as Listing.State, rates,
            new(by.Who, platform.Now, platform.Rulebooks));
        if (!faults.IsEmpty) return Show(by, form, listing, faults, null, 422, null);

        // A new one must not take the place of one that there is.
        var ask = write.To(id, await ListingEndpoints.Publishing(offer, platform, by.Cancel));
        var outcome = await platform.Ask(code is null ? ask with { IfVersion = 0 } : ask, by.Cancel);
        if (outcome is Outcome.Done done)
            return Results.LocalRedirect(done.State is Listing.State.Live { Doubt: not null }
                ? $"/listings/{id.Code}?done=held"
                : done.State is Listing.State.Barred ? $"/listings/{id.Code}"
                : $"/listings/{id.Code}?done={(code is null ? "published" : "changed")}");
        var problem = Problems.Of(outcome);
        if (code is null && problem.Status == 412)
            return Show(by, form with { Code = id.Code }, listing, [Taken(id.Code)], null, 422, null);
        // Somebody was faster: what was typed is kept, and saving it again puts it in the place of theirs.
        if (problem.Status == 412)
            form = form with { Version = (await ListingEndpoints.Get(CodeOf(by), id.Code, by, platform)).Version };
        return Show(
            by, form, listing, [.. problem.Why.Where(no => no.Field is not null)], problem, problem.Status, null);
    }

    static Refusal Taken(string code) =>
        new Refusal("listing.code-taken", new("listing.other-code"), ("code", code)) { Field = "code" };

    static Task<IResult> Pause(string code, FormWrite form, IPlatform platform) =>
        Act(code, form, platform, new Listing.Command.Pause(), "paused");

    static Task<IResult> Resume(string code, FormWrite form, IPlatform platform) =>
        Act(code, form, platform, new Listing.Command.Resume(), "resumed");

    static async Task<IResult> Act(
        string code, FormWrite form, IPlatform platform, Listing.Command command, string done)
    {
        var answer = await ListingEndpoints.Ask(CodeOf(form.By), code, form, platform, command);
        if (answer.Body is null) return answer;
        if (answer.Position is { } position)
            await Positions.AreShown(platform, position, form.By.Cancel);
        return Results.LocalRedirect(
            form["from"] is "list" ? $"/listings?done={done}" : $"/listings/{code}?done={done}");
    }

    /// <summary>Whose desk it is.</summary>
    public static string CodeOf(Caller caller) => ((Actor.Seller)caller.Who).Id.Code;
}
