using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
namespace Recourse.Adapters.Payments.StandIn;

/// <summary>Lets requests in, answers repeats with the first answer, and misbehaves as the card says.</summary>
internal sealed class Gate(StandInOptions options, Store store, Books books, Courier courier)
{
    static readonly TimeSpan LongestHearing = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<string, bool> _busy = new();

    /// <summary>A question.</summary>
    public async Task Read(HttpContext http, Func<Form, Answer> ask)
    {
        if (!IsLetIn(http)) await Write(http, Stranger);
        else if (Form.Read(http.Request.QueryString.Value?.TrimStart('?') ?? "", out var wrong) is not { } form)
            await Write(http, Wire.Invalid(wrong));
        else await Write(http, ask(form));
    }

    /// <summary>A change. What can be seen to be wrong at once isn't kept under the key; all else is.</summary>
    public async Task Change(HttpContext http, Func<Form, (Request?, Answer?)> read)
    {
        if (!IsLetIn(http))
        {
            await Write(http, Stranger);
            return;
        }
        var key = http.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } given] ? given : null;
        if (await Body(http) is not { } text || Form.Read(text, out var wrong) is not { } form)
            await Write(http, Wire.Invalid("The body can't be read."));
        else if (key is { Length: > 255 }) await Write(http, Wire.Invalid("The idempotency key is too long."));
        else if (key is null) await Change(http, read(form), null, "");
        else if (!_busy.TryAdd(key, true)) await Write(http, Busy);
        else
            try
            {
                await Repeat(http, form, read, key);
            }
            finally
            {
                _busy.TryRemove(key, out _);
            }
    }

    /// <summary>Writes an answer.</summary>
    public static async Task Write(HttpContext http, Answer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json";
        http.Response.Headers["Request-Id"] = $"req_{http.TraceIdentifier.Replace(":", "")}";
        await http.Response.WriteAsync(answer.Body, CancellationToken.None);
    }

    async Task Repeat(HttpContext http, Form form, Func<Form, (Request?, Answer?)> read, string key)
    {
        var print = form.Fingerprint(http.Request.Path);
        var since = (options.Now() - options.KeysLast).ToUnixTimeSeconds();
        if (store.Answered(key, since) is not { } earlier) await Change(http, read(form), key, print);
        else if (earlier.Request != print) await Write(http, OtherRequest);
        else
        {
            http.Response.Headers["Idempotent-Replayed"] = "true";
            await Write(http, earlier.Answer);
        }
    }

    async Task Change(HttpContext http, (Request?, Answer?) read, string? key, string print)
    {
        if (read is not ({ } request, _))
        {
            await Write(http, read.Item2!);
            return;
        }
        var behaviour = Trouble(request, key);
        if (behaviour is Behaviour.TimeoutBefore || behaviour is Behaviour.Stall && !await Stall())
        {
            http.Abort();
            return;
        }
        var (outcome, answer) = store.Turn(() => Do(request, behaviour, key, print));
        if (outcome.Unsettled is { } id) courier.SettleLater(id);
        var told = courier.Tell(outcome.Reports);
        if (behaviour is Behaviour.WebhookFirst) await Task.WhenAny(told, Task.Delay(LongestHearing));
        if (behaviour is Behaviour.ChargeThenTimeout) http.Abort();
        else await Write(http, answer);
    }

    (Outcome, Answer) Do(Request request, Behaviour behaviour, string? key, string print)
    {
        var outcome = behaviour is Behaviour.Answer500Before ? Wire.Fault : books.Do(request);
        var answer = behaviour is Behaviour.Answer500AfterDoing ? Wire.Fault : outcome.Answer;
        if (key is not null) store.Keep(key, print, answer, options.Now().ToUnixTimeSeconds());
        return (outcome, answer);
    }

    /// <summary>How this try goes wrong; each thing settles after some tries.</summary>
    Behaviour Trouble(Request request, string? key)
    {
        var behaviour = books.BehaviourFor(request);
        var isTrouble = behaviour is Behaviour.Stall or Behaviour.TimeoutBefore or Behaviour.ChargeThenTimeout
            or Behaviour.Answer500Before or Behaviour.Answer500AfterDoing or Behaviour.WebhookFirst;
        if (!isTrouble) return Behaviour.None;
        return store.Turn(() => store.Try(Books.SubjectOf(request, key))) <= options.Tries ? behaviour : Behaviour.None;
    }

    /// <summary>False if the stand-in stops meanwhile: nothing was done then.</summary>
    async Task<bool> Stall()
    {
        try
        {
            await courier.Wait(options.Stall);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    bool IsLetIn(HttpContext http) => http.Request.Headers.Authorization == $"Bearer {options.ApiKey}";

    static async Task<string?> Body(HttpContext http)
    {
        var buffer = new byte[Form.MostBytes + 1];
        var read = 0;
        try
        {
            for (int n; read < buffer.Length; read += n)
                if ((n = await http.Request.Body.ReadAsync(buffer.AsMemory(read))) is 0)
                    return Encoding.UTF8.GetString(buffer, 0, read);
        }
        catch (Exception e) when (e is IOException or BadHttpRequestException)
        {
        }
        return null;
    }

    static Answer Stranger => Wire.Invalid("Invalid API key.", status: 401);

    static Answer Busy => Wire.Error(409, "idempotency_error",
        "Another request with this key is under way.", "idempotency_key_in_use");

    static Answer OtherRequest => Wire.Error(400, "idempotency_error",
        "This key was used before, with other parameters.");
}
