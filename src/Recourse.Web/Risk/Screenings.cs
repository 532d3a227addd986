using Recourse.Checkouts;
using Recourse.Payments;
using Recourse.Risk;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What screening made of a purchase, for the platform's people: frauds would learn by it.</summary>
/// <param name="Outcome"><c>accept</c>, <c>verify</c>, <c>hold</c> or <c>refuse</c>.</param>
/// <param name="Score">In 1/10,000; 0: nothing speaks against it.</param>
/// <param name="Rulebook">The edition whose rules judged.</param>
/// <param name="Contributions">Each rule that applied, and a clean history, with the facts that it rests on.</param>
/// <param name="Skipped">Rules that could not be tried: a fault of theirs.</param>
/// <param name="Method">What the provider said of the payment method; left out: nobody asked.</param>
/// <param name="Then">What became of it; left out: it went on at once, or waits.</param>
/// <param name="Model">What the learned model made of it; left out: there was none.</param>
public sealed record ScreeningBody(
    string Outcome, string OutcomeText, int Score, int Rulebook, ImmutableArray<ContributionBody> Contributions,
    ImmutableArray<string> Skipped, ScreenedMethod? Method, ScreeningEnd? Then, ScreenedModel? Model);

/// <summary>What a learned model made of a purchase.</summary>
/// <param name="Score">How likely it said fraud is, in 1/10,000.</param>
/// <param name="Parts">The facts that weighed most, the weightiest first.</param>
public sealed record ScreenedModel(string Version, int Score, ImmutableArray<ScreenedPart> Parts);

/// <summary>A fact, and what it did to the model's score.</summary>
/// <param name="Weight">What it did to the odds of fraud: a natural logarithm in 1/1,000; less than 0: it spoke for the
/// buyer.</param>
public sealed record ScreenedPart(FactBody Fact, int Weight);

/// <summary>What a rule, or the buyer's history, adds to a score.</summary>
/// <param name="Rule">Its id, or <c>clean-history</c>.</param>
/// <param name="Points">Less than 0: it speaks for the buyer; 0: it is told and changes nothing.</param>
/// <param name="When">Its condition in that edition; left out: it has none.</param>
public sealed record ContributionBody(string Rule, int Points, string? When, ImmutableArray<FactBody> Facts);

/// <summary>The payment method, as screening knew it.</summary>
/// <param name="Known">The provider said what it is, and in time.</param>
/// <param name="Country">Where the card was issued, ISO 3166 alpha-2; left out: nobody says.</param>
/// <param name="Text">All of it in words.</param>
public sealed record ScreenedMethod(bool Known, string? Kind, string? Country, string? Funding, string Text);

/// <summary>Who decided on a purchase that screening had stopped.</summary>
/// <param name="Code"><c>verification</c>, <c>review</c>, <c>time</c> or <c>appeal</c> made it go on;
/// <c>verified-before</c>, <c>appeal-before</c> or <c>cleared-before</c>: it never waited; <c>turned-down</c>: it did
/// not go on; <c>overturned</c>: an appeal showed that this was wrong.</param>
/// <param name="By">Who, as the log names them.</param>
/// <param name="At">When (UTC).</param>
public sealed record ScreeningEnd(string Code, string Text, string By, Instant At);

/// <summary>Tells what screening made of a purchase, from what was recorded and the edition that judged.</summary>
static class Screenings
{
    /// <summary>Null: the caller may not know, or it was never screened.</summary>
    public static async Task<ScreeningBody?> Of(CheckoutId id, Caller caller, IPlatform platform)
    {
        if (!caller.IsStaff) return null;
        var history = await platform.History(id, caller.Who, caller.Cancel) ?? [];
        for (var i = history.Length - 1; i >= 0; i--)
            if (Try.Of(history[i]) is { } last) return Of(last, history[i..], platform.Rulebooks, caller.Texts);
        return null;
    }

    /// <summary>The same, of what an order was bought in; null as before.</summary>
    public static async Task<OrderBody> With(OrderBody order, Caller caller, IPlatform platform) =>
        caller.IsStaff && order.Checkout is { } checkout
            ? order with { Screening = await Of(checkout, caller, platform) } : order;

    /// <summary>A method that was screened, first or later, with what was known then.</summary>
    /// <param name="WentOn">At once, whatever it was found to be.</param>
    /// <param name="ClearedBefore">Since a person had cleared the same reasons in this checkout.</param>
    sealed record Try(
        RiskFacts Risk, MethodSeen? Method, Trust? Trust, bool WentOn, bool ClearedBefore = false)
    {
        public static Try? Of(Recorded r) => r.Event switch
        {
            Checkout.Event.Opened { Facts: { Risk.Value: { } risk } f } e =>
                new(risk, f.Method?.Value, f.Trust?.Value, WentOn: e.Gate is null),
            Checkout.Event.NotOpened { Facts: { Risk.Value: { } risk } f } =>
                new(risk, f.Method?.Value, f.Trust?.Value, WentOn: false),
            Checkout.Event.PaymentAsked { Risk.Value: { } risk } e =>
                new(risk, e.Seen?.Value, e.Trust?.Value, WentOn: true, e.ClearedBefore is not null),
            Checkout.Event.VerificationAsked { With: { Risk.Value: { } risk } w } => Waits(risk, w),
            Checkout.Event.HeldForReview { With: { Risk.Value: { } risk } w } => Waits(risk, w),
            Checkout.Event.TurnedDown { With: { Risk.Value: { } risk } w } => Waits(risk, w),
            _ => null,
        };

        static Try Waits(RiskFacts risk, NextTry next) => new(risk, next.Seen?.Value, null, WentOn: false);
    }

    /// <param name="history">From that try on.</param>
    static ScreeningBody Of(
        Try last, ImmutableArray<Recorded> history, ImmutableArray<Rulebook> books, Texts texts)
    {
        var risk = last.Risk;
        var rules = (books.FirstOrDefault(b => b.Version == risk.Rules.Rulebook) ?? books[0]).Of<RiskRules>();
        var screened = Screening.Of(risk, rules);
        return new(
            Words.StateOf($"{screened.Outcome}"), texts.Tell($"console.screening.{screened.Outcome}"), screened.Score,
            risk.Rules.Rulebook,
            [
                .. screened.Contributions.Select(c => new ContributionBody(
                    c.Code, c.Points, rules.Rules.FirstOrDefault(r => r.Id == c.Code)?.When,
                    [.. c.Facts.Select(f => Words.Of(new Named(f.Name, f.Value), texts))])),
            ],
            risk.Rules.Skipped, last.Method is { } method ? Of(method, texts) : null,
            EndOf(screened, last, history, texts), Of(risk.Model, texts));
    }

    static ScreenedModel? Of(ModelScore? model, Texts texts) => model is null ? null : new(
        model.Model, model.Score,
        [
            .. model.Parts.Select(p => new ScreenedPart(
                Words.Of(new Named(p.Fact.Name, p.Fact.Value), texts), p.Weight)),
        ]);

    static ScreenedMethod Of(MethodSeen method, Texts texts)
    {
        if (method.Kind is not { } kind)
            return new(false, null, null, null, texts.Tell("console.screening.method-unknown"));
        IEnumerable<string?> parts =
        [
            kind, method.Country is { } country ? texts.Show(new Named("country", country)) : null,
            method.Funding is { } funding && texts.Has($"console.card.{funding}")
                ? texts.Tell($"console.card.{funding}") : method.Funding,
            method.Card is null ? texts.Tell("console.screening.no-print") : null,
        ];
        return new(
            true, kind, method.Country, method.Funding, string.Join(" · ", parts.Where(p => p is not null)));
    }

    static ScreeningEnd? EndOf(Screened screened, Try last, ImmutableArray<Recorded> history, Texts texts)
    {
        if (screened.Outcome is RiskOutcome.Accept) return null;
        if (last.WentOn)
            return End(
                last.ClearedBefore ? "cleared-before"
                    : last.Trust?.ClearedUntil > history[0].At ? "appeal-before" : "verified-before",
                history[0]);
        ScreeningEnd? end = null;
        foreach (var r in history)
            if (r.Event is Checkout.Event.PaymentAsked { Cleared: { } by }) end = End(Words.StateOf($"{by}"), r);
            else if (r.Event is Checkout.Event.TurnedDown) end = End("turned-down", r);
            else if (r.Event is Checkout.Event.Overturned) end = End("overturned", r);
        return end;

        ScreeningEnd End(string code, Recorded r) =>
            new(code, texts.Tell($"console.screening.then-{code}"), r.Who.Name, r.At);
    }
}
