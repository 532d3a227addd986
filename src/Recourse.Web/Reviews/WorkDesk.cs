using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Payouts;
using Recourse.People;
using Recourse.Reasons;
using Recourse.Refunds;
using Recourse.Reviews;
using Recourse.Runtime;
using Recourse.Verifying;
namespace Recourse.Web;

/// <summary>All that waits for the platform's people: lists it, and carries out what they do before deciding.</summary>
sealed class WorkDesk(IPlatform platform)
{
    const int MostLookedAt = 200;

    /// <summary>The id of something to decide; null: it is none.</summary>
    public static IId? IdOf(string kind, string owner, string code) => kind switch
    {
        WorkList.Appeal   => AppealId.TryParse($"appeal/{owner}/{code}", out var id) ? id : null,
        WorkList.Purchase => CheckoutId.TryParse($"checkout/{owner}/{code}", out var id) ? id : null,
        WorkList.Reason   => ReasonCaseId.TryParse($"reason/{owner}/{code}", out var id) ? id : null,
        WorkList.Order    => OrderId.TryParse($"order/{owner}/{code}", out var id) ? id : null,
        WorkList.Payout   => EarningsId.TryParse($"earnings/{owner}/{code}", out var id) && id.Currency is not null
            ? id : null,
        WorkList.Refund   => RefundId.TryParse($"refund/{owner}/{code}", out var id) ? id : null,
        WorkList.Document => code is WorkList.Document && VerificationId.TryParse($"verification/{owner}", out var id)
            ? id : null,
        _ => null,
    };

    /// <summary>Its address below a page's or the API's.</summary>
    public static string PathOf(IId id) => id is VerificationId { Buyer.Code: var buyer }
        ? $"{WorkList.Document}/{buyer}/{WorkList.Document}" : $"{id}".Split('/') is [_, var owner, var code]
        ? $"{KindOf(id)}/{owner}/{code}" : "";

    /// <summary>What whoever decides has before them; null: it is nothing to decide, or not any more.</summary>
    public async Task<(Seen Seen, WorkBody Body)?> Read(IId? id, Caller caller)
    {
        if (id is null || await platform.Read(id, caller.Who, caller.Cancel) is not { } seen) return null;
        var (handling, due, stake) = seen.State switch
        {
            Appeal.State.Open s     => (s.Handling, s.Deadline.Due, s.Complaint.Decision.AtStake),
            Checkout.State.InReview s => (s.Handling, s.Deadline.Due, (Money?)s.Total),
            ReasonCase.State.Open s => (s.Handling, s.Deadline.Due, s.What.Worth),
            Verification.State.InReview s => (s.Handling, s.Deadline.Due, null),
            _ => WhatOf(seen),
        };
        if (handling is null) return null;
        var (kind, texts) = (KindOf(id), caller.Texts);
        return (seen, new(
            $"{id}", kind, texts.Tell($"work.kind.{kind}"), OwnerOf(id), due, handling.Proposal?.Stake ?? stake,
            !seen.Asked.InForce.Of<ReviewRules>().IsAlone(stake), handling.HolderAt(platform.Now)?.Name,
            handling.HolderAt(platform.Now) is null ? null : handling.ClaimedUntil,
            handling.Proposal is { } p ? Of(kind, p, texts) : null, await CaseFile.Of(seen, caller, platform),
            ActionsOf(id, seen, handling, texts)));
    }

    /// <summary>What can be taken on, or is only there because somebody wants it done; null: neither.</summary>
    (Handling? Handling, Instant Due, Money? Stake) WhatOf(Seen seen) => (seen.Id, seen.State) switch
    {
        (_, Refund.State.Failed s)  => (s.Handling, s.Deadline.Due, s.Owed.Amount),
        (_, Refund.State.Tracing s) => (s.Handling, s.Deadline.Due, s.Owed.Amount),
        (EarningsId id, Earnings.State.Held { Deadline: { } due } s) =>
            (s.Handling, due.Due, SellerPayoutEndpoints.OwedTo(id, s, platform)),
        (_, Earnings.State { Handling: { ToConfirm: { } due } h }) => (h, due.Due, h.Proposal?.Stake),
        (_, Order.State.Funded { Handling: { ToConfirm: { } due } h }) => (h, due.Due, h.Proposal?.Stake),
        _ => (null, default, null),
    };

    /// <summary>Takes it on, leaves it, confirms it, or sends it back.</summary>
    public async Task<Answer<WorkBody>> Do(IId? id, Step step, Write write)
    {
        if (id is null) return Problems.NotFound;
        var outcome = await platform.Ask(write.To(id, Of(id, step).Command), write.By.Cancel);
        if (outcome is not Outcome.Done done) return Problems.Of(outcome);
        return await Get(id, write.By) is { } read ? Answer<WorkBody>.Of(read.Body, done) : Problems.Unknown;
    }

    /// <summary>The same, also once it is over: then there is nothing to be done any more.</summary>
    public async Task<(Seen Seen, WorkBody Body)?> Get(IId id, Caller caller) =>
        await Read(id, caller) is { } open ? open
        : await platform.Read(id, caller.Who, caller.Cancel) is { } seen ? (seen, await Over(id, seen, caller)) : null;

    async Task<WorkBody> Over(IId id, Seen seen, Caller caller) => new(
        $"{id}", KindOf(id), caller.Texts.Tell($"work.kind.{KindOf(id)}"), OwnerOf(id), null, null, false, null, null,
        null, await CaseFile.Of(seen, caller, platform), []);

    /// <summary>What waits, the soonest due first.</summary>
    /// <param name="index">Of the list of work.</param>
    public async Task<Rows<WorkItem>> List(Caller caller, string index, string value, string? after, int? limit)
    {
        var shown = await Positions.AreShown(platform, caller);
        var page = platform.Views.List(WorkList.View, index, value, after, Positions.Limit(limit));
        return new(await Of(page.Rows, caller), page.Next, !shown);
    }

    /// <summary>The most urgent of what fits the reader's skills; all of it, where nobody has said any.</summary>
    public async Task<Rows<WorkItem>> Fitting(Caller caller, int? limit)
    {
        var all = await List(caller, WorkList.ByDue, WorkList.Open, null, MostLookedAt);
        var skills = await SkillsOf(caller) ?? new([], []);
        return all with
        {
            Items = [.. all.Items.Where(i => skills.Fit(i.Kind, i.Language)).Take(Positions.Limit(limit))],
            Next = null,
        };
    }

    /// <summary>What the reader is good at; null: nobody has said.</summary>
    public async Task<Skills?> SkillsOf(Caller caller) =>
        PersonId.TryParse($"person/{caller.Who.Name.Split('/')[^1]}", out var id)
        && await platform.Read(id, caller.Who, caller.Cancel) is { State: PersonAccount.State { Skills: { } skills } }
            ? skills : null;

    /// <summary>Rows as they are told.</summary>
    async Task<ImmutableArray<WorkItem>> Of(IEnumerable<WorkRow> rows, Caller caller)
    {
        List<WorkItem> items = [];
        foreach (var row in rows)
        {
            var claimed = row.Handling.HolderAt(platform.Now)?.Name;
            items.Add(new(
                row.Work, row.Kind, caller.Texts.Tell($"work.kind.{row.Kind}"), row.Owner, row.Since, row.Due,
                row.Stake ?? await StakeOf(row, caller), await LanguageOf(row, caller), claimed,
                row.Handling.Proposal?.By.Name, row.Handling.Proposal is { IsEscalated: true },
                AboutOf(row, caller.Texts)));
        }
        return [.. items];
    }

    static string? AboutOf(WorkRow row, Texts texts) => row switch
    {
        { Handling.Proposal: { } proposal } => Of(row.Kind, proposal, texts).OutcomeText,
        { Code: { } code } when texts.Has($"console.reason.{code}") => texts.Tell($"console.reason.{code}"),
        _ => null,
    };

    async Task<Money?> StakeOf(WorkRow row, Caller caller)
    {
        IId? id = row.Kind is WorkList.Purchase && CheckoutId.TryParse(row.Work, out var checkout) ? checkout
            : row.Kind is WorkList.Refund && RefundId.TryParse(row.Work, out var refund) ? refund : null;
        return id is null ? null : (await platform.Read(id, caller.Who, caller.Cancel))?.State switch
        {
            Checkout.State s => s.Total,
            Refund.State s   => s.Owed.Return.Amount,
            _                => null,
        };
    }

    async Task<string?> LanguageOf(WorkRow row, Caller caller) => BuyerId.TryParse(row.Owner, out var buyer)
        && await platform.Read(buyer, caller.Who, caller.Cancel) is { State: BuyerAccount.State s }
            ? s.Notifications?.Language : null;

    static string KindOf(IId id) => id switch
    {
        AppealId   => WorkList.Appeal,
        CheckoutId => WorkList.Purchase,
        VerificationId => WorkList.Document,
        OrderId    => WorkList.Order,
        EarningsId => WorkList.Payout,
        RefundId   => WorkList.Refund,
        _          => WorkList.Reason,
    };

    static string OwnerOf(IId id) => id switch
    {
        AppealId a     => $"{a.Owner}",
        CheckoutId c   => $"{c.Buyer}",
        VerificationId v => $"{v.Buyer}",
        ReasonCaseId r => $"{r.Seller}",
        OrderId o      => $"{o.Seller}",
        EarningsId e   => $"{e.Seller}",
        RefundId r     => $"{r.Buyer}",
        _              => "",
    };

    static ProposalBody Of(string kind, Proposal p, Texts texts)
    {
        var outcome = Words.StateOf(p.Outcome);
        return new(outcome, texts.Tell($"work.outcome.{kind}.{outcome}"), p.Reason,
            // An order's reasons are told with figures that only its end has.
            p.Reason is { } why ? kind is WorkList.Order ? $"{OrderRequests.NameOf(texts, why)}." : texts.Tell(why)
                : null, p.By.Name, p.At, p.Until, p.IsEscalated);
    }

    static (Kind Kind, object Command, Type Outcome) Of(IId id, Step step) => id switch
    {
        AppealId       => (Appeal.Kind, new Appeal.Command.Review(step), typeof(Appeal.Event.Reviewed)),
        CheckoutId     => (Checkout.Kind, new Checkout.Command.Review(step), typeof(Checkout.Event.Reviewed)),
        VerificationId => (Verification.Kind, new Verification.Command.Review(step),
            typeof(Verification.Event.Reviewed)),
        OrderId        => (Order.Kind, new Order.Command.Review(step), typeof(Order.Event.Reviewed)),
        EarningsId     => (Earnings.Kind, new Earnings.Command.Review(step), typeof(Earnings.Event.Reviewed)),
        RefundId       => (Refund.Kind, new Refund.Command.Review(step), typeof(Refund.Event.Reviewed)),
        _              => (ReasonCase.Kind, new ReasonCase.Command.Review(step), typeof(ReasonCase.Event.Reviewed)),
    };

    static ImmutableArray<ActionBody> ActionsOf(IId id, Seen seen, Handling handling, Texts texts)
    {
        var reasons = seen.Asked.InForce.Of<ReviewRules>().SendBack;
        return
        [
            .. new[]
            {
                Try("claim", "claim", new Step.Claim()), Try("release", "release", new Step.Release()),
                handling.Proposal is null ? null : Try("confirm", "confirmation", new Step.Confirm()),
                handling.Proposal is null ? null : Try("send-back", "return", new Step.SendBack(
                    reasons.FirstOrDefault() ?? ""), [.. reasons.Select(r => new ChoiceBody(r, texts.Tell(r), []))]),
            }.OfType<ActionBody>(),
        ];

        ActionBody? Try(string name, string path, Step step, ImmutableArray<ChoiceBody>? choices = null)
        {
            var how = Of(id, step);
            return Actions.Try(how.Kind, seen, $"work.{name}", $"/v1/queue/{PathOf(id)}/{path}", how.Command,
                how.Outcome, texts, choices);
        }
    }
}
