using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Disputes;
using Recourse.Exchange;
using Recourse.Inventory;
using Recourse.Kernel;
using Recourse.Orders;
using Recourse.Sellers;
using Recourse.Verifying;
using Recourse.World;
using Recourse.World.Inhabitants;
using Recourse.World.Invariants;
using Recourse.World.Simulations;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

using Finding = Recourse.World.Finding;

/// <summary>People of a simulation buy as real ones do, and whatever could be known is known before they pay.</summary>
[Trait("Capability", "CHK-1")]
public sealed class KnowingBeforehand
{
    /// <summary>What must come about in a few lives, or they say nothing about it.</summary>
    static readonly ImmutableDictionary<string, Func<object, bool>> Lived = new Dictionary<string, Func<object, bool>>
    {
        ["an order with an address"]        = e => e is Order.Event.Placed { Deal.ShipTo: not null },
        ["a use of a coupon"]               = e => e is Coupon.Event.Taken,
        ["a coupon of all shops that is used"] = e => e is Checkout.Event.SellersAsked { IsTaken: true },
        ["a use that came back"]            = e => e is Coupon.Event.GivenBack,
        ["a coupon that the platform bears"] =
            e => e is Coupon.Event.Issued { Terms.BorneBy: Bearer.Platform },
        ["a coupon that linked people want"] = e => e is Checkout.Event.Opened { Facts.Coupons: { } known }
            && known.Found.Any(f => f.Value.Links.Length > 0),
        ["units at a sale price"]           = e => e is StockItem.Event.Reserved { Claim: not null },
        ["a limit for each buyer"]          = e => e is StockItem.Event.LimitSet { Limit: not null },
        ["an order by a service"]           =
            e => e is Order.Event.Placed p && p.Deal.Lines.Any(l => l.By is not null),
        ["an order under a seller's terms"] = e => e is Order.Event.Placed { Deal.Terms: not null },
        ["a holiday"]                       =
            e => e is SellerAccount.Event.TermsDeclared { Terms.Absences.IsEmpty: false },
        ["a price that moved with its rate"] = e => e is Listing.Event.Revised { Moves: [_, ..] },
        ["a way whose cost moved with its rate"] = e => e is Listing.Event.Revised { Ways: not null },
        ["goods that a title names"]        = e => e is Listing.Event.GoodsHeld,
        ["a checkout that was held"]        = e => e is Checkout.Event.HeldForReview,
        ["another method that somebody is to look at"] = e => e is Checkout.Event.HeldForReview { With: not null },
        ["another method that needs its buyer to show who they are"] =
            e => e is Checkout.Event.VerificationAsked { With: not null },
        ["a block of payment methods"]      = e => e is BuyerAccount.Event.MethodsBlocked,
        ["a block that was lifted"]         = e => e is BuyerAccount.Event.BlockLifted,
        ["somebody who is told to give up less"] = e => e is BuyerAccount.Event.Cautioned,
        ["a pause of buying"]               = e => e is BuyerAccount.Event.BuyingPaused,
        ["a bank that says that it is them"] = e => e is Verification.Event.ChallengePassed,
        ["a bank that doesn't"]             = e => e is Verification.Event.ChallengeFailed,
        ["a bank's page that nobody came to"] = e => e is Verification.Event.ChallengeMissed,
        ["an early end that was wrong"]     = e => e is Order.Event.Overturned,
        ["a change whose difference was paid"] = e => e is Order.Event.Amended { Payment: not null },
        ["a change that gave money back"]   = e => e is Order.Event.Amended { From: not null },
        ["a request that was refused"]      = e => e is Order.Event.WishRefused { Wish: Wish.ToCancel },
        ["a difference that never came"]    = e => e is Order.Event.WishEnded { Wish: Wish.ToPay },
        ["a parcel that came back"]         = e => e is Order.Event.CameBack,
        ["a parcel that only its seller says is back"] =
            e => e is Order.Event.CameBack { Why.Code: Reason.BackUnseen },
        ["an end that its buyer said they want"] = e => e is Order.Event.Settled { Why.Code: "cancel.buyer-asked" },
        ["a payout that waits for an appeal"] = e => e is Order.Event.Contested,
        ["an appeal"]                       = e => e is Appeal.Event.Lodged,
        ["an appeal that was right"]        = e => e is Appeal.Event.Reversed,
        ["an appeal that was not"]          = e => e is Appeal.Event.Upheld,
    }.ToImmutableDictionary();

    [Fact]
    public void Few_lives_have_all_of_it()
    {
        HashSet<string> missing = [.. Lived.Keys];
        for (var seed = 1; seed <= 80 && missing.Count > 0; seed++)
        {
            using var run = new SimulationRun(new(seed), Lives.Editions);
            run.Run().Violations.ShouldBeEmpty();
            foreach (var (_, turn) in run.Journal.Read(0, int.MaxValue))
                foreach (var e in turn.Events) missing.RemoveWhere(m => Lived[m](e.Event));
        }
        missing.ShouldBeEmpty();
    }

    /// <summary>Whether lives at an edge with a fault break invariant 14, and how it is told.</summary>
    static string? Breaks(Func<IEdge, IEdge> fault)
    {
        var editions = Lives.Editions with { Edge = platform => fault(Lives.Editions.Edge(platform)) };
        for (var seed = 1; seed <= 24; seed++)
        {
            using var run = new SimulationRun(new(seed, Days: 30), editions);
            if (run.Run().Violations.FirstOrDefault(v => v.Invariant == 14) is { } found) return found.What;
        }
        return null;
    }

    /// <summary>An edge that doesn't tell all that it knows.</summary>
    sealed class Forgetful(IEdge edge, Func<CheckoutFacts, CheckoutFacts> forget) : IEdge
    {
        public (Purchase Purchase, CheckoutFacts Facts) ToBuy(BuyerId buyer, Purchase purchase)
        {
            var (now, facts) = edge.ToBuy(buyer, purchase);
            return (now, forget(facts));
        }

        public (Purchase Purchase, ImmutableArray<Finding> Findings) Look(BuyerId buyer, Purchase purchase) =>
            edge.Look(buyer, purchase);

        public Checkout.Command.Pay ToPay(BuyerId buyer, Checkout.Command.Pay pay) => edge.ToPay(buyer, pay);

        public AmendFacts ToAmend(Deal deal, Changes changes) => edge.ToAmend(deal, changes);

        public Fact<RateTable> Rates() => edge.Rates();

        public string? PrintOf(string method) => edge.PrintOf(method);
    }

    [Fact]
    public void A_look_that_forgets_who_used_a_coupon_is_found() => Breaks(edge => new Forgetful(edge, facts =>
        facts.Coupons is not { } known ? facts : facts with
        {
            Coupons = known with
            {
                Found = [.. known.Found.Select(f => f with { Value = f.Value with { Used = 0, Left = 100 } })],
            },
        })).ShouldNotBeNull().ShouldContain("coupon.used");

    [Fact]
    public void A_look_at_yesterdays_prices_is_found() => Breaks(edge => new Forgetful(edge, facts => facts with
    {
        Quotes =
        [
            .. facts.Quotes.Select(f => f.Value is not { } quote ? f : f with
            {
                Value = quote with { UnitPrice = quote.UnitPrice + quote.UnitPrice },
            }),
        ],
    })).ShouldNotBeNull().ShouldContain("listing.price-changed");

    [Fact]
    public void A_look_that_promises_more_at_a_sale_price_than_is_set_aside_is_found() => Breaks(edge =>
        new Forgetful(edge, facts => facts with
        {
            Quotes =
            [
                .. facts.Quotes.Select(f => f.Value is not { Sale: { } sale } quote ? f : f with
                {
                    Value = quote with { Sale = sale with { Left = 10_000, LeftForBuyer = 10_000 } },
                }),
            ],
        })).ShouldNotBeNull().ShouldContain("promotion.");
}
