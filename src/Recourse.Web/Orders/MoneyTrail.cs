using Recourse.Orders;
using Recourse.Payments;
using Recourse.Reasons;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Every movement of an order's money that is the reader's business, in plain words.</summary>
static class MoneyTrail
{
    public static async Task<MoneyBody> Of(Seen seen, Caller caller, IPlatform platform)
    {
        var id = (OrderId)seen.Id;
        var texts = caller.TextsIn(OrderView.ZoneOf((Order.State)seen.State, seen.Asked));
        if (seen.State is not Order.State.Dealt { Deal: var deal })
            return new(id, null, null, null, null, await Steps(seen, [id], caller, platform, texts), []);

        var payment = PaymentId.Of(deal.Checkout);
        var paid = await platform.Read(payment, caller.Who, caller.Cancel);
        List<RefundBody> refunds = [];
        foreach (var refund in OrderTimeline.RefundsOf(seen))
            if (await platform.Read(refund, caller.Who, caller.Cancel) is { } back)
                refunds.Add(RefundEndpoints.Of(back, texts));
        return new(
            id, seen.State is Order.State.Funded or Order.State.Dispatched ? deal.Total : null,
            paid is null ? null : $"{payment}", paid is null ? null : Words.StateOf(paid.State),
            ReferenceOf(paid?.State as Payment.State),
            await Steps(
                seen,
                [
                    id, .. ReasonsOf(seen, id), .. OrderTimeline.PaymentsOf(deal).Select(p => (IId)p),
                    .. refunds.Select(r => (IId)r.Id),
                ],
                caller, platform, texts),
            [.. refunds], (paid?.State as Payment.State)?.Terms.BackToWallet is true);
    }

    /// <summary>What was found of its seller's reasons, and may have compensated its buyer.</summary>
    static IEnumerable<IId> ReasonsOf(Seen seen, OrderId id) =>
        seen.State is Order.State.Dealt { Deal.Settled: var times }
            ? [ReasonCaseId.Of(id), .. Enumerable.Range(1, times).Select(nth => (IId)ReasonCaseId.Of(id, nth))] : [];

    /// <summary>The provider's reference of the attempt that counts.</summary>
    public static string? ReferenceOf(Payment.State? state) => state switch
    {
        Payment.State.Held s     => s.Intent,
        Payment.State.Captured s => s.Intent,
        Payment.State.Failed s   => s.Intent,
        Payment.State.Authorising or Payment.State.Declined or Payment.State.Voided or null => null,
    };

    static async Task<ImmutableArray<MoneyStep>> Steps(
        Seen seen, IEnumerable<IId> of, Caller caller, IPlatform platform, Texts texts)
    {
        List<(Recorded Recorded, Transfer Transfer)> all = [];
        foreach (var id in of)
            if (await platform.History(id, caller.Who, caller.Cancel) is { } history)
                all.AddRange(history.SelectMany(r => r.Transfers.Where(t => IsAbout(t, r, (OrderId)seen.Id))
                    .Select(t => (r, t))));
        return
        [
            .. all.Where(s => MaySee(s.Transfer, seen.As)).OrderBy(s => s.Recorded.Position).ThenBy(s => s.Recorded.Nth)
                .Select(s => new MoneyStep(
                    s.Recorded.At, s.Transfer.From.Path, s.Transfer.To.Path, s.Transfer.Amount,
                    Telling.CodeOf(s.Recorded), $"{s.Recorded.Id}",
                    texts.Fill(Code(s.Transfer), [("amount", s.Transfer.Amount)]))),
        ];
    }

    /// <summary>
    /// A payment is of several orders: only what bears this order's name, or is of the whole payment.
    /// </summary>
    static bool IsAbout(Transfer t, Recorded r, OrderId order) =>
        r.Id is not PaymentId || t.From.Path.Contains($"{order}/", StringComparison.Ordinal)
        || t.To.Path.Contains($"{order}/", StringComparison.Ordinal)
        || !t.From.Path.StartsWith("transit/", StringComparison.Ordinal)
        && !t.To.Path.StartsWith("transit/", StringComparison.Ordinal);

    /// <summary>What a seller earns is no buyer's business.</summary>
    public static bool MaySee(Transfer t, Party reader) => reader is not Party.Buyer
        || !t.To.Path.EndsWith("/fees", StringComparison.Ordinal)
            && !t.From.Path.EndsWith("/claims", StringComparison.Ordinal);

    static string Code(Transfer t) => $"money.{PlacesOf(t)}";

    /// <summary>From what kind of account to what kind, as texts are named after it.</summary>
    public static string PlacesOf(Transfer t) => $"{Place(t.From)}-to-{Place(t.To)}";

    static string Place(Account account) => account.Path.Split('/') switch
    {
        ["provider", var what, ..] => what,
        ["transit", .., "funding"] => "funding",
        ["transit", .., "compensation"] => "amends",
        ["transit", ..]            => "return",
        ["buyer", _, "refunds", ..] => "refund",
        ["seller" or "buyer", _, var what, ..] => what,
        ["import", _, var what, ..] => $"import-{what}",
        ["platform", var what, ..] => what,
        [var first, ..]            => first,
        []                         => "nowhere",
    };
}
