using CsCheck;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Tracking;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

[Trait("Capability", "SUP-2")]
public sealed class TellingWhy
{
    static readonly Texts English = Texts.In("en", DateTimeZone.Utc), Portuguese = Texts.In("pt-BR", DateTimeZone.Utc);
    static readonly OrderRules Rules = Published[0].Of<OrderRules>();
    static readonly Statement Why = Given.Funded.WhenDue().WhenDue().Then<Order.Event.Cancelled>().Why;

    [Fact]
    public void Speaks_to_each_reader_in_their_language()
    {
        Assert.Equal(
            "The order was cancelled. You did not dispatch by 8 April 2026. Going back to the buyer: 48.98 EUR. "
            + "Marks on your record: 3. Decided automatically by rule orders.reasons.cancel.never-dispatched, "
            + "rulebook 1. You can appeal until 9 October 2026.",
            English.Tell(Why, Party.Seller));
        Assert.Contains(
            "O vendedor não despachou até 8 de abril de 2026. Valor devolvido a você: 48,98 EUR.",
            Portuguese.Tell(Why, Party.Buyer), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_nothing_goes_back_where_nothing_was_paid() => Assert.Contains(
        "Going back to you: nothing, for nothing had been paid.",
        English.Tell(Given.Placed.WhenDue().Then<Order.Event.Cancelled>().Why, Party.Buyer), StringComparison.Ordinal);

    [Fact]
    public void Says_that_a_fact_is_withheld()
    {
        var why = Given.Funded.When(ThePayment, LosePayment).Then<Order.Event.Cancelled>().Why;
        Assert.Contains("expired_card", English.Tell(why, Party.Buyer), StringComparison.Ordinal);
        Assert.DoesNotContain("expired_card", English.Tell(why, Party.Seller), StringComparison.Ordinal);
        Assert.Contains("{code}", English.Tell("cancel.payment-lost"), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> EveryReasonInEveryLanguage =>
    [
        .. from language in Texts.Languages
           from code in Rules.Reasons.Keys.Order(StringComparer.Ordinal)
           select (language, code),
    ];

    [Theory, MemberData(nameof(EveryReasonInEveryLanguage))]
    public void Has_words_for_every_reason_and_every_reader_with_no_gap_in_them(string language, string code)
    {
        var (texts, reason) = (Texts.In(language, DateTimeZone.Utc), Rules.Reasons[code]);
        Assert.All(reason.Remedies, r => Assert.True(texts.Has(r.Code), r.Code));
        foreach (var why in StatementsOf(code, reason))
        {
            foreach (var reader in (Party[])[Party.Buyer, Party.Seller, Party.Agent, Party.Operator])
            {
                Assert.True(texts.Has(why.Outcome), why.Outcome);
                if (reader is Party.Buyer or Party.Seller) Assert.True(texts.Has($"{code}/{reader}"));
                var told = texts.Tell(why, reader);
                Assert.DoesNotContain(texts.Tell("statement.unknown"), told, StringComparison.Ordinal);
                Assert.DoesNotContain("cancel.", told.Replace($"orders.reasons.{code}", "", StringComparison.Ordinal),
                    StringComparison.Ordinal);
                Assert.DoesNotContain("statement.", told, StringComparison.Ordinal);
                Assert.DoesNotContain("{", told, StringComparison.Ordinal);
            }
        }
    }

    static readonly NewerFact Notice = new("carrier-notice", Wednesday + Duration.FromMinutes(1), "Notice 4711");

    static readonly Actor TheStock = new Actor.Aggregate("stock/shop/cup");

    // The statement as it really comes about, from every state and everybody who may give the reason.
    static IEnumerable<Statement> StatementsOf(string code, Reason reason) =>
        from sale in (Sale[])[Given.Placed, Given.Funded, Given.Funded.WhenDue(), Given.Shipped.WhenDue()]
        from who in (Actor[])[Buyer, Seller, Agent, Operator, TheCheckout, TheStock, Clock]
        from said in (Order.Command[])
        [
            Cancel(code, Given.Funded.Deal.Everything), Cancel(code, Cups(1)), LosePayment,
            new Order.Command.Warn(code, new("cup"), 2),
            new Order.Command.Cancel(code, Given.Funded.Deal.Everything, Newer: Notice, Case: ShownFor(code)),
            new Order.Command.Cancel(code, [Cups(1)], Newer: Notice, Case: ShownFor(code)),
            new Order.Command.Cancel(code, [Cups(1)], BuyersWord: new Fact<Instant>(sale.Now, sale.Now, "messages")),
            new Order.Command.Wake(sale.Due),
        ]
        let at = sale.When(who, said, said is Order.Command.Wake ? sale.Due : sale.Now)
        // What its seller or buyer is warned of first ends it once their time is up.
        let after = at.Last.Events is [Order.Event.WarningGiven, ..] ? at.WhenSettled() : at
        from e in after.Last.Events.OfType<Order.Event.Settled>()
        where e.Why.Code == code
        select e.Why;

    [Fact]
    public void Every_reason_of_the_rulebook_can_come_about() =>
        Assert.All(Rules.Reasons, r => Assert.NotEmpty(StatementsOf(r.Key, r.Value)));

    [Fact]
    public void Every_language_has_words_for_the_same_codes_with_the_same_facts()
    {
        Assert.Equal(English.Codes.Order(StringComparer.Ordinal), Portuguese.Codes.Order(StringComparer.Ordinal));
        Assert.All(English.Codes.Where(c => c is not "format.day" && !c.StartsWith("plural.")), code => Assert.Equal(
            HolesOf(English.Tell(code)), HolesOf(Portuguese.Tell(code))));

        static IEnumerable<string> HolesOf(string text) =>
            text.Split('{').Skip(1).Select(p => p.Split('}')[0]).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Every_refusal_of_an_order_has_words_and_a_way_out_in_every_language()
    {
        Sale[] sales =
        [
            Given.Nothing, Given.Placed, Given.Funded, Given.Shipped, Given.Delivered, Given.Cancelled, Given.Imported,
        ];
        Actor[] actors = [Buyer, Seller, Warehouse, Agent, TheCheckout, ThePayment, TheParcel, Import, Stranger];
        Order.Command[] commands =
        [
            Place(), Place(Wanted("Cup", 0, 0, -1), new(new(new("x"), "y"), new("z"), "", 1, Brl(1), Brl(2))),
            Place([]), Place(Wanted("cup", 100_000, Money.Most, 0)), Fund(Eur(1)),
            new Order.Command.Fund(Eur(48_98), new(Ana, "x")), Ship, new Order.Command.Ship("", ""),
            new Order.Command.Ship("dhl", "RR473124828GB"), Deliver, Receive, LosePayment, Cancel("x"),
                Cancel("cancel.changed-mind", Cups(9)), Cancel("cancel.changed-mind", Cups(1)),
            new Order.Command.Import(History() with { Source = "" }),
        ];
        var refusals = from sale in sales from who in actors from said in commands
                       from no in sale.When(who, said).Last.Refusals select no;
        Assert.All(refusals.Append(new Refusal("kernel.version-changed", new("order.look"))), no =>
        {
            foreach (var texts in (Texts[])[English, Portuguese])
            {
                Assert.True(texts.Has(no.Code) && texts.Has(no.WayOut.Code), $"{no.Code} {no.WayOut.Code}");
                Assert.DoesNotContain(texts.Tell("statement.unknown"), texts.Tell(no), StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void Every_state_deadline_and_tracking_status_has_words()
    {
        string[] codes =
        [
            .. Order.Lifecycle.Arrows.Select(a => $"word.{a.To.Name}"),
            .. Enum.GetNames<TrackingStatus>().Select(s => $"word.{s}"),
            .. Enum.GetNames<Party>().Except(["None", "Everyone", "Staff"]).Select(p => $"word.{p}"),
            .. ((Sale[])[Given.Placed, Given.Funded, Given.Shipped, Given.Delivered])
                .Select(s => $"then.{((Order.State.Open)s.State!).Deadline.Then}"),
        ];
        Assert.All(codes, code => Assert.True(English.Has(code) && Portuguese.Has(code), code));
    }
}
