using Recourse.Catalog;
using Recourse.Ledger;
using Recourse.Orders;
using Recourse.Tracking;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

public sealed class LookingThingsUp
{
    /// <summary>The rows of a view after a history, by their keys.</summary>
    static Dictionary<string, object> Rows(View view, IEnumerable<Recorded> history)
    {
        Dictionary<string, object> rows = [];
        foreach (var recorded in history)
        {
            foreach (var key in view.KeysOf(recorded))
            {
                if (view.Apply(key, rows.GetValueOrDefault(key), recorded) is { } row) rows[key] = row;
                else rows.Remove(key);
            }
        }
        return rows;
    }

    static IEnumerable<Recorded> Told(IId id, params (Actor, object)[] asks)
    {
        var kind = Modules.Kinds.Single(k => k.Types.Id == id.GetType());
        var (state, position) = ((object?)null, 0L);
        foreach (var (who, command) in asks)
        {
            position++;
            var decision = kind.Decide(id, state, command, new Asked(who, Wednesday, Published));
            foreach (var (nth, e) in decision.Events.Index())
            {
                state = kind.Evolve(state, e);
                yield return new(position, nth, Wednesday, who, 1, id, e, [.. kind.Transfers(id, state, e)]);
            }
        }
    }

    static readonly Recorded[] ASale = [.. Told(Sold, (TheCheckout, Place()), (ThePayment, Fund(Eur(48_98))),
        (Buyer, Cancel("cancel.changed-mind", Cups(2))), (Seller, Ship), (TheParcel, Deliver), (Buyer, Receive))];

    static readonly Recorded[] AHistory =
        [.. Told(new OrderId(Shop, "o1"), (Import, new Order.Command.Import(History(delivered: Wednesday))))];

    [Fact]
    public void An_order_is_listed_with_what_stands_and_whom_it_waits_for()
    {
        var placed = Assert.IsType<OrderRow>(Assert.Single(Rows(OrderList.View, ASale.Take(1))).Value);
        Assert.Equal(("Placed", Eur(48_98), 8, Party.Platform, null),
            (placed.State, placed.Total, placed.Units, placed.Awaited!.Owner, placed.Statement));

        var row = Assert.IsType<OrderRow>(Assert.Single(Rows(OrderList.View, ASale)).Value);
        Assert.Equal(("Completed", Eur(41_32), 6, null, "cancel.changed-mind"),
            (row.State, row.Total, row.Units, row.Awaited, row.Statement));
    }

    [Fact]
    public void An_order_is_found_by_its_buyer_its_seller_and_staff_alone()
    {
        var (key, row) = Assert.Single(Rows(OrderList.View, ASale));
        var found = OrderList.View.FoundBy(key, row).Where(f => f.Index == Scope.Index).Select(f => f.Value);
        Assert.Equal(["buyer/ana", "seller/shop", "all"], found);
        Assert.Null(Scope.VisibleTo(Carrier));
    }

    [Fact]
    public void An_order_is_found_by_its_deadline_by_whoever_must_keep_it_and_by_staff()
    {
        (Instant? Due, List<Found> Found) After(int events)
        {
            var (key, value) = Assert.Single(Rows(OrderList.View, ASale.Take(events)));
            var row = Assert.IsType<OrderRow>(value);
            return (row.Awaited?.Due, [.. OrderList.View.FoundBy(key, row).Where(f => f.Index == OrderList.ByDue)]);
        }

        var (placed, funded) = (After(1), After(2));
        Assert.Equal(["buyer/ana|Seller", "seller/shop|Seller", "all"], funded.Found.Select(f => f.Value));
        Assert.Equal(placed.Due < funded.Due,
            string.CompareOrdinal(placed.Found[^1].Sort, funded.Found[^1].Sort) > 0);
        Assert.Empty(After(ASale.Length).Found);
    }

    [Fact]
    public void A_taken_over_order_is_listed_as_such()
    {
        var row = Assert.IsType<OrderRow>(Assert.Single(Rows(OrderList.View, AHistory)).Value);
        Assert.Equal((true, "Imported", Brl(12_50), 1), (row.IsImported, row.State, row.Total, row.Units));
    }

    [Fact]
    public void The_shop_window_shows_what_is_on_offer()
    {
        var told = Told(Crockery, (Seller, new Listing.Command.Publish(Wares)), (Seller, new Listing.Command.Pause()),
            (Seller, new Listing.Command.Resume())).ToList();
        Assert.Equal([true, false, true], Enumerable.Range(1, 3).Select(i =>
        {
            var (key, row) = Assert.Single(Rows(ShopWindow.View, told.Take(i)));
            return ShopWindow.View.FoundBy(key, row).Any(f => f.Index == ShopWindow.OnOffer);
        }));
    }

    [Fact]
    public void The_shop_window_shows_what_is_sent_to_a_country_while_it_is_on_offer()
    {
        string[] Values(params (Actor, object)[] asks)
        {
            var (key, row) = Assert.Single(Rows(ShopWindow.View, Told(Crockery, asks)));
            return [.. ShopWindow.View.FoundBy(key, row).Where(f => f.Index == ShopWindow.ByCountry)
                .Select(f => f.Value)];
        }

        (Actor, object) offer = (Seller, new Listing.Command.Publish(Wares with { Category = "kitchen" }));
        var countries = Wares.ShipsTo.Select(d => d.Country).ToList();
        Assert.Equal(countries.SelectMany(c => (string[])[ShopWindow.To(c), ShopWindow.To(c, "kitchen")]).Order(),
            Values(offer).Order());
        Assert.Empty(Values(offer, (Seller, new Listing.Command.Pause())));
    }

    [Fact]
    public void A_parcel_is_found_by_its_number_however_it_is_written()
    {
        var register = new Parcel.Command.Register(new("dhl", "RR473124829GB", Wednesday), Ana);
        var rows = Rows(ParcelsByNumber.View, Told(ParcelId.Of(Sold), (TheOrder, register)));
        var row = Assert.IsType<ParcelNumber>(rows[ParcelsByNumber.Key("dhl", "rr 4731 2482-9gb")]);
        Assert.Equal([$"{ParcelId.Of(Sold)}"], row.Parcels);
    }

    [Fact, Trait("Capability", "PAY-1")]
    public void Totals_by_kind_of_account_are_the_balances_added_up()
    {
        var totals = Rows(AccountTotals.View, [.. ASale, .. AHistory]).Values.Cast<AccountTotal>().ToList();
        var balances = Rows(Balances.View, [.. ASale, .. AHistory]).Values.Cast<Balance>();
        Assert.Equal(
            balances.GroupBy(b => (Books.KindOf(b.Account), b.Currency)).Select(g => (g.Key, Sum: g.Sum(b => b.Minor)))
                .Where(g => g.Sum != 0).Order(),
            totals.Select(t => ((t.Kind, t.Currency), t.Minor)).Order());
        Assert.All(totals.GroupBy(t => t.Currency), all => Assert.Equal(0, all.Sum(t => t.Minor)));
    }

    [Fact]
    public void An_order_counts_once_under_its_state()
    {
        for (var events = 1; events <= ASale.Length; events++)
        {
            var (key, row) = Assert.Single(Rows(OrderList.View, ASale.Take(events)));
            Assert.Equal(((OrderRow)row).State,
                Assert.Single(OrderList.View.FoundBy(key, row), OrderList.View.IsCounted).Value);
        }
    }

    [Fact, Trait("Capability", "PAY-1")]
    public void Balances_are_the_sum_of_the_postings_and_sum_up_to_nothing()
    {
        var balances = Rows(Balances.View, [.. ASale, .. AHistory]).Values.Cast<Balance>().ToList();
        var postings = Rows(Postings.View, [.. ASale, .. AHistory]).Values.Cast<Posting>().ToList();
        Assert.All(balances.GroupBy(b => b.Currency), all => Assert.Equal(0, all.Sum(b => b.Minor)));
        Assert.All(balances, b => Assert.Equal(b.Minor,
            postings.Where(p => p.Amount.Currency.Code == b.Currency)
                .Sum(p => (p.To == b.Account ? p.Amount.Minor : 0) - (p.From == b.Account ? p.Amount.Minor : 0))));
        Assert.DoesNotContain(balances, b => b.Minor == 0 || b.Account == $"escrow/{Sold}");
        Assert.Equal(balances.Select(b => b.Account).Order(), (
            from p in postings
            from side in new[] { (Account: p.From, Minor: -p.Amount.Minor), (Account: p.To, p.Amount.Minor) }
            group side.Minor by side.Account into account
            where account.Sum() != 0
            select account.Key).Order());
    }

    [Fact, Trait("Capability", "PAY-1")]
    public void Postings_are_found_by_account_and_by_order_and_seen_by_whose_books_they_are_in()
    {
        var rows = Rows(Postings.View, ASale);
        Assert.Equal(4, rows.Count);
        Assert.All(rows, r => Assert.Contains(
            new Found(Postings.ByOrder, $"{Sold}", ""), Postings.View.FoundBy(r.Key, r.Value)));
        var funded = rows.Single(r => r.Value is Posting { Event: "Order.Funded" });
        Assert.Equal(["seller/shop"],
            Postings.View.FoundBy(funded.Key, funded.Value).Where(f => f.Index == Scope.Index).Select(f => f.Value));
    }

    [Fact]
    public void A_balance_is_found_by_everything_that_its_account_is_a_part_of()
    {
        var held = ASale.TakeWhile(r => r.Event is not Order.Event.Completed);
        var (key, row) = Rows(Balances.View, [.. held])
            .First(b => b.Key.StartsWith("escrow", StringComparison.Ordinal));
        Assert.Equal($"escrow/{Sold}/EUR", key);
        Assert.Equal([new Found(Scope.Index, "seller/shop", "")], Balances.View.FoundBy(key, row));
    }
}
