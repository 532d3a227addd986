using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
namespace Recourse.Tests;

/// <summary>A message as an endpoint got it.</summary>
sealed record Got(string Id, string Timestamp, string Signature, string Body)
{
    /// <summary>The kind of event.</summary>
    public string Type => System.Text.Json.Nodes.JsonNode.Parse(Body)!["type"]!.ToString();

    /// <summary>Checked by somebody else's implementation, which takes one signature at a time.</summary>
    public void VerifyWith(string secret) => Signature.Split(' ').ShouldContain(s => IsRight(s, secret));

    /// <summary>How many signatures it bears.</summary>
    public int Signatures => Signature.Split(' ').Length;

    bool IsRight(string signature, string secret)
    {
        var headers = new HeaderDictionary
        {
            ["webhook-id"] = Id, ["webhook-timestamp"] = Timestamp, ["webhook-signature"] = signature,
        };
        try { new StandardWebhooks.StandardWebhook(secret).Verify(Body, headers); }
        catch (StandardWebhooks.Diagnostics.WebhookVerificationException) { return false; }
        return true;
    }
}

/// <summary>Somebody's endpoint on this machine: it keeps what it gets and answers as it is told.</summary>
sealed class Receiver : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly Lock _gate = new();
    readonly List<Got> _got = [];

    Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/{**path}", Take);
    }

    /// <summary>Listens.</summary>
    public static async Task<Receiver> Start()
    {
        var receiver = new Receiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Its address.</summary>
    public string Url => $"{_app.Urls.First()}/hooks";

    /// <summary>What it answers.</summary>
    public int Answers { get; set; } = 204;

    /// <summary>Where it sends the caller instead.</summary>
    public string? Redirects { get; set; }

    /// <summary>How long it thinks.</summary>
    public TimeSpan Thinks { get; set; }

    /// <summary>What came in, the first first.</summary>
    public ImmutableArray<Got> All
    {
        get { lock (_gate) return [.. _got]; }
    }

    async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var got = new Got(
            http.Request.Headers["webhook-id"].ToString(), http.Request.Headers["webhook-timestamp"].ToString(),
            http.Request.Headers["webhook-signature"].ToString(), await reader.ReadToEndAsync());
        lock (_gate) _got.Add(got);
        await Task.Delay(Thinks, http.RequestAborted);
        if (Redirects is { } elsewhere) http.Response.Redirect(elsewhere, permanent: false, preserveMethod: true);
        else http.Response.StatusCode = Answers;
        if (Answers >= 500) await http.Response.WriteAsync("out of order");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
