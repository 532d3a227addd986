using Recourse.Adapters.Risk;
using Recourse.Payments;
using Recourse.Risk;
using Xunit;
using static Recourse.Tests.Suspicion;
namespace Recourse.Tests;

/// <summary>Cards that are tried out, and banks that say no, are remembered and weighed.</summary>
[Trait("Capability", "RSK-1")]
public sealed class KnowingACard
{
    static readonly Duration Minute = Duration.FromMinutes(1), Hour = Duration.FromHours(1);

    static AccountFacts AccountOf(RiskMemory memory, Instant at) => memory.FactsOf(Buys("ana", at)).Account;

    [Fact]
    public void A_bank_that_said_no_is_counted_for_the_account_and_the_card_and_forgotten_like_a_purchase()
    {
        var memory = new RiskMemory();
        memory.Remember(Buys("ana", Noon, card: "red"));
        memory.HearDecline("ana", "red", isHard: false, Noon);
        memory.HearDecline("ana", null, isHard: true, Noon + Minute);

        var account = AccountOf(memory, Noon + 2 * Minute);
        Assert.Equal((new Recent(2, 2, 2, 2), new Recent(1, 1, 1, 1)), (account.Declines, account.HardDeclines));
        Assert.Equal((2, 1), (account.Purchases.Hour, account.Cards.Hour));
        Assert.Equal(Recent.Once, memory.FactsOf(Buys("ben", Noon + Minute, card: "red")).Card!.Declines);
        Assert.Null(memory.FactsOf(Buys("ben", Noon + Minute, card: "blue")).Card!.Declines);
        Assert.Null(memory.FactsOf(Buys("ben", Noon + Minute)).Account.Declines);

        Assert.Equal(new Recent(0, 2, 2, 2), AccountOf(memory, Noon + Minute + Hour).Declines);
        Assert.Null(AccountOf(memory, Noon + Duration.FromDays(31)).Declines);
    }

    [Fact]
    public void Another_card_within_a_purchase_is_a_card_more_and_no_purchase_more()
    {
        var memory = new RiskMemory();
        memory.Remember(Buys("ana", Noon, card: "1"));
        foreach (var card in (string[])["2", "3", "2"]) memory.RememberCard("ana", card, Noon + Minute);
        var facts = memory.FactsOf(Buys("ana", Noon + 2 * Minute, card: "1"));
        Assert.Equal((2, 3), (facts.Account.Purchases.Hour, facts.Account.Cards.Hour));

        // What is paid with yet another is the same purchase still.
        var again = memory.FactsOf(Buys("ana", Noon + 2 * Minute, card: "4") with { IsRemembered = true }).Account;
        Assert.Equal((1, 4), (again.Purchases.Hour, again.Cards.Hour));

        var others = memory.FactsOf(Buys("ben", Noon + 2 * Minute, card: "2")).Card!;
        Assert.Equal((3, 2), (others.Purchases.Hour, others.Accounts.Hour));
    }

    [Fact, Trait("Capability", "ORD-2")]
    public void Another_address_for_a_purchase_is_remembered_and_is_no_purchase_more()
    {
        var memory = new RiskMemory();
        memory.Remember(Buys("ana", Noon) with { Address = "old" });
        // Before it is remembered it counts itself; an order that stays where it is was counted.
        LinkFacts? There(string who, string where, bool isElsewhere = false) => memory.FactsOf(
            Buys(who, Noon + Minute) with
            {
                Address = where, IsRemembered = true, IsElsewhere = isElsewhere,
            }).Address;
        Assert.Equal((1, 1), (There("ana", "old")!.Purchases.Hour, There("ana", "new", true)!.Purchases.Hour));
        memory.RememberAddress("ana", "new", Noon + Minute);
        Assert.Equal(1, memory.FactsOf(Buys("ana", Noon + Minute) with { IsRemembered = true }).Account.Purchases.Hour);
        var ben = memory.FactsOf(Buys("ben", Noon + 2 * Minute) with { Address = "new" }).Address!;
        Assert.Equal((2, 2), (ben.Purchases.Hour, ben.Accounts.Hour));
    }

    [Fact]
    public void What_was_declined_is_read_back_from_a_snapshot()
    {
        var memory = new RiskMemory();
        memory.Remember(Buys("ana", Noon, card: "red"));
        memory.HearDecline("ana", "red", isHard: true, Noon);
        using var file = new MemoryStream();
        memory.Write(file, through: 3);
        file.Position = 0;
        var (again, through) = RiskMemory.Read(file);
        Assert.Equal(
            (3, AccountOf(memory, Noon + Minute)), (through, AccountOf(again, Noon + Minute)));
        Assert.Equal(Recent.Once, AccountOf(again, Noon + Minute).HardDeclines);
    }

    static RiskFacts With(Func<AccountFacts, AccountFacts>? account = null, PurchaseFacts? purchase = null) =>
        Ordinary with
        {
            Account = account is null ? Ordinary.Account : account(Ordinary.Account),
            Purchase = purchase ?? Ordinary.Purchase,
        };

    static Recent All(int n) => new(n, n, n, n);

    [Fact]
    public void Three_cards_that_were_declined_within_an_hour_are_looked_at_by_a_person()
    {
        Assert.Equal(RiskOutcome.Hold, Screen(With(a => a with { Declines = All(3), Cards = All(3) })).Outcome);
        // One's own card that doesn't work is tried again, and nobody is held for that.
        Assert.Equal(RiskOutcome.Accept, Screen(With(a => a with { Declines = All(4) })).Outcome);
        Assert.Equal(RiskOutcome.Accept, Screen(With(a => a with { Declines = All(2), Cards = All(3) })).Outcome);
    }

    [Fact]
    public void A_second_card_that_its_bank_calls_stolen_is_one_too_many()
    {
        Assert.Equal(RiskOutcome.Accept, Screen(With(a => a with { HardDeclines = All(1) })).Outcome);
        Assert.Equal(RiskOutcome.Hold, Screen(With(a => a with { HardDeclines = All(2) })).Outcome);
    }

    [Fact]
    public void A_card_of_another_country_alone_troubles_nobody()
    {
        var abroad = new PurchaseFacts(null, DisposableMail: false, CountryConflicts: 1, CardElsewhere: true);
        Assert.Equal(RiskOutcome.Accept, Screen(With(purchase: abroad)).Outcome);
        Assert.Equal(RiskOutcome.Accept, Screen(With(a => a with { AgeSeconds = 600 }, abroad)).Outcome);
        Assert.Equal(RiskOutcome.Verify, Screen(With(
            a => a with { AgeSeconds = 600 }, abroad with { CardPrepaid = true })).Outcome);
    }

    [Theory]
    [InlineData("stolen_card", true), InlineData("lost_card", true), InlineData("fraudulent", true)]
    [InlineData("insufficient_funds", false), InlineData("never_heard_of", false), InlineData("", false)]
    public void A_bank_that_calls_a_card_stolen_says_so_by_its_code(string code, bool isHard) =>
        Assert.Equal(isHard, DeclineCodes.AreHard(code));
}
