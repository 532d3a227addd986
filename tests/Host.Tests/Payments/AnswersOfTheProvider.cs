using System.Net;
using Recourse.Adapters.Payments;
using Recourse.Payments;
using Stripe;
using Xunit;
namespace Recourse.Tests.Payments;

/// <summary>What objects and errors mean, those too that the stand-in never makes.</summary>
public sealed class AnswersOfTheProvider
{
    [Theory]
    [InlineData("requires_capture", "Done")]
    [InlineData("succeeded", "Done")]
    [InlineData("processing", "Pending")]
    [InlineData("requires_action", "Pending")]
    [InlineData("requires_payment_method", "Declined")]
    [InlineData("canceled", "Declined")]
    [InlineData("what_comes_next_year", "Unknown")]
    public void An_intent_that_was_to_be_held(string status, string answer) =>
        Assert.Equal(answer, StripeAnswers.Authorised(new() { Id = "pi_1", Status = status }).GetType().Name);

    [Theory]
    [InlineData("succeeded", 100, "Done")]
    [InlineData("succeeded", 99, "Unknown")]
    [InlineData("processing", 0, "Pending")]
    [InlineData("canceled", 0, "Declined")]
    [InlineData("requires_payment_method", 0, "Declined")]
    [InlineData("requires_capture", 0, "Unknown")]
    public void An_intent_that_was_to_be_taken(string status, long received, string answer) =>
        Assert.Equal(answer, StripeAnswers.Captured(
            new() { Id = "pi_1", Status = status, AmountReceived = received }, 100).GetType().Name);

    [Theory]
    [InlineData("canceled", "Done")]
    [InlineData("succeeded", "Declined")]
    [InlineData("processing", "Pending")]
    [InlineData("requires_capture", "Unknown")]
    public void An_intent_that_was_to_be_let_go(string status, string answer) =>
        Assert.Equal(answer, StripeAnswers.Voided(new() { Id = "pi_1", Status = status }).GetType().Name);

    [Theory]
    [InlineData("succeeded", "Done")]
    [InlineData("pending", "Pending")]
    [InlineData("requires_action", "Pending")]
    [InlineData("failed", "Declined")]
    [InlineData("canceled", "Declined")]
    [InlineData("odd", "Unknown")]
    public void A_refund(string status, string answer) =>
        Assert.Equal(answer, StripeAnswers.Refunded(new() { Id = "re_1", Status = status }).GetType().Name);

    [Theory]
    [InlineData(402, "card_error", "Declined")]
    [InlineData(400, "invalid_request_error", "Declined")]
    [InlineData(404, "invalid_request_error", "Declined")]
    [InlineData(400, "idempotency_error", "Unknown")]
    [InlineData(409, "idempotency_error", "Unknown")]
    [InlineData(409, "invalid_request_error", "Unknown")]
    [InlineData(429, "invalid_request_error", "Unknown")]
    [InlineData(401, "invalid_request_error", "Unknown")]
    [InlineData(403, "invalid_request_error", "Unknown")]
    [InlineData(500, "api_error", "Unknown")]
    [InlineData(503, "card_error", "Unknown")]
    [InlineData(400, "api_error", "Unknown")]
    public void An_error(int status, string type, string answer) => Assert.Equal(answer, StripeAnswers.Explain(
        new((HttpStatusCode)status, new() { Type = type, Code = "c" }, "")).GetType().Name);

    [Fact]
    public void An_answer_that_cannot_be_read_is_no_answer() =>
        Assert.IsType<ProviderAnswer.Unknown>(StripeAnswers.Explain(new(HttpStatusCode.OK, null, "")));
}
