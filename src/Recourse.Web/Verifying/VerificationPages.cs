using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Evidence;
using Recourse.Checkouts;
using Recourse.Runtime;
using Recourse.Verifying;
namespace Recourse.Web;

/// <summary>The buyer's own path, and what staff look at: checkouts that are held, and documents.</summary>
static class VerificationPages
{
    /// <summary>The buyer's own path.</summary>
    public const string Path = "/verification";

    /// <summary>Where a bank sends its customer back to.</summary>
    public const string BackFromBank = $"{Path}/bank/back";

    /// <summary>What waits for a person to look at it.</summary>
    public const string Reviews = "/reviews";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (Caller caller, IPlatform platform, Provider provider, Store store) =>
            Own(caller, platform, provider, store, null)).AsPage(Party.Buyer);
        pages.MapPost($"{Path}/start", Start).AsPage(Party.Buyer);
        pages.MapPost($"{Path}/document", ShowDocument).AsPage(Party.Buyer)
            .WithMetadata(new RequestSizeLimitAttribute(FormUpload.MostSent));
        pages.MapPost($"{Path}/amount", AskForAmount).AsPage(Party.Buyer);
        pages.MapPost($"{Path}/amount/name", Name).AsPage(Party.Buyer);
        pages.MapPost($"{Path}/bank", CheckWithBank).AsPage(Party.Buyer);
        pages.MapPost($"{Path}/bank/look", LookAgain).AsPage(Party.Buyer);
        pages.MapGet(BackFromBank, ComeBack).AsPage(Party.Buyer);
        pages.MapGet(Reviews, ToReview).AsPage(Party.Staff);
        pages.MapGet("/verifications/{buyer}", (string buyer, Caller caller, IPlatform platform, Store store) =>
            Of(buyer, caller, platform, store, null)).AsPage(Party.Staff);
        pages.MapGet("/verifications/{buyer}/document", VerificationEndpoints.Document).AsPage(Party.Staff);
        pages.MapPost("/verifications/{buyer}/accept", Accept).AsPage(Party.Staff);
        pages.MapPost("/verifications/{buyer}/reject", Reject).AsPage(Party.Staff);
    }

    static string CodeOf(Caller caller) => ((Actor.Buyer)caller.Who).Id.Code;

    /// <summary>The buyer's own path, as it is now.</summary>
    public static async Task<IResult> Own(
        Caller caller, IPlatform platform, Provider provider, Store store, Problem? refused)
    {
        var reader = Reader.Of(caller.Http);
        var seen = await platform.Read(VerificationEndpoints.IdOf(CodeOf(caller))!.Value, caller.Who, caller.Cancel);
        return Pages.Show<VerificationPage>(reader, new()
        {
            ["Body"] = seen is null ? null : VerificationEndpoints.Of(seen, caller.Texts),
            ["Appeal"] = seen?.State is Verification.State.Rejected { Why: var why }
                ? await caller.Http.RequestServices.GetRequiredService<AppealDesk>().RefOf(
                    new Disputes.Subject.Proof((VerificationId)seen.Id), why, caller) : null,
            ["Rules"] = RulebookEndpoints.Current(platform).Of<VerificationRules>(), ["Buyer"] = CodeOf(caller),
            ["Methods"] = PaymentMethods.For(provider),
            // A demo has no bank to look it up at.
            ["AtBank"] = caller.Http.RequestServices.GetService<Demo>() is null ? null
                : (seen?.State as Verification.State.Naming)?.Amount,
            ["Currency"] = await CurrencyOf(seen?.State as Verification.State, caller, platform),
            ["Business"] = await BusinessEndpoints.Of(
                new(CodeOf(caller)), Party.Buyer, platform, store.People, caller.Cancel),
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    // Of what waits; somebody who begins by themselves is asked in euros.
    static async Task<Currency> CurrencyOf(Verification.State? state, Caller caller, IPlatform platform)
    {
        if (state is Verification.State.Naming naming) return naming.Amount.Currency;
        return state is { For: [.., var last] }
            && (await platform.Read(last, caller.Who, caller.Cancel))?.State is Checkout.State waits
            ? waits.Currency : Currency.Eur;
    }

    static async Task<IResult> Start(FormWrite form, IPlatform platform, Provider provider, Store store) => await Then(
        await VerificationEndpoints.Ask(CodeOf(form.By), form, new Verification.Command.Start(), platform),
        form, platform, provider, store);

    static async Task<IResult> ShowDocument(
        FormUpload form, IPlatform platform, Provider provider, Store store, EvidenceFolder evidence) => await Then(
        form.File is not { } file
            ? Problems.Of([Problems.BadField("verification.no-evidence", "document")])
            : file.Size > EvidenceFolder.Largest ? Problems.TooLong(EvidenceFolder.Largest)
            : await VerificationEndpoints.Show(CodeOf(form.By), form, form["kind"], file.Bytes, platform, evidence),
        form, platform, provider, store);

    static async Task<IResult> AskForAmount(
        FormWrite form, IPlatform platform, Provider provider, Store store) => await Then(
        await VerificationEndpoints.AskForAmount(
            CodeOf(form.By), form.Choosing(form["method"]), form["method"], form["currency"], platform),
        form, platform, provider, store);

    static async Task<IResult> CheckWithBank(
        FormWrite form, IPlatform platform, Provider provider, Store store, PublicAddress address) => await Then(
        await VerificationEndpoints.CheckWithBank(
            CodeOf(form.By), form.Choosing(form["method"]), form["method"], platform, address),
        form, platform, provider, store);

    static async Task<IResult> LookAgain(
        FormWrite form, IPlatform platform, Provider provider, Store store) => await Then(
        await VerificationEndpoints.Ask(CodeOf(form.By), form, new Verification.Command.LookAgain(), platform),
        form, platform, provider, store);

    /// <summary>What the bank's address says is not believed: the provider is asked.</summary>
    static async Task<IResult> ComeBack(Caller caller, IPlatform platform)
    {
        if (VerificationEndpoints.IdOf(CodeOf(caller)) is { } id)
            await platform.Ask(
                new(id, new Verification.Command.LookAgain(), caller.Who, FormWrite.NewKey()), caller.Cancel);
        return Results.LocalRedirect(Path);
    }

    static async Task<IResult> Name(FormWrite form, IPlatform platform, Provider provider, Store store)
    {
        if (!Currency.TryParse(form["currency"], out var currency)) return Problems.NotFound;
        var (amount, fault) = MoneyField.Read(form["amount"], currency, "amount");
        return await Then(fault is not null ? Problems.Of([fault])
            : await VerificationEndpoints.Ask(
                CodeOf(form.By), form.Choosing(form["amount"]), new Verification.Command.NameAmount(amount.Minor),
                platform),
            form, platform, provider, store);
    }

    static async Task<IResult> Then(
        Answer<VerificationBody> answer, FormWrite form, IPlatform platform, Provider provider, Store store) =>
        answer.Problem is { } problem ? await Own(form.By, platform, provider, store, problem)
            : Results.LocalRedirect(Path);

    static async Task<IResult> ToReview(Caller caller, IPlatform platform, string? after)
    {
        var held = await CheckoutEndpoints.ToReview(caller, platform, after, null);
        if (held.Body is not { } checkouts) return held;
        var shown = await VerificationEndpoints.List(caller, platform, null, null);
        if (shown.Body is not { } documents) return shown;
        return Pages.Show<ReviewsPage>(Reader.Of(caller.Http), new()
        {
            ["Checkouts"] = checkouts, ["Documents"] = documents.Items,
        });
    }

    static async Task<IResult> Of(
        string buyer, Caller caller, IPlatform platform, Store store, Problem? refused)
    {
        if (VerificationEndpoints.IdOf(buyer) is not { } id
            || await platform.Read(id, caller.Who, caller.Cancel) is not { } seen) return Problems.NotFound;
        var reader = Reader.Of(caller.Http);
        return Pages.Show<DocumentPage>(reader, new()
        {
            ["Body"] = VerificationEndpoints.Of(seen, caller.Texts),
            ["Work"] = (await new WorkDesk(platform).Read(id, caller))?.Body, ["Who"] = caller.Who.Name,
            ["IsPicture"] = seen.State is Verification.State.InReview { Document.MediaType: not "application/pdf" },
            ["Record"] = await HistoryEndpoints.Of([id], caller, platform, caller.Texts),
            ["Business"] = await BusinessEndpoints.Of(id.Buyer, caller.Role, platform, store.People, caller.Cancel),
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static Task<IResult> Accept(string buyer, FormWrite form, IPlatform platform, Store store) =>
        Judge(buyer, form, new Verification.Command.Accept(), platform, store);

    static Task<IResult> Reject(string buyer, FormWrite form, IPlatform platform, Store store) =>
        Judge(buyer, form.Choosing(form["reason"]), new Verification.Command.Reject(form["reason"]), platform, store);

    static async Task<IResult> Judge(
        string buyer, FormWrite form, Verification.Command command, IPlatform platform, Store store)
    {
        var answer = await VerificationEndpoints.Ask(buyer, form, command, platform);
        return answer.Problem is { } problem ? await Of(buyer, form.By, platform, store, problem)
            : Results.LocalRedirect(Reviews);
    }
}
