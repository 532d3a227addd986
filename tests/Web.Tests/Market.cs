using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>The real server on a free port, with a folder of its own and the stand-in provider.</summary>
public sealed class Market : IAsyncLifetime
{
    readonly string _folder = Path.Combine(Path.GetTempPath(), $"recourse-{Guid.NewGuid():n}");
    readonly Func<HostOptions, HostOptions> _with;
    HttpClient _http = null!;
    int _number;

    /// <summary>As most tests have it.</summary>
    public Market() : this(options => options) { }

    internal Market(Func<HostOptions, HostOptions> with) => _with = with;

    /// <summary>Where it keeps everything.</summary>
    public string Folder => _folder;

    internal SettableClock Clock { get; } = new();

    /// <summary>Letters that it has sent.</summary>
    public Letterbox Mail { get; } = new();

    /// <summary>The running application.</summary>
    public WebApplication App { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        App = RecourseHost.Build(_with(new()
        {
            DataFolder = _folder, Clock = Clock, StandInSpeed = 1_000, RequestsPerMinute = 1_000_000, Mailer = Mail,
        }));
        await App.StartAsync();
        _http = new(new ReadingAfterAll(App))
        {
            BaseAddress = new(App.Urls.First()), Timeout = TimeSpan.FromSeconds(60),
        };
    }

    /// <summary>Stops it and starts it again on the same folder; whoever had a connection needs another.</summary>
    public async Task Restart()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await InitializeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (App is null) return;
        await App.StopAsync();
        await App.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A name that nobody else in this market has.</summary>
    public string Fresh(string name) => $"{name}-{Interlocked.Increment(ref _number)}";

    /// <summary>Someone with a key.</summary>
    public Someone As(Party role, string of, Scopes scopes = Scopes.All) =>
        new(_http, App.Services.GetRequiredService<AccessKeys>().Create(role, of, scopes));

    /// <summary>Someone with that key, or with none.</summary>
    public Someone Stranger(string? key = null) => new(_http, key);

    /// <summary>A seller with ten mugs (12.50 EUR, 4 EUR to ship) in the window.</summary>
    public async Task<(string Code, Someone Seller)> Seller(int units = 10, string currency = "EUR")
    {
        var code = Fresh("ana");
        var seller = As(Party.Seller, code);
        (await seller.Put($"/v1/listings/{code}/mug", Mug(currency))).Status.ShouldBe(HttpStatusCode.OK);
        (await seller.Post($"/v1/stock/{code}/red/receipts", new { location = "main", units })).Status
            .ShouldBe(HttpStatusCode.OK);
        return (code, seller);
    }

    /// <summary>A buyer whose order of mugs is paid for, and where the order is.</summary>
    public async Task<(Someone Buyer, string Order)> Bought(string seller, int quantity = 1, string? buyer = null)
    {
        var bea = As(Party.Buyer, buyer ?? Fresh("bea"));
        var opened = await bea.Post("/v1/checkouts", Basket(quantity, sellers: seller));
        opened.Status.ShouldBe(HttpStatusCode.Created, opened.Text);
        var order = $"/v1/{opened.Json["orders"]![0]!["order"]!.ToString().Replace("order/", "orders/")}";
        await Until(async () => (await bea.Get(order))["state"] == "funded", "funding");
        return (bea, order);
    }

    /// <summary>An offer of mugs.</summary>
    public static object Mug(string currency = "EUR", long price = 1250, string country = "DE") => new
    {
        title = "Mug", shipsFrom = "DE",
        variants = new[] { new { sku = "red", price = new { minor = price, currency } } },
        shipsTo = new[] { new { country, shippingPerUnit = new { minor = 400, currency } } },
    };

    /// <summary>Looks through what sellers cancelled; how many were raised.</summary>
    public Task<int> Audit() =>
        App.Services.GetRequiredService<ReasonAuditor>().Look(TestContext.Current.CancellationToken);

    /// <summary>The platform warns of an order, nobody does anything, and it ends.</summary>
    public async Task EndedFor(string reason, string order, Someone agent)
    {
        var warned = await agent.Post($"{order}/cancellation", new { reason });
        warned.Status.ShouldBe(HttpStatusCode.OK, warned.Text);
        Clock.Pass(Duration.FromMinutes(16));
        await Until(async () => (await agent.Get(order)).Json["warnings"]![0]!["toldAt"] is not null, "the letter");
        Clock.Pass(Duration.FromDays(7));
        await Until(async () => (await agent.Get(order))["state"] == "cancelled", "the end");
    }

    /// <summary>A seller gives up what isn't there, shows it, and can do nothing to keep it.</summary>
    public static object OutOfStock => new
    {
        reason = "cancel.out-of-stock",
        @case = new { evidence = new { kind = "stock-count", source = "Count 7" }, noWay = "There is no other." },
    };

    /// <summary>A basket of mugs.</summary>
    public static object Basket(int quantity = 1, string method = "pm_card_visa", params string[] sellers) => new
    {
        lines = sellers.Select(s => new { listing = $"listing/{s}/mug", sku = "red", quantity }).ToArray(),
        country = "DE", method, shipTo = Home,
    };

    /// <summary>Where buyers live.</summary>
    public static object Home => new
    {
        name = "Bea Muster", lines = new[] { "Hauptstr. 1" }, city = "Berlin", postcode = "10115", country = "DE",
    };

    /// <summary>Lets time pass until something is so.</summary>
    public static async Task Until(Func<Task<bool>> isSo, string what)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (await isSo()) return;
            await Task.Delay(50);
        }
        Assert.Fail($"It never came: {what}");
    }
}
