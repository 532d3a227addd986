using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Recourse.Web;
namespace Recourse.Tests;

/// <summary>A page as a browser gets it.</summary>
public sealed partial record PageReply(HttpStatusCode Status, string Html, HttpResponseMessage Message)
{
    /// <summary>Where it leads instead.</summary>
    public string? Location => Message.Headers.Location?.OriginalString;

    /// <summary>How many bytes came, compressed or not.</summary>
    public int Bytes { get; init; }

    /// <summary>By what a part of the page knows the things that it shows.</summary>
    public string On(string part) => Regex.Match(Html, $"data-part=\"{part}\" data-on=\"([^\"]+)\"").Groups[1].Value;

    /// <summary>Where the page stands: what changes after it is told to it.</summary>
    public string Mark => Regex.Match(Html, "data-live=\"([^\"]+)\"").Groups[1].Value;

    /// <summary>The text between its tags, with blanks as one.</summary>
    public string Text => Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(Html, " ")), " ");

    /// <summary>How often something stands in its HTML.</summary>
    public int Count(string pattern) => Regex.Count(Html, pattern);

    /// <summary>Whether it is read anew by itself where there is no script.</summary>
    public bool IsRenewed => Html.Contains("<noscript><meta http-equiv=\"refresh\"", StringComparison.Ordinal);

    /// <summary>What a hidden field of the form for that address has.</summary>
    public string Field(string action, string name) => WebUtility.HtmlDecode(Regex.Match(
        Html, $"action=\"{Regex.Escape(action)}\".*?name=\"{name}\" value=\"([^\"]*)\"", RegexOptions.Singleline)
        .Groups[1].Value);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

/// <summary>A browser without script: it keeps cookies, follows links and sends forms.</summary>
public sealed class Browser(HttpClient http) : IDisposable
{
    /// <summary>The language that it asks for.</summary>
    public string? Language { get; set; }

    /// <summary>What it says that it is.</summary>
    public string? Agent { get; set; }

    /// <summary>The encoding that it takes.</summary>
    public string? Encoding { get; set; }

    /// <summary>At that door, with no session yet.</summary>
    public static Browser At(WebApplication app) =>
        new(new(new ReadingAfterAll(app)) { BaseAddress = new(app.Urls.First()) });

    /// <summary>Opens a page.</summary>
    public async Task<PageReply> Open(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        if (Encoding is not null) request.Headers.AcceptEncoding.ParseAdd(Encoding);
        if (Language is not null) request.Headers.AcceptLanguage.ParseAdd(Language);
        if (Agent is not null) request.Headers.UserAgent.ParseAdd(Agent);
        return await Read(await http.SendAsync(request));
    }

    /// <summary>Fills in and sends the form of a page that goes to that address.</summary>
    public Task<PageReply> Send(PageReply page, string action, params (string Name, string Value)[] fields) => Send(
        action,
        [
            (FormWrite.TokenField, page.Field(action, FormWrite.TokenField)),
            (FormWrite.KeyField, page.Field(action, FormWrite.KeyField)), .. fields,
        ]);

    /// <summary>Sends exactly that.</summary>
    public async Task<PageReply> Send(string action, params (string Name, string Value)[] fields)
    {
        using var body = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await Send(action, body);
    }

    /// <summary>Sends a form of any sort.</summary>
    public async Task<PageReply> Send(string action, HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = body };
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.Add("Origin", http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        if (Language is not null) request.Headers.AcceptLanguage.ParseAdd(Language);
        if (Agent is not null) request.Headers.UserAgent.ParseAdd(Agent);
        return await Read(await http.SendAsync(request));
    }

    /// <summary>Goes where a reply leads, as a browser does.</summary>
    public async Task<PageReply> Follow(PageReply reply)
    {
        for (var hops = 0; reply.Location is { } location && hops < 5; hops++) reply = await Open(location);
        return reply;
    }

    /// <summary>Opens a stream of events.</summary>
    public Task<HttpResponseMessage> Listen(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Signs in with a key; says where that leads.</summary>
    public async Task<PageReply> SignIn(string key, string then = "/") =>
        await Send(await Open($"/sign-in?then={Uri.EscapeDataString(then)}"), "/sign-in",
            ("access-key", key), ("then", then));

    static async Task<PageReply> Read(HttpResponseMessage message)
    {
        var bytes = await message.Content.ReadAsByteArrayAsync();
        using var plain = new StreamReader(message.Content.Headers.ContentEncoding.FirstOrDefault() switch
        {
            "br"   => new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress),
            "gzip" => new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress),
            _      => new MemoryStream(bytes),
        });
        return new(message.StatusCode, await plain.ReadToEndAsync(), message) { Bytes = bytes.Length };
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
