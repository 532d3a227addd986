using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.People;
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

    /// <summary>What can be appealed of what happened; null: nothing.</summary>
    public static Subject? Of(IId id, object @event) => (id, @event) switch
    {
        (BuyerId buyer, BuyerAccount.Event.MethodsBlocked) => new PaymentBlock(buyer),
        (BuyerId buyer, BuyerAccount.Event.BuyingPaused)   => new BuyingPause(buyer),
        (CheckoutId checkout, Checkouts.Checkout.Event.NotOpened or Checkouts.Checkout.Event.VerificationAsked
            or Checkouts.Checkout.Event.HeldForReview or Checkouts.Checkout.Event.TurnedDown) => new Checkout(checkout),
        (PersonId person, PersonAccount.Event.Blocked)     => new PersonBlock(person),
        (VerificationId proof, Verification.Event.Rejected) => new Proof(proof),
        _ => null,
    };

    /// <summary>Whom it went against.</summary>
    public BuyerId Owner => this switch
    {
        PaymentBlock s => s.Buyer,
        Checkout s     => s.Id.Buyer,
        BuyingPause s  => s.Buyer,
        PersonBlock s  => new(s.Person.Code),
        Proof s        => s.Id.Buyer,
    };

    /// <summary>In whose record it stands.</summary>
    public IId About => this switch
    {
        PaymentBlock s => s.Buyer,
        Checkout s     => s.Id,
        BuyingPause s  => s.Buyer,
        PersonBlock s  => s.Person,
        Proof s        => s.Id,
    };

    /// <summary>Its name, as lists have it.</summary>
    public string Name => this switch
    {
        PaymentBlock => nameof(PaymentBlock),
        Checkout     => nameof(Checkout),
        BuyingPause  => nameof(BuyingPause),
        PersonBlock  => nameof(PersonBlock),
        Proof        => nameof(Proof),
    };
}

/// <summary>A decision as it was found on record.</summary>
/// <param name="By">The name of the actor who decided, e.g. <c>agent/ines</c>.</param>
public sealed record Appealed(Statement Why, string By);

/// <summary>What somebody says in their own words; only ever stored sealed.</summary>
public sealed record AppealWords(string Text);

/// <summary>What is appealed, and what is said against it.</summary>
/// <param name="Decision">The statement, and who decided.</param>
/// <param name="Words">Of whom it went against.</param>
/// <param name="At">When it was lodged (UTC).</param>
public sealed record Complaint(Subject Subject, Appealed Decision, Sealed<AppealWords> Words, Instant At);
