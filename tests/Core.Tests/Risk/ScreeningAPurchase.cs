using Recourse.Risk;
using Xunit;
using static Recourse.Tests.Suspicion;
namespace Recourse.Tests;

[Trait("Capability", "RSK-1")]
public sealed class ScreeningAPurchase
{
    static AccountFacts Account => Ordinary.Account;

    static readonly RiskFacts Burst = Ordinary with
    {
        Account = Account with { AgeSeconds = 1 }, Device = Accounts(3, 3, 3, 3),
    };

    static string[] Told(Screened screened) => [.. screened.Contributions.Select(c => c.Code)];

    [Fact]
    public void An_ordinary_purchase_is_accepted_and_nothing_is_held_against_it() =>
        Assert.True(Screen(Ordinary) is { Outcome: RiskOutcome.Accept, Score: 0, Contributions.IsEmpty: true });

    [Fact]
    public void Whoever_signs_up_and_buys_within_a_minute_shows_that_it_is_them()
    {
        var screened = Screen(Ordinary with { Account = Account with { AgeSeconds = 12 } });
        Assert.Equal(RiskOutcome.Verify, screened.Outcome);
        var contribution = Assert.Single(screened.Contributions);
        Assert.Equal(screened.Score, contribution.Points);
        Assert.Equal([new RiskValue("account.ageSeconds", 12)], contribution.Facts);
    }

    [Fact]
    public void A_third_new_account_on_one_device_is_refused()
    {
        var screened = Screen(Burst);
        Assert.Equal(RiskOutcome.Refuse, screened.Outcome);
        Assert.Equal(
            ["bought-as-it-signed-up", "many-accounts-on-a-device", "another-new-account-on-a-device",
                "many-new-accounts-on-a-device"],
            Told(screened));
    }

    [Fact]
    public void A_second_account_made_and_used_within_a_minute_on_one_device_is_held_for_a_person() => Assert.Equal(
        RiskOutcome.Hold,
        Screen(Burst with { Device = Accounts(2, 2, 2, 2) }).Outcome);

    [Fact]
    public void A_third_old_account_on_a_device_within_a_day_shows_that_it_is_them() => Assert.Equal(
        RiskOutcome.Verify, Screen(Ordinary with { Device = Accounts(3, 3, 3, 3) }).Outcome);

    [Fact]
    public void A_second_account_on_a_device_shows_that_it_is_them() => Assert.Equal(
        RiskOutcome.Verify, Screen(Ordinary with { Device = Accounts(1, 1, 1, 2) }).Outcome);

    [Fact]
    public void A_machine_that_people_share_for_weeks_is_an_ordinary_one() => Assert.Equal(
        RiskOutcome.Accept, Screen(Ordinary with { Device = Accounts(1, 2, 5, 40) }).Outcome);

    [Fact]
    public void A_buyer_with_six_honest_orders_may_share_a_device() => Assert.Equal(
        RiskOutcome.Accept,
        Screen(Ordinary with { Device = Accounts(1, 1, 1, 2), Account = Account with { HonestOrders = 6 } }).Outcome);

    [Fact]
    public void A_clean_history_is_told_among_the_contributions()
    {
        var screened = Screen(Burst with { Account = Account with { AgeSeconds = 1, HonestOrders = 2 } });
        var history = screened.Contributions.Single(c => c.Code == Screening.CleanHistory);
        Assert.Equal(-1_000, history.Points);
        Assert.Equal(new RiskValue("account.honestOrders", 2), Assert.Single(history.Facts));
    }

    [Fact]
    public void Whoever_once_did_not_pay_has_no_clean_history()
    {
        var honest = Ordinary with { Device = Accounts(1, 1, 1, 2), Account = Account with { HonestOrders = 6 } };
        var owing = honest with { Account = honest.Account with { NonPayments = 1 } };
        Assert.Equal(RiskOutcome.Verify, Screen(owing).Outcome);
    }

    [Fact]
    public void Many_cards_tried_by_one_account_are_held_for_a_person() => Assert.Equal(
        RiskOutcome.Hold, Screen(Ordinary with { Account = Account with { Cards = new(4, 4, 4, 4) } }).Outcome);

    [Fact]
    public void One_card_under_three_accounts_is_held_for_a_person() => Assert.Equal(
        RiskOutcome.Hold, Screen(Ordinary with { Card = Accounts(1, 1, 3, 3) }).Outcome);

    [Fact]
    public void Whoever_places_and_cancels_again_and_again_shows_that_it_is_them() => Assert.Equal(
        RiskOutcome.Verify, Screen(Ordinary with { Account = Account with { PlacedThenCancelled = 7 } }).Outcome);

    [Fact]
    public void An_unusually_large_purchase_is_told_and_accepted()
    {
        var screened = Screen(Ordinary with { Purchase = Ordinary.Purchase with { AmountPercent = 900 } });
        Assert.Equal(RiskOutcome.Accept, screened.Outcome);
        Assert.Equal([new RiskValue("purchase.amountPercent", 900)], Assert.Single(screened.Contributions).Facts);
    }

    [Fact]
    public void An_unusually_large_purchase_from_elsewhere_shows_that_it_is_them() => Assert.Equal(
        RiskOutcome.Verify,
        Screen(Ordinary with { Purchase = new(AmountPercent: 900, false, CountryConflicts: 1) }).Outcome);

    [Fact]
    public void A_disposable_mail_domain_alone_is_a_fact() => Assert.Equal(
        RiskOutcome.Accept,
        Screen(Ordinary with { Purchase = Ordinary.Purchase with { DisposableMail = true } }).Outcome);

    [Fact]
    public void A_busy_IP_address_is_told_and_counts_nothing()
    {
        var screened = Screen(Ordinary with { Ip = Accounts(90, 200, 256, 256) });
        Assert.True(screened is { Outcome: RiskOutcome.Accept, Score: 0 });
        Assert.Equal(["many-accounts-at-an-ip"], Told(screened));
    }

    [Fact]
    public void A_device_that_is_not_known_is_held_against_nobody() => Assert.Equal(
        RiskOutcome.Accept, Screen(Ordinary with { Device = null, Ip = null, Card = null, Address = null }).Outcome);

    [Fact]
    public void An_account_whose_age_is_not_known_is_no_new_one() => Assert.Equal(
        RiskOutcome.Accept, Screen(Ordinary with { Account = Account with { AgeSeconds = null } }).Outcome);

    [Fact]
    public void A_rule_that_the_edition_does_not_have_counts_nothing()
    {
        var facts = Ordinary with { Rules = new(1, [new("no-such-rule", [], false)], [], []) };
        Assert.True(Screening.Of(facts, Rules) is { Score: 0, Contributions.IsEmpty: true });
    }
}

[Trait("Capability", "RSK-2")]
public sealed class TellingWhyAPurchaseIsStopped
{
    static readonly RiskFacts Burst = Judge(Ordinary with
    {
        Account = Ordinary.Account with { AgeSeconds = 1, NonPayments = 2 }, Device = Accounts(3, 3, 3, 3),
    });

    static Statement Why(RiskFacts facts) =>
        Screening.Why(Screening.Of(facts, Rules), facts.Rules.Rulebook, Rules, "checkout.stopped", Noon)!;

    static Value FactOf(string name, Party reader) => Why(Burst).Facts.Single(f => f.Name == name).For(reader).Value;

    [Fact]
    public void What_is_accepted_needs_no_reasons() =>
        Assert.Null(Screening.Why(Screen(Ordinary), 1, Rules, "checkout.stopped", Noon));

    [Fact]
    public void Each_outcome_has_its_reason_with_a_way_on()
    {
        var verified = Judge(Ordinary with { Device = Accounts(1, 1, 1, 2) });
        var held = Judge(Ordinary with { Card = Accounts(1, 1, 3, 3) });
        Assert.Equal(
            ["risk.verify-first", "risk.held", "risk.refused"],
            new[] { verified, held, Burst }.Select(f => Why(f).Code));
        Assert.All([verified, held, Burst], f => Assert.Contains(new Remedy("appeal.open"), Why(f).Remedies));
    }

    [Fact]
    public void What_would_teach_a_fraud_is_told_to_staff_and_withheld_from_the_buyer()
    {
        Assert.Equal(new Value.Count(3), FactOf("device.accounts24h", Party.Agent));
        Assert.Equal(new Value.Withheld(), FactOf("device.accounts24h", Party.Buyer));
        Assert.Equal(new Value.Withheld(), FactOf("score", Party.Buyer));
        Assert.Equal(new Value.Withheld(), FactOf("account.ageSeconds", Party.Seller));
    }

    [Fact]
    public void What_the_buyer_did_is_told_to_them() =>
        Assert.Equal(new Value.Count(2), FactOf("account.nonPayments", Party.Buyer));

    [Fact]
    public void A_statement_names_the_edition_and_can_be_appealed()
    {
        var why = Why(Burst);
        Assert.Equal((1, "risk.reasons.risk.refused"), (why.Rulebook, why.Rule));
        Assert.Equal(Noon + Rules.AppealWithin, why.AppealUntil);
    }

    [Fact]
    public void A_hold_has_an_owner_and_an_end() => Assert.Equal(
        new Deadline(Party.Agent, "risk.accept-unreviewed", null, Noon + Duration.FromHours(24)),
        Rules.ReviewDue(Noon));

    [Fact]
    public void An_edition_can_refuse_what_nobody_looked_at() => Assert.Equal(
        "risk.refuse-unreviewed", (Rules with { Unreviewed = RiskOutcome.Refuse }).ReviewDue(Noon).Then);
}
