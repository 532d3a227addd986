using System.Net;
using Xunit;
namespace Recourse.Tests;

/// <summary>Somebody who is kept out appeals that where they read it, and is let in if they were right.</summary>
[Trait("Capability", "CHK-6"), Trait("Capability", "DSP-4")]
public sealed class AppealingAtTheDoor(Market market) : IClassFixture<Market>
{
    Browser Stranger() => market.App.Stranger();

    [Fact]
    public async Task Is_done_without_a_key_and_by_nobody_who_has_not_shown_who_they_are()
    {
        var address = $"{market.Fresh("ivo")}@example.org";
        using var ivo = await market.App.Person(market.Mail, address);
        var operators = market.As(Party.Operator, "opal");
        var person = (await operators.Get($"/v1/people?find={address}")).Json["items"]![0]!["person"]!.ToString();
        await operators.Post($"/v1/people/{person}/block", new { reason = "block.rules-broken" });
        var door = await ivo.Enter(address);
        var pass = door.Field("/sign-in/appeal", "pass");
        (await ivo.Send(door, "/sign-in/appeal", ("pass", pass), ("text", " "))).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ivo.Send(door, "/sign-in/appeal", ("pass", pass + "x"), ("text", "I did nothing."))).Text
            .ShouldNotContain("looks at it again");
        using var elsewhere = Stranger();
        var there = await elsewhere.Enter(address);
        var lodged = await ivo.Send(door, "/sign-in/appeal", ("pass", pass), ("text", "I did nothing."));
        lodged.Text.ShouldContain("Somebody who did not decide it looks at it again.");
        (await ivo.Open("/me")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await ivo.Enter(address)).Text.ShouldContain("Somebody who did not decide it looks at it again.");

        await Market.Until(async () => (await operators.Get("/v1/appeals?open=true")).Text.Contains($"buyer/{person}"),
            "the list");
        var id = (await operators.Get("/v1/appeals?open=true")).Json["items"]!.AsArray()
            .Single(i => i!["of"]!.ToString() == $"buyer/{person}")!["id"]!.ToString();
        var path = $"/v1/{id.Replace("appeal/", "appeals/")}";
        var verdict = new { verdict = "reverse", reason = "appeal.other-person" };
        (await operators.Post($"{path}/decision", verdict)).Code.ShouldBe("appeal.your-own-decision");
        (await market.As(Party.Agent, "gil").Post($"{path}/decision", verdict)).Status.ShouldBe(HttpStatusCode.OK);
        await Market.Until(async () => (await ivo.Enter(address)).Location == "/", "the door");
        (await elsewhere.Send(there, "/sign-in/appeal", ("pass", pass), ("text", "Once more.")))
            .Status.ShouldBe(HttpStatusCode.UnprocessableEntity);          // there is nothing to appeal any more
    }
}
