using System.Net;
using Recourse.Adapters.Rulebooks;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>The rules as everybody reads them, and as an operator changes them.</summary>
public sealed class TheRulebookPage(Market market) : IClassFixture<Market>
{
    const string Draft = "/rulebook/draft", Check = "/rulebook/draft/check",
        Publication = "/rulebook/draft/publication";

    string In(int minutes) => NodaTime.Text.LocalDateTimePattern
        .CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm")
        .Format((market.Clock.Now + Duration.FromMinutes(minutes)).InUtc().LocalDateTime);

    [Fact, Trait("Capability", "POL-1")]
    public async Task Has_every_rule_that_a_statement_names()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var (bea, order) = await market.Bought(ana, buyer: name);
        await bea.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        using var reader = await market.Browse(Party.Buyer, name);
        var page = await reader.Open(order["/v1".Length..]);
        page.Html.ShouldContain("href=\"/rulebook?version=1#orders.reasons.cancel.changed-mind\"");
        var rules = await reader.Open("/rulebook?version=1");
        rules.Html.ShouldContain("id=\"orders.reasons.cancel.changed-mind\"");
        rules.Html.ShouldContain("id=\"payments.gracePeriod\"");
        rules.Text.ShouldContain("60 minutes");
        rules.Html.ShouldNotContain(Draft);
    }

    [Fact, Trait("Capability", "POL-1")]
    public async Task Says_what_a_draft_would_change_before_it_is_published()
    {
        using var opal = await market.Browse(Party.Operator, "opal");
        var text = RulebookFile.ShippedText();
        var changed = text.Replace("gracePeriod: 60 minutes", "gracePeriod: 45 minutes");
        changed.ShouldNotBe(text);

        var faulty = await opal.Send(await opal.Open(Draft), Check,
            ("text", changed.Replace("45 minutes", "45 moons")), ("from", In(5)));
        faulty.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        faulty.Text.ShouldContain("payments.gracePeriod");
        faulty.Text.ShouldContain("45 moons", Case.Sensitive, "what was typed is kept");
        faulty.Html.ShouldNotContain($"action=\"{Publication}\"");

        var early = await opal.Send(await opal.Open(Draft), Check, ("text", changed), ("from", In(-5)));
        early.Text.ShouldContain("can't be published");
        (await opal.Send(await opal.Open(Draft), Check, ("text", changed), ("from", "soon"))).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);

        var seen = await opal.Send(await opal.Open(Draft), Check, ("text", changed), ("from", In(5)));
        seen.Status.ShouldBe(HttpStatusCode.OK);
        seen.Text.ShouldContain("60 minutes");
        seen.Text.ShouldContain("Values that would change: 1");
        (await opal.Open("/rulebook")).Text.ShouldNotContain("Edition 2", Case.Sensitive, "nothing is recorded yet");

        (string, string)[] fields = [("text", changed), ("from", In(5))];
        var done = await opal.Send(seen, Publication, fields);
        done.Location.ShouldBe("/rulebook?version=2&done=published", done.Text);
        (await opal.Send(seen, Publication, fields)).Location.ShouldBe("/rulebook?version=2&done=published");
        var published = await opal.Open("/rulebook?version=2");
        published.Text.ShouldContain("45 minutes");
        published.Text.ShouldContain("was 60 minutes");
        var against = await opal.Open("/rulebook?version=2&against=1");
        against.Count("<tr>").ShouldBe(2, "one value, and the head");
        (await market.As(Party.Agent, "gil").Get("/v1/rulebook/editions/2/values")).Text.ShouldContain("60 minutes");
    }

    [Fact]
    public async Task Lets_nobody_else_publish()
    {
        using var agent = await market.Browse(Party.Agent, "gil");
        (await agent.Open(Draft)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var any = await agent.Open("/rulebook");
        foreach (var path in (string[])[Check, Publication])
            (await agent.Send(path, (FormWrite.TokenField, any.Field("/sign-out", FormWrite.TokenField)),
                (FormWrite.KeyField, FormWrite.NewKey()), ("text", "x"), ("from", In(5)))).Status
                .ShouldBe(HttpStatusCode.Forbidden);
    }
}
