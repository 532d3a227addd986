using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Whatever is sent, nothing of ours falls over.</summary>
public sealed class Fuzz(Market market) : IClassFixture<Market>
{
    static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 12], Gen.Const("\\ud800"), Gen.Const("listing/ana/mug"), Gen.Const("EUR"),
        Gen.Const("DE"), Gen.Const("2026-01-01T00:00:00Z"), Gen.Const("9999-12-31T23:59:59.999Z"),
            Gen.Const("-0001-01-01"),
        Gen.String[0, 6].Select(s => System.Text.Json.JsonEncodedText.Encode(s).ToString()));

    static readonly Gen<string> Scalar = Gen.OneOf(
        Text.Select(t => $"\"{t.Replace("\"", "").TrimEnd('\\')}\""), Gen.Long.Select(l => l.ToString()),
            Gen.Const("null"), Gen.Const("true"),
        Gen.Double.Select(d => double.IsFinite(d) ? d.ToString("R",
            System.Globalization.CultureInfo.InvariantCulture) : "1e999"),
        Gen.Const("-0"), Gen.Const("{}"), Gen.Const("[]"), Gen.Int[-3, 20].Select(i => i.ToString()));

    static readonly Gen<string> Name = Pick(
        "lines", "country", "method", "shipTo", "listing", "sku", "quantity", "unitPrice", "minor", "currency", "title",
        "variants", "shipsFrom", "shipsTo", "shippingPerUnit", "price", "category", "location", "units", "reason",
        "portions", "line", "carrier", "trackingNumber", "status", "at", "note", "place", "text", "from", "name",
            "city");

    static Gen<T> Pick<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);

    static Gen<string> Json(int depth) => depth == 0 ? Scalar : Gen.Frequency(
        (2, Scalar),
        (4, Gen.Select(Name, Json(depth - 1)).Array[0, 6].Select(ps
            => $"{{{string.Join(',', ps.Select(p => $"\"{p.Item1}\":{p.Item2}"))}}}")),
        (2, Json(depth - 1).Array[0, 4].Select(items => $"[{string.Join(',', items)}]")));

    /// <summary>A body of the right names, with some values wrong.</summary>
    static readonly Gen<string> Nearly = Gen.Select(Scalar, Scalar, Scalar, Scalar, Json(2), Gen.Int[0, 6]).Select((a,
        b, c, d, e, which) => which switch
    {
        0 => $$"""
            {"lines":[{"listing":"listing/ana/mug","sku":{{a}},"quantity":{{b}}}],"country":{{c}},"method":{{d}}}
            """,
        1 => $$"""{"title":{{a}},"shipsFrom":{{b}},"variants":[{"sku":{{c}},"price":{{d}}}],"shipsTo":{{e}}}""",
        2 => $$"""{"location":{{a}},"units":{{b}},"reason":{{c}}}""",
        3 => $$"""{"reason":{{a}},"portions":[{"line":{{b}},"quantity":{{c}}}]}""",
        4 => $$"""{"status":{{a}},"at":{{b}},"note":{{c}},"place":{{d}}}""",
        5 => $$"""{"text":{{a}},"from":{{b}}}""",
        _ => $$"""{"carrier":{{a}},"trackingNumber":{{b}}}""",
    });

    [Fact]
    public async Task Random_bodies_are_answered_and_never_with_a_fault_of_ours()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        var writes = market.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal)
                && e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0] is not "GET")
            .Select(e => (Method: e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0],
                Path: e.RoutePattern.RawText!.Replace("{seller}", ana).Replace("{buyer}", "bea").Replace("{sku}", "red")
                    .Replace("{carrier}", "dhl").Replace("{number}", "TRACK0001").Replace("{code}",
                        order.Split('/')[^1]),
                Roles: e.Metadata.GetMetadata<Access>()!.Roles)).ToArray();
        var people = AccessKeys.Roles.ToDictionary(r => r.Role, r => market.As(r.Role,
            r.Role is Party.Seller or Party.Warehouse ? ana : "bea"));
        await Gen.Select(Gen.OneOf(Json(3), Nearly, Nearly), Pick(writes)).SampleAsync(async ((string Body,
            (string Method, string Path, Party Roles) Write) sent) =>
        {
            var (body, write) = sent;
            var who = write.Roles is Party.None ? market.Stranger() : people.First(p
                => (write.Roles & p.Key) != 0).Value;
            var reply = await who.Send(
                new(write.Method), write.Path, new StringContent(body, Encoding.UTF8, "application/json"),
                    $"{Guid.NewGuid():n}");
            ((int)reply.Status).ShouldBeLessThan(500, $"{write.Method} {write.Path} {body}: {reply.Text}");
        }, iter: 1_500, threads: 4);
    }

    [Fact]
    public async Task Random_addresses_are_answered_and_never_with_a_fault_of_ours()
    {
        var agent = market.As(Party.Agent, "gil");
        string[] paths = ["/v1/orders", "/v1/listings", "/v1/ledger/accounts", "/v1/ledger/postings",
            "/v1/ledger/statement",
            "/v1/events", "/v1/refunds", "/v1/checkouts", "/v1/rulebook/editions/1", "/v1/orders/x/y",
                "/v1/parcels/a/b"];
        string[] names = ["after", "limit", "state", "position", "prefix", "order", "account", "of", "seller",
            "category", "mine"];
        await Gen.Select(Pick(paths), Gen.Select(Pick(names), Gen.OneOf(Text, Gen.Long.Select(l => $"{l}"))).Array[0,
            3])
            .SampleAsync(async ((string Path, (string, string)[] Query) sent) =>
            {
                var (path, query) = sent;
                var asked = query.Select(q => $"{q.Item1}={Uri.EscapeDataString(q.Item2)}");
                var text = $"{path}?{string.Join('&', asked)}";
                if (query.Any(q => q.Item1 is "position")) text = text.Replace("position=", "p=");
                ((int)(await agent.Get(text)).Status).ShouldBeLessThan(500, text);
            }, iter: 800, threads: 4);
    }
}
