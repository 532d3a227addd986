using Recourse.Rulebooks;
namespace Recourse.Checkouts;

/// <summary>The rulebook's section on checkouts.</summary>
/// <param name="QuoteIsGoodFor">How old a quote may be.</param>
/// <param name="ReserveWithin">How long the sellers' answers are waited for.</param>
/// <param name="PayWithin">From opening to paid.</param>
/// <param name="PaidLater">From asking the provider to paid, by the kind of method: the buyer pays elsewhere.</param>
/// <param name="WarnBefore">The buyer's full notice before it is given up.</param>
/// <param name="Gravities">How much each finding weighs that isn't always blocking, by its code.</param>
/// <param name="Quantities">When quantities are asked about; null: the edition is older than that.</param>
/// <param name="Duties">What is due at borders; null: the edition is older than that.</param>
public sealed record CheckoutRules(
    int MostLines, int MostUnits, int MostSellers, int MostAttempts, Duration QuoteIsGoodFor,
    Duration ReserveWithin, Duration PayWithin, ImmutableSortedDictionary<string, Window> PaidLater,
    Duration WarnBefore, ImmutableSortedDictionary<string, Gravity> Gravities,
    QuantityRules? Quantities = null, DutyRules? Duties = null) : IRules
{
    /// <summary>Reads the section.</summary>
    public static CheckoutRules Read(RuleReader r)
    {
        var rules = new CheckoutRules(
            r.Number("mostLines", 1, 500), r.Number("mostUnits", 1, 10_000), r.Number("mostSellers", 1, 50),
            r.Number("mostAttempts", 1, 100), r.Elapsed("quoteIsGoodFor"), r.Elapsed("reserveWithin"),
            r.Elapsed("payWithin"), ReadPaidLater(r), r.Elapsed("warnBefore"),
            ReadGravities(r), r.Has("quantities") ? QuantityRules.Read(r.Map("quantities")) : null,
            r.Has("duties") ? DutyRules.Read(r.Map("duties")) : null);
        if (rules.WarnBefore >= rules.PayWithin) r.Fault("warnBefore", "Must be shorter than payWithin.");
        if (rules.ReserveWithin >= rules.PayWithin) r.Fault("reserveWithin", "Must be shorter than payWithin.");
        r.Former("appealWithin");
        r.Done();
        return rules;
    }

    // Editions from before there were findings have no such map.
    static ImmutableSortedDictionary<string, Gravity> ReadGravities(RuleReader r)
    {
        if (!r.Has("findings")) return ImmutableSortedDictionary<string, Gravity>.Empty;
        var map = r.Map("findings");
        ImmutableArray<string> known =
        [
            .. Enum.GetValues<AddressTrouble>().Select(Checkout.CodeOf), Checkout.BoughtJustNow, Checkout.SameItemTwice,
            Checkout.OddQuantity, Checkout.RateStale, Checkout.DutiesOnDelivery, Checkout.DutiesPrepaid,
            Checkout.DutiesUnknown, Checkout.CardElsewhere, .. Checkout.ShippingCodes, .. Checkout.GoodsCodes,
            .. Checkout.TermsCodes,
        ];
        foreach (var code in map.Names.Except(known)) map.Fault(code, $"Must be one of {string.Join(", ", known)}.");
        var gravities = map.Names.Distinct().ToImmutableSortedDictionary(
            code => code, code => map.One(code, Words), StringComparer.Ordinal);
        map.Done();
        return gravities;
    }

    static readonly ImmutableArray<(string Word, Gravity Value)> Words =
        [("advice", Gravity.Advice), ("step", Gravity.Step), ("blocking", Gravity.Blocking)];

    /// <summary>How much a finding weighs; one that the edition doesn't know is told, and stops nobody.</summary>
    /// <param name="otherwise">What it weighs in editions that don't know it.</param>
    public Gravity GravityOf(string code, Gravity otherwise = Gravity.Advice) =>
        Gravities.GetValueOrDefault(code, otherwise);

    // Editions from before there were such windows have no such map.
    static ImmutableSortedDictionary<string, Window> ReadPaidLater(RuleReader r)
    {
        if (!r.Has("paidLater")) return ImmutableSortedDictionary<string, Window>.Empty;
        var map = r.Map("paidLater");
        foreach (var kind in map.Names.Where(kind => !Derived.IsCode(kind)))
            map.Fault(kind, "Must be a kind of method such as boleto.");
        var windows = map.Names.Distinct()
            .ToImmutableSortedDictionary(kind => kind, map.Stretch, StringComparer.Ordinal);
        map.Done();
        return windows;
    }

    /// <summary>Whether a checkout can live longer: from opening to asking, and to being paid elsewhere.</summary>
    public bool Outlives(Window window) => PaidLater.Values.Any(w => PayWithin + w.AtMost > window.AtMost);

    /// <summary>Whether the buyer pays it elsewhere.</summary>
    public bool IsPaidLater(string? kind) => kind is not null && PaidLater.ContainsKey(kind);

    /// <summary>The platform brings the sellers' answers; those that don't come are done without.</summary>
    public Deadline ReservationDue(Instant from) =>
        new(Party.Platform, "checkout.go-on-without", Warn: null, from + ReserveWithin);

    /// <summary>The buyer decides or pays, or it is given up. Late in the day, being asked is the warning.</summary>
    public Deadline PaymentDue(Instant payBy, Instant from) => payBy - WarnBefore > from
        ? new(Party.Buyer, Checkout.GivenUp, Warn: payBy - WarnBefore, payBy)
        : new(Party.Buyer, Checkout.GivenUp, Warn: null, Instant.Max(payBy, from + WarnBefore));

    /// <summary>
    /// The provider answers, or the buyer pays where such methods are paid; what is still unclear by then is given up,
    /// and voided if it was held.
    /// </summary>
    public Deadline AnswerDue(Instant payBy, Instant from, string? kind, BusinessCalendar calendar) =>
        kind is not null && PaidLater.TryGetValue(kind, out var window)
            ? PaymentDue(Instant.Max(payBy, window.EndFrom(from, calendar)), from)
            : new(Party.Provider, Checkout.GivenUp, Warn: null, Instant.Max(payBy, from + WarnBefore));
}

/// <summary>When a checkout asks whether a quantity is meant.</summary>
/// <param name="JustNow">Who ordered the same within so long may have meant to do it once.</param>
/// <param name="UsuallyUpTo">So many units of anything surprise nobody.</param>
/// <param name="OddFromTimes">So many times as many as is usual look like a slip.</param>
public sealed record QuantityRules(Duration JustNow, int UsuallyUpTo, int OddFromTimes)
{
    /// <summary>Reads the map.</summary>
    public static QuantityRules Read(RuleReader r)
    {
        var rules = new QuantityRules(
            r.Elapsed("justNow"), r.Number("usuallyUpTo", 1, 1_000), r.Number("oddFromTimes", 2, 1_000));
        r.Done();
        return rules;
    }
}
