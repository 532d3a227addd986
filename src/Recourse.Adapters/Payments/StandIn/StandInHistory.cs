using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
namespace Recourse.Adapters.Payments.StandIn;

/// <summary>
/// The stand-in without network and without waiting, for a history that is made with a clock that jumps. Its books can
/// be saved, and the stand-in goes on from them.
/// </summary>
public sealed class StandInHistory : HttpMessageHandler
{
    readonly StandInOptions _options;
    readonly Store _store = new(null);
    readonly Books _books;
    readonly Action<Duration, Action> _later;
    readonly Action<string, string> _report;

    /// <summary>With empty books.</summary>
    /// <param name="later">Does something after a while, by the clock that jumps.</param>
    /// <param name="report">Hears the body of a report, and its signature.</param>
    public StandInHistory(StandInOptions options, Action<Duration, Action> later, Action<string, string> report)
    {
        _options = options with { ReportsTo = options.ReportsTo ?? new("http://localhost") };
        (_books, _later, _report) = (new(_options, _store), later, report);
    }

    /// <summary>Writes the books as a file that the stand-in opens; what is pending, it brings to its end.</summary>
    public void Save(string file)
    {
        using var target = new SqliteConnection($"Data Source={file};Pooling=False");
        target.Open();
        _store.CopyTo(target);
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var text = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
        var key = request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.First() : null;
        var (answer, isRepeat) = request.Method == HttpMethod.Post
            ? Change(request.RequestUri!.AbsolutePath, text, key) : (Ask(request.RequestUri!), false);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            Content = new StringContent(answer.Body, Encoding.UTF8, "application/json"), RequestMessage = request,
        };
        if (isRepeat) response.Headers.Add("Idempotent-Replayed", "true");
        return response;
    }

    (Answer Answer, bool IsRepeat) Change(string path, string text, string? key)
    {
        if (Form.Read(text, out var wrong) is not { } form) return (Wire.Invalid(wrong), false);
        var since = (_options.Now() - _options.KeysLast).ToUnixTimeSeconds();
        if (key is not null && _store.Answered(key, since) is { } earlier) return (earlier.Answer, true);
        var (read, fault) = Read(path, form);
        if (read is not { } request) return (fault!, false);
        var behaviour = Trouble(request, key);
        if (behaviour is Behaviour.TimeoutBefore) throw new HttpRequestException("Closed before anything was done.");
        var (outcome, answer) = _store.Turn(() =>
        {
            var outcome = behaviour is Behaviour.Answer500Before ? Wire.Fault : _books.Do(request);
            var answer = behaviour is Behaviour.Answer500AfterDoing ? Wire.Fault : outcome.Answer;
            if (key is not null) _store.Keep(key, form.Fingerprint(path), answer, _options.Now().ToUnixTimeSeconds());
            return (outcome, answer);
        });
        if (outcome.Unsettled is { } id) SettleLater(id);
        Tell(outcome.Reports);
        if (behaviour is Behaviour.ChargeThenTimeout or Behaviour.Stall)
            throw new HttpRequestException("Closed once it was done.");
        return (answer, false);
    }

    static (Request?, Answer?) Read(string path, Form form) => path.Split('/') is var parts && parts is
        [_, _, "payment_intents", var id, var deed] ? deed switch
        {
            "confirm" => Request.ReadConfirm(id, form),
            "capture" => Request.ReadCapture(id, form),
            "cancel"  => Request.ReadCancel(id, form),
            _         => (null, Unknown),
        }
        : path is "/v1/payment_intents" ? Request.ReadCreate(form)
        : path is "/v1/refunds" ? Request.ReadRepay(form) : (null, Unknown);

    static Answer Unknown => Wire.Invalid("Unrecognized request URL.", status: 404);

    Behaviour Trouble(Request request, string? key)
    {
        var behaviour = _books.BehaviourFor(request);
        if (behaviour is not (Behaviour.Stall or Behaviour.TimeoutBefore or Behaviour.ChargeThenTimeout
            or Behaviour.Answer500Before or Behaviour.Answer500AfterDoing)) return Behaviour.None;
        return _store.Turn(() => _store.Try(Books.SubjectOf(request, key))) <= _options.Tries
            ? behaviour : Behaviour.None;
    }

    Answer Ask(Uri uri)
    {
        if (Form.Read(uri.Query.TrimStart('?'), out var wrong) is not { } form) return Wire.Invalid(wrong);
        return uri.AbsolutePath.Split('/') switch
        {
            [_, _, "payment_intents", "search"] => Search(uri, form),
            [_, _, "payment_intents", var id]   => _store.Find<Intent>("intent", id) is { } intent
                ? Wire.Ok(Wire.Of(intent)) : Wire.NoSuch("payment_intent", "intent"),
            [_, _, "payment_intents"] => Wire.List(uri.AbsolutePath, [.. _store.Page<Intent>("intent", new(
                100, form["starting_after"], From: long.TryParse(form["created[gte]"], out var from) ? from : 0))
                .Select(Wire.Of)], new(100)),
            [_, _, "refunds"] => Wire.List(uri.AbsolutePath, [.. _store.Page<Repayment>("refund", new(
                100, form["starting_after"], Of: form["payment_intent"])).Select(Wire.Of)], new(100)),
            _ => Unknown,
        };
    }

    Answer Search(Uri uri, Form form)
    {
        var parts = (form["query"] ?? "").Split('\'');
        return parts is [_, "key", _, var key, ..]
            ? Wire.Found(uri.AbsolutePath, _store.Where<Intent>("intent", [("key", key)]).Select(Wire.Of))
            : Wire.Invalid("The query can't be read.", param: "query");
    }

    void SettleLater(string id) => _later(id.StartsWith("re_", StringComparison.Ordinal)
        ? _options.RefundTakes : _options.Late, () => Tell(_store.Turn(() => _books.Settle(id))));

    void Tell(ImmutableArray<Report> reports)
    {
        foreach (var report in reports)
            _later(report.IsLate ? _options.Late : Duration.FromSeconds(1), () =>
            {
                var secret = report.IsForged ? "whsec_of_somebody_else" : _options.WebhookSecret;
                for (var copy = 1; copy <= report.Copies; copy++)
                    _report(report.Body, StripeSignature.Sign(report.Body, secret, _options.Now()));
                _store.Told(report.Id);
            });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _store.Dispose();
        base.Dispose(disposing);
    }
}
