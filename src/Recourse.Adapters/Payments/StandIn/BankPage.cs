using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Adapters.Payments.StandIn;

using Metadata = ImmutableSortedDictionary<string, string>;

/// <summary>A method that is checked with its bank, without any money (the provider's SetupIntent).</summary>
/// <param name="Result">How the bank's check ended, as the provider names it; null: it hasn't.</param>
internal sealed record Setup(
    string Id, string PaymentMethod, string Status, string? ReturnUrl, Metadata Metadata, long Created,
    string? Result = null, string? ErrorCode = null);

/// <summary>The page on which a bank asks whether it is its customer; here nobody has to prove it.</summary>
internal static class BankPage
{
    const string Path = "/standin/bank/{id}";

    public static void Map(IEndpointRouteBuilder app, Gate gate, Store store)
    {
        app.MapGet("/v1/setup_intents/{id}", http => gate.Read(http, _ =>
            Find(http, store) is { } setup ? Wire.Ok(Wire.Of(setup, PageOf(http, setup)))
                : Wire.NoSuch("setup_intent", "intent")));
        app.MapGet(Path, http => Show(http, Find(http, store)));
        app.MapPost(Path, http => Decide(http, store));
    }

    /// <summary>Where the page of a check is, as whoever asks reaches this.</summary>
    public static string PageOf(HttpContext http, Setup setup) =>
        $"{http.Request.Scheme}://{http.Request.Host}/standin/bank/{setup.Id}";

    static Setup? Find(HttpContext http, Store store) =>
        store.Find<Setup>("setup", (string)http.Request.RouteValues["id"]!);

    static Task Show(HttpContext http, Setup? setup)
    {
        http.Response.StatusCode = setup is null ? 404 : 200;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        // Nothing from elsewhere, and no script: whoever sends them here gets no more than that.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        return http.Response.WriteAsync(setup is { Status: "requires_action" } ? $"""
            <!doctype html><html lang="en"><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>A bank that doesn't exist</title>
            <h1>Is it you?</h1>
            <p>A shop wants to know whether the card {WebUtility.HtmlEncode(setup.PaymentMethod)} is yours.
            This page stands in for your bank's; nothing is charged.</p>
            <form method="post"><p><button name="answer" value="yes">It is me</button>
            <button name="answer" value="no">It is not me</button></p></form></html>
            """ : """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>A bank that doesn't exist</title>
            <h1>There is nothing to ask</h1><p>This question has been answered, or was never asked.</p></html>
            """);
    }

    static async Task Decide(HttpContext http, Store store)
    {
        var form = await http.Request.ReadFormAsync();
        var answered = store.Turn(() =>
        {
            if (Find(http, store) is not { Status: "requires_action" } setup) return null;
            var done = form["answer"] == "yes" ? Passed(setup) : Refused(setup);
            store.Put("setup", done.Id, null, done.Created, done);
            return done;
        });
        if (answered is null) await Show(http, null);
        else if (answered.ReturnUrl is { } back)
            http.Response.Redirect($"{back}{(back.Contains('?') ? '&' : '?')}setup_intent={answered.Id}"
                + $"&redirect_status={(answered.Status is "succeeded" ? "succeeded" : "failed")}");
        else await Show(http, answered);
    }

    public static Setup Passed(Setup setup) => setup with { Status = "succeeded", Result = "authenticated" };

    public static Setup Refused(Setup setup) => setup with
    {
        Status = "requires_payment_method", Result = "failed", ErrorCode = "setup_intent_authentication_failure",
    };
}
