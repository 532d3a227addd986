using Recourse.Checkouts;
using Recourse.Olist;
using Shouldly;
using Xunit;
using static Recourse.Tests.SmallHistory;
namespace Recourse.Tests;

/// <summary>The baskets of a made-up history, each checked by what was known when it was bought.</summary>
[Trait("Capability", "CHK-7")]
public sealed class SendingBasketsThroughTheChecks
{
    static BasketReport Sent(SmallHistory history) => BasketReplay.Of(history.Read(), Purchase.Published[0]);

    static SmallHistory Bought(
        string id, string price, string at = "2018-02-05 10:00:00", string status = "delivered", int units = 1,
        string customer = "c1", SmallHistory? also = null)
    {
        var history = (also ?? Good).With(OlistFile.Orders, Order(id, customer, status, purchased: at));
        for (var i = 1; i <= units; i++)
            history.With(OlistFile.Items, $"{id},{i},x1,s1,2018-03-09 12:00:00,{price},10.05");
        return history;
    }

    static IEnumerable<string> Codes(BasketFigures figures) => figures.Codes.Select(c => $"{c.Code} {c.Baskets}");

    [Fact]
    public void An_ordinary_basket_passes()
    {
        var report = Sent(Good);
        (report.EndedWell.Baskets, report.EndedWell.Blocking, report.GoalMet).ShouldBe((1, 0, true));
        report.EndedWell.Codes.ShouldBeEmpty();
    }

    [Fact]
    public void A_price_with_a_zero_too_many_is_found_beside_what_it_cost_before_and_not_beside_what_it_cost_later()
    {
        var report = Sent(Bought("o2", "999.0"));
        report.StoppedThoughWell.ShouldHaveSingleItem().Order.ShouldBe("o2");
        Codes(report.EndedWell).ShouldContain("price.extra-zero 1");
        report.GoalMet.ShouldBeFalse();
        // The same two sales the other way round: the dear one comes first, and nothing is known yet.
        var first = Sent(Bought("o2", "999.0", at: "2017-12-05 10:00:00"));
        first.StoppedThoughWell.ShouldHaveSingleItem().Order.ShouldBe("o1");
    }

    [Fact]
    public void How_it_ended_changes_where_it_is_counted_and_not_what_is_found()
    {
        foreach (var status in (string[])["unavailable", "canceled"])
        {
            var report = Sent(Bought("o2", "999.0", status: status));
            report.GoalMet.ShouldBeTrue();
            var warned = report.Warned.ShouldHaveSingleItem();
            (warned.Order, warned.Status, warned.Worst).ShouldBe(("o2", status, Gravity.Blocking));
            warned.Found.Select(f => f.Code).ShouldBe(
                Sent(Bought("o2", "999.0")).StoppedThoughWell.Single().Found.Select(f => f.Code));
        }
    }

    [Fact]
    public void A_town_of_another_state_is_asked_about_and_stops_nobody_for_good()
    {
        var report = Sent(Good.Only(OlistFile.Customers, "c1,p1,01310,sao paulo,RJ"));
        (report.EndedWell.Steps, report.EndedWell.Blocking).ShouldBe((1, 0));
        Codes(report.EndedWell).ShouldBe(["address.postcode-elsewhere 1"]);
    }

    [Fact]
    public void The_same_bought_twice_within_minutes_is_told()
    {
        var twice = Bought("o2", "99.9", at: "2018-01-05 10:03:00", customer: "c2",
            also: Good.With(OlistFile.Customers, "c2,p1,01310,sao paulo,SP"));
        Codes(Sent(twice).EndedWell).ShouldBe(["checkout.bought-just-now 1"]);
    }

    [Fact]
    public void Sixty_of_a_thing_are_asked_about()
    {
        Codes(Sent(Bought("o2", "99.9", units: 60)).EndedWell).ShouldBe(["checkout.odd-quantity 1"]);
        Sent(Bought("o2", "99.9", units: 59)).EndedWell.Codes.ShouldBeEmpty();
    }

    [Fact]
    public void A_basket_of_which_nothing_is_known_is_said_to_be_so()
    {
        var report = Sent(Good.With(OlistFile.Orders, Order("o9", status: "unavailable")));
        report.NotChecked.ShouldHaveSingleItem().NotChecked.ShouldBe(OlistCode.NotReplayableWithoutItems);
        var figures = report.Others.ShouldHaveSingleItem();
        (figures.Status, figures.Baskets, figures.NotChecked).ShouldBe(("unavailable", 1, 1));
    }

    [Fact]
    public void Nothing_is_divided_by_where_nothing_ended_well() =>
        Sent(Good.Only(OlistFile.Orders, Order("o1", status: "canceled"))).GoalMet.ShouldBeTrue();
}
