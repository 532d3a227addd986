using Recourse.Rulebooks;
namespace Recourse.Payments;

/// <summary>The rulebook's section on payments.</summary>
/// <param name="GracePeriod">From authorised to captured: what ends meanwhile is never captured.</param>
/// <param name="AskPaidLaterEvery">While the buyer may still pay elsewhere: a report of it may have been lost.</param>
/// <param name="Declines">What a provider's decline means, by our code.</param>
/// <param name="OtherDeclines">Our code for declines that stand nowhere.</param>
public sealed record PaymentRules(
    Duration GracePeriod, Backoff AskAgain, Duration AskPaidLaterEvery,
    ImmutableDictionary<string, Decline> Declines, string OtherDeclines) : IRules
{
    /// <summary>Reads the section.</summary>
    public static PaymentRules Read(RuleReader r)
    {
        var (declines, askAgain) = (r.Map("declines"), Backoff.Read(r.Map("askAgain")));
        var rules = new PaymentRules(
            r.Elapsed("gracePeriod"), askAgain,
            r.Has("askPaidLaterEvery") ? r.Elapsed("askPaidLaterEvery") : askAgain.Most,
            declines.Names.Distinct().ToImmutableDictionary(name => name, name => Decline.Read(declines.Map(name))),
            r.Text("otherDeclines"));
        foreach (var twice in rules.Declines.SelectMany(d => d.Value.Codes).GroupBy(c => c).Where(g => g.Count() > 1))
            r.Fault("declines", $"\"{twice.Key}\" stands here twice.");
        if (rules.OtherDeclines is not "" && !rules.Declines.ContainsKey(rules.OtherDeclines))
            r.Fault("otherDeclines", "Must be one of declines.");
        declines.Done();
        r.Former("appealWithin");
        r.Done();
        return rules;
    }

    /// <summary>What is held is captured.</summary>
    public Deadline CaptureDue(Instant from) => new(Party.Platform, "payment.capture", Warn: null, from + GracePeriod);

    /// <summary>An answer, or the same call again.</summary>
    public Deadline AnswerDue(Instant from, int repeats = 0) => AskAgain.Next("payment.ask-again", repeats, from);

    /// <summary>As <see cref="AnswerDue"/>, with the platform's people called.</summary>
    public Deadline PeopleDue(Instant from) => AnswerDue(from, AskAgain.Patience);

    /// <summary>The buyer pays elsewhere; the provider is asked again by then.</summary>
    public Deadline PaidLaterDue(Instant from, Instant until) =>
        new(Party.Buyer, "payment.ask-again", Warn: null, Instant.Min(from + AskPaidLaterEvery, until));

    /// <summary>So many repeats call nobody while the buyer may still pay elsewhere.</summary>
    public int Patient(int repeats, Instant? paidUntil, Instant at) =>
        paidUntil > at ? Math.Max(0, Math.Min(repeats, AskAgain.Patience - 2)) : repeats;

    /// <summary>Our code for a provider's decline, and what it means.</summary>
    public (string Code, Decline Decline) Family(string decline)
    {
        foreach (var (code, family) in Declines)
            if (family.Codes.Contains(decline)) return (code, family);
        return (OtherDeclines, Declines[OtherDeclines]);
    }
}

/// <summary>A family of declines that a buyer can do the same about.</summary>
/// <param name="Codes">The provider's codes.</param>
/// <param name="IsTold">Whether the buyer may know the provider's code.</param>
public sealed record Decline(ImmutableArray<string> Codes, bool IsTold, ImmutableArray<Remedy> Remedies)
{
    /// <summary>Reads <c>codes</c>, <c>toldTo</c> and <c>remedies</c>.</summary>
    public static Decline Read(RuleReader r)
    {
        var told = r.Text("toldTo");
        if (told is not ("buyer" or "staff" or "")) r.Fault("toldTo", "Must be buyer or staff.");
        var decline = new Decline(r.Texts("codes"), told is "buyer", r.Remedies());
        r.Done();
        return decline;
    }
}
