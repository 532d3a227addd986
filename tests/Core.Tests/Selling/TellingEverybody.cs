using Recourse.Orders;
using Recourse.Reasons;
using Xunit;
namespace Recourse.Tests;

/// <summary>What of a decision is everybody's to read.</summary>
[Trait("Capability", "POL-3")]
public sealed class TellingEverybody
{
    static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    static Statement Why(string code = "cancel.out-of-stock", bool isOpen = true, DecidedBy? by = null) => new(
        code, "order.cancelled", [new("back", new Money(1250, Currency.Eur), Party.Everyone)],
        $"orders.reasons.{code}", 3, by ?? new DecidedBy.Person(Party.Seller), [Statement.Appeal], Noon,
        isOpen ? Noon + Duration.FromDays(184) : null);

    static Recorded Recorded(Statement why) => new(
        41, 2, Noon, new Actor.Clock(), 3, new OrderId(new("potter"), "o1"),
        new Order.Event.Cancelled(null!, why), []);

    static DecisionRow? Row(Statement why)
    {
        var keys = ReasonRegister.View.KeysOf(Recorded(why)).ToList();
        return keys is [var key] ? (DecisionRow?)ReasonRegister.View.Apply(key, null, Recorded(why)) : null;
    }

    [Fact]
    public void A_decision_has_its_place_in_the_log_as_its_number()
    {
        var row = Row(Why())!;
        Assert.Equal(("000000000041-2", "order", "cancel.out-of-stock"), (row.Uid, row.Kind, row.Code));
        Assert.False(row.IsOfPlatform);
        Assert.True(Row(Why(by: new DecidedBy.Automated("orders")))!.IsOfPlatform);
        Assert.True(Row(Why(by: new DecidedBy.Person(Party.Agent)))!.IsOfPlatform);
    }

    [Fact]
    public void What_nobody_can_appeal_is_no_decision() => Assert.Null(Row(Why(isOpen: false)));

    [Theory]
    [InlineData("en", "The order was cancelled. The seller says that it is out of stock. Decided by the seller")]
    [InlineData("zh-Hans", "订单已取消。卖家称已缺货。由卖家依据规则")]
    [InlineData("es", "El pedido se canceló. El vendedor dice que está agotado. Decidido por el vendedor")]
    public void Sentences_that_rest_on_a_fact_are_left_out(string language, string begins)
    {
        var row = Row(Why())!;
        var text = Texts.ForStatements(language, DateTimeZone.Utc)
            .TellEverybody(row.Code, row.Outcome, row.DecidedBy, row.Rule, row.Rulebook);
        Assert.StartsWith(begins, text, StringComparison.Ordinal);
        Assert.DoesNotContain("12", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "zh-Hans")]
    [InlineData("es-MX", "es")]
    [InlineData("pt", "pt-BR")]
    [InlineData("fr-CA", "fr")]
    [InlineData("tlh", null)]
    public void The_nearest_language_is_taken(string tag, string? language) =>
        Assert.Equal(language, Texts.Nearest(tag, Texts.OfStatements));

    [Theory]
    [InlineData("fr", 0, "0 commande")]
    [InlineData("fr", 1, "1 commande")]
    [InlineData("fr", 2, "2 commandes")]
    [InlineData("es", 1, "un pedido")]
    [InlineData("es", 3, "3 pedidos")]
    [InlineData("zh-Hans", 1, "1 个订单")]
    public void What_a_number_changes_is_said_as_the_language_does(string language, long n, string text) =>
        Assert.Equal(text, Texts.ForStatements(language, DateTimeZone.Utc).Counted("orders", n));
}
