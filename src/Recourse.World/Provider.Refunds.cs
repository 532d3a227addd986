using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.World;

public sealed partial class Provider
{
    /// <summary>Reports that were wrong on purpose, by event id: none of them may count.</summary>
    public HashSet<string> Lies { get; } = [];

    readonly Dictionary<string, Deed> _madeAs = [];

    void Refund(ProviderCall.Refund c, Intent intent, Deed deed, Manners manners)
    {
        if (!RefundId.TryParse(c.RefundId, out var id)) throw new InvalidOperationException($"{c.RefundId} is none.");
        var attempt = _refunds[id] = _refunds.GetValueOrDefault(id) + 1;
        var reference = $"re_{Derived.Code(c.Key)}";
        _madeAs[reference] = deed;
        if (intent.Taken.Minor - intent.GivenBack.Minor < c.Amount.Minor)
            throw new InvalidOperationException($"{c.Amount} back of {intent.Taken - intent.GivenBack}.");
        var fails = manners.RefundFails >= attempt;
        if (!manners.RefundWaits) { Settle(); return; }
        deed.Answer = new ProviderAnswer.Pending(reference);
        Report(id, new($"{reference}-pending", reference, 0, ReportedStatus.RefundPending, c.Amount, null), manners);
        After(Hours(24 * 12), Settle);

        void Settle()
        {
            if (!fails) intent.GivenBack += c.Amount;
            deed.Answer = fails
                ? new ProviderAnswer.Declined(reference, "expired_or_canceled_card")
                : new ProviderAnswer.Done(reference, ArnOf(reference));
            Report(id, new($"{reference}-{(fails ? "failed" : "done")}", reference, 0,
                fails ? ReportedStatus.RefundFailed : ReportedStatus.Refunded, c.Amount,
                fails ? "expired_or_canceled_card" : null), manners);
            if (!fails && manners.RefundComesBack >= attempt) After(Hours(24 * 20), ComeBack);
        }

        // The buyer's bank sends it back. Of that the provider tells until it is heard: nobody else could.
        void ComeBack()
        {
            if (!Luck(1, "refund came back after it was paid")) return;
            intent.GivenBack -= c.Amount;
            deed.Answer = new ProviderAnswer.Declined(reference, "expired_or_canceled_card");
            Send(id, new($"{reference}-back", reference, 0, ReportedStatus.RefundFailed, c.Amount,
                "expired_or_canceled_card"));
        }
    }

    /// <summary>Of every other refund it learns by which reference a bank finds it.</summary>
    static string? ArnOf(string reference) => reference[^1] % 2 == 0 ? $"arn-{reference}" : null;

    /// <summary>How a refund stands by now; sometimes it doesn't answer, and sometimes it has lost it.</summary>
    void LookAt(ProviderCall.LookAtRefund c, Manners manners, Action<object?> answer)
    {
        var isLost = Luck(manners.Breaks, "look at a refund broken off");
        var said = isLost ? NoAnswer
            : Luck(manners.Lies / 4, "refund not found") ? new ProviderAnswer.Declined(null, "resource_missing")
            : _madeAs[c.Reference].Answer ?? NoAnswer;
        After(isLost ? TimeOut : Duration.FromSeconds(2), () => answer(new Refund.Command.HearAnswer(c, said)));
    }

    /// <summary>A report to whoever it is about: first, late, twice, wrong or never.</summary>
    void Report(IId about, ProviderReport report, Manners manners)
    {
        if (Luck(manners.Lies, "report with a wrong amount"))
        {
            var lie = report with
            {
                EventId = $"{report.EventId}-lie",
                Amount = report.Amount + new Money(Chance.Next(1, 500), report.Amount.Currency),
            };
            Lies.Add(lie.EventId);
            After(Soon(), () => Send(about, lie));
        }
        if (about is PaymentId && Luck(manners.Lies, "report of another intent"))
        {
            var lie = report with { EventId = $"{report.EventId}-other", Reference = "pi_nobodys", Attempt = 99 };
            Lies.Add(lie.EventId);
            After(Soon(), () => Send(about, lie));
        }
        if (Luck(manners.Forgets, "report lost")) return;
        if (Luck(manners.Early, "report before the answer")) { Send(about, report); return; }
        After(Luck(manners.Late, "report days late") ? Hours(24 * 9) : Hours(1), () => Send(about, report));
        if (Luck(manners.Late, "report doubled")) After(Hours(24 * 3), () => Send(about, report));
    }

    /// <summary>Before the answer, or hours after it.</summary>
    Duration Soon() => Chance.Next(2) == 0 ? Duration.FromMilliseconds(Chance.Next(2_000)) : Hours(4);

    /// <summary>Until it is heard: a report is sent again while nobody answers.</summary>
    void Send(IId about, ProviderReport report)
    {
        object command = about is RefundId
            ? new Refund.Command.HearReport(report) : new Payment.Command.HearReport(report);
        door.Ask(new(about, command, new Actor.Outside("provider")), outcome =>
        {
            if (outcome is Outcome.Unknown or Outcome.Busy) After(Hours(1), () => Send(about, report));
        });
    }
}

/// <summary>How the provider behaves towards one payment method, as written in its token.</summary>
/// <param name="Declines">The code that it is declined with.</param>
/// <param name="IsSlip">Paid elsewhere, days later, sometimes when nobody waits for it any more, or never.</param>
/// <param name="RefundFails">How many attempts of a refund fail.</param>
/// <param name="RefundComesBack">How many attempts of a refund are paid and then come back.</param>
/// <param name="RefundWaits">Refunds take days.</param>
/// <param name="Breaks">How often connections break.</param>
/// <param name="Stalls">How often a call takes hours.</param>
/// <param name="Lies">How often a report is wrong.</param>
/// <param name="Forgets">How often a report never comes.</param>
/// <param name="Early">How often a report comes before the answer.</param>
/// <param name="Late">How often a report comes days late, or twice.</param>
public sealed record Manners(
    string? Declines = null, bool CaptureFails = false, bool IsSlip = false, int RefundFails = 0,
    int RefundComesBack = 0, bool RefundWaits = false, double Breaks = 0, double Stalls = 0, double Lies = 0,
    double Forgets = 0, double Early = 0, double Late = 0)
{
    /// <summary>None at all.</summary>
    public static readonly Manners Good = new();

    /// <summary>Tokens, and how a method of that token is treated.</summary>
    public static readonly ImmutableArray<(string Token, Manners Manners)> All =
    [
        ("pm-good", Good),
        ("pm-chatty", new(Early: 0.5, Late: 0.4)),
        ("pm-silent", new(Forgets: 1)),
        ("pm-breaks", new(Breaks: 0.4, Forgets: 0.5, Early: 0.3)),
        ("pm-stalls", new(Stalls: 0.6, Breaks: 0.1, Early: 0.2)),
        ("pm-lies", new(Lies: 0.7, Early: 0.2, Late: 0.3)),
        ("pm-declined-funds", new(Declines: "insufficient_funds", Breaks: 0.1, Early: 0.3)),
        ("pm-declined-stolen", new(Declines: "stolen_card", Late: 0.3)),
        ("pm-declined-odd", new(Declines: "never_heard_of", Stalls: 0.2)),
        ("pm-no-capture", new(CaptureFails: true, Breaks: 0.1)),
        ("pm-slow-refunds", new(RefundWaits: true, Forgets: 0.3, Late: 0.3)),
        ("pm-refund-fails-once", new(RefundFails: 1, RefundWaits: true, Forgets: 0.2)),
        ("pm-refund-fails", new(RefundFails: 3, Breaks: 0.1)),
        ("pm-refund-comes-back", new(RefundComesBack: 1, RefundWaits: true, Breaks: 0.1, Forgets: 0.2, Late: 0.2)),
        ("pm-slip", new(IsSlip: true, Breaks: 0.1, Forgets: 0.2, Early: 0.2, Late: 0.2)),
        ("pm-all-at-once", new(RefundFails: 1, RefundWaits: true, Breaks: 0.3, Stalls: 0.2, Lies: 0.2, Forgets: 0.2,
            Early: 0.2, Late: 0.3)),
    ];

    /// <summary>A token of somebody's own method that is treated so.</summary>
    public static string Own(string token, BuyerId buyer) => $"{token}~{buyer.Code}";

    /// <summary>By token, whoever's it is; one that nobody knows is good.</summary>
    public static Manners Of(string token) => All.FirstOrDefault(m => m.Token == token.Split('~')[0]).Manners ?? Good;
}
