using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Recourse.Adapters.Payments;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What came of a report.</summary>
/// <param name="Taken">It is in the books, now or before.</param>
/// <param name="Ignored">Why it changed nothing.</param>
public sealed record ReportBody(bool Taken, string? Ignored);

/// <summary>The payment provider's reports: believed for their signature alone.</summary>
static partial class WebhookEndpoints
{
    public const string Path = "/v1/provider/webhooks";
    static readonly Actor TheProvider = new Actor.Outside("provider");

    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapPost("/provider/webhooks", Hear).ForAnybody(limited: false).WithName("hearProviderReport")
            .WithTags("Provider").WithSummary("Reports of the payment provider, signed by it.");

    static async Task<Answer<ReportBody>> Hear(
        HttpContext http, Provider provider, Registry registry, IPlatform platform, ILogger<Provider> log)
    {
        using var reader = new StreamReader(http.Request.Body, new UTF8Encoding(false, throwOnInvalidBytes: false));
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        return provider.Reports.Read(body, http.Request.Headers["Stripe-Signature"], platform.Now) switch
        {
            Hearing.Refused no      => Problems.Bad(no.Code),
            Hearing.Ignored ignored => new ReportBody(false, ignored.Type),
            Hearing.Heard heard     => await Tell(heard, registry, platform, log),
        };
    }

    /// <summary>A report that is refused is answered with success too, or it would come for ever.</summary>
    static async Task<Answer<ReportBody>> Tell(
        Hearing.Heard heard, Registry registry, IPlatform platform, ILogger log)
    {
        var id = registry.Parse(heard.TargetId);
        object? command = id switch
        {
            PaymentId => new Payment.Command.HearReport(heard.Report),
            RefundId  => new Refund.Command.HearReport(heard.Report),
            _         => null,
        };
        if (command is null) return new ReportBody(false, Refusal.NotFound.Code);
        var outcome = await platform.Ask(new(id!, command, TheProvider));
        if (outcome is Outcome.Refused no) LogOdd(log, heard.Report.EventId, heard.TargetId, no.Why[0].Code);
        return outcome switch
        {
            Outcome.Done      => new ReportBody(true, null),
            Outcome.Refused o => new ReportBody(false, o.Why[0].Code),
            Outcome.Unknown or Outcome.Busy or Outcome.Fault => Problems.Of(outcome),
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Report {Report} on {Target} changes nothing: {Code}")]
    static partial void LogOdd(ILogger log, string report, string target, string code);
}
