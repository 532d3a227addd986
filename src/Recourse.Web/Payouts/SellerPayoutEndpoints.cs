using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Payouts;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A seller's earnings in one currency on their way to a bank account.</summary>
/// <param name="State"><c>noAccount</c>, <c>scheduled</c> or <c>held</c>.</param>
/// <param name="Payable">What they are owed; below zero: they owe it.</param>
/// <param name="Reserve">What of that is kept back for now.</param>
/// <param name="Due">What the next payout would be, as it stands now.</param>
/// <param name="Next">When the next payout is due (UTC); left out: none is planned.</param>
/// <param name="Country">Of the bank, ISO 3166 alpha-2; left out: no account is known.</param>
/// <param name="Ending">The last four characters of the account's number.</param>
/// <param name="Why">Why payouts are held; left out: they aren't.</param>
/// <param name="Step">Who is waited for until when; left out: nobody.</param>
/// <param name="Schedule">When the seller wants to be paid; left out: as the rulebook has it.</param>
/// <param name="Waiting">Since when less than the seller's own amount waits (UTC); left out: nothing does.</param>
/// <param name="PaidBy">When it is paid all the same (UTC); left out: nothing waits.</param>
/// <param name="Arrives">By when the bank shows the next payout (UTC); left out: none is planned.</param>
/// <param name="Kept">The parts of the reserve, the first that is let go first.</param>
/// <param name="Owing">Why it is below zero, and what makes up for it; left out: it isn't.</param>
public sealed record SellerPayoutsBody(
    EarningsId Id, string State, string StateText, Money Payable, Money Reserve, Money Due, Instant? Next,
    string? Country, string? Ending, StatementBody? Why, NextStep? Step = null, PayoutScheduleBody? Schedule = null,
    Instant? Waiting = null, Instant? PaidBy = null, Instant? Arrives = null,
    ImmutableArray<ReservePart>? Kept = null, OwingBody? Owing = null);

/// <summary>Why a seller's payouts are held, by the rulebook's list.</summary>
public sealed record PayoutHold(string Reason);

/// <summary>What was paid out of what was due.</summary>
/// <param name="Ran">How many sellers are paid.</param>
/// <param name="Nothing">How many had nothing due.</param>
/// <param name="Refused">How many could not be run now.</param>
public sealed record PayoutRunBody(int Ran, int Nothing, int Refused);

/// <summary>Payouts of sellers: where to, when, what is kept back, what is held, and what banks took back.</summary>
static class SellerPayoutEndpoints
{
    const Party Readers = Party.Seller | Party.Staff;
    const string Path = "/sellers/{seller}/payouts/{currency}";

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/sellers/{seller}/payouts", List).For(Readers).WithName("listSellerPayouts").WithTags("Payouts")
            .WithSummary("What a seller is owed in each currency, and when it is paid out.");
        v1.MapPut($"{Path}/account", PutAccount).For(Party.Seller).WithName("putPayoutAccount").WithTags("Payouts")
            .WithSummary("Say where you are paid to.");
        PayoutSchedules.Map(v1, Path);
        v1.MapPost($"{Path}/hold", Hold).For(Party.Staff).WithName("holdSellerPayouts").WithTags("Payouts")
            .WithSummary("Hold a seller's payouts back; they are told why, and can appeal.");
        v1.MapPost($"{Path}/lift", Lift).For(Party.Staff).WithName("liftSellerPayouts").WithTags("Payouts")
            .WithSummary("Let a seller's payouts go on.");
        ChargebackEndpoints.Map(v1, Path);
        v1.MapPost("/payouts/run", Run).For(Party.Operator).WithName("runPayouts").WithTags("Payouts")
            .WithSummary("Pay out to all sellers what is due.");
    }

    /// <summary>The earnings' id; null: there is no such currency, or it is none of the caller's business.</summary>
    public static EarningsId? IdOf(string seller, string currency, Caller caller) =>
        EarningsId.TryParse($"earnings/{seller}/{currency.ToLowerInvariant()}", out var id) && id.Currency is not null
        && (caller.IsStaff || caller.Who is Actor.Seller own && own.Id == id.Seller) ? id : null;

    static async Task<Answer<Rows<SellerPayoutsBody>>> List(string seller, Caller caller, IPlatform platform) =>
        SellerId.TryParse($"seller/{seller}", out var id)
        && (caller.IsStaff || caller.Who is Actor.Seller own && own.Id == id)
            ? new Rows<SellerPayoutsBody>(await Of(id, caller, platform), null, false) : Problems.NotFound;

    /// <summary>In each currency in which they ever earned something.</summary>
    public static async Task<ImmutableArray<SellerPayoutsBody>> Of(SellerId seller, Caller caller, IPlatform platform)
    {
        await Positions.AreShown(platform, caller);
        var rows = platform.Views.List(SellerFunds.View, Scope.Index, $"{seller}", null, Positions.Limit(200)).Rows;
        var all = ImmutableArray.CreateBuilder<SellerPayoutsBody>();
        foreach (var row in rows)
            if (await Of(EarningsId.Of(seller, Currency.Of(row.Currency)), caller, platform) is { } body) all.Add(body);
        return all.ToImmutable();
    }

    /// <summary>In one currency.</summary>
    public static async Task<SellerPayoutsBody> Of(EarningsId id, Caller caller, IPlatform platform)
    {
        var rules = RulebookEndpoints.Current(platform).Of<PayoutRules>();
        var funds = Funds(id, platform);
        var seen = await platform.Read(id, caller.Who, caller.Cancel);
        var state = seen?.State as Earnings.State;
        var (payable, reserve, due) = Earnings.DueOf(
            funds, state?.PaidOut ?? Money.Zero(funds.Payable.Currency), rules);
        var (to, next) = state switch
        {
            Earnings.State.Scheduled s => (s.To, (Instant?)s.Next),
            Earnings.State.Held s      => (s.To, null),
            Earnings.State.NoAccount or null => ((PaidTo?)null, (Instant?)null),
        };
        var name = state?.GetType().Name ?? nameof(Earnings.State.NoAccount);
        return new(
            id, Words.StateOf(name), caller.Texts.Tell($"earnings.state.{name}"), payable, reserve,
            due.Minor > 0 ? due : due with { Minor = 0 }, next, to?.Seen.Country,
            to?.Seen.Ending, state is Earnings.State.Held { Why: var why } ? await AppealDesk.Told(
                Words.Of(why, seen!.As, caller.Texts, new Disputes.Subject.Payouts(id)), caller, platform) : null,
            state is null ? null : Words.Next(Earnings.Kind.DeadlineOf(state), seen!.As, caller.Texts),
            state?.Schedule is { } schedule ? PayoutSchedules.Of(schedule) : null, state?.Waiting,
            state?.Waiting + rules.Choices?.WaitAtMost,
            to is null || next is null ? null : PayoutSchedules.Arrival(next.Value, to.Seen, id, platform),
            [.. RowOf(id, platform)?.Kept(platform.Now, rules).Select(k => new ReservePart(k.Amount, k.Until)) ?? []],
            payable.Minor < 0 ? await SellerStanding.Owing(id.Seller, payable, caller, platform) : null);
    }

    static FundsRow? RowOf(EarningsId id, IPlatform platform) => platform.Views.Find(
        SellerFunds.View, SellerFunds.Key($"{id.Seller}", id.Currency!.Value.Code));
    /// <summary>What a seller is owed; null: nothing.</summary>
    public static Money? OwedTo(EarningsId id, Earnings.State state, IPlatform platform) => Earnings.DueOf(
        Funds(id, platform), state.PaidOut, RulebookEndpoints.Current(platform).Of<PayoutRules>()).Payable
            is { Minor: > 0 } owed ? owed : null;

    /// <summary>What the books say, as whoever holds or lifts is to know it.</summary>
    public static async Task<Fact<FundsSeen>> Looked(EarningsId id, Caller caller, IPlatform platform)
    {
        await Positions.AreShown(platform, caller);
        return new(Funds(id, platform), platform.Now, Source);
    }

    const string Source = "view/seller-funds";

    static FundsSeen Funds(EarningsId id, IPlatform platform)
    {
        var none = Money.Zero(id.Currency!.Value);
        var since = platform.Now - RulebookEndpoints.Current(platform).Of<PayoutRules>().ReserveFor;
        return RowOf(id, platform)?.Seen(since) ?? new(none, none, none);
    }

    static async Task<Answer<SellerPayoutsBody>> PutAccount(
        string seller, string currency, WriteOf<BankAccountBody> write, IPlatform platform, Store store) =>
        IdOf(seller, currency, write.By) is { } id
            ? await SetAccount(id, write, write.Body, platform, store) : Problems.NotFound;

    /// <summary>Says where they are paid to.</summary>
    public static async Task<Answer<SellerPayoutsBody>> SetAccount(
        EarningsId id, Write write, BankAccountBody body, IPlatform platform, Store store)
    {
        var (account, faults) = BankAccounts.Read(body);
        if (!faults.IsEmpty) return Problems.Of(faults);
        var (seal, seen) = BankAccounts.Seal(store, $"{id.Seller}", account!);
        return await Ask(id, write, new Earnings.Command.PayTo(new(seal, seen)), platform);
    }

    static async Task<Answer<SellerPayoutsBody>> Hold(
        string seller, string currency, WriteOf<PayoutHold> write, IPlatform platform) =>
        IdOf(seller, currency, write.By) is { } id
            ? await Ask(id, write, new Earnings.Command.Hold(
                write.Body.Reason, await Looked(id, write.By, platform)), platform) : Problems.NotFound;

    static async Task<Answer<SellerPayoutsBody>> Lift(
        string seller, string currency, BareWrite write, IPlatform platform) =>
        IdOf(seller, currency, write.By) is { } id
            ? await Ask(id, write, new Earnings.Command.Lift(
                Funds: await Looked(id, write.By, platform)), platform) : Problems.NotFound;

    /// <summary>Asks for something about a seller's payouts.</summary>
    public static async Task<Answer<SellerPayoutsBody>> Ask(
        EarningsId id, Write write, Earnings.Command command, IPlatform platform)
    {
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        if (outcome is not Outcome.Done done) return Problems.Of(outcome);
        await Positions.AreShown(platform, done.Position, write.By.Cancel);
        return Answer<SellerPayoutsBody>.Of(await Of(id, write.By, platform), done);
    }

    static async Task<Answer<PayoutRunBody>> Run(BareWrite write, IPlatform platform) => await RunAll(write, platform);

    /// <summary>All that is due, each by itself, once the books show all that is known.</summary>
    public static Task<PayoutRunBody> RunAll(Write write, IPlatform platform) =>
        RunAll(write.By.Who, write.Key, platform, write.By.Cancel);

    /// <summary>The same, by somebody who is no caller.</summary>
    public static async Task<PayoutRunBody> RunAll(
        Actor who, string key, IPlatform platform, CancellationToken cancel)
    {
        var at = platform.Now;
        await Positions.AreShown(platform, cancel);
        var (ran, nothing, refused) = (0, 0, 0);
        string? after = null;
        do
        {
            var page = platform.Views.List(SellerFunds.View, Scope.Index, Scope.All, after, Positions.Limit(200));
            foreach (var row in page.Rows.Where(r => r.Next is { } next && next <= at))
            {
                if (!SellerId.TryParse(row.Seller, out var seller)) continue;
                var id = EarningsId.Of(seller, Currency.Of(row.Currency));
                var outcome = await platform.Ask(new(
                    id, new Earnings.Command.Run(new(Funds(id, platform), at, Source)), who,
                    $"{Derived.Code($"{key} {id}")}"), cancel);
                if (outcome is not Outcome.Done) refused++;
                else if (row.Payable > 0) ran++;
                else nothing++;
            }
            after = page.Next;
        }
        while (after is not null);
        return new(ran, nothing, refused);
    }
}
