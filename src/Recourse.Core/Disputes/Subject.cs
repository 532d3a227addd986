using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Instalments;
using Recourse.Orders;
using Recourse.Payouts;
using Recourse.People;
using Recourse.Reasons;
using Recourse.Reviews;
using Recourse.Verifying;
namespace Recourse.Disputes;

/// <summary>What was decided, and so what a reversal undoes.</summary>
public closed record Subject
{
    /// <summary>Payment methods of a buyer were blocked.</summary>
    public sealed record PaymentBlock(BuyerId Buyer) : Subject;

    /// <summary>A checkout was refused.</summary>
    public sealed record Checkout(CheckoutId Id) : Subject;

    /// <summary>A buyer may not buy for a while.</summary>
    public sealed record BuyingPause(BuyerId Buyer) : Subject;

    /// <summary>Somebody is kept out of their account.</summary>
    public sealed record PersonBlock(PersonId Person) : Subject;

    /// <summary>What somebody showed to be a verified customer was not enough.</summary>
    public sealed record Proof(VerificationId Id) : Subject;

    /// <summary>What a seller wants to show is held, or may not be offered.</summary>
    public sealed record Listing(ListingId Id) : Subject;

    /// <summary>An order ended early, in part or in whole, and its buyer wanted it.</summary>
    public sealed record Order(OrderId Id, BuyerId Buyer) : Subject;

    /// <summary>The same to its seller, whom it costs a sale, marks, or a parcel that they sent.</summary>
    public sealed record Sale(OrderId Id) : Subject;

    /// <summary>A seller's payouts were held back.</summary>
    public sealed record Payouts(EarningsId Id) : Subject;

    /// <summary>A chargeback was taken off a seller's earnings.</summary>
    /// <param name="Reference">The provider's, of the dispute.</param>
    public sealed record TakenOff(EarningsId Id, string Reference) : Subject;

    /// <summary>A seller's reason to cancel was found false.</summary>
    public sealed record FalseReason(ReasonCaseId Id) : Subject;

    /// <summary>Instalments were cut short.</summary>
    public sealed record Plan(SupplyPlanId Id, BuyerId Buyer) : Subject;

    /// <summary>
    /// What somebody can appeal of what happened; null: nothing. They are taken to be whoever may look at it at all.
    /// </summary>
    public static Subject? Of(IId id, object @event, Actor who) =>
        @event is not IAdverse { Why: var why } ? null : who switch
        {
            Actor.Buyer a  => why.IsOpenTo(Party.Buyer) ? OfBuyer(id, @event, a.Id) : null,
            Actor.Seller a => why.IsOpenTo(Party.Seller) ? OfSeller(id, @event, a.Id) : null,
            Actor.Warehouse or Actor.Agent or Actor.Operator or Actor.Carrier or Actor.Integration or Actor.Aggregate
                or Actor.Outside or Actor.Clock => null,
        };

    static Subject? OfBuyer(IId id, object @event, BuyerId who) => (id, @event) switch
    {
        (BuyerId buyer, BuyerAccount.Event.MethodsBlocked) => new PaymentBlock(buyer),
        (BuyerId buyer, BuyerAccount.Event.BuyingPaused)   => new BuyingPause(buyer),
        (CheckoutId checkout, Checkouts.Checkout.Event.NotOpened or Checkouts.Checkout.Event.VerificationAsked
            or Checkouts.Checkout.Event.HeldForReview or Checkouts.Checkout.Event.TurnedDown) => new Checkout(checkout),
        (PersonId person, PersonAccount.Event.Blocked)      => new PersonBlock(person),
        (VerificationId proof, Verification.Event.Rejected) => new Proof(proof),
        (OrderId order, Orders.Order.Event.Settled or Orders.Order.Event.WishRefused) => new Order(order, who),
        (SupplyPlanId plan, SupplyPlan.Event.Shortened or SupplyPlan.Event.Ended) => new Plan(plan, who),
        _ => null,
    };

    static Subject? OfSeller(IId id, object @event, SellerId who) => (id, @event) switch
    {
        (ListingId listing, Catalog.Listing.Event.PriceHeld or Catalog.Listing.Event.GoodsHeld
            or Catalog.Listing.Event.Barred) when listing.Seller == who => new Listing(listing),
        (OrderId order, Orders.Order.Event.Settled) when order.Seller == who => new Sale(order),
        (EarningsId earnings, Earnings.Event.Withheld) when earnings.Seller == who => new Payouts(earnings),
        (EarningsId earnings, Earnings.Event.ChargedBack e) when earnings.Seller == who =>
            new TakenOff(earnings, e.Reference),
        (ReasonCaseId reason, ReasonCase.Event.Found) when reason.Seller == who => new FalseReason(reason),
        _ => null,
    };

    /// <summary>Whom it went against: a buyer or a seller.</summary>
    public IId Owner => this switch
    {
        PaymentBlock s => s.Buyer,
        Checkout s     => s.Id.Buyer,
        BuyingPause s  => s.Buyer,
        PersonBlock s  => new BuyerId(s.Person.Code),
        Proof s        => s.Id.Buyer,
        Listing s      => s.Id.Seller,
        Order s        => s.Buyer,
        Sale s         => s.Id.Seller,
        FalseReason s  => s.Id.Seller,
        Plan s         => s.Buyer,
        Payouts s      => s.Id.Seller,
        TakenOff s     => s.Id.Seller,
    };

    /// <summary>Whom a reversal would cost something; null: nobody but the platform.</summary>
    public SellerId? OtherSide => this switch
    {
        Order s => s.Id.Seller,                                  // what they gave up is set aside at the old price
        Plan s  => s.Id.Seller,
        PaymentBlock or Checkout or BuyingPause or PersonBlock or Proof or Listing or Sale or Payouts
            or TakenOff or FalseReason => null,
    };

    /// <summary>In whose record it stands.</summary>
    public IId About => this switch
    {
        PaymentBlock s => s.Buyer,
        Checkout s     => s.Id,
        BuyingPause s  => s.Buyer,
        PersonBlock s  => s.Person,
        Proof s        => s.Id,
        Listing s      => s.Id,
        Order s        => s.Id,
        Sale s         => s.Id,
        FalseReason s  => s.Id,
        Plan s         => s.Id,
        Payouts s      => s.Id,
        TakenOff s     => s.Id,
    };

    /// <summary>Its name, as lists have it.</summary>
    public string Name => this switch
    {
        PaymentBlock => nameof(PaymentBlock),
        Checkout     => nameof(Checkout),
        BuyingPause  => nameof(BuyingPause),
        PersonBlock  => nameof(PersonBlock),
        Proof        => nameof(Proof),
        Listing      => nameof(Listing),
        Order        => nameof(Order),
        Sale         => nameof(Sale),
        FalseReason  => nameof(FalseReason),
        Plan         => nameof(Plan),
        Payouts      => nameof(Payouts),
        TakenOff     => nameof(TakenOff),
    };
}

/// <summary>A decision as it was found on record.</summary>
/// <param name="By">The name of the actor who decided, e.g. <c>agent/ines</c>.</param>
/// <param name="Gone">What an order gave up by it; null: it was decided of something else.</param>
/// <param name="Refused">What a buyer had asked for, and was refused; null: it was decided of something else.</param>
/// <param name="Stake">What it is about in money, where no settlement says it; null: no amount, or one does.</param>
/// <param name="With">Names of staff who proposed or confirmed it; null: one decided alone, or it is older.</param>
public sealed record Appealed(Statement Why, string By, Settlement? Gone = null, Wish.ToCancel? Refused = null,
    Money? Stake = null, ImmutableArray<string>? With = null)
{
    /// <summary>Whether somebody took part in it, by their name.</summary>
    public bool IsBy(string name) =>
        Reviewing.IsSame(name, By) || With?.Any(w => Reviewing.IsSame(name, w)) is true;

    /// <summary>What it is about in money; null: no amount.</summary>
    public Money? AtStake => Stake ?? Gone?.ToBuyer;

    /// <summary>What was decided, as it is found in a history.</summary>
    /// <param name="by">The name of the actor who decided.</param>
    public static Appealed Of(object @event, Statement why, string by) => new(
        why, by, (@event as Orders.Order.Event.Settled)?.Settlement,
        (@event as Orders.Order.Event.WishRefused)?.Wish as Wish.ToCancel);
}

/// <summary>What somebody says in their own words; only ever stored sealed.</summary>
/// <param name="Files">Names of files that they bring as proof; null: none.</param>
public sealed record AppealWords(string Text, ImmutableArray<string>? Files = null);

/// <summary>The other side is asked what they say.</summary>
/// <param name="Of">Whom a reversal would cost something.</param>
/// <param name="Until">Until when nothing is undone without them (UTC).</param>
/// <param name="Words">What they said; null: nothing.</param>
/// <param name="IsOver">They let the time pass: it can be decided without them.</param>
public sealed record Hearing(
    SellerId Of, Instant Until, Sealed<AppealWords>? Words = null, bool IsOver = false)
{
    /// <summary>They are waited for.</summary>
    public bool IsOpen => Words is null && !IsOver;

    /// <summary>They answer, or it is decided without them.</summary>
    public Deadline Deadline => new(Party.Seller, "appeal.decide-unheard", Warn: null, Until);
}

/// <summary>What is appealed, and what is said against it.</summary>
/// <param name="Decision">The statement, and who decided.</param>
/// <param name="Words">Of whom it went against.</param>
/// <param name="At">When it was lodged (UTC).</param>
public sealed record Complaint(Subject Subject, Appealed Decision, Sealed<AppealWords> Words, Instant At);
