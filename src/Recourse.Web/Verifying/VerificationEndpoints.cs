using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Evidence;
using Recourse.Adapters.Risk;
using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Runtime;
using Recourse.Verifying;
namespace Recourse.Web;

/// <summary>How somebody becomes a verified customer.</summary>
/// <param name="Waiting">Checkouts that wait for it.</param>
/// <param name="Document">What kind of document was shown; left out: none.</param>
/// <param name="TriesLeft">How often an amount can still be named.</param>
/// <param name="Until">Until when they are a verified customer (UTC); left out: they aren't.</param>
/// <param name="Documents">Kinds of documents that count.</param>
/// <param name="Reasons">For staff: why a document may not be enough.</param>
/// <param name="Appeal">The id under which a rejection is appealed; left out: nothing was rejected.</param>
public sealed record VerificationBody(
    VerificationId Id, string State, string StateText, ImmutableArray<CheckoutId> Waiting, string? Document,
    int TriesLeft, Instant? Until, NextStep? Next, StatementBody? Why, ImmutableArray<string> Documents,
    ImmutableArray<string> Reasons, ImmutableArray<ActionBody> Actions, AppealId? Appeal = null)
{
    /// <summary><c>card</c>: a bank has said so, of that card alone; <c>all</c>: of whatever they pay with; left out:
    /// they aren't verified.</summary>
    public string? CountsFor { get; init; }

    /// <summary>Ways that are offered to them.</summary>
    public ImmutableArray<string> Steps { get; init; } = [];

    /// <summary>For the buyer: where their bank asks them; left out: it doesn't.</summary>
    public string? BankPage { get; init; }
}

/// <summary>Somebody whose document waits to be looked at.</summary>
public sealed record VerificationItem(
    string Id, string Buyer, string State, string? Document, int Waiting, Instant Since, Instant? WaitsUntil);

/// <summary>A small amount is to be held and named.</summary>
/// <param name="Method">The provider's token of the method that it is held on.</param>
/// <param name="Currency">Of the amount, ISO 4217.</param>
public sealed record AmountRequest(string Method, string Currency);

/// <summary>The bank of a card is to check that it is its holder.</summary>
/// <param name="Method">The provider's token of a card.</param>
public sealed record BankCheckRequest(string Method);

/// <summary>What the bank shows.</summary>
public sealed record NamedAmountRequest(Money Amount);

/// <summary>Why a document is not enough.</summary>
/// <param name="Reason">By the rulebook's list, e.g. <c>verification.unreadable</c>.</param>
public sealed record RejectionRequest(string Reason);

/// <summary>Becoming a verified customer, and looking at what people show.</summary>
static class VerificationEndpoints
{
    const Party Readers = Party.Buyer | Party.Staff;
    static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder v1)
    {
        var all = v1.MapGroup("/verifications").WithTags("Verification");
        all.MapGet("", List).For(Party.Staff).WithName("listVerifications")
            .WithSummary("Documents that wait to be looked at, the most urgent first.");
        var one = all.MapGroup("/{buyer}");
        one.MapGet("", Get).For(Readers).WithName("getVerification").WithSummary("How far somebody has come.");
        one.MapGet("/document", Document).For(Party.Staff).WithName("getVerificationDocument")
            .WithSummary("What was shown.").Produces<byte[]>(200, "application/octet-stream");
        one.MapPost("/start", Start).For(Party.Buyer).WithName("startVerification")
            .WithSummary("Begin to show who one is.");
        one.MapPost("/document", ShowFile).For(Party.Buyer).WithName("showDocument")
            .WithMetadata(new RequestSizeLimitAttribute(CsvWrite.MostSent))
            .WithSummary("Show a document: a picture or a PDF, with its kind.");
        one.MapPost("/amount", HoldAmount).For(Party.Buyer).WithName("askForAmount")
            .WithSummary("Have a small amount held for a moment, to name it.").Produces<VerificationBody>(202);
        one.MapPost("/amount/name", Name).For(Party.Buyer).WithName("nameAmount")
            .WithSummary("Say what the bank shows.");
        one.MapPost("/bank", BeginAtBank).For(Party.Buyer).WithName("checkWithBank")
            .WithSummary("Have the bank of a card check who one is (3-D Secure): it may ask on a page of its own.")
            .Produces<VerificationBody>(202);
        one.MapPost("/bank/look", Look).For(Party.Buyer).WithName("lookAtBankCheck")
            .WithSummary("Ask how the bank's check went.").Produces<VerificationBody>(202);
        one.MapPost("/accept", Accept).For(Party.Staff).WithName("acceptDocument").WithSummary("It is them.");
        one.MapPost("/reject", Reject).For(Party.Staff).WithName("rejectDocument")
            .WithSummary("It shows too little; its owner is told why, and can appeal.");
    }

    /// <summary>Documents that wait to be looked at.</summary>
    public static async Task<Answer<Rows<VerificationItem>>> List(
        Caller caller, IPlatform platform, string? after, int? limit) => await Positions.Page(
        platform, caller, VerificationList.View, VerificationList.ToReview, nameof(Verification.State.InReview), after,
        limit, row => new VerificationItem(
            row.Verification, row.Buyer, Words.StateOf(row.State), row.Document, row.Waiting, row.Since,
            row.WaitsUntil));

    /// <summary>Null if there is none, or none of the caller's business.</summary>
    public static VerificationId? IdOf(string buyer) =>
        VerificationId.TryParse($"verification/{buyer}", out var id) ? id : null;

    static async Task<Answer<VerificationBody>> Get(string buyer, Caller caller, IPlatform platform) =>
        IdOf(buyer) is { } id && await platform.Read(id, caller.Who, caller.Cancel) is { } seen
            ? Answer<VerificationBody>.Of(Of(seen, caller.Texts), seen) : Problems.NotFound;

    static Task<Answer<VerificationBody>> Start(string buyer, BareWrite write, IPlatform platform) =>
        Ask(buyer, write, new Verification.Command.Start(), platform);

    static Task<Answer<VerificationBody>> ShowFile(
        string buyer, string? kind, FileWrite write, IPlatform platform, EvidenceFolder evidence) =>
        Show(buyer, write, kind ?? "", write.Bytes, platform, evidence);

    /// <summary>Keeps a document, and shows it.</summary>
    public static async Task<Answer<VerificationBody>> Show(
        string buyer, Write write, string kind, byte[] content, IPlatform platform, EvidenceFolder evidence)
    {
        if (IdOf(buyer) is not { } id || write.By.Who is not Actor.Buyer { Id: var who } || who != id.Buyer)
            return Problems.NotFound;
        if (content.Length > EvidenceFolder.Largest) return Problems.TooLong(EvidenceFolder.Largest);
        if (EvidenceFolder.MediaTypeOf(content) is not { } type) return new Problem(415, NoPicture);
        // What could not be shown is not kept: it is tried first, without a file.
        if (await platform.Read(id, write.By.Who, write.By.Cancel) is { } seen
            && Verification.Decide(id, (Verification.State)seen.State, ShowOf(kind, "try", type, content.Length),
                seen.Asked).Refusals is { IsDefaultOrEmpty: false } no) return Problems.Of(no);
        var name = evidence.Keep($"{id.Buyer}", content);
        evidence.Use(name, platform.Now);
        return await Ask(buyer, write, ShowOf(kind, name, type, content.Length), platform);
    }

    static Verification.Command.ShowDocument ShowOf(string kind, string name, string type, long length) =>
        new(new(kind, name, type, length));

    static readonly Refusal NoPicture = new("verification.no-picture", new("verification.show-document"))
    {
        Field = "document",
    };

    static Task<Answer<VerificationBody>> HoldAmount(
        string buyer, WriteOf<AmountRequest> write, IPlatform platform) =>
        AskForAmount(buyer, write, write.Body.Method, write.Body.Currency, platform);

    /// <summary>Draws an amount, and has it held.</summary>
    public static async Task<Answer<VerificationBody>> AskForAmount(
        string buyer, Write write, string method, string currency, IPlatform platform)
    {
        if (!Currency.TryParse(currency, out var of))
            return Problems.Of([Problems.BadField("api.no-such-currency", "currency", ("currency", currency ?? ""))]);
        if (PaymentMethods.Faults(method) is [_, ..] faults) return Problems.Of(faults);
        var rules = RulebookEndpoints.Current(platform).Of<VerificationRules>();
        var drawn = RandomNumberGenerator.GetInt32(rules.LeastHundredths, rules.MostHundredths + 1);
        return await Ask(
            buyer, write, new Verification.Command.AskForAmount(method, new(drawn * FactorOf(of), of)), platform);
    }

    static Task<Answer<VerificationBody>> BeginAtBank(
        string buyer, WriteOf<BankCheckRequest> write, IPlatform platform, PublicAddress address) =>
        CheckWithBank(buyer, write, write.Body.Method, platform, address);

    /// <summary>Has the bank of a card asked.</summary>
    public static async Task<Answer<VerificationBody>> CheckWithBank(
        string buyer, Write write, string method, IPlatform platform, PublicAddress address)
    {
        if (PaymentMethods.Faults(method) is [_, ..] faults) return Problems.Of(faults);
        var services = write.By.Http.RequestServices;
        // A card that nobody can tell is known by its token.
        var card = (await services.GetRequiredService<MethodLooks>().FactOf(method, write.By.Cancel))?.Value.Card
            ?? services.GetRequiredService<Fingerprints>().OfCard(method);
        return await Ask(
            buyer, write,
            new Verification.Command.BeginChallenge(method, address.Of(VerificationPages.BackFromBank), card),
            platform);
    }

    static Task<Answer<VerificationBody>> Look(string buyer, BareWrite write, IPlatform platform) =>
        Ask(buyer, write, new Verification.Command.LookAgain(), platform);

    // Where the unit is as small as a hundredth elsewhere, that many units.
    static long FactorOf(Currency currency) => currency.Decimals switch { 3 => 10, 4 => 100, _ => 1 };

    static Task<Answer<VerificationBody>> Name(
        string buyer, WriteOf<NamedAmountRequest> write, IPlatform platform) =>
        Ask(buyer, write, new Verification.Command.NameAmount(write.Body.Amount.Minor), platform);

    static Task<Answer<VerificationBody>> Accept(string buyer, BareWrite write, IPlatform platform) =>
        Ask(buyer, write, new Verification.Command.Accept(), platform);

    static Task<Answer<VerificationBody>> Reject(
        string buyer, WriteOf<RejectionRequest> write, IPlatform platform) =>
        Ask(buyer, write, new Verification.Command.Reject(write.Body.Reason ?? ""), platform);

    /// <summary>Asks somebody's verification for something; a slow bank is waited for a while only.</summary>
    public static async Task<Answer<VerificationBody>> Ask(
        string buyer, Write write, Verification.Command command, IPlatform platform)
    {
        if (IdOf(buyer) is not { } id) return Problems.NotFound;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(write.By.Cancel);
        limit.CancelAfter(SettlesWithin);
        Outcome? outcome = null;
        try { outcome = await platform.Ask(write.To(id, command, untilSettled: true), limit.Token); }
        catch (OperationCanceledException) when (!write.By.Cancel.IsCancellationRequested) { }
        if (outcome is not (null or Outcome.Done)) return Problems.Of(outcome);
        if (await platform.Read(id, write.By.Who, write.By.Cancel) is not { } seen) return Problems.Unknown;
        var body = Of(seen, write.By.Texts);
        return outcome is Outcome.Done done ? Answer<VerificationBody>.Of(body, done)
            : Answer<VerificationBody>.Of(body, seen).With(202, $"/v1/verifications/{id.Buyer.Code}");
    }

    /// <summary>What was shown, for staff to look at.</summary>
    public static async Task<IResult> Document(
        string buyer, Caller caller, IPlatform platform, EvidenceFolder evidence)
    {
        if (IdOf(buyer) is not { } id || await platform.Read(id, caller.Who, caller.Cancel) is not { } seen
            || seen.State is not Verification.State.InReview { Document: var document }) return Problems.NotFound;
        if (evidence.Open($"{id.Buyer}", document.Evidence) is not { } content) return Problems.NotFound;
        // Shown as what it was found to be, and nothing in it is run.
        caller.Http.Response.Headers.CacheControl = "no-store";
        caller.Http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        caller.Http.Response.Headers.ContentDisposition = "inline";
        return Results.Bytes(content, document.MediaType);
    }

    /// <summary>A state as a body. The amount stands nowhere: whoever reads it here has shown nothing.</summary>
    public static VerificationBody Of(Seen seen, Texts texts)
    {
        var (id, state) = ((VerificationId)seen.Id, (Verification.State)seen.State);
        var rules = seen.Asked.InForce.Of<VerificationRules>();
        var href = $"/v1/verifications/{id.Buyer.Code}";
        return new(
            id, Words.StateOf(state), texts.Tell($"verification.state.{state.GetType().Name}"), state.For,
            (state as Verification.State.InReview)?.Document.Kind,
            state is Verification.State.Open open ? Math.Max(0, rules.MostTries - open.Tries) : rules.MostTries,
            (state as Verification.State.Verified)?.Until,
            Words.Next(Verification.Kind.DeadlineOf(state), seen.As, texts),
            state is Verification.State.Rejected { Why: var why } ? Words.Of(why, seen.As, texts) : null,
            rules.Documents, (seen.As & Party.Staff) != 0 ? [.. rules.Reasons.Keys] : [],
            [
                .. new[]
                {
                    Try("verification.start", "start", new Verification.Command.Start(),
                        typeof(Verification.Event.Asked)),
                    Try("verification.show-document", "document",
                        ShowOf(rules.Documents[0], "try", "image/png", 1), typeof(Verification.Event.DocumentShown)),
                    Try("verification.ask-amount", "amount",
                        new Verification.Command.AskForAmount("any", new(100, Currency.Eur)),
                        typeof(Verification.Event.AmountAsked)),
                    Try("verification.name-amount", "amount/name", new Verification.Command.NameAmount(-1),
                        typeof(Verification.Event.AmountMissed)),
                    Try("verification.check-with-bank", "bank",
                        new Verification.Command.BeginChallenge("any", "any"),
                        typeof(Verification.Event.ChallengeAsked)),
                    Try("verification.look-at-bank", "bank/look", new Verification.Command.LookAgain(),
                        typeof(Verification.Event.ChallengeLooked)),
                    Try("verification.accept", "accept", new Verification.Command.Accept(),
                        typeof(Verification.Event.Rejected)),
                    Try("verification.reject", "reject", new Verification.Command.Reject(rules.Reasons.Keys.First()),
                        typeof(Verification.Event.Rejected)),
                }.OfType<ActionBody>(),
            ],
            state is Verification.State.Rejected { Why: var no } ? AppealId.Of(new Subject.Proof(id), no) : null)
        {
            Steps =
            [
                .. rules.Steps.Where(s => state.Ways?.Contains(s) is not false).Select(s => Words.StateOf($"{s}")),
            ],
            CountsFor = state is Verification.State.Verified v && v.Until > seen.Asked.At
                ? v.IsOfCardAlone ? "card" : "all" : null,
            BankPage = (seen.As & Party.Buyer) != 0 ? (state as Verification.State.AtBank)?.Page : null,
        };

        ActionBody? Try(string name, string path, Verification.Command command, Type outcome) =>
            Actions.Try(Verification.Kind, seen, name, $"{href}/{path}", command, outcome, texts);
    }
}
