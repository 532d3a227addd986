using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recourse.Adapters.Payments;
using Recourse.Benchmarks.Conventional;
using Recourse.Payments;
using Recourse.Web;
namespace Recourse.Benchmarks;

/// <summary>What is measured, as servers.</summary>
static class Servers
{
    /// <summary>What a server says, before its address, once it is ready.</summary>
    public const string Ready = "ready at ";

    /// <summary>Serves until nobody is at the other end of the standard input any more.</summary>
    public static async Task<int> Run(string[] args)
    {
        await using var app = args switch
        {
            ["recourse", var folder] => RecourseHost.Build(new()
            {
                DataFolder = folder, RequestsPerMinute = 1_000_000_000, PaymentProvider = new PromptProvider(),
            }),
            ["echo"]                 => Echo(),
            ["dapper", var engine, var where] => await Shop(new DapperCheckout(Database.Of(engine, where))),
            ["ef", var engine, var where]     => await Shop(new EfCheckout(Database.Of(engine, where))),
            _ => throw new ArgumentException($"There is no server \"{string.Join(' ', args)}\"."),
        };
        await app.StartAsync();
        var address = app.Urls.First();
        if (args[0] is "recourse") await UntilReady(address);
        Console.WriteLine(Ready + address);
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }

    static async Task UntilReady(string address)
    {
        using var http = new HttpClient();
        while (true)
        {
            using var answer = await http.GetAsync(new Uri($"{address}/health/ready"));
            if (answer.IsSuccessStatusCode) return;
            await Task.Delay(10);
        }
    }

    /// <summary>Kestrel and nothing else.</summary>
    static WebApplication Bare()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    static WebApplication Echo()
    {
        var app = Bare();
        app.Run(async http =>
        {
            var order = await Wire.Read(http);
            await Wire.Write(http, order);
        });
        return app;
    }

    static async Task<WebApplication> Shop(ICheckout checkout)
    {
        await checkout.Prepare();
        var app = Bare();
        app.Run(async http =>
        {
            var order = await Wire.Read(http);
            var (buyer, key) = (http.Request.Headers.Authorization.ToString()["Bearer ".Length..],
                http.Request.Headers["Idempotency-Key"].ToString());
            var bought = await checkout.Buy(buyer, key, order);
            http.Response.StatusCode = bought.State is "authorised" ? 201 : 409;
            await Wire.Write(http, bought);
        });
        return app;
    }
}

/// <summary>A provider that says yes at once, in this process: what it costs is not what is measured.</summary>
sealed class PromptProvider : IPaymentProvider
{
    /// <inheritdoc/>
    public Task<ProviderAnswer> Call(ProviderCall call, CancellationToken cancel) =>
        Task.FromResult<ProviderAnswer>(new ProviderAnswer.Done($"pi_{call.Key}"));

    /// <inheritdoc/>
    public Task<ChallengeAnswer> Challenge(ChallengeCall call, CancellationToken cancel) =>
        Task.FromResult<ChallengeAnswer>(new ChallengeAnswer.Authenticated($"seti_{call.Key}", ShiftsLiability: true));

    /// <inheritdoc/>
    public Task<MethodLook?> Look(string token, CancellationToken cancel) =>
        Task.FromResult<MethodLook?>(new("card"));
}
