using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Evidence;
using Recourse.Web;
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

    [Fact, Trait("Capability", "DSP-1")]
    public async Task Takes_a_file_of_whoever_has_shown_who_they_are_and_no_more_than_one_is_read()
    {
        var address = $"{market.Fresh("ida")}@example.org";
        using var ida = await market.App.Person(market.Mail, address);
        var operators = market.As(Party.Operator, "opal");
        var person = (await operators.Get($"/v1/people?find={address}")).Json["items"]![0]!["person"]!.ToString();
        await operators.Post($"/v1/people/{person}/block", new { reason = "block.rules-broken" });
        var door = await ida.Enter(address);
        door.Html.ShouldContain("multipart/form-data");
        var pass = door.Field("/sign-in/appeal", "pass");
        var sweep = market.App.Services.GetRequiredService<EvidenceFolder>();
        var before = sweep.Names().Count();
        (await Sends("GIF89a"u8.ToArray(), pass)).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await Sends(HoldingPurchases.Picture, pass + "x")).Status.ShouldNotBe(HttpStatusCode.OK);
        (await Sends([.. HoldingPurchases.Picture, .. new byte[5 << 20]], pass)).Status
            .ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        sweep.Names().Count().ShouldBe(before, "nothing of that is kept");

        var lodged = await Sends(HoldingPurchases.Picture, pass);
        lodged.Text.ShouldContain("Somebody who did not decide it looks at it again.");
        await Market.Until(async () => (await operators.Get("/v1/appeals?open=true")).Text.Contains($"buyer/{person}"),
            "the list");
        var id = (await operators.Get("/v1/appeals?open=true")).Json["items"]!.AsArray()
            .Single(i => i!["of"]!.ToString() == $"buyer/{person}")!["id"]!.ToString();
        var seen = await market.As(Party.Agent, "gil").Get($"/v1/{id.Replace("appeal/", "appeals/")}");
        var href = seen.Json["files"]![0]!["href"]!.ToString();
        (await market.As(Party.Agent, "gil").Get(href)).Status.ShouldBe(HttpStatusCode.OK, href);

        async Task<PageReply> Sends(byte[] file, string shown)
        {
            using var body = new MultipartFormDataContent();
            foreach (var field in (string[])[FormWrite.TokenField, FormWrite.KeyField])
                body.Add(new StringContent(door.Field("/sign-in/appeal", field)), field);
            body.Add(new StringContent(shown), "pass");
            body.Add(new StringContent("I did nothing."), "text");
            body.Add(new ByteArrayContent(file), "file", "proof.png");
            return await ida.Send("/sign-in/appeal", body);
        }
    }
}
