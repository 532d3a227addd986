using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Addresses;
using Recourse.Adapters.Gathering;
using Recourse.Checkouts;
using Recourse.Payments;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>From the basket to the orders: where it goes, what stands in the way, and the press that pays.</summary>
static class CheckoutPages
{
    public const string Path = "/checkout";

    // Who waits before a page is told sooner than a program that all is still under way.
    static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(5);

    const int MostFixes = 100;

    /// <summary>What the button says that pays for the rest alone.</summary>
    public const string WithoutThem = "without";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Review).AsPageAlsoForStrangers(Party.Buyer);
        pages.MapGet($"{Path}/address", Ask).AsPageAlsoForStrangers(Party.Buyer);
        pages.MapPost($"{Path}/address", Take).AsPageAlsoForStrangers(Party.Buyer);
        pages.MapPost($"{Path}/apply", Apply).AsPageAlsoForStrangers(Party.Buyer);
        pages.MapPost($"{Path}/pay", Pay).AsPage(Party.Buyer);
        var one = pages.MapGroup("/checkouts/{buyer}/{code}");
        one.MapGet("", Get).AsPage(Party.Buyer | Party.Staff);
        one.MapPost("/payment", Retry).AsPage(Party.Buyer);
        one.MapPost("/proceed", Proceed).AsPage(Party.Buyer);
        one.MapPost("/without-discounts", LeaveDiscounts).AsPage(Party.Buyer);
        one.MapPost("/abandon", Abandon).AsPage(Party.Buyer);
        one.MapPost("/clear", Clear).AsPage(Party.Staff);
        one.MapPost("/turn-down", TurnDown).AsPage(Party.Staff);
    }

    /// <summary>The address of a checkout's page.</summary>
    public static string HrefOf(CheckoutId id) => $"/checkouts/{id.Buyer.Code}/{id.Code}";

    static async Task<IResult> Review(
        HttpContext http, CheckoutSheets sheets, Provider provider, string? currency, string[]? was)
    {
        Devices.Mark(http);
        var sheet = await sheets.Of(http, currency);
        if (sheet.Items.IsEmpty) return BasketPages.To(BasketPages.Path, was ?? []);
        return sheet.Address is null ? Results.LocalRedirect($"{Path}/address")
            : Show(http, sheet, provider, null, null, BasketPages.Undone(was));
    }

    static IResult Show(
        HttpContext http, CheckoutSheet sheet, Provider provider, Problem? refused, FormWrite? form,
        ImmutableArray<BasketItem> was, ImmutableArray<CheckoutFinding> advice = default)
    {
        var reader = Reader.Of(http);
        return Pages.Show<CheckoutPage>(reader, new()
        {
            ["Advice"] = advice.IsDefault ? [] : advice,
            ["Standing"] = Standings.Of(new Caller(http)),
            ["Sheet"] = sheet, ["Methods"] = PaymentMethods.For(provider), ["Sent"] = form?.Sent, ["Was"] = was,
            // What may have been done is asked for again with the same key, and done once.
            ["Key"] = refused?.Status is >= 500 or 429 ? form?.Key : null, ["Ticket"] = CheckoutDoor.TicketOf(http),
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, http),
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> Ask(
        HttpContext http, Baskets baskets, AddressDrafts drafts, Destinations destinations) =>
        baskets.Of(http).Items.IsEmpty ? Results.LocalRedirect(BasketPages.Path)
        : ShowAddress(http, (await drafts.Of(http))?.Address
            ?? new("", [], "", (await destinations.Of(http, null)).Country ?? ""), []);

    static IResult ShowAddress(HttpContext http, AddressBody address, ImmutableArray<FieldFault> faults) =>
        Pages.Show<AddressPage>(Reader.Of(http), new()
        {
            ["Address"] = AddressDrafts.Shown(address, faults), ["Format"] = AddressFormats.Of(address.Country),
            ["Faults"] = faults,
        }, faults.IsEmpty ? 200 : 422);

    /// <summary>Keeps it, or shows the fields of another country with what was typed.</summary>
    static IResult Take(FormWrite form, HttpContext http, AddressDrafts drafts)
    {
        var address = AddressDrafts.Of(form);
        if (form["again"] is not "") return ShowAddress(http, address, []);
        var faults = drafts.Faults(address);
        if (faults.IsEmpty && !drafts.Keep(http, new(address, []))) faults = [new("lines", "lines")];
        return faults.IsEmpty ? Results.LocalRedirect(Path) : ShowAddress(http, address, faults);
    }

    /// <summary>Settles what was found, one thing or all of them.</summary>
    static async Task<IResult> Apply(FormWrite form, HttpContext http, CheckoutSheets sheets)
    {
        var currency = form["currency"];
        var method = form["method"] is { Length: > 0 } chosen ? chosen : null;
        var was = await sheets.Apply(http, currency, [.. form.All("fix").Take(MostFixes)], method);
        return BasketPages.To($"{Path}?currency={Uri.EscapeDataString(currency)}", was);
    }

    static async Task<IResult> Pay(
        FormWrite form, HttpContext http, IPlatform platform, CheckoutQuotes quotes, Store store, Provider provider,
        Baskets baskets, CheckoutSheets sheets, CheckoutDoor door)
    {
        var id = CheckoutEndpoints.IdOf(form);
        if (await platform.Read(id, form.By.Who, form.By.Cancel) is not null)     // this very form was sent before
            return Results.LocalRedirect(HrefOf(id));
        var sheet = await sheets.Of(http, form["currency"]);
        if (sheet.Items.IsEmpty) return Results.LocalRedirect(BasketPages.Path);
        if (sheet.Address is not { } address) return Results.LocalRedirect($"{Path}/address");
        if (sheet.Seen != form["seen"] || form["how"] is WithoutThem && sheet.RestSeen != form["rest"])
            return Show(http, sheet, provider, new(409, new Refusal("basket.changed", new("basket.look"))), form, []);
        if (door.Ask(form, [.. sheet.Items.Select(i => i.ToLine())]) is { } wait)
            return Show(http, sheet, provider, wait, form, []);
        var whole = sheet.IsPaidByWallet
            && (form["method"] is Payment.FromWallet || form["method"] is "" && form["wallet"] is "yes");
        if (!whole && form["told"] != form["method"]
            && await sheets.AdviceOn(http, form["currency"], form["method"]) is { IsEmpty: false } advice)
            return Show(http, sheet, provider, null, form, [], advice);
        // Pressed without naming what goes, all of it is asked for: what can be had of it is kept, and not charged.
        var without = form["how"] is WithoutThem ? sheet.Rest : null;
        var items = without is null ? sheet.Items : sheet.Good;
        var answer = await CheckoutEndpoints.Buy(
            form, new([.. items.Select(i => i.ToLine())], address.Country,
                whole ? null : form["method"], address,
                Confirmed: CheckoutFix.Without(sheet.Quote.Confirmed, without?.Without ?? []),
                Coupons: [.. sheet.Quote.Coupons.Except(without?.WithoutCoupons ?? [])],
                Instead: sheets.InsteadOf(http))
            {
                Wallet = whole || form["wallet"] is "yes" ? sheet.Wallet : null,
            },
            platform, quotes, store, SettlesWithin, FixedIn(sheet, without, baskets.Of(http)));
        if (answer.Problem is { Location: null } problem)
        {
            await Forget(http, form.By, platform, baskets, sheets);
            return Show(http, await sheets.Of(http, form["currency"]), provider, problem, form, []);
        }
        baskets.Keep(http, baskets.Of(http).Without(items).WithCoupons([]) with { Instead = null, Fixed = [] });
        return Results.LocalRedirect(HrefOf(id));
    }

    /// <summary>What has gone on meanwhile is not asked to give way a second time.</summary>
    static async Task Forget(
        HttpContext http, Caller by, IPlatform platform, Baskets baskets, CheckoutSheets sheets)
    {
        if (sheets.InsteadOf(http) is { } old
            && (await platform.Read(old, by.Who, by.Cancel))?.State is not Checkout.State.Stopped)
            baskets.Keep(http, baskets.Of(http) with { Instead = null });
    }

    /// <summary>What was settled by earlier presses, and by this one, which leaves out what is in the way.</summary>
    static ImmutableArray<string> FixedIn(CheckoutSheet sheet, QuoteRest? without, BasketContent basket) =>
        without is null ? basket.Fixed
            :
            [
                .. basket.Fixed.Concat(sheet.Quote.Findings.Where(f => f.Stops)
                    .Select(f => Checkout.FixedOf(f.Code, sheet.ItemOf(f)?.Listing, isGone: true))).Distinct(),
            ];

    static Task<IResult> Get(
        string buyer, string code, Caller caller, IPlatform platform, Store store, Provider provider) =>
        Show(buyer, code, caller, platform, store, provider, null, null);

    static async Task<IResult> Show(
        string buyer, string code, Caller caller, IPlatform platform, Store store, Provider provider, Problem? refused,
        FormWrite? form)
    {
        if (await CheckoutEndpoints.Find(buyer, code, caller, platform) is not { } seen) return Problems.NotFound;
        var body = await CheckoutEndpoints.Of(seen, caller, platform, store);
        var zone = OrderWhy.ZoneOf(body.Country, seen.Asked.InForce);
        var reader = Reader.Of(caller.Http, zone);
        return Pages.Show<OutcomePage>(reader, new()
        {
            ["Standing"] = Standings.Of(caller),
            ["Checkout"] = body, ["Why"] = CheckoutView.WhyOf(seen, caller.TextsIn(zone)),
            ["Appeal"] = await AppealOf(seen, caller),
            ["Methods"] = PaymentMethods.For(provider), ["Sent"] = form?.Sent,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    /// <summary>Of what screening decided.</summary>
    static async Task<AppealRef?> AppealOf(Seen seen, Caller caller) =>
        CheckoutView.ScreenedOf((Checkout.State)seen.State) is { } why
            ? await caller.Http.RequestServices.GetRequiredService<AppealDesk>()
                .RefOf(new Disputes.Subject.Checkout((CheckoutId)seen.Id), why, caller) : null;

    static async Task<IResult> Retry(
        string buyer, string code, FormWrite form, IPlatform platform, Store store, Provider provider,
        CheckoutQuotes quotes) => await Act(
        buyer, code, form.Choosing(form["method"]),
        await quotes.ToPay(buyer, code, form["method"], null, form.By), platform, store, provider);

    static Task<IResult> Proceed(
        string buyer, string code, FormWrite form, IPlatform platform, Store store, Provider provider) =>
        Act(buyer, code, form, new Checkout.Command.Proceed(), platform, store, provider);

    static Task<IResult> LeaveDiscounts(
        string buyer, string code, FormWrite form, IPlatform platform, Store store, Provider provider) =>
        Act(buyer, code, form, new Checkout.Command.LeaveDiscounts(), platform, store, provider);

    static Task<IResult> Abandon(
        string buyer, string code, FormWrite form, IPlatform platform, Store store, Provider provider) =>
        Act(buyer, code, form, new Checkout.Command.Abandon(), platform, store, provider);

    static Task<IResult> Clear(string buyer, string code, FormWrite form, IPlatform platform, Store store) =>
        Judge(buyer, code, form, new Checkout.Command.Clear(), platform, store);

    static Task<IResult> TurnDown(string buyer, string code, FormWrite form, IPlatform platform, Store store) =>
        Judge(buyer, code, form, new Checkout.Command.TurnDown(), platform, store);

    /// <summary>Whoever decided goes on to the next; what is only proposed, or was decided meanwhile, is said by the
    /// page of it.</summary>
    static async Task<IResult> Judge(
        string buyer, string code, FormWrite form, Checkout.Command command, IPlatform platform, Store store)
    {
        var answer = await CheckoutEndpoints.Settled(buyer, code, form, command, platform, store, SettlesWithin);
        return Results.LocalRedirect(answer.Problem is { Location: null } || answer.Body is { State: "inReview" }
            ? $"/payments/{buyer}/{code}" : VerificationPages.Reviews);
    }

    /// <summary>
    /// Done, or stopped by a seller or a bank: the page says how it stands. Refused: it says why nothing was done.
    /// </summary>
    static async Task<IResult> Act(
        string buyer, string code, FormWrite form, Checkout.Command command, IPlatform platform, Store store,
        Provider provider)
    {
        var answer = await CheckoutEndpoints.Settled(buyer, code, form, command, platform, store, SettlesWithin);
        return answer.Problem is { Location: null } problem
            ? await Show(buyer, code, form.By, platform, store, provider, problem, form)
            : Results.LocalRedirect($"/checkouts/{buyer}/{code}");
    }
}
