using Recourse.Payments;
using Recourse.Refunds;
using Xunit;
namespace Recourse.Tests;

/// <summary>An honest provider: it does each call once for its key, and its own statement is the truth.</summary>
sealed class TinyProvider(Random chance)
{
    sealed record Intent(string Payment, int Attempt, Money Held)
    {
        public Money Taken { get; set; } = Money.Zero(Held.Currency);
        public Money Back { get; set; } = Money.Zero(Held.Currency);
        public bool IsGone { get; set; }
    }

    readonly Dictionary<string, ProviderAnswer> _outcomes = [];
    readonly Dictionary<string, Intent> _intents = [];
    readonly List<(ProviderCall.Refund Call, string Reference)> _underWay = [];
    readonly List<(ProviderCall.Refund Call, string Reference)> _paid = [];
    readonly HashSet<string> _refunded = [];

    /// <summary>What it has to say by itself, and to whom.</summary>
    public List<(IId To, ProviderReport Report)> Reports { get; } = [];

    /// <summary>What it took for a payment, less what it gave back.</summary>
    public long Statement(PaymentId payment) =>
        _intents.Values.Where(i => i.Payment == $"{payment}").Sum(i => i.Taken.Minor - i.Back.Minor);

    /// <summary>Of all intents, how many still hold something.</summary>
    public int Holding => _intents.Values.Count(i => !i.IsGone);

    public ProviderAnswer Apply(ProviderCall call)
    {
        if (!_outcomes.TryGetValue(call.Key, out var outcome)) _outcomes[call.Key] = outcome = Do(call);
        return outcome;
    }

    ProviderAnswer Do(ProviderCall call) => call switch
    {
        ProviderCall.Authorise c => Authorise(c),
        ProviderCall.Capture c   => Capture(c),
        ProviderCall.Void c      => Void(c),
        ProviderCall.Refund c    => Refund(c),
        ProviderCall.LookAtRefund c => new ProviderAnswer.Done(c.Reference),
    };

    ProviderAnswer Authorise(ProviderCall.Authorise c)
    {
        var reference = $"pi-{_outcomes.Count}";
        var declined = chance.Next(4) == 0;
        Say(c.Payment, reference, c.Attempt, declined ? ReportedStatus.Declined : ReportedStatus.Authorised, c.Amount);
        if (declined) return new ProviderAnswer.Declined(reference, "do_not_honor");
        _intents.Add(reference, new(c.Payment, c.Attempt, c.Amount));
        return new ProviderAnswer.Done(reference);
    }

    ProviderAnswer Capture(ProviderCall.Capture c)
    {
        var intent = _intents[c.Intent];
        Assert.False(intent.IsGone);
        Assert.InRange(c.Amount.Minor, 1, intent.Held.Minor);
        intent.IsGone = true;
        if (chance.Next(10) == 0) return new ProviderAnswer.Declined(c.Intent, "expired_hold");
        intent.Taken = c.Amount;
        Say(intent.Payment, c.Intent, intent.Attempt, ReportedStatus.Captured, c.Amount);
        return new ProviderAnswer.Done(c.Intent);
    }

    ProviderAnswer Void(ProviderCall.Void c)
    {
        var intent = _intents[c.Intent];
        Assert.False(intent.IsGone);
        intent.IsGone = true;
        Say(intent.Payment, c.Intent, intent.Attempt, ReportedStatus.Voided, intent.Held);
        return new ProviderAnswer.Done(c.Intent);
    }

    ProviderAnswer Refund(ProviderCall.Refund c)
    {
        var reference = $"re-{_outcomes.Count}";
        switch (chance.Next(4))
        {
            case 0:
                return new ProviderAnswer.Declined(null, "charge_already_refunded");
            case 1:
                _underWay.Add((c, reference));
                Say(c.RefundId, reference, 0, ReportedStatus.RefundPending, c.Amount);
                return new ProviderAnswer.Pending(reference);
            default:
                Finish(c, reference);
                return new ProviderAnswer.Done(reference);
        }
    }

    /// <summary>Days later, what was under way is over.</summary>
    public void Settle()
    {
        foreach (var (call, reference) in _underWay)
            if (chance.Next(4) == 0) Say(call.RefundId, reference, 0, ReportedStatus.RefundFailed, call.Amount);
            else Finish(call, reference);
        _underWay.Clear();
        foreach (var (call, reference) in _paid.Where(_ => chance.Next(6) == 0)) ComeBack(call, reference);
        _paid.Clear();
    }

    void ComeBack(ProviderCall.Refund c, string reference)
    {
        Assert.True(_refunded.Remove(c.RefundId));
        _intents[c.Intent].Back -= c.Amount;
        Say(c.RefundId, reference, 0, ReportedStatus.RefundFailed, c.Amount);
    }

    void Finish(ProviderCall.Refund c, string reference)
    {
        var intent = _intents[c.Intent];
        Assert.True(_refunded.Add(c.RefundId), "Given back twice.");
        _paid.Add((c, reference));
        intent.Back += c.Amount;
        Assert.InRange(intent.Back.Minor, 1, intent.Taken.Minor);
        Say(c.RefundId, reference, 0, ReportedStatus.Refunded, c.Amount);
    }

    void Say(string about, string reference, int attempt, ReportedStatus status, Money amount)
    {
        IId to = PaymentId.TryParse(about, out var payment) ? payment
            : RefundId.TryParse(about, out var refund) ? refund : throw new InvalidOperationException(about);
        Reports.Add((to, new($"evt-{Reports.Count}", reference, attempt, status, amount, null)));
    }
}
