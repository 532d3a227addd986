using System.Globalization;
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
    sealed record Door(string Method, string Path, Party Roles);

    static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 12],
        Gen.String[0, 6].Select(s => System.Text.Json.JsonEncodedText.Encode(s).ToString()),
        Pick("\\ud800", "listing/ana/mug", "EUR", "DE", "2026-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "-0001-01-01"));

    static readonly Gen<string> Scalar = Gen.OneOf(
        Text.Select(t => $"\"{t.Replace("\"", "").TrimEnd('\\')}\""),
        Gen.Long.Select(l => l.ToString(CultureInfo.InvariantCulture)),
        Gen.Int[-3, 20].Select(i => i.ToString(CultureInfo.InvariantCulture)),
        Gen.Double.Select(d => double.IsFinite(d) ? d.ToString("R", CultureInfo.InvariantCulture) : "1e999"),
        Pick("null", "true", "-0", "{}", "[]"));

    static readonly Gen<string> Name = Pick(
        "lines", "country", "method", "shipTo", "listing", "sku", "quantity", "unitPrice", "minor", "currency",
        "title", "variants", "shipsFrom", "shipsTo", "shippingPerUnit", "price", "category", "location", "units",
        "reason", "portions", "line", "carrier", "trackingNumber", "status", "at", "note", "place", "text", "from");

    static Gen<T> Pick<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);

    static Gen<string> Json(int depth) => depth == 0 ? Scalar : Gen.Frequency(
        (2, Scalar),
        (4, Gen.Select(Name, Json(depth - 1)).Select(p => $"\"{p.Item1}\":{p.Item2}").Array[0, 6]
            .Select(fields => $"{{{string.Join(',', fields)}}}")),
        (2, Json(depth - 1).Array[0, 4].Select(items => $"[{string.Join(',', items)}]")));

    /// <summary>A body of the right names, with some values wrong.</summary>
    static readonly Gen<string> Nearly = Gen.Select(Scalar, Scalar, Scalar, Scalar, Json(2), Gen.Int[0, 6])
        .Select((a, b, c, d, e, which) => which switch
        {
            0 => $$"""
                {"lines":[{"listing":"listing/ana/mug","sku":{{a}},"quantity":{{b}}}],"country":{{c}},"method":{{d}}}
                """,
            1 => $$"""
                {"title":{{a}},"shipsFrom":{{b}},"variants":[{"sku":{{c}},"price":{{d}}}],"shipsTo":{{e}}}
                """,
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
        var doors = DoorsOf(ana, order.Split('/')[^1]);
        var people = AccessKeys.Roles.ToDictionary(
            r => r.Role, r => market.As(r.Role, r.Role is Party.Seller or Party.Warehouse ? ana : "bea"));
        await Gen.Select(Gen.OneOf(Json(3), Nearly, Nearly), Pick(doors)).SampleAsync(async sent =>
        {
            var (body, door) = sent;
            var who = door.Roles is Party.None
                ? market.Stranger() : people.First(p => (door.Roles & p.Key) != 0).Value;
            var json = new StringContent(body, Encoding.UTF8, "application/json");
            var reply = await who.Send(new(door.Method), door.Path, json, $"{Guid.NewGuid():n}");
            ((int)reply.Status).ShouldBeLessThan(500, $"{door.Method} {door.Path} {body}: {reply.Text}");
        }, iter: 1_500, threads: 4);
    }

    Door[] DoorsOf(string ana, string code) =>
    [
        .. from endpoint in market.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
               .OfType<RouteEndpoint>()
           let path = endpoint.RoutePattern.RawText!
           where path.StartsWith("/v1/", StringComparison.Ordinal)
           let method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]
           where method is not "GET"
           select new Door(
               method,
               path.Replace("{seller}", ana).Replace("{buyer}", "bea").Replace("{sku}", "red").Replace("{code}", code)
                   .Replace("{carrier}", "dhl").Replace("{number}", "TRACK0001"),
               endpoint.Metadata.GetMetadata<Access>()!.Roles),
    ];

    [Fact]
    public async Task Random_addresses_are_answered_and_never_with_a_fault_of_ours()
    {
        var agent = market.As(Party.Agent, "gil");
        var path = Pick(
            "/v1/orders", "/v1/listings", "/v1/ledger/accounts", "/v1/ledger/postings", "/v1/ledger/statement",
            "/v1/events", "/v1/refunds", "/v1/checkouts", "/v1/rulebook/editions/1", "/v1/orders/x/y",
            "/v1/parcels/a/b");
        var name = Pick(
            "after", "limit", "state", "prefix", "order", "account", "of", "seller", "category", "mine");
        var value = Gen.OneOf(Text, Gen.Long.Select(l => l.ToString(CultureInfo.InvariantCulture)));
        var query = Gen.Select(name, value).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2)}").Array[0, 3];
        await Gen.Select(path, query).SampleAsync(async sent =>
        {
            var text = $"{sent.Item1}?{string.Join('&', sent.Item2)}";
            ((int)(await agent.Get(text)).Status).ShouldBeLessThan(500, text);
        }, iter: 800, threads: 4);
    }
}
