using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

[Trait("Capability", "SUP-2")]
public sealed class TellingWhyAPaymentFailed
{
    static readonly Texts English = Texts.In("en", DateTimeZone.Utc), Portuguese = Texts.In("pt-BR", DateTimeZone.Utc);

    static Statement WhyOf(string decline) => PayingOnce.Asked
        .When(Provider, PayingOnce.Answer(PayingOnce.Asked, new ProviderAnswer.Declined(null, decline)))
        .Then<Payment.Event.Declined>().Why;

    [Fact, Trait("Capability", "CHK-6")]
    public void Says_what_it_was_and_what_can_be_done()
    {
        var why = WhyOf("insufficient_funds");
        Assert.Contains("does not cover 70.98 EUR", English.Tell(why, Party.Buyer), StringComparison.Ordinal);
        Assert.Contains("não cobre 70,98 EUR", Portuguese.Tell(why, Party.Buyer), StringComparison.Ordinal);
        Assert.Equal(["payment.other-method", "payment.same-method-later"], why.Remedies.Select(r => r.Code));
        Assert.Equal("payments.declines.payment.declined-funds", why.Rule);
    }

    [Theory]
    [InlineData("lost_card")]
    [InlineData("stolen_card")]
    [InlineData("fraudulent")]
    public void Never_tells_a_thief_and_looks_to_them_like_any_other_no_of_the_bank(string secret)
    {
        var (why, plain) = (WhyOf(secret), WhyOf("do_not_honor"));
        Assert.Equal((plain.Code, plain.Rule), (why.Code, why.Rule));
        Assert.Equal(plain.Remedies, why.Remedies);
        Assert.Equal(English.Tell(plain, Party.Buyer), English.Tell(why, Party.Buyer));
        Assert.Contains("(withheld)", English.Tell(why, Party.Buyer), StringComparison.Ordinal);
        Assert.DoesNotContain(why.Facts, f => f.For(Party.Buyer).Value == new Value.Word(secret));
        Assert.Contains(secret, English.Tell(why, Party.Agent), StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_code_that_it_does_not_know_for_a_no_of_the_bank() =>
        Assert.Equal("payment.declined-by-bank", WhyOf("something_new").Code);

    [Fact, Trait("Capability", "POL-1")]
    public void Has_words_for_every_family_and_remedy_in_every_language_and_for_every_reader()
    {
        var declines = Published[0].Of<PaymentRules>().Declines;
        foreach (var texts in (Texts[])[English, Portuguese])
            foreach (var (code, family) in declines)
            {
                Assert.True(texts.Has(code) && texts.Has($"{code}/Buyer"), code);
                Assert.All(family.Remedies, r => Assert.True(texts.Has(r.Code), r.Code));
            }
    }

    [Theory]
    [InlineData("payment.capture-failed", "payment.lost")]
    [InlineData("payment.order-had-ended", "payment.share-returned")]
    [InlineData("refund.refused-by-provider", "refund.not-back")]
    [InlineData("checkout.not-paid", "checkout.abandoned")]
    [InlineData("checkout.payment-unclear", "checkout.give-up")]
    [InlineData("checkout.changed-mind", "checkout.go-on-without")]
    [InlineData("checkout.no-order-left", "payment.capture")]
    public void Has_words_for_every_other_statement_outcome_and_deadline(string statement, string other)
    {
        foreach (var texts in (Texts[])[English, Portuguese])
            Assert.True(texts.Has(statement) && texts.Has($"{statement}/Buyer") && texts.Has(other), statement);
    }

    [Fact]
    public void Names_every_state_in_every_language()
    {
        foreach (var texts in (Texts[])[English, Portuguese])
            foreach (var kind in Modules.Kinds.Where(k => k.Name is "checkout" or "payment" or "refund"))
                foreach (var state in kind.Lifecycle.Arrows.Select(a => a.To.Name).Distinct())
                    Assert.True(
                        texts.Has($"{kind.Name}.state.{state}") && texts.Has($"word.{kind.Name}.{state}"), state);
    }
}
