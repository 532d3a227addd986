using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Gathering;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Buying: one basket, several sellers, one payment.</summary>
static class CheckoutEndpoints
{
    static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(10);

    public static void Map(IEndpointRouteBuilder v1)
    {
        var checkouts = v1.MapGroup("/checkouts").WithTags("Checkouts");
        checkouts.MapPost("", Open).For(Party.Buyer).WithName("openCheckout")
            .WithSummary("Buy a basket; answers once it is paid for, or says what stands in the way. Where some lines "
                + "alone are bad, the others are kept and nothing is charged until it is proceeded with: it answers "
                + "409, says where the checkout is, and what was found. Where too many "
                + "come at once it answers 429 with a place, Retry-After and a Queue-Ticket, which keeps the place: "
                + "send it again then, with that header.")
            .Produces<CheckoutBody>(201).Produces<CheckoutBody>(202);
        checkouts.MapPost("/quotes", QuoteRead).ForAlsoStrangers(Party.Buyer).WithName("quoteCheckout")
            .WithSummary("What a basket would cost and all that stands in its way; nothing is reserved or recorded.");
        checkouts.MapGet("", List).For(Party.Buyer | Party.Staff).WithName("listCheckouts")
            .WithSummary("Checkouts, the newest first.");
        checkouts.MapGet("/{buyer}/{code}", GetRead).For(Party.Buyer | Party.Staff).WithName("getCheckout")
            .WithSummary("One checkout.");
        checkouts.MapGet("/{buyer}/{code}/why", CheckoutWhy.Get).For(Party.Buyer | Party.Staff)
            .WithName("getCheckoutWhy")
            .WithSummary("The statements of reasons of a purchase that was held, declined, refused or given up, in "
                + "your language or in that of lang.");
        checkouts.MapPost("/{buyer}/{code}/payment", Pay).For(Party.Buyer).WithName("payCheckout")
            .WithSummary("Pay with another method after the last one failed.").Produces<CheckoutBody>(202);
        checkouts.MapPost("/{buyer}/{code}/proceed", Proceed).For(Party.Buyer).WithName("proceedWithCheckout")
            .WithSummary("Go on without what was left out and the orders that sellers refused.")
            .Produces<CheckoutBody>(202);
        checkouts.MapGet("/in-review", ToReview).For(Party.Staff).WithName("listCheckoutsInReview")
            .WithSummary("Checkouts that screening holds until somebody has looked at them, the oldest first.");
        checkouts.MapPost("/{buyer}/{code}/clear", Clear).For(Party.Staff).WithName("clearCheckout")
            .WithSummary("Let a checkout go on that screening holds.").Produces<CheckoutBody>(202);
        checkouts.MapPost("/{buyer}/{code}/turn-down", TurnDown).For(Party.Staff).WithName("turnDownCheckout")
            .WithSummary("Refuse a checkout that screening holds; its buyer is told why, and can appeal.");
        checkouts.MapPost("/{buyer}/{code}/without-discounts", LeaveDiscounts).For(Party.Buyer)
            .WithName("leaveDiscounts")
            .WithSummary("Ask sellers again without the coupons that stand in the way.").Produces<CheckoutBody>(202);
        checkouts.MapPost("/{buyer}/{code}/abandon", Abandon).For(Party.Buyer).WithName("abandonCheckout")
            .WithSummary("Give it up before it is paid.");
    }

    /// <param name="readIn">A currency (ISO 4217) to tell amounts in too, for information.</param>
    static Task<Answer<QuoteBody>> QuoteRead(
        WriteOf<QuoteRequest> write, CheckoutQuotes quotes, string? readIn = null) =>
        Readings.In(readIn, write.By, () => Quote(write, quotes), Readings.Of);

    static async Task<Answer<QuoteBody>> Quote(WriteOf<QuoteRequest> write, CheckoutQuotes quotes)
    {
        var body = write.Body;
        var country = body.Country ?? body.ShipTo?.Country;
        ImmutableArray<Refusal> faults =
            [.. Addresses.Faults(body.ShipTo, country), .. PaymentMethods.Faults(body.Method)];
        if (!faults.IsEmpty) return Problems.Of(faults);
        var draft = Drafts.Of(
            body.Lines, country, body.ShipTo, body.Confirmed, body.Method, body.MethodKind)
            .WithCoupons(body.Coupons, write.By) with { Instead = body.Instead };
        return (await quotes.Of(draft, body.Apply ?? [], write.By)).Quote;
    }

    /// <param name="readIn">A currency (ISO 4217) to tell amounts in too, for information.</param>
    static Task<Answer<CheckoutBody>> Open(
        WriteOf<CheckoutRequest> write, IPlatform platform, CheckoutQuotes quotes, Store store, CheckoutDoor door,
        string? readIn = null) => Readings.In(
        readIn, write.By,
        () => door.Ask(write, write.Body.Lines) is { } wait ? Task.FromResult<Answer<CheckoutBody>>(wait)
            : Buy(write, write.Body, platform, quotes, store),
        Readings.Of);

    /// <summary>The checkout that a write opens: its own, however often it is sent.</summary>
    public static CheckoutId IdOf(Write write)
    {
        var buyer = ((Actor.Buyer)write.By.Who).Id;
        return new(buyer, Derived.Code($"{buyer} {write.Key}"));
    }

    static string MethodOf(CheckoutRequest body) => body.Method ?? (body.Wallet is null ? "" : Payment.FromWallet);

    /// <summary>Opens a checkout and pays it.</summary>
    /// <param name="settled">Codes of findings that were settled before.</param>
    public static async Task<Answer<CheckoutBody>> Buy(
        Write write, CheckoutRequest body, IPlatform platform, CheckoutQuotes quotes, Store store,
        TimeSpan? within = null, ImmutableArray<string>? settled = null)
    {
        var (by, id) = (write.By, IdOf(write));
        ImmutableArray<Refusal> faults =
            [.. Addresses.Faults(body.ShipTo, body.Country), .. PaymentMethods.Faults(body.Method)];
        if (!faults.IsEmpty) return Problems.Of(faults);
        var (draft, facts) = await quotes.ToBuy(
            Drafts.Of(body.Lines, body.Country, body.ShipTo, body.Confirmed, MethodOf(body), body.MethodKind)
                .WithCoupons(body.Coupons, by) with
                {
                    Instead = body.Instead ?? id, Fixed = settled ?? [], Wallet = body.Wallet,
                },
            body.Apply ?? [], by);
        var shipTo = draft.ShipTo is null ? null : store.People.Seal($"{id.Buyer}", draft.ShipTo);
        var open = new Checkout.Command.Open(draft.ToBasket(shipTo), facts);
        var answer = await MadeWayFor(id, open, body.Instead, write, platform)
            ?? await Settled(write, id, open, platform, store, within, created: true);
        var isOpened = answer.Problem is null or { Location: not null };
        if (isOpened) quotes.WasOpened(id.Buyer);
        // Not all of it can be bought: all that was found is told, with what would settle it.
        if (answer.Problem is not { Status: 409 or 422 } problem
            || problem is { Location: not null, IsPartial: false }) return answer;
        var known = await quotes.Know(draft, by);
        return problem with
        {
            Findings = (isOpened ? quotes.Told(draft, known, by, isLook: false)
                : quotes.ToldOfRefusal(draft, known, by)).Findings,
        };
    }

    /// <summary>Gives up what is bought anew, as soon as that can be opened; null: nothing stands in its way.</summary>
    static async Task<Answer<CheckoutBody>?> MadeWayFor(
        CheckoutId id, Checkout.Command.Open open, CheckoutId? instead, Write write, IPlatform platform)
    {
        if (instead is not { } old || old == id) return null;
        var by = write.By;
        if (await platform.Read(id, by.Who, by.Cancel) is not null) return null;          // it was opened before
        var tried = Checkout.Decide(id, null, open, new(by.Who, platform.Now, platform.Rulebooks));
        if (!tried.Events.Any(e => e is Checkout.Event.Opened)) return null;              // what it keeps stays kept
        var given = await platform.Ask(write.To(old, new Checkout.Command.Abandon(id)), by.Cancel);
        return given is Outcome.Done ? null : (Answer<CheckoutBody>)Problems.Of(given);
    }

    static async Task<Answer<CheckoutBody>> Pay(
        string buyer, string code, WriteOf<PaymentRequest> write, IPlatform platform, Store store,
        CheckoutQuotes quotes) => await Settled(
        buyer, code, write, await quotes.ToPay(buyer, code, write.Body.Method, write.Body.Kind, write.By), platform,
        store);

    static Task<Answer<CheckoutBody>> Proceed(
        string buyer, string code, BareWrite write, IPlatform platform, Store store) =>
        Settled(buyer, code, write, new Checkout.Command.Proceed(), platform, store);

    static Task<Answer<CheckoutBody>> Clear(
        string buyer, string code, BareWrite write, IPlatform platform, Store store) =>
        Settled(buyer, code, write, new Checkout.Command.Clear(), platform, store);

    static Task<Answer<CheckoutBody>> TurnDown(
        string buyer, string code, BareWrite write, IPlatform platform, Store store) =>
        Settled(buyer, code, write, new Checkout.Command.TurnDown(), platform, store);

    /// <summary>What waits for somebody to look at it.</summary>
    public static async Task<Answer<Rows<CheckoutItem>>> ToReview(
        Caller caller, IPlatform platform, string? after, int? limit) => await Positions.Page(
        platform, caller, CheckoutList.View, CheckoutList.ByState, nameof(Checkout.State.InReview), after, limit, Of);

    static Task<Answer<CheckoutBody>> LeaveDiscounts(
        string buyer, string code, BareWrite write, IPlatform platform, Store store) =>
        Settled(buyer, code, write, new Checkout.Command.LeaveDiscounts(), platform, store);

    static Task<Answer<CheckoutBody>> Abandon(
        string buyer, string code, BareWrite write, IPlatform platform, Store store) =>
        Settled(buyer, code, write, new Checkout.Command.Abandon(), platform, store);

    /// <summary>Asks a checkout for something.</summary>
    public static async Task<Answer<CheckoutBody>> Settled(
        string buyer, string code, Write write, Checkout.Command command, IPlatform platform, Store store,
        TimeSpan? within = null) =>
        CheckoutId.TryParse($"checkout/{buyer}/{code}", out var id)
            ? await Settled(write, id, command, platform, store, within, created: false) : Problems.NotFound;

    /// <summary>The outcome of the whole flow, or after a while where to look for it.</summary>
    static async Task<Answer<CheckoutBody>> Settled(
        Write write, CheckoutId id, Checkout.Command command, IPlatform platform, Store store, TimeSpan? within,
        bool created)
    {
        if (command is Checkout.Command.Pay { Method: var method }
            && PaymentMethods.Faults(method) is [_, ..] faults) return Problems.Of(faults);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(write.By.Cancel);
        limit.CancelAfter(within ?? SettlesWithin);
        Outcome? outcome = null;
        try { outcome = await platform.Ask(write.To(id, command, untilSettled: true), limit.Token); }
        catch (OperationCanceledException) when (!write.By.Cancel.IsCancellationRequested) { }
        if (outcome is not (null or Outcome.Done)) return Problems.Of(outcome);
        if (await platform.Read(id, write.By.Who, write.By.Cancel) is not { } seen) return Problems.Unknown;
        var body = CheckoutView.Of(seen, write.By, store.People);
        var location = $"/v1/{id}".Replace("/checkout/", "/checkouts/");
        return (Checkout.State)seen.State switch
        {
            Checkout.State.Authorised => Answer<CheckoutBody>.Of(body, seen).With(created ? 201 : 200, location),
            Checkout.State.Stopped s  => Stopped(s) with { Location = location },
            Checkout.State.Declined s => Declined(s.Why, write.By.Role) with { Location = location },
            Checkout.State.TurnedDown when command is Checkout.Command.TurnDown => Answer<CheckoutBody>.Of(body, seen),
            Checkout.State.Abandoned s => command is Checkout.Command.Abandon
                ? Answer<CheckoutBody>.Of(body, seen) : Declined(s.Why, write.By.Role) with { Location = location },
            Checkout.State.TurnedDown s => Declined(s.Why, write.By.Role) with { Location = location },
            Checkout.State.Reserving or Checkout.State.Waiting or Checkout.State.Paying =>
                Answer<CheckoutBody>.Of(body, seen).With(202, location),
        };
    }

    /// <summary>All that was left out, and all that all sellers said.</summary>
    static Problem Stopped(Checkout.State.Stopped s) =>
        new(409, [.. s.LeftOut, .. s.Parts.SelectMany(p => p.Refusals)]) { IsPartial = !s.LeftOut.IsEmpty };

    /// <summary>A statement that ends it for now, as the asker hears it.</summary>
    static Problem Declined(Recourse.Kernel.Statement why, Party reader) =>
        new(409, new Refusal(why.Code, why.Remedies[0], [.. why.Facts.Select(f => f.For(reader))]));

    /// <summary>Null if there is none, or none of the caller's business.</summary>
    public static async Task<Seen?> Find(string buyer, string code, Caller caller, IPlatform platform) =>
        CheckoutId.TryParse($"checkout/{buyer}/{code}", out var id)
            ? await platform.Read(id, caller.Who, caller.Cancel) : null;

    /// <param name="readIn">A currency (ISO 4217) to tell amounts in too, for information.</param>
    static Task<Answer<CheckoutBody>> GetRead(
        string buyer, string code, Caller caller, IPlatform platform, Store store, string? readIn = null) =>
        Readings.In(readIn, caller, () => Get(buyer, code, caller, platform, store), Readings.Of);

    static async Task<Answer<CheckoutBody>> Get(
        string buyer, string code, Caller caller, IPlatform platform, Store store) =>
        await Find(buyer, code, caller, platform) is { } seen
            ? Answer<CheckoutBody>.Of(await Of(seen, caller, platform, store), seen) : Problems.NotFound;

    /// <summary>A checkout with its card, and for staff with what screening made of it.</summary>
    public static async Task<CheckoutBody> Of(Seen seen, Caller caller, IPlatform platform, Store store)
    {
        var card = caller.Http.RequestServices.GetRequiredService<MethodLooks>()
            .Of(((Checkout.State)seen.State).Basket.Method, caller.Cancel);
        return CheckoutView.Of(seen, caller, store.People) with
        {
            Screening = await Screenings.Of((CheckoutId)seen.Id, caller, platform),
            Card = PaymentMethods.CardOf(await card, caller.Texts),
        };
    }

    static async Task<Answer<Rows<CheckoutItem>>> List(
        Caller caller, IPlatform platform, string? after, int? limit) => await Positions.Page(
        platform, caller, CheckoutList.View, Scope.Index, caller.Scope, after, limit, Of);

    /// <summary>A row of the list.</summary>
    public static CheckoutItem Of(CheckoutRow row) => new(
        row.Checkout, Words.StateOf(row.State), row.OpenedAt, row.Total, row.Orders, row.WaitsUntil);
}
