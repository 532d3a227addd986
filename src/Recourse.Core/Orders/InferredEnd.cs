namespace Recourse.Orders;

/// <summary>What most probably ended an order of a history that was cancelled or became unavailable there.</summary>
public enum InferredReason
{
    /// <summary>The seller had none left.</summary>
    OutOfStock,

    /// <summary>The payment was never completed.</summary>
    PaymentNotCompleted,

    /// <summary>The seller didn't send it in time.</summary>
    NotSentInTime,

    /// <summary>It left and didn't arrive.</summary>
    NotDelivered,

    /// <summary>The carrier could not use the address.</summary>
    AddressUnusable,

    /// <summary>Something else came, or it was faulty.</summary>
    WrongOrFaulty,

    /// <summary>The buyer didn't want it any more.</summary>
    ChangedMind,

    /// <summary>It was delivered and then given back.</summary>
    Returned,
}

/// <summary>How much stands behind an inference, least first.</summary>
public enum Likelihood
{
    /// <summary>It fits better than anything else, and others would fit too.</summary>
    Possible,

    /// <summary>What is recorded of it leaves little else.</summary>
    Likely,

    /// <summary>Its buyer wrote so, and nothing recorded speaks against it.</summary>
    Written,
}

/// <summary>
/// The most probable reason of an early end that another system decided: inferred from what its data tells, never
/// decided here. It is made anew whenever it is read, and nothing rests on it.
/// </summary>
/// <param name="Facts">What it is inferred from.</param>
public sealed record InferredEnd(InferredReason Reason, Likelihood Likelihood, ImmutableArray<Named> Facts)
{
    /// <summary>The start of every code.</summary>
    public const string Prefix = "inferred.";

    /// <summary>Every code.</summary>
    public static readonly ImmutableArray<string> Codes = [.. Enum.GetValues<InferredReason>().Select(CodeOf)];

    /// <summary>The reason's code, whose words say that it is inferred.</summary>
    public string Code => CodeOf(Reason);

    /// <summary>The code of how much stands behind it.</summary>
    public string LikelihoodCode => $"{Prefix}is-{Likelihood.ToString().ToLowerInvariant()}";

    /// <summary>Ended early there: only of such there is anything to infer.</summary>
    public static bool IsEarly(ImportedOrder order) => order.Status is Cancelled or Unavailable;

    /// <summary>The most probable reason; null: it didn't end early, or the data is silent.</summary>
    public static InferredEnd? Of(ImportedOrder order)
    {
        if (!IsEarly(order)) return null;
        var (says, t) = (Says.Of(order), order.Times);
        var (isOff, isApproved) = (order.Status is Unavailable, t.Approved is not null);
        var (isHanded, isDelivered) = (t.HandedOver is not null, t.Delivered is not null);
        (InferredReason, Likelihood)? found = (isOff, isApproved, isHanded, isDelivered) switch
        {
            (true, _, _, true) or (true, _, true, _) => null,                    // the data contradicts itself
            (true, _, _, _) when says.NoStock  => (InferredReason.OutOfStock, Likelihood.Written),
            (true, true, _, _) when !says.Received => (InferredReason.OutOfStock, Likelihood.Likely),
            (true, _, _, _)                    => (InferredReason.OutOfStock, Likelihood.Possible),
            (_, _, _, true)                    => AfterDelivery(says),
            (_, _, true, _)                    => OnItsWay(says),
            (_, true, _, _)                    => BeforeHandOver(order, says),
            _                                  => Unapproved(order, says),
        };
        return found is var (reason, likelihood) ? new(reason, likelihood, FactsOf(order, likelihood)) : null;
    }

    const string Cancelled = "canceled", Unavailable = "unavailable";
    const int Bad = 2, Good = 4;

    static string CodeOf(InferredReason reason) => Prefix + string.Concat(reason.ToString()
        .Select((c, i) => char.IsUpper(c) ? $"{(i == 0 ? "" : "-")}{char.ToLowerInvariant(c)}" : $"{c}"));

    static (InferredReason, Likelihood)? AfterDelivery(Says says) =>
        says.WrongOrFaulty ? (InferredReason.WrongOrFaulty, Likelihood.Written)
        : says.OwnWish ? (InferredReason.Returned, Likelihood.Written)
        // It was told to be delivered, and its buyer says otherwise.
        : says.Address ? (InferredReason.AddressUnusable, Likelihood.Possible)
        : says.NotReceived ? (InferredReason.NotDelivered, Likelihood.Possible)
        : says.Score >= Good ? null
        : (InferredReason.Returned, Likelihood.Likely);

    static (InferredReason, Likelihood)? OnItsWay(Says says) =>
        says.Address ? (InferredReason.AddressUnusable, Likelihood.Written)
        : says.WrongOrFaulty ? (InferredReason.WrongOrFaulty, Likelihood.Written)
        : says.NotReceived ? (InferredReason.NotDelivered, Likelihood.Written)
        : says.OwnWish ? (InferredReason.ChangedMind, Likelihood.Written)
        : says.Received ? null
        : (InferredReason.NotDelivered, Likelihood.Likely);

    static (InferredReason, Likelihood)? BeforeHandOver(ImportedOrder order, Says says)
    {
        if (says.NoStock) return (InferredReason.OutOfStock, Likelihood.Written);
        if (says.OwnWish) return (InferredReason.ChangedMind, Likelihood.Written);
        if (says.Received || says.WrongOrFaulty) return null;
        // Whoever still waits when the seller's time is over didn't take it back themselves.
        if (SendBy(order) is not { } limit || says.At is not { } at || at <= limit) return null;
        return says.NotReceived ? (InferredReason.NotSentInTime, Likelihood.Likely)
            : says.Score <= Bad ? (InferredReason.NotSentInTime, Likelihood.Possible) : null;
    }

    static (InferredReason, Likelihood)? Unapproved(ImportedOrder order, Says says)
    {
        if (says.NoStock) return (InferredReason.OutOfStock, Likelihood.Written);
        if (says.OwnWish) return (InferredReason.ChangedMind, Likelihood.Written);
        if (order.Payments.Sum(p => p.Amount.Minor) == 0 && !order.Payments.IsEmpty)
            return (InferredReason.PaymentNotCompleted, Likelihood.Likely);
        if (says.WrongOrFaulty) return (InferredReason.WrongOrFaulty, Likelihood.Written);
        if (says.Received) return null;
        return (InferredReason.PaymentNotCompleted,
            says.NotReceived || says.IsOfAnother || says.Score >= Good ? Likelihood.Possible : Likelihood.Likely);
    }

    // The seller's own limit; where no items are told, the day that was promised to the buyer.
    static Instant? SendBy(ImportedOrder order) =>
        order.Items.Max(i => i.DispatchBy) is { } limit ? limit : order.Items.IsEmpty ? order.Times.Promised : null;

    static ImmutableArray<Named> FactsOf(ImportedOrder o, Likelihood likelihood)
    {
        var said = Says.Newest(o);
        return
        [
            ("status", o.Status), ("purchased", o.Times.Purchased), .. At("approved", o.Times.Approved),
            .. At("send-by", o.Times.HandedOver is null ? SendBy(o) : null), .. At("handed", o.Times.HandedOver),
            .. At("promised", o.Times.Promised), .. At("delivered", o.Times.Delivered),
            .. said is null ? Array.Empty<Named>() : [("stars", said.Score)],
            .. At(likelihood is Likelihood.Written ? "wrote-so" : "wrote", said is { Message: not null } or
                { Title: not null } ? said.Answered ?? said.Asked : null),
        ];
    }

    static ImmutableArray<Named> At(string name, Instant? at) => at is { } known ? [(name, known)] : [];
}
