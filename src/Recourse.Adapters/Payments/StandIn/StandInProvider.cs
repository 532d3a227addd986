using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
namespace Recourse.Adapters.Payments.StandIn;

/// <summary>A payment provider that speaks Stripe's protocol, keeps honest books, and misbehaves on demand.</summary>
public static partial class StandInProvider
{
    /// <summary>The application, not started yet. Once started, its <c>Urls</c> say where it listens.</summary>
    public static WebApplication Build(StandInOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(options.Listen));
        builder.Services.AddSingleton(options).AddSingleton(_ => new Store(options.File))
            .AddSingleton<Books>().AddSingleton<Courier>().AddSingleton<Gate>()
            .AddHostedService(services => services.GetRequiredService<Courier>());
        var app = builder.Build();
        Changes(app, app.Services.GetRequiredService<Gate>());
        Questions(app, app.Services.GetRequiredService<Gate>(), app.Services.GetRequiredService<Store>());
        app.MapFallback(http => Gate.Write(http, Wire.Invalid("Unrecognized request URL.", status: 404)));
        return app;
    }

    static void Changes(IEndpointRouteBuilder app, Gate gate)
    {
        app.MapPost("/v1/payment_intents", http => gate.Change(http, Request.ReadCreate));
        app.MapPost("/v1/payment_intents/{id}/confirm",
            http => gate.Change(http, form => Request.ReadConfirm(Id(http), form)));
        app.MapPost("/v1/payment_intents/{id}/capture",
            http => gate.Change(http, form => Request.ReadCapture(Id(http), form)));
        app.MapPost("/v1/payment_intents/{id}/cancel",
            http => gate.Change(http, form => Request.ReadCancel(Id(http), form)));
        app.MapPost("/v1/refunds", http => gate.Change(http, Request.ReadRepay));
        app.MapPost("/v1/setup_intents", http => gate.Change(http, form => Request.ReadSetUp(
            $"{http.Request.Scheme}://{http.Request.Host}/standin/bank/", form)));
    }

    static void Questions(IEndpointRouteBuilder app, Gate gate, Store store)
    {
        var seed = app.ServiceProvider.GetRequiredService<StandInOptions>().Seed;
        app.MapGet("/v1/payment_methods/{id}", http => gate.Read(http, _ => Card.Find(Id(http), seed) is { } card
            ? Wire.Ok(Wire.Of(Id(http), card)) : Wire.NoSuch("PaymentMethod", "payment_method")));
        app.MapGet("/v1/payment_intents", http => gate.Read(http, form => List(http, form, null,
            page => store.Page<Intent>("intent", page).ConvertAll(Wire.Of))));
        app.MapGet("/v1/payment_intents/search", http => gate.Read(http, form => Search(http, form, store)));
        app.MapGet("/v1/payment_intents/{id}", http => gate.Read(http, _ =>
            store.Find<Intent>("intent", Id(http)) is { } intent
                ? Wire.Ok(Wire.Of(intent)) : Wire.NoSuch("payment_intent", "intent")));
        app.MapGet("/v1/refunds", http => gate.Read(http, form => List(http, form, form["payment_intent"],
            page => store.Page<Repayment>("refund", page).ConvertAll(Wire.Of))));
        app.MapGet("/v1/refunds/{id}", http => gate.Read(http, _ =>
            store.Find<Repayment>("refund", Id(http)) is { IsLost: false } refund
                ? Wire.Ok(Wire.Of(refund)) : Wire.NoSuch("refund", "id")));
        app.MapGet("/v1/balance_transactions", http => gate.Read(http, form => List(http, form, form["source"],
            page => store.Page<BalanceLine>("line", page).ConvertAll(Wire.Of))));
        app.MapGet("/v1/balance_transactions/{id}", http => gate.Read(http, _ =>
            store.Find<BalanceLine>("line", Id(http)) is { } line
                ? Wire.Ok(Wire.Of(line)) : Wire.NoSuch("balance_transaction", "id")));
        BankPage.Map(app, gate, store);
        app.MapGet("/standin/statement", http => gate.Read(http, _ => StandInStatement.Of(store)));
    }

    static Answer List(HttpContext http, Form form, string? of, Func<Paging, IReadOnlyList<JsonObject>> rows)
    {
        var limit = Number(form["limit"]) ?? 10;
        if (limit is < 1 or > 100)
            return Wire.Invalid("Limit must be from 1 to 100.", "parameter_invalid_integer", "limit");
        var from = Number(form["created[gte]"]) ?? Number(form["created[gt]"]) + 1 ?? Number(form["created"]);
        var to = Number(form["created[lte]"]) ?? Number(form["created[lt]"]) - 1 ?? Number(form["created"]);
        var page = new Paging((int)limit, form["starting_after"], form["ending_before"], of,
            from ?? long.MinValue, to ?? long.MaxValue);
        return Wire.List(http.Request.Path, rows(page), page);
    }

    static Answer Search(HttpContext http, Form form, Store store)
    {
        var clauses = (form["query"] ?? "").Split(" AND ").Select(c => Clause().Match(c.Trim())).ToList();
        if (!clauses.TrueForAll(c => c.Success)) return Wire.Invalid("The query can't be read.", param: "query");
        var metadata = clauses.ConvertAll(c => (c.Groups["name"].Value, c.Groups["value"].Value.Replace(@"\", "")));
        return Wire.Found(http.Request.Path, store.Where<Intent>("intent", metadata).Take(100).Select(Wire.Of));
    }

    static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    /// <summary>Far from the ends of what fits, so that one more or less is still a number.</summary>
    static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, int.MaxValue * 1000L) : null;

    [GeneratedRegex("""^metadata\[["'](?<name>[A-Za-z0-9_]{1,40})["']\]:["'](?<value>(?:[^"'\\]|\\.)*)["']$""")]
    private static partial Regex Clause();
}
