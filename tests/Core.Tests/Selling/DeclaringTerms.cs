using CsCheck;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Sellers;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>A seller's own terms are told before anybody pays, and never brought up later.</summary>
public sealed class DeclaringTerms
{
    const string Why = "We lost too many parcels there.";

    static readonly BasketLine SixCups = new(Crockery, new("cup"), 6, null),
        TwoPots = new(Crockery, new("pot"), 2, null);

    static LocalDate Day(int month, int day) => new(2026, month, day);

    static SellerTerms Terms(
        ImmutableArray<NotSent>? notSent = null, ImmutableArray<RecordNeeded>? records = null, MostUnits? most = null,
        ImmutableArray<Absence>? absences = null, ImmutableArray<IsoDayOfWeek>? daysOff = null, int? parcels = null) =>
        new(0, notSent ?? [], records ?? [], most, absences ?? [], daysOff ?? [], parcels);

    static Decision<SellerAccount.Event> Declare(SellerTerms terms, SellerAccount.State? state = null) =>
        SellerAccount.Decide(Shop, state, new SellerAccount.Command.DeclareTerms(terms),
            new(Seller, Wednesday, Published));

    static CheckoutFacts Facts(
        SellerTerms terms, int? honest = null, int? waiting = null, params string[] goods) => new(
        [.. Enumerable.Range(0, 2).Select(n => new Fact<Quoted?>(
            new($"Thing {n}", Eur(10_00), Eur(1_00), Offered: true, "DE", Goods: [.. goods]), Wednesday, "test"))],
        Sellers: [new(new(Shop, terms, honest, waiting), Wednesday, "test")]);

    static readonly Basket Both = new([SixCups, TwoPots], "BR", null, "card-1");

    static ImmutableArray<Checkout.Finding> Found(CheckoutFacts facts) =>
        [.. Checkout.Findings(Both, facts, new(Buyer, Wednesday, Published))
            .Where(f => f.What.Code is not "checkout.duties-unknown")];

    static string[] Codes(CheckoutFacts facts) => [.. Found(facts).Select(f => f.Id)];

    static Order.Command PlaceUnder(ShopHours? hours) =>
        new Order.Command.Place(new(
            AnasCheckout, Shop, [Wanted("cup", 6, 3_33, 50, "DE")], "DE", null, Hours: hours, Terms: 1));

    static Instant DueUnder(ShopHours? hours) =>
        Given.Nothing.When(TheCheckout, PlaceUnder(hours)).WhenPaid().Then<Order.Event.Funded>().Deadline.Due;

    [Fact, Trait("Capability", "BUY-5")]
    public void Each_condition_is_found_with_its_reason()
    {
        var terms = Terms(
            [new(["BR"], [], Why)], [new(Eur(50_00), 3, "Dear goods go to those we know.")], new(7, "There are few."));
        var found = Found(Facts(terms, honest: 1));
        Assert.Equal(
            ["terms.not-sent-there:lines[0]", "terms.not-sent-there:lines[1]", "terms.too-many-units:lines[0].quantity",
                "terms.record-needed:lines[0]"],
            found.Select(f => f.Id));
        Assert.All(found, f => Assert.Equal(Gravity.Blocking, f.Gravity));
        Assert.Contains(new Named("reason", Why), found[0].What.Facts);
        Assert.Contains(new Named("units", 5L), found[2].What.Facts);       // with the two pots
    }

    [Fact, Trait("Capability", "BUY-5")]
    public void What_does_not_concern_a_buyer_is_not_told()
    {
        var terms = Terms(
            [new(["US"], [], Why), new(["BR"], ["perfume"], Why)], [new(Eur(50_00), 3, "x"), new(Brl(1), 3, "x")],
            new(8, "x"));
        Assert.Empty(Codes(Facts(terms, honest: 3)));
        Assert.Empty(Codes(Facts(terms, honest: null)));                    // a visitor is asked once they are known
        Assert.Equal(["terms.goods-not-sent:lines[0]", "terms.goods-not-sent:lines[1]"],
            Codes(Facts(terms, 3, null, "perfume")));
    }

    [Fact, Trait("Capability", "FUL-5")]
    public void Days_away_move_the_promised_day_and_are_told_before_paying()
    {
        var usual = DueUnder(null);
        Assert.Equal(Instant.FromUtc(2026, 4, 8, 16, 0), usual);            // Good Friday and Easter Monday lie between
        var away = new Absence(Day(4, 7), Day(4, 17), "Moving house");
        var due = DueUnder(new([away], []));
        Assert.Equal(Instant.FromUtc(2026, 4, 21, 16, 0), due);

        var told = Assert.Single(Found(Facts(Terms(absences: [away]))));
        Assert.Equal(("terms.away", Gravity.Advice), (told.What.Code, told.Gravity));
        Assert.Contains(new Named("reason", "Moving house"), told.What.Facts);
        Assert.Contains(new Named("due", due), told.What.Facts);
        Assert.Empty(Codes(Facts(Terms(absences: [new(Day(5, 1), Day(5, 9), "Later")]))));
    }

    [Fact, Trait("Capability", "FUL-5")]
    public void Weekly_days_off_do_so_too()
    {
        Assert.Equal(Instant.FromUtc(2026, 4, 10, 16, 0), DueUnder(new([], [IsoDayOfWeek.Thursday])));
        Assert.Equal(["terms.closed-days:lines[0]"],
            Codes(Facts(Terms(daysOff: [IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday]))));
    }

    [Fact, Trait("Capability", "CHK-8")]
    public void Beyond_what_they_can_send_in_a_day_each_day_s_worth_is_promised_a_day_later()
    {
        var five = Terms(parcels: 5);
        Instant Due(int waiting) => DueUnder(five.Hours(waiting));
        Assert.Equal(DueUnder(null), Due(0));
        Assert.Equal(DueUnder(null), Due(14));
        Assert.Equal(Instant.FromUtc(2026, 4, 9, 16, 0), Due(15));
        Assert.Equal(Due(15), Due(19));
        Assert.Equal(Instant.FromUtc(2026, 4, 10, 16, 0), Due(20));
        Assert.Empty(Codes(Facts(five, waiting: 14)));
        Assert.Equal(["terms.busy:lines[0]"], Codes(Facts(five, waiting: 15)));
    }

    [Fact, Trait("Capability", "CHK-8")]
    public void A_longer_queue_is_never_promised_an_earlier_day() => Gen.Select(
        Gen.Int[1, 20], Gen.Int[0, 400], Gen.Int[0, 400], Gen.Int[0, 40]).Sample((parcels, a, b, away) =>
        {
            var terms = Terms(parcels: parcels, absences: [new(Day(4, 2), Day(4, 2).PlusDays(away), "x")]);
            Assert.True(DueUnder(terms.Hours(Math.Min(a, b))) <= DueUnder(terms.Hours(Math.Max(a, b))));
        });

    [Fact, Trait("Capability", "FUL-5")]
    public void An_order_is_placed_with_what_was_told()
    {
        var terms = Terms(absences: [new(Day(4, 7), Day(4, 17), "Moving house")]) with { Number = 4 };
        var opened = Checkout.Decide(AnasCheckout, null, new Checkout.Command.Open(Both, Facts(terms)),
            new(Buyer, Wednesday, Published)).Events.OfType<Checkout.Event.Opened>().Single();
        var request = Assert.Single(opened.Requests);
        Assert.Equal(4, request.Terms);
        Assert.Equal(Day(4, 17), Assert.Single(request.Hours!.Absences).To);
    }

    [Fact, Trait("Capability", "BUY-5")]
    public void A_condition_that_came_after_an_order_justifies_no_cancellation()
    {
        var sold = Given.Nothing.When(TheCheckout, PlaceUnder(null)).WhenPaid();
        var declared = Assert.IsType<SellerAccount.Event.TermsDeclared>(
            Assert.Single(Declare(Terms([new(["DE"], [], Why)])).Events));
        Assert.Equal(1, declared.Terms.Number);

        // The order knows nothing of it.
        sold.When(Seller, Cancel("cancel.cannot-ship-there", new Portion(1, 6)))
            .ThenRefused("order.knowable-under-terms");
    }

    static Order.Command Because(string kind, Instant since, string source) => new Order.Command.Cancel(
        "cancel.cannot-ship-there", [new(1, 6)], Newer: new(kind, since, source),
        Case: ShownFor("cancel.cannot-ship-there"));

    [Fact, Trait("Capability", "BUY-5")]
    public void Only_what_has_come_up_since_keeps_an_order_from_being_sent_and_its_buyer_reads_what()
    {
        var sold = Given.Nothing.When(TheCheckout, PlaceUnder(null)).WhenPaid();
        var placed = ((Order.State.Funded)sold.State!).Deal.PlacedAt;
        var now = placed + Duration.FromHours(1);
        sold = sold with { Now = now };
        sold.When(Seller, Because("carrier-notice", placed, "DHL 4711")).ThenRefused("order.not-newer");
        sold.When(Seller, Because("carrier-notice", now + Duration.FromSeconds(1), "DHL 4711"))
            .ThenRefused("order.not-newer");
        sold.When(Seller, Because("no-wish", placed - Duration.FromDays(1), " ")).ThenRefused(
            "order.no-such-newer-fact", "order.not-newer", "order.no-source");
        var since = placed + Duration.FromTicks(1);
        var cancelled = sold.When(Seller, Because("carrier-notice", since, "DHL 4711")).Then<Order.Event.Cancelled>();
        Assert.Equal(Eur(6 * (3_33 + 50)), cancelled.Settlement.ToBuyer);
        Assert.Equal(
            [(Value)"newer-carrier-notice", since, "DHL 4711"],
            ((string[])["newer", "since", "source"]).Select(
                n => cancelled.Why.Facts.Single(f => f.Name == n && f.SeenBy == Party.Everyone).Value));
        foreach (var (reader, says) in ((Party, string)[])
        [
            (Party.Buyer, "to your address any more: a notice of the carrier. That came up after you ordered."),
            (Party.Seller, "You can't ship to this address any more: a notice of the carrier."),
        ])
            Assert.Contains(
                says, Texts.In("en", DateTimeZone.Utc).Tell(cancelled.Why, reader), StringComparison.Ordinal);
    }

    [Fact, Trait("Capability", "BUY-5")]
    public void Each_change_has_its_number_and_saying_it_twice_is_none()
    {
        var terms = Terms([new(["BR"], [], Why)], parcels: 5);
        var first = SellerAccount.Evolve(null, Assert.Single(Declare(terms).Events));
        Assert.Empty(Declare(terms, first).Events);
        var second = SellerAccount.Evolve(first, Assert.Single(Declare(Terms(), first).Events));
        Assert.Equal((2, null), (second.Terms!.Number, second.Terms.ParcelsADay));
        Assert.Empty(Declare(Terms()).Events);
    }

    [Fact, Trait("Capability", "BUY-5")]
    public void All_that_is_wrong_is_told_at_once() => Assert.Equal(
        [
            "notSent[0].countries", "notSent[0].reason", "records[0].above", "records[0].honestOrders",
            "records[0].reason", "most.units", "parcelsADay", "absences[0].to", "absences[0].reason", "daysOff",
        ],
        Declare(Terms(
            [new(["XX"], [], " ")], [new(Eur(-1), 0, new('x', 201))], new(0, "x"), [new(Day(4, 2), Day(4, 1), "")],
            [.. Enumerable.Range(1, 5).Select(d => (IsoDayOfWeek)d)], 0)).Refusals.Select(no => no.Field));
}
