using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.Verifying;
using Recourse.World.Invariants;
namespace Recourse.World;

/// <summary>
/// A payment provider with honest books and bad manners: it stalls, breaks off, answers twice, and reports early, late,
/// twice, wrongly or never. How it behaves is written in the token of the payment method.
/// </summary>
public sealed partial class Provider(IDoor door)
{
    /// <summary>A deed under its key: a repeat finds it, and hears what it has come to by then.</summary>
    sealed class Deed
    {
        public ProviderAnswer? Answer { get; set; }
    }

    sealed class Intent(string id, PaymentId payment, int attempt, Manners manners, Money amount)
    {
        public string Id => id;
        public PaymentId Payment => payment;
        public int Attempt => attempt;
        public Manners Manners => manners;
        public Money Amount { get; } = amount;
        public Money Held { get; set; } = amount;
        public Money Taken { get; set; } = Money.Zero(amount.Currency);
        public Money GivenBack { get; set; } = Money.Zero(amount.Currency);
    }

    static readonly Duration TimeOut = Duration.FromSeconds(30);

    readonly Dictionary<string, Deed> _deeds = [];
    readonly Dictionary<string, Intent> _intents = [];
    readonly Dictionary<RefundId, int> _refunds = [];

    /// <summary>Whether it misbehaves at all; switched off when everything is to settle.</summary>
    public bool Misbehaves { get; set; } = true;

    /// <summary>What it did wrong, by kind.</summary>
    public Dictionary<string, int> Happened { get; } = [];

    Random Chance => door.Chance;

    /// <summary>Its books, payment by payment.</summary>
    public IEnumerable<ProviderStatement> Statement() => _intents.Values.GroupBy(i => i.Payment).Select(all =>
    {
        var currency = all.First().Amount.Currency;
        return new ProviderStatement(all.Key, all.Select(i => i.Taken).Sum(currency),
            all.Select(i => i.GivenBack).Sum(currency), all.Select(i => i.Held).Sum(currency));
    });

    bool Luck(double odds, string what)
    {
        if (!Misbehaves || Chance.NextDouble() >= odds) return false;
        Happened[what] = Happened.GetValueOrDefault(what) + 1;
        return true;
    }

    /// <summary>A call as it leaves the platform. Whatever comes back comes as a command to whoever called.</summary>
    public void Hear(Outside outside, Action<object?> answer)
    {
        if (outside.Request is ChallengeCall challenge) { HearOfBank(challenge, answer); return; }
        var call = (ProviderCall)outside.Request;
        if (outside.From is VerificationId) { HearOfVerification(call, answer); return; }
        var manners = Misbehaves ? MannersOf(call) : Manners.Good;
        if (call is ProviderCall.LookAtRefund look) { LookAt(look, manners, answer); return; }
        if (Luck(manners.Breaks / 2, "call broken off on the way in")) { After(TimeOut, () => Say(NoAnswer)); return; }
        if (!_deeds.TryGetValue(call.Key, out var deed))
        {
            _deeds[call.Key] = deed = new();
            if (Luck(manners.Stalls, "call stalled")) After(Hours(12), () => Do(call, deed, manners));
            else Do(call, deed, manners);
        }
        if (deed.Answer is not { } done) { After(TimeOut, () => Say(NoAnswer)); return; }
        if (Luck(manners.Breaks, "answer lost")) { After(TimeOut, () => Say(NoAnswer)); return; }
        After(Duration.FromMilliseconds(Chance.Next(50, 3_000)), () => Say(done));
        if (Luck(manners.Breaks, "answer doubled")) After(Hours(1), () => Say(done));

        void Say(ProviderAnswer said) => answer(call is ProviderCall.Refund
            ? new Refund.Command.HearAnswer(call, said) : new Payment.Command.HearAnswer(call, said));
    }

    /// <summary>A small amount that is held and let go: it is never taken, and in no statement.</summary>
    void HearOfVerification(ProviderCall call, Action<object?> answer)
    {
        if (!_deeds.TryGetValue(call.Key, out var deed))
            _deeds[call.Key] = deed = new()
            {
                Answer = call is ProviderCall.Authorise && Luck(0.1, "small amount declined")
                    ? new ProviderAnswer.Declined(null, "do_not_honor")
                    : new ProviderAnswer.Done($"pi_{Derived.Code(call.Key)}"),
            };
        var isLost = Luck(0.1, "answer about a small amount lost");
        After(isLost ? TimeOut : Duration.FromSeconds(2), () =>
            answer(new Verification.Command.HearAnswer(call, isLost ? NoAnswer : deed.Answer!)));
    }

    static ProviderAnswer NoAnswer => new ProviderAnswer.Unknown("network: no answer in time");

    void After(Duration wait, Action then) => door.At(door.Now + wait, then);

    Duration Hours(int most) => Duration.FromSeconds(Chance.Next(1, most * 3_600));

    Manners MannersOf(ProviderCall call) => call switch
    {
        ProviderCall.Authorise c => Manners.Of(c.Method),
        ProviderCall.Capture c   => _intents[c.Intent].Manners,
        ProviderCall.Void c      => _intents[c.Intent].Manners,
        ProviderCall.Refund c    => _intents[c.Intent].Manners,
        ProviderCall.LookAtRefund c => _intents[c.Intent].Manners,
    };

    void Do(ProviderCall call, Deed deed, Manners manners)
    {
        switch (call)
        {
            case ProviderCall.Authorise c: Authorise(c, deed, manners); break;
            case ProviderCall.Capture c: Capture(c, _intents[c.Intent], deed, manners); break;
            case ProviderCall.Void c: Void(_intents[c.Intent], deed, manners); break;
            case ProviderCall.Refund c: Refund(c, _intents[c.Intent], deed, manners); break;
            case ProviderCall.LookAtRefund: throw new InvalidOperationException("A look is no deed.");
        }
    }

    void Authorise(ProviderCall.Authorise c, Deed deed, Manners manners)
    {
        var id = $"pi_{Derived.Code(c.Key)}";
        if (!PaymentId.TryParse(c.Payment, out var payment))
            throw new InvalidOperationException($"{c.Payment} pays nothing.");
        if (manners.IsSlip)
        {
            deed.Answer = new ProviderAnswer.Pending(id);
            var lapses = Luck(0.3, "slip never paid");
            After(Hours(24 * 9), () => Settle(lapses ? "expired_slip" : null));
        }
        else Settle(manners.Declines);

        void Settle(string? code)
        {
            if (code is not null)
            {
                deed.Answer = new ProviderAnswer.Declined(id, code);
                Report(payment, new($"{id}-declined", id, c.Attempt, ReportedStatus.Declined, c.Amount, code), manners);
                return;
            }
            _intents[id] = new(id, payment, c.Attempt, manners, c.Amount);
            deed.Answer = new ProviderAnswer.Done(id);
            Report(
                payment, new($"{id}-authorised", id, c.Attempt, ReportedStatus.Authorised, c.Amount, null), manners);
        }
    }

    void Capture(ProviderCall.Capture c, Intent intent, Deed deed, Manners manners)
    {
        if (intent.Held.Minor == 0 || manners.CaptureFails)
        {
            intent.Held = Money.Zero(intent.Amount.Currency);
            deed.Answer = new ProviderAnswer.Declined(intent.Id, "expired_card");
            return;
        }
        if (c.Amount.Minor > intent.Held.Minor) throw new InvalidOperationException($"{c.Amount} of {intent.Held}.");
        (intent.Taken, intent.Held) = (c.Amount, Money.Zero(intent.Amount.Currency));
        deed.Answer = new ProviderAnswer.Done(intent.Id);
        Report(intent.Payment, new(
            $"{intent.Id}-captured", intent.Id, intent.Attempt, ReportedStatus.Captured, c.Amount, null), manners);
    }

    void Void(Intent intent, Deed deed, Manners manners)
    {
        if (intent.Taken.Minor > 0)
        {
            deed.Answer = new ProviderAnswer.Declined(intent.Id, "already_captured");
            return;
        }
        intent.Held = Money.Zero(intent.Amount.Currency);
        deed.Answer = new ProviderAnswer.Done(intent.Id);
        Report(intent.Payment, new(
            $"{intent.Id}-voided", intent.Id, intent.Attempt, ReportedStatus.Voided, intent.Amount, null), manners);
    }
}
