using Recourse.Risk;
namespace Recourse.Adapters.Risk.Replay;

/// <summary>How many purchases came to which outcome.</summary>
public sealed record OutcomeCounts(int Accepted, int Verified, int Held, int Refused)
{
    /// <summary>None.</summary>
    public static readonly OutcomeCounts None = new(0, 0, 0, 0);

    /// <summary>All of them.</summary>
    public int All => Accepted + Stopped;

    /// <summary>What was more than accepted.</summary>
    public int Stopped => Verified + Held + Refused;

    /// <summary>One more.</summary>
    public OutcomeCounts And(RiskOutcome outcome) => outcome switch
    {
        RiskOutcome.Accept => this with { Accepted = Accepted + 1 },
        RiskOutcome.Verify => this with { Verified = Verified + 1 },
        RiskOutcome.Hold   => this with { Held = Held + 1 },
        RiskOutcome.Refuse => this with { Refused = Refused + 1 },
    };

    /// <summary>Both together.</summary>
    public static OutcomeCounts operator +(OutcomeCounts a, OutcomeCounts b) =>
        new(a.Accepted + b.Accepted, a.Verified + b.Verified, a.Held + b.Held, a.Refused + b.Refused);
}

/// <summary>Outcomes against labels.</summary>
/// <param name="Honest">Purchases that turned out well.</param>
/// <param name="Fraud">Purchases that turned out to be fraud.</param>
public sealed record FraudTally(OutcomeCounts Honest, OutcomeCounts Fraud)
{
    /// <summary>Nothing was bought.</summary>
    public static readonly FraudTally Empty = new(OutcomeCounts.None, OutcomeCounts.None);

    /// <summary>One purchase more.</summary>
    public FraudTally And(RiskOutcome outcome, bool isFraud) =>
        isFraud ? this with { Fraud = Fraud.And(outcome) } : this with { Honest = Honest.And(outcome) };

    /// <summary>Both together.</summary>
    public static FraudTally operator +(FraudTally a, FraudTally b) => new(a.Honest + b.Honest, a.Fraud + b.Fraud);
}

/// <summary>What screening makes of a stretch of a history.</summary>
/// <param name="Month">As <c>2015-01</c> (UTC); null: it isn't one.</param>
/// <param name="FraudCaught">Fraud that was verified, held or refused.</param>
/// <param name="FraudMissed">Fraud that was accepted.</param>
/// <param name="HonestTroubled">Honest purchases that were verified, held or refused.</param>
/// <param name="HonestTroubledShare">Of all honest purchases; 0 if there was none.</param>
/// <param name="FraudStoppedShare">Of all fraud; 0 if there was none.</param>
public sealed record FraudFigures(
    string? Month, int Purchases, OutcomeCounts Honest, OutcomeCounts Fraud, int FraudCaught, int FraudMissed,
    int HonestTroubled, double HonestTroubledShare, double FraudStoppedShare)
{
    /// <summary>The figures of a tally.</summary>
    public static FraudFigures Of(FraudTally tally, string? month = null)
    {
        var (honest, fraud) = (tally.Honest, tally.Fraud);
        return new(
            month, honest.All + fraud.All, honest, fraud, fraud.Stopped, fraud.Accepted, honest.Stopped,
            Share(honest), Share(fraud));
    }

    static double Share(OutcomeCounts of) => of.All == 0 ? 0 : Math.Round((double)of.Stopped / of.All, 6);
}

/// <summary>How often a rule applied, and how that turned out.</summary>
public sealed record RuleTally(string Rule, int Honest, int Fraud);

/// <summary>What screening would have made of a history.</summary>
/// <param name="FirstHalf">The earlier half of the purchases.</param>
/// <param name="SecondHalf">The later half.</param>
/// <param name="Rules">Rules that applied at all, by their ids.</param>
/// <param name="RuleFailures">How often a rule could not be tried.</param>
/// <param name="BadRows">Rows that could not be used.</param>
/// <param name="Model">The edition's learned model; null: it names none, or it isn't here.</param>
public sealed record FraudReport(
    FraudFigures Total, FraudFigures FirstHalf, FraudFigures SecondHalf, ImmutableArray<FraudFigures> Months,
    ImmutableArray<RuleTally> Rules, ImmutableSortedDictionary<string, long> RuleFailures,
    ImmutableArray<BadRow> BadRows, ReplayedModel? Model);

/// <summary>The model of a replay, and what it was learned from: of that it says nothing that it hadn't been told.
/// </summary>
public sealed record ReplayedModel(string Version, ModelTrained Trained);
