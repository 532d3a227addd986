using System.Runtime.CompilerServices;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Verifying;
using Xunit;
namespace Recourse.Tests;

/// <summary>A statement that says that it can be appealed has somebody who can, and one that can't doesn't say so.
/// </summary>
[Trait("Capability", "DSP-4")]
public sealed class PromisingAnAppeal
{
    // Who can appeal what goes against them, where it is not the other side's own wish.
    static readonly Dictionary<string, string> Open = new()
    {
        ["BuyerAccount.MethodsBlocked"] = "Buyer", ["BuyerAccount.BuyingPaused"] = "Buyer",
        ["PersonAccount.Blocked"] = "Buyer", ["Verification.Rejected"] = "Buyer",
        ["Checkout.NotOpened"] = "Buyer", ["Checkout.VerificationAsked"] = "Buyer",
        ["Checkout.HeldForReview"] = "Buyer", ["Checkout.TurnedDown"] = "Buyer",
        ["SupplyPlan.Shortened"] = "Buyer", ["SupplyPlan.Ended"] = "Buyer",
        ["Listing.PriceHeld"] = "Seller", ["Listing.GoodsHeld"] = "Seller", ["Listing.Barred"] = "Seller",
        ["Earnings.Withheld"] = "Seller", ["Earnings.ChargedBack"] = "Seller",
        ["ReasonCase.Found"] = "Seller",
        ["Order.Reduced"] = "Buyer, Seller", ["Order.Cancelled"] = "Buyer, Seller", ["Order.Lost"] = "Buyer, Seller",
        ["Order.CameBack"] = "Buyer, Seller", ["Order.WishRefused"] = "Buyer",
    };

    // What nobody here decided, or what nothing here could undo; and what its reader is told to do instead.
    static readonly Dictionary<string, string> Final = new()
    {
        ["Payment.Declined"] = "a bank's no: another method, or the bank",
        ["Payment.CaptureFailed"] = "a bank's no: buy again",
        ["Checkout.Declined"] = "the same, heard from the payment",
        ["Checkout.Abandoned"] = "given up, or nobody acted in time: it is opened again at once",
        ["Refund.Failed"] = "a bank's no: an agent finds another way by a day that is told",
        ["Refund.Reversed"] = "a bank's no: an agent finds another way by a day that is told",
        ["Verification.AmountRefused"] = "a bank's no: another method, or a document",
        ["Verification.AmountUsedUp"] = "a document is left, and is looked at by a person",
        ["Verification.ChallengeFailed"] = "a bank's no: another card, or a document",
        ["SupplyPlan.PutOff"] = "it comes later, and there is nothing to bring sooner",
        ["Payout.Rejected"] = "a bank's no: the money is back where it came from, and goes to another account",
        ["Order.AmendmentHeld"] = "a person answers it by a day that is told, and the order goes on as it was",
        ["Appeal.Upheld"] = "once within the platform; further out of court",
    };

    static readonly OrderId AnOrder = new(new("potter"), "o1");

    static readonly ImmutableArray<Type> Adverse =
    [
        .. typeof(IAdverse).Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(IAdverse).IsAssignableFrom(t)
            && t.DeclaringType is { Name: "Event" }),
    ];

    static string NameOf(Type type) => $"{type.DeclaringType!.DeclaringType!.Name}.{type.Name}";

    public static TheoryData<string> Events => [.. Adverse.Select(NameOf).Order(StringComparer.Ordinal)];

    static IId IdOf(string kind) => kind switch
    {
        "BuyerAccount"  => new BuyerId("ana"),
        "PersonAccount" => new People.PersonId("ana"),
        "ReasonCase"    => new Reasons.ReasonCaseId(new("potter"), "o1"),
        "Verification"  => new VerificationId(new("ana")),
        "Checkout"      => new Checkouts.CheckoutId(new("ana"), "c1"),
        "Listing"       => new Catalog.ListingId(new("potter"), "cup"),
        "Order"         => AnOrder,
        "SupplyPlan"    => SupplyPlanIdOf(),
        "Payment"       => new PaymentId(new("ana"), "c1"),
        "Refund"        => Refunds.RefundId.Of(new("ana"), AnOrder, 1),
        "Earnings"      => Payouts.EarningsId.Of(new("potter"), Currency.Eur),
        "Payout"        => Payouts.PayoutId.Of(new BuyerId("ana"), "x"),
        _               => new AppealId("ana", "x"),
    };

    static Instalments.SupplyPlanId SupplyPlanIdOf() => Instalments.SupplyPlanId.Of(AnOrder, new("cup"));

    static Statement Said(DecidedBy by, Instant? until, params ImmutableArray<Remedy> remedies) => new(
        "a.code", "an.outcome", [new("units", 1, Party.Everyone)], "a.rule", 1, by, remedies,
        Purchase.Wednesday, until);

    static object With(Type type, Statement why)
    {
        var e = RuntimeHelpers.GetUninitializedObject(type);
        for (var t = type; t is not null; t = t.BaseType)
            if (t.GetProperty(nameof(IAdverse.Why), BindingFlagsOfOwn) is { CanWrite: true } own) own.SetValue(e, why);
        return e;
    }

    const System.Reflection.BindingFlags BindingFlagsOfOwn = System.Reflection.BindingFlags.Instance
        | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.DeclaredOnly;

    static string WhoCan(Type type, Statement why) => string.Join(", ",
        from who in (Actor[])[new Actor.Buyer(new("ana")), new Actor.Seller(new("potter"))]
        where Subject.Of(IdOf(type.DeclaringType!.DeclaringType!.Name), With(type, why), who) is not null
        select who.GetType().Name);

    [Theory, MemberData(nameof(Events))]
    public void Whatever_goes_against_somebody_is_appealed_by_them_or_says_what_to_do_instead(string name)
    {
        var type = Adverse.Single(t => NameOf(t) == name);
        Assert.True(Open.ContainsKey(name) != Final.ContainsKey(name), $"{name} is to stand in one of the two lists.");
        var promise = Said(
            new DecidedBy.Automated("x"), Purchase.Wednesday + Duration.FromDays(184), Statement.Appeal);
        Assert.Equal(Open.GetValueOrDefault(name, ""), WhoCan(type, promise));
        Assert.Equal("", WhoCan(type, Said(new DecidedBy.Automated("x"), null, Statement.Appeal)));
    }

    [Fact]
    public void Both_lists_are_of_what_there_is() =>
        Assert.Empty(Open.Keys.Concat(Final.Keys).Except(Adverse.Select(NameOf)));

    [Fact]
    public void Nobody_appeals_what_they_decided_themselves()
    {
        var type = typeof(Order.Event.Cancelled);
        var until = Purchase.Wednesday + Duration.FromDays(184);
        Assert.Equal("Buyer", WhoCan(type, Said(new DecidedBy.Person(Party.Seller), until, Statement.Appeal)));
        Assert.Equal("Buyer, Seller", WhoCan(type, Said(new DecidedBy.Person(Party.Agent), until, Statement.Appeal)));
        var own = Said(new DecidedBy.Person(Party.Seller), until, new("order.look"), Statement.Appeal);
        Assert.Equal([new Remedy("order.look")], own.RemediesFor(Party.Seller));
        Assert.Equal(own.Remedies, own.RemediesFor(Party.Buyer));
        Assert.Equal(own.Remedies, own.RemediesFor(Party.Agent));
    }

    [Fact]
    public void Is_told_in_words_to_whom_it_is_open_and_to_nobody_else()
    {
        var english = Texts.In("en", DateTimeZone.Utc);
        var why = Said(new DecidedBy.Person(Party.Seller), Purchase.Wednesday + Duration.FromDays(184),
            Statement.Appeal);
        Assert.Contains("You can appeal until", english.Tell(why, Party.Buyer), StringComparison.Ordinal);
        Assert.DoesNotContain("You can appeal", english.Tell(why, Party.Seller), StringComparison.Ordinal);
        Assert.DoesNotContain("You can appeal", english.Tell(Said(why.By, null, new Remedy("support.ask")),
            Party.Buyer), StringComparison.Ordinal);
    }

    [Fact]
    public void Staff_read_who_can_and_until_when()
    {
        var english = Texts.In("en", DateTimeZone.Utc);
        var why = Said(new DecidedBy.Automated("x"), Purchase.Wednesday + Duration.FromDays(184), Statement.Appeal);
        foreach (var staff in (Party[])[Party.Agent, Party.Operator, Party.Staff])
        {
            var text = english.Tell(why, staff);
            Assert.Contains("Whoever it went against can appeal until", text, StringComparison.Ordinal);
            Assert.DoesNotContain("You", text, StringComparison.OrdinalIgnoreCase);
        }
    }
}
