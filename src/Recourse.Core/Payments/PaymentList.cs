namespace Recourse.Payments;

/// <summary>A payment in a list.</summary>
/// <param name="Payment">Its id's text.</param>
/// <param name="State">The name of its state.</param>
/// <param name="Intents">The provider's references, one for each attempt that it held.</param>
/// <param name="Amount">What the orders wanted at first.</param>
/// <param name="GivenBack">Released before capture or owed as refunds after it.</param>
/// <param name="WaitsFor">Who must act; null: nobody.</param>
public sealed record PaymentRow(
    string Payment, string Buyer, Instant AskedAt, long Position, string State, int Attempt,
    ImmutableArray<string> Intents, ImmutableArray<string> Orders, Money Amount, Money GivenBack, Money Captured,
    string? WaitsFor);

/// <summary>Payments by buyer, for staff, by the provider's reference, and those that need people.</summary>
public static class PaymentList
{
    /// <summary>The index by the provider's reference.</summary>
    public const string ByReference = "reference";

    /// <summary>The index by who must act, as the name of the party; how many there are is kept.</summary>
    public const string ByWaiting = "waits-for";

    /// <summary>The view.</summary>
    public static readonly View<PaymentRow> View = new()
    {
        Name = "payments", Version = 3, Hears = [typeof(Payment.Event)],
        Begins = e => e is Payment.Event.Asked { Attempt: 1 },
        Keys = r => r is { Id: PaymentId id, Event: Payment.Event } ? [$"{id}"] : [],
        Fold = (_, row, r) => r is { Id: PaymentId id, Event: Payment.Event e } ? Apply(row, id, e, r) : row,
        Index = Index,
        Counted = f => f.Index is ByWaiting,
    };

    static List<Found> Index(string key, PaymentRow row)
    {
        var sort = $"{row.Position:D19}";
        List<Found> found = [new(Scope.Index, row.Buyer, sort), new(Scope.Index, Scope.All, sort)];
        foreach (var intent in row.Intents) found.Add(new(ByReference, intent, sort));
        if (row.WaitsFor is { } who) found.Add(new(ByWaiting, who, sort));
        return found;
    }

    static PaymentRow? Apply(PaymentRow? row, PaymentId id, Payment.Event @event, Recorded r)
    {
        if (@event is Payment.Event.Asked asked) return Asked(row, id, asked, r);
        if (row is null) return null;
        return @event switch
        {
            Payment.Event.Asked           => row,
            Payment.Event.Unanswered e    => row with { WaitsFor = $"{e.Deadline.Owner}" },
            Payment.Event.AskedAgain e    => row with { WaitsFor = $"{e.Deadline.Owner}" },
            Payment.Event.Authorised e    => Held(row, nameof(Payment.State.Authorised), e.Intent, e.Deadline),
            Payment.Event.Declined        => Done(row, nameof(Payment.State.Declined)),
            Payment.Event.Released e      => row with { GivenBack = row.GivenBack + e.Amount },
            Payment.Event.Unfunded e      => row with { GivenBack = row.GivenBack + e.Amount },
            Payment.Event.ReturnQueued    => row,
            Payment.Event.RefundOwed e    => row with { GivenBack = row.GivenBack + e.Return.Amount },
            Payment.Event.CaptureAsked e  => In(row, nameof(Payment.State.Capturing), e.Deadline),
            Payment.Event.Captured e      => Done(row, nameof(Payment.State.Captured)) with { Captured = e.Amount },
            Payment.Event.CaptureFailed   => Done(row, nameof(Payment.State.Failed)),
            Payment.Event.Abandoned       => row,
            Payment.Event.ReturnsChosen   => row,
            Payment.Event.VoidAsked e     => Held(row, nameof(Payment.State.Voiding), e.Intent, e.Deadline),
            Payment.Event.Voided          => Done(row, nameof(Payment.State.Voided)),
        };
    }

    static PaymentRow Asked(PaymentRow? before, PaymentId id, Payment.Event.Asked e, Recorded r)
    {
        var none = Money.Zero(e.Shares[0].Amount.Currency);
        return new(
            $"{id}", $"{id.Buyer}", before?.AskedAt ?? r.At, before?.Position ?? r.Position,
            nameof(Payment.State.Authorising), e.Attempt, before?.Intents ?? [],
            ImmutableArray.CreateRange(e.Shares, s => $"{s.Order}"),
            e.Shares.Select(s => s.Amount).Sum(none.Currency), none, none, $"{e.Deadline.Owner}");
    }

    static PaymentRow In(PaymentRow row, string state, Deadline deadline) =>
        row with { State = state, WaitsFor = $"{deadline.Owner}" };

    static PaymentRow Held(PaymentRow row, string state, string intent, Deadline deadline) =>
        In(row, state, deadline) with
        {
            Intents = row.Intents.Contains(intent) ? row.Intents : row.Intents.Add(intent),
        };

    static PaymentRow Done(PaymentRow row, string state) => row with { State = state, WaitsFor = null };
}
