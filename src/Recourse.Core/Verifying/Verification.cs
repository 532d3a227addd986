using Recourse.Checkouts;
using Recourse.Payments;
using Recourse.Reviews;
namespace Recourse.Verifying;

/// <summary>How one buyer shows who they are: each has one such path.</summary>
public readonly record struct VerificationId(BuyerId Buyer) : IId<VerificationId>
{
    /// <inheritdoc/>
    public static bool TryParse(string? text, out VerificationId id)
    {
        var ok = Derived.Split(text, "verification", 2) is [_, var code] && Derived.IsCode(code);
        id = ok ? new(new(text!["verification/".Length..])) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"verification/{Buyer.Code}";
}

/// <summary>What somebody handed in as proof: kept outside of the log, by what it contains.</summary>
/// <param name="Kind">What it is, by the rulebook's list, e.g. <c>passport</c>.</param>
/// <param name="Evidence">Under which name it is kept.</param>
/// <param name="MediaType">As it was found to be, whatever it was said to be.</param>
/// <param name="Bytes">How long it is.</param>
public sealed record Document(string Kind, string Evidence, string MediaType, long Bytes);

/// <summary>How it was shown.</summary>
public enum ShownBy
{
    /// <summary>Somebody looked at a document.</summary>
    Document,

    /// <summary>They knew what was held on their account for some days.</summary>
    Amount,

    /// <summary>What had been found not to be enough was, on appeal.</summary>
    Appeal,

    /// <summary>The bank of a card of theirs checked that it is them.</summary>
    Bank,
}

/// <summary>
/// Becoming a verified customer: by a document that a person looks at, by naming a small amount that was held on the
/// payment method, or by the bank's own check of a card. Whoever waits for it (a checkout) is told how it ends.
/// </summary>
public static partial class Verification
{
    /// <summary>What can be asked of it.</summary>
    public closed record Command : ICommand<VerificationId>
    {
        /// <summary>Said by a checkout that has to wait for it.</summary>
        /// <param name="Reasons">What was found, by its codes; null: nothing that narrows how it can be shown.</param>
        /// <param name="Card">The card that it is to be paid with, by its fingerprint; null: none, or it isn't known.
        /// </param>
        public sealed record Ask(
            CheckoutId For, ImmutableArray<string>? Reasons = null, string? Card = null) : Command;

        /// <summary>The buyer begins by themselves, or once more.</summary>
        public sealed record Start : Command;

        /// <summary>The buyer shows a document.</summary>
        public sealed record ShowDocument(Document Document) : Command;

        /// <summary>The buyer wants to name a small amount.</summary>
        /// <param name="Method">The provider's token of the method that it is held on.</param>
        /// <param name="Amount">What is held: drawn by chance outside, and told to nobody.</param>
        public sealed record AskForAmount(string Method, Money Amount) : Command;

        /// <summary>What the provider answered to a call, or that it didn't.</summary>
        public sealed record HearAnswer(ProviderCall Call, ProviderAnswer Answer) : Command;

        /// <summary>The buyer wants their bank to check that it is them.</summary>
        /// <param name="Method">The provider's token of a card.</param>
        /// <param name="BackTo">Where the bank sends them afterwards: an absolute address of ours.</param>
        /// <param name="Card">The card, by its fingerprint; null: nobody looked.</param>
        public sealed record BeginChallenge(string Method, string BackTo, string? Card = null) : Command;

        /// <summary>The bank has sent the buyer back: the provider is asked how it stands.</summary>
        public sealed record LookAgain : Command;

        /// <summary>What the provider answered about a bank's check, or that it didn't.</summary>
        public sealed record HearChallenge(ChallengeCall Call, ChallengeAnswer Answer) : Command;

        /// <summary>The buyer says what their bank shows.</summary>
        /// <param name="Minor">In minor units.</param>
        public sealed record NameAmount(long Minor) : Command;

        /// <summary>Somebody has looked at the document: it is them.</summary>
        public sealed record Accept : Command;

        /// <summary>Somebody has looked at the document: it shows nothing.</summary>
        /// <param name="Reason">By the rulebook's list.</param>
        public sealed record Reject(string Reason) : Command;

        /// <summary>Somebody of the staff takes the document on, or leaves it to others.</summary>
        public sealed record Review(Step Step) : Command;

        /// <summary>Said by an appeal that was right: what was shown was enough.</summary>
        public sealed record Overturn : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>The path as it stands.</summary>
    /// <param name="For">Checkouts that wait for it.</param>
    /// <param name="Calls">How many small amounts were ever asked for: each is a call under a key of its own.</param>
    public closed record State(ImmutableArray<CheckoutId> For, int Calls)
    {
        /// <summary>How many bank's checks were ever begun: each is a call under a key of its own.</summary>
        public int Challenges { get; init; }

        /// <summary>Ways that are left to them; null: all that the rulebook offers.</summary>
        public ImmutableArray<ShownBy>? Ways { get; init; }

        /// <summary>The card that its bank is asked about, by its fingerprint; null: none, or it isn't known.</summary>
        public string? Card { get; init; }

        /// <summary>Cards whose banks have said that it is them, by their fingerprints, each until when it counts
        /// (UTC).</summary>
        public ImmutableSortedDictionary<string, Instant> Cards { get; init; } =
            ImmutableSortedDictionary<string, Instant>.Empty;

        /// <summary>
        /// Whether they have shown who they are, as far as it concerns that card: what a bank said counts for its card
        /// alone. Null: no card, or it isn't known.
        /// </summary>
        public bool IsShownFor(string? card, Instant at) =>
            this is Verified v && v.Until > at && !v.IsOfCardAlone
            || card is not null && Cards.TryGetValue(card, out var until) && until > at;

        /// <summary>Somebody must act.</summary>
        /// <param name="Tries">How many small amounts were named wrong.</param>
        public closed record Open(ImmutableArray<CheckoutId> For, Deadline Deadline, int Tries, int Calls)
            : State(For, Calls);

        /// <summary>Nothing was shown yet.</summary>
        public sealed record Asked(ImmutableArray<CheckoutId> For, Deadline Deadline, int Tries, int Calls)
            : Open(For, Deadline, Tries, Calls);

        /// <summary>The provider is asked to hold the amount.</summary>
        /// <param name="Repeats">How often it was asked again.</param>
        public sealed record Holding(
            ImmutableArray<CheckoutId> For, Deadline Deadline, int Tries, int Calls, string Method, Money Amount,
            int Repeats) : Open(For, Deadline, Tries, Calls);

        /// <summary>It is held, and the buyer looks it up.</summary>
        public sealed record Naming(
            ImmutableArray<CheckoutId> For, Deadline Deadline, int Tries, int Calls, string Intent, Money Amount)
            : Open(For, Deadline, Tries, Calls);

        /// <summary>The provider is asked to have the bank check a card.</summary>
        /// <param name="Repeats">How often it was asked again.</param>
        public sealed record Starting(
            ImmutableArray<CheckoutId> For, Deadline Deadline, int Tries, int Calls, string Method, string BackTo,
            int Repeats) : Open(For, Deadline, Tries, Calls);

        /// <summary>The buyer is on the bank's page, or on the way there.</summary>
        /// <param name="Page">The page's absolute address: for the buyer alone.</param>
        public sealed record AtBank(
            ImmutableArray<CheckoutId> For, Deadline Deadline, int Tries, int Calls, string Reference, string Page)
            : Open(For, Deadline, Tries, Calls);

        /// <summary>The provider is asked how the bank's check went.</summary>
        /// <param name="Until">Until when the buyer can still go there (UTC).</param>
        /// <param name="Repeats">How often it was asked again.</param>
        public sealed record Checking(
            ImmutableArray<CheckoutId> For, Deadline Deadline, int Tries, int Calls, string Reference, Instant Until,
            int Repeats) : Open(For, Deadline, Tries, Calls);

        /// <summary>A person looks at the document.</summary>
        public sealed record InReview(
            ImmutableArray<CheckoutId> For, Deadline Deadline, int Tries, int Calls, Document Document)
            : Open(For, Deadline, Tries, Calls)
        {
            /// <summary>Who has taken it on.</summary>
            public Handling Handling { get; init; } = Handling.None;
        }

        /// <summary>Nobody showed anything in time.</summary>
        public sealed record Lapsed(ImmutableArray<CheckoutId> For, int Calls) : State(For, Calls);

        /// <summary>A verified customer.</summary>
        /// <param name="Until">Until when it is not asked again (UTC).</param>
        public sealed record Verified(ImmutableArray<CheckoutId> For, int Calls, ShownBy By, Instant Until)
            : State(For, Calls)
        {
            /// <summary>A bank has said so of a card that is known: another card may be asked about.</summary>
            public bool IsOfCardAlone => By is ShownBy.Bank && !Cards.IsEmpty;
        }

        /// <summary>What was shown is not enough.</summary>
        public sealed record Rejected(ImmutableArray<CheckoutId> For, int Calls, Statement Why)
            : State(For, Calls);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>The buyer is to show who they are.</summary>
        /// <param name="For">For which checkout; null: they want to themselves.</param>
        /// <param name="Ways">Ways that are left to them; null: all that the rulebook offers.</param>
        public sealed record Asked(CheckoutId? For, Deadline Deadline, ImmutableArray<ShownBy>? Ways = null) : Event;

        /// <summary>One more checkout waits for it.</summary>
        /// <param name="Ways">Ways that are left to them then; null: as before.</param>
        public sealed record AlsoFor(CheckoutId For, ImmutableArray<ShownBy>? Ways = null) : Event;

        /// <summary>A document was handed in.</summary>
        public sealed record DocumentShown(Document Document, Deadline Deadline) : Event;

        /// <summary>The provider is asked to hold an amount, which is never taken.</summary>
        public sealed record AmountAsked(string Method, Money Amount, Deadline Deadline) : Event;

        /// <summary>The outcome of the call is unknown: asked again at the deadline, with the same key.</summary>
        public sealed record Unanswered(string Why, Deadline Deadline) : Event;

        /// <summary>The call is repeated, with the same key.</summary>
        public sealed record AskedAgain(Deadline Deadline) : Event;

        /// <summary>It is held: the buyer looks it up.</summary>
        public sealed record AmountHeld(string Intent, Deadline Deadline) : Event;

        /// <summary>It could not be held on that method.</summary>
        public sealed record AmountRefused(Statement Why, Deadline Deadline) : Event, IAdverse;

        /// <summary>Another amount was named.</summary>
        /// <param name="Left">How many tries are left.</param>
        public sealed record AmountMissed(int Left) : Event;

        /// <summary>Too many other amounts were named: a document is left.</summary>
        public sealed record AmountUsedUp(Statement Why, Deadline Deadline) : Event, IAdverse;

        /// <summary>Somebody of the staff has taken it on, or left it to others.</summary>
        public sealed record Reviewed(Handled What) : Event;

        /// <summary>Somebody should have looked by now: the platform's operations are told.</summary>
        public sealed record Escalated(Deadline Deadline) : Event;

        /// <summary>Whoever is waited for was told what happens, and when.</summary>
        public sealed record Warned(Deadline Deadline) : Event;

        /// <summary>It is them.</summary>
        /// <param name="Card">Of the card alone that its bank was asked about; null: of all that they do.</param>
        public sealed record Verified(ShownBy By, Instant Until, string? Card = null) : Event;

        /// <summary>It was not enough.</summary>
        public sealed record Rejected(Statement Why) : Event, IAdverse;

        /// <summary>Nobody showed anything in time.</summary>
        public sealed record Lapsed : Event;

        /// <summary>The provider is asked to have the bank check a card.</summary>
        /// <param name="Card">The card, by its fingerprint; null: nobody looked.</param>
        public sealed record ChallengeAsked(string Method, string BackTo, Deadline Deadline, string? Card = null)
            : Event;

        /// <summary>The buyer is to show it on the bank's page.</summary>
        public sealed record ChallengeOpened(string Reference, string Page, Deadline Deadline) : Event;

        /// <summary>The provider is asked how the bank's check went.</summary>
        public sealed record ChallengeLooked(Deadline Deadline) : Event;

        /// <summary>The bank says that it is them.</summary>
        /// <param name="ShiftsLiability">Whether the bank now bears what turns out to be fraud with that card.</param>
        public sealed record ChallengePassed(string Reference, bool ShiftsLiability) : Event;

        /// <summary>The bank doesn't say that it is them.</summary>
        public sealed record ChallengeFailed(Statement Why, Deadline Deadline) : Event, IAdverse;

        /// <summary>Nobody came to the bank's page in time: another way is left, or the same once more.</summary>
        public sealed record ChallengeMissed(Deadline Deadline) : Event;
    }
}
