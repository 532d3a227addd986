using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Adapters.Banking;
using Recourse.Payouts;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Money on its way to a bank account.</summary>
/// <param name="Of">The id of what it leaves: a wallet, or a seller's earnings.</param>
/// <param name="Country">Of the bank, ISO 3166 alpha-2.</param>
/// <param name="Ending">The last four characters of the account's number.</param>
/// <param name="File">The file that it went to the bank in; left out: it waits for one.</param>
/// <param name="Reference">The bank's, once it is there.</param>
/// <param name="Why">Why it came back; left out: it did not.</param>
public sealed record PayoutBody(
    PayoutId Id, string Of, string State, string StateText, Money Amount, string Country, string Ending, string? File,
    string? Reference, NextStep? Next, StatementBody? Why);

/// <summary>A payout in a list.</summary>
public sealed record PayoutItem(
    string Id, string Owner, string State, Money Amount, string Country, string Ending, Instant OpenedAt, string? File,
    string? Reference, string? Reason);

/// <summary>What the bank says of a payout.</summary>
/// <param name="Reference">The bank's own.</param>
public sealed record PayoutConfirmation(string Reference);

/// <summary>That a payout could not be done, or came back.</summary>
/// <param name="Reason">By ISO 20022, e.g. <c>AC04</c>: the account is closed.</param>
public sealed record PayoutReturn(string Reason);

/// <summary>A file of payouts for the bank.</summary>
/// <param name="Id">Its message id.</param>
/// <param name="Href">Where its pain.001 is.</param>
/// <param name="Scheme"><c>sepa</c>, or <c>other</c>: with shared charges and banks' codes.</param>
/// <param name="Count">How many payouts stand in it.</param>
public sealed record PayoutFileBody(string Id, string Href, string Scheme, int Count, ImmutableArray<Money> Sums);

/// <summary>Files of payouts for the bank: what is paid by each scheme is in files of its own.</summary>
public sealed record PayoutFilesBody(ImmutableArray<PayoutFileBody> Files);

/// <summary>Payouts to sellers and of wallets, and the files that they go to the bank in.</summary>
static class PayoutEndpoints
{
    const Party Readers = Party.Buyer | Party.Seller | Party.Staff;
    const int MostInFile = 500, Page = 100, MostTold = 3;

    // By ISO 20022, external status reasons: the number of the account is wrong.
    const string NoSuchAccount = "AC01";
    static readonly Remedy Wait = new("payout.look");

    public static void Map(IEndpointRouteBuilder v1)
    {
        var payouts = v1.MapGroup("/payouts").WithTags("Payouts");
        payouts.MapGet("", List).For(Readers).WithName("listPayouts").WithSummary("Payouts, the newest first.");
        payouts.MapGet("/{owner}/{code}", Get).For(Readers).WithName("getPayout").WithSummary("One payout.");
        payouts.MapPost("/files", MakeFile).For(Party.Operator).WithName("makePayoutFile")
            .WithSummary("Put all payouts that are ready into files for the bank: SEPA and others apart.")
            .Produces<PayoutFilesBody>(201);
        payouts.MapGet("/files/{file}/pain.001", ReadFile).For(Party.Operator).WithName("getPayoutFile")
            .WithSummary("A file of payouts as the bank takes it: ISO 20022 pain.001.001.09.")
            .Produces<string>(200, "application/xml");
        payouts.MapPost("/{owner}/{code}/confirm", Confirm).For(Party.Operator).WithName("confirmPayout")
            .WithSummary("The bank says that it is done.");
        payouts.MapPost("/{owner}/{code}/return", Return).For(Party.Operator).WithName("returnPayout")
            .WithSummary("The bank says that it can't be done, or sends it back: it goes back where it came from.");
    }

    /// <summary>One's own, or for staff all, those of a buyer or seller, or those in a state.</summary>
    /// <param name="of">A buyer's or seller's id, for staff.</param>
    /// <param name="state">For staff: <c>ready</c>, <c>sent</c>, <c>paid</c> or <c>back</c>.</param>
    public static async Task<Answer<Rows<PayoutItem>>> List(
        Caller caller, IPlatform platform, string? after, int? limit, string? of = null, string? state = null)
    {
        var scope = Positions.ScopeOf(caller, of);
        if (of is not null && scope is null || state is not null && !caller.IsStaff) return Problems.NotFound;
        if (of is not null && state is not null) return Problems.OneOf("state", "of, state");
        if (state is not (null or "ready" or "sent" or "paid" or "back")) return Problems.BadParameter("state", state);
        var (index, value) = state is null ? (Scope.Index, scope) : (PayoutList.ByState, StateIn(state));
        return await Positions.Page(platform, caller, PayoutList.View, index, value, after, limit, Of);
    }

    static string StateIn(string state) => char.ToUpperInvariant(state[0]) + state[1..];

    static PayoutItem Of(PayoutRow row) => new(
        row.Payout, row.Owner, Words.StateOf(row.State), row.What.Amount, row.What.Seen.Country, row.What.Seen.Ending,
        row.OpenedAt, row.File, row.Reference, row.Reason);

    /// <summary>A payout's state as a body.</summary>
    public static PayoutBody Of(Seen seen, Texts texts)
    {
        var (id, state) = ((PayoutId)seen.Id, (Payout.State)seen.State);
        var (file, reference) = state switch
        {
            Payout.State.Sent s => (s.File, null),
            Payout.State.Paid s => (s.File, s.Reference),
            Payout.State.Ready or Payout.State.Back => ((string?)null, (string?)null),
        };
        return new(
            id, state.What.For, Words.StateOf(state), texts.Tell($"payout.state.{state.GetType().Name}"),
            state.What.Amount, state.What.Seen.Country, state.What.Seen.Ending, file, reference,
            Words.Next(Payout.Kind.DeadlineOf(state), seen.As, texts),
            state is Payout.State.Back { Why: var why } ? Words.Of(why, seen.As, texts) : null);
    }

    /// <summary>Of those in a list the newest that came back, each with why.</summary>
    public static async Task<ImmutableArray<PayoutBody>> CameBack(
        Rows<PayoutItem>? rows, Caller caller, IPlatform platform)
    {
        var backs = ImmutableArray.CreateBuilder<PayoutBody>();
        foreach (var row in (rows?.Items ?? []).Where(r => r.Reason is not null).Take(MostTold))
            if (PayoutId.TryParse(row.Id, out var id) && await platform.Read(id, caller.Who, caller.Cancel) is { } seen)
                backs.Add(Of(seen, caller.Texts));
        return backs.ToImmutable();
    }

    static async Task<Answer<PayoutBody>> Get(string owner, string code, Caller caller, IPlatform platform) =>
        PayoutId.TryParse($"payout/{owner}/{code}", out var id)
        && await platform.Read(id, caller.Who, caller.Cancel) is { } seen
            ? Answer<PayoutBody>.Of(Of(seen, caller.Texts), seen) : Problems.NotFound;

    static Task<Answer<PayoutBody>> Confirm(
        string owner, string code, WriteOf<PayoutConfirmation> write, IPlatform platform) =>
        Ask(owner, code, write, new Payout.Command.Confirm(write.Body.Reference), platform);

    static Task<Answer<PayoutBody>> Return(
        string owner, string code, WriteOf<PayoutReturn> write, IPlatform platform) =>
        Ask(owner, code, write, new Payout.Command.Return(write.Body.Reason), platform);

    /// <summary>Asks a payout for something.</summary>
    public static async Task<Answer<PayoutBody>> Ask(
        string owner, string code, Write write, Payout.Command command, IPlatform platform)
    {
        if (!PayoutId.TryParse($"payout/{owner}/{code}", out var id)) return Problems.NotFound;
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        if (outcome is not Outcome.Done done) return Problems.Of(outcome);
        return await platform.Read(id, write.By.Who, write.By.Cancel) is { } seen
            ? Answer<PayoutBody>.Of(Of(seen, write.By.Texts), done) : Problems.Unknown;
    }

    static Task<Answer<PayoutFilesBody>> MakeFile(BareWrite write, IPlatform platform, Store store) =>
        Make(write, platform, store);

    /// <summary>
    /// Each payout is asked by itself: one that has moved on meanwhile is in no second file. Who was erased has no
    /// account any more that money could go to, and one false number would spoil the file for everybody.
    /// </summary>
    public static async Task<Answer<PayoutFilesBody>> Make(Write write, IPlatform platform, Store store)
    {
        var by = write.By;
        await Positions.AreShown(platform, by.Cancel);
        var ready = All(platform, PayoutList.ByState, nameof(Payout.State.Ready)).Take(MostInFile).ToList();
        var position = platform.Position;
        foreach (var row in ready)
            if (PayoutId.TryParse(row.Payout, out var id)
                && FileOf(write, SchemeOf(row.What)) is var file
                && await platform.Ask(
                    new(id, store.People.Open(row.What.To) is null ? new Payout.Command.Return(NoSuchAccount)
                        : new Payout.Command.Send(file), by.Who, $"{file}-{id.Code}"), by.Cancel) is Outcome.Done d)
                position = d.Position;
        await Positions.AreShown(platform, position, by.Cancel);
        ImmutableArray<PayoutFileBody> files = [.. Enum.GetValues<PayScheme>()
            .Select(scheme => FileOf(scheme, FileOf(write, scheme), platform)).OfType<PayoutFileBody>()];
        return files.IsEmpty ? Problems.Of([new Refusal("payout.none-ready", Wait)])
            : ((Answer<PayoutFilesBody>)new PayoutFilesBody(files)).With(201, files[0].Href);
    }

    static PayScheme SchemeOf(PaidOut what) =>
        CreditTransferFile.SchemeOf(what.Amount.Currency, what.Seen.Country);

    static string FileOf(Write write, PayScheme scheme) => Derived.Code($"{write.By.Who.Name} {write.Key} {scheme}");

    /// <summary>Where a file is to be had.</summary>
    public static string HrefOf(string file) => $"/v1/payouts/files/{file}/pain.001";

    static PayoutFileBody? FileOf(PayScheme scheme, string file, IPlatform platform)
    {
        var sent = All(platform, PayoutList.ByFile, file).Select(p => p.What.Amount).ToList();
        return sent.Count == 0 ? null : new(
            file, HrefOf(file), Words.StateOf($"{scheme}"), sent.Count,
            [.. sent.GroupBy(m => m.Currency).Select(g => g.Sum(g.Key))]);
    }

    static async Task<IResult> ReadFile(string file, Caller caller, IPlatform platform, Store store)
    {
        await Positions.AreShown(platform, caller);
        var rows = All(platform, PayoutList.ByFile, file).Where(r => r.SentAt is not null)
            .OrderBy(r => r.Position).ToList();
        if (rows.Count == 0) return Problems.NotFound;
        var from = RulebookEndpoints.Current(platform).Of<PayoutRules>().From;
        return Results.Bytes(
            CreditTransferFile.Write(file, rows.Min(r => r.SentAt!.Value), from,
                [.. rows.Select(r => In(r, store)).OfType<CreditTransfer>()]),
            "application/xml", $"payouts-{file}.xml");
    }

    // Who was erased since isn't named any more: the bank has the file as it was.
    static CreditTransfer? In(PayoutRow row, Store store) => store.People.Open(row.What.To) is { } account
        ? new(row.Payout.Split('/')[^1], row.What.Amount, account, row.Payout.Split('/')[^1]) : null;

    static IEnumerable<PayoutRow> All(IPlatform platform, string index, string value)
    {
        string? after = null;
        do
        {
            var page = platform.Views.List(PayoutList.View, index, value, after, Page);
            foreach (var row in page.Rows) yield return row;
            after = page.Next;
        }
        while (after is not null);
    }
}
