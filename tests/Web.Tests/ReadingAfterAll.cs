using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Runtime;
namespace Recourse.Tests;

/// <summary>
/// Reads once the views show all that anybody did before: a test says what follows from acts, never how soon another
/// reader sees it. What happens by itself afterwards is waited for with <see cref="Market.Until"/>.
/// </summary>
sealed class ReadingAfterAll(WebApplication app)
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() })
{
    readonly IPlatform _platform = app.Services.GetRequiredService<IPlatform>();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (request.Method == HttpMethod.Get)
            await _platform.Views.CaughtUp(_platform.Position, TimeSpan.FromSeconds(10), cancel);
        return await base.SendAsync(request, cancel);
    }
}
