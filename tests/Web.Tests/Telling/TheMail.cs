using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Mail.StandIn;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Letters over a real mail protocol, to a server that misbehaves.</summary>
public sealed class TheMail
{
    sealed class Book(bool waits = false) : IAddressBook
    {
        public static TaskCompletionSource Opens { get; } = new();

        public async ValueTask<Addressee?> Find(string person, CancellationToken stop)
        {
            if (waits) await Opens.Task.WaitAsync(stop);
            return person.Contains("unknown", StringComparison.Ordinal) ? null
                : new Addressee($"{person[(person.IndexOf('/', StringComparison.Ordinal) + 1)..]}@example.com", null);
        }
    }

    static async Task With(MailSinkOptions sink, Func<Market, Task> act, Book? book = null)
    {
        var market = new Market(
            o => o with { MailSink = sink, AddressBook = book ?? new Book(), Mailer = null });
        await market.InitializeAsync();
        try { await act(market); }
        finally { await market.DisposeAsync(); }
    }

    static ImmutableArray<SunkMail> Mails(Market market) =>
        MailboxOf(market.App.Services)?.Mails ?? [];

    static MailSink? MailboxOf(IServiceProvider services) => services.GetRequiredService<Mailbox>().Sink;

    static async Task Until(Market market, Func<ImmutableArray<SunkMail>, bool> isSo, string what)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            if (isSo(Mails(market))) return;
            market.Clock.Pass(Duration.FromSeconds(20));                    // retries wait by the platform's clock
            await Task.Delay(60);
        }
        Assert.Fail($"It never came: {what}; there is {string.Join("; ", Mails(market).Select(m => m.Subject))}");
    }

    [Fact]
    public Task Tells_the_right_person_in_their_language() => With(new(), async market =>
    {
        var (ana, seller) = await market.Seller();
        await seller.Put("/v1/me/notifications", new
        {
            inbox = new[] { "orders", "delivery", "deadlines", "money", "decisions" },
            mail = new[] { "orders", "money" }, language = "pt-BR",
        });
        var (buyer, order) = await market.Bought(ana, buyer: "bea");
        await seller.Post($"{order}/cancellation", Market.OutOfStock);
        await Until(market, m => m.Any(l => l.To == "bea@example.com" && l.Subject == "Your order was cancelled")
            && m.Any(l => l.To == $"{ana}@example.com"), "both");
        var paid = Mails(market).Single(m => m.To == "bea@example.com" && m.Subject == "Your order is paid");
        paid.Text.ShouldContain($"{market.App.Urls.First()}{order["/v1".Length..]}");
        paid.Text.ShouldContain("/me/notifications");
        (paid.Language, paid.Times).ShouldBe(("en", 1));
        var cancelled = Mails(market).Single(m => m.Subject == "Your order was cancelled");
        cancelled.Text.ShouldContain("Going back to you: 16.50 EUR");
        cancelled.Text.ShouldContain("appeal");
        // The seller chose no mail about decisions, and reads another language; nobody's name goes to the other side.
        var sellers = Mails(market).Where(m => m.To == $"{ana}@example.com").ToList();
        sellers.ShouldHaveSingleItem().Subject.ShouldStartWith("Novo pedido");
        sellers[0].Language.ShouldBe("pt-BR");
        Mails(market).ShouldAllBe(m => !m.Text.Contains("Muster"));
    });

    [Fact]
    public Task Is_written_in_the_languages_of_statements_and_leads_to_why() => With(new(), async market =>
    {
        var (ana, seller) = await market.Seller();
        await market.As(Party.Buyer, "bea").Put("/v1/me/notifications", new
        {
            inbox = new[] { "orders", "delivery", "deadlines", "money", "decisions" },
            mail = new[] { "decisions" }, language = "es",
        });
        var (_, order) = await market.Bought(ana, buyer: "bea");
        await seller.Post($"{order}/cancellation", Market.OutOfStock);
        await Until(market, m => m.Any(l => l.Subject == "Tu pedido se canceló"), "the letter");
        var letter = Mails(market).Single(m => m.Subject == "Tu pedido se canceló");
        letter.Language.ShouldBe("es");
        letter.Text.ShouldContain($"{order["/v1".Length..]}/why");
        letter.Text.ShouldContain("Puedes recurrir hasta el");
        letter.Text.ShouldNotContain("Decided by rule");
    });

    [Fact]
    public Task Says_everything_once_though_the_server_misbehaves() => With(
        new() { Seed = 7, BusyPercent = 40, DropsAfterDataPercent = 30 }, async market =>
    {
        var (ana, _) = await market.Seller(units: 20);
        for (var i = 0; i < 8; i++) await market.Bought(ana, buyer: $"bea-{i}");
        await Until(market, m => m.Count(l => l.Subject == "Your order is paid") == 8
            && m.Count(l => l.To == $"{ana}@example.com") == 8, "all");
        await Task.Delay(300);
        var mails = Mails(market);
        mails.Length.ShouldBe(16);
        mails.Select(m => m.MessageId).Distinct().Count().ShouldBe(16);
        // What was dropped was said again under its own id, which any mailbox takes for the same letter.
        mails.ShouldContain(m => m.Times > 1);
    });

    [Fact]
    public Task Is_not_said_again_after_a_restart() => With(new(), async market =>
    {
        var (ana, _) = await market.Seller();
        await market.Bought(ana, buyer: "bea");
        await Until(market, m => m.Length == 2, "both");
        await market.Restart();
        await market.Bought(ana, buyer: "bob");
        await Until(market, m => m.Any(l => l.To == "bob@example.com"), "the new one");
        await Task.Delay(300);
        Mails(market).ShouldNotContain(m => m.To == "bea@example.com");
    });

    [Fact]
    public Task Is_kept_until_there_is_a_server_again() => With(new() { BusyPercent = 100 }, async market =>
    {
        var (ana, _) = await market.Seller();
        await market.Bought(ana, buyer: "bea");
        await Market.Until(async () =>
            (await market.Stranger().Get("/health/ready"))["mailWaiting"] is "2", "two letters that wait");
        Mails(market).ShouldBeEmpty();
    });

    [Fact]
    public Task Goes_first_where_somebody_waits_for_it() => With(new(), async market =>
    {
        var (ana, _) = await market.Seller(units: 40);
        for (var nth = 0; nth < 15; nth++) await market.Bought(ana);
        await Market.Until(async () =>
            (await market.Stranger().Get("/health/ready"))["mailWaiting"] is "30", "letters that wait");
        market.Clock.Pass(Duration.FromSeconds(5));
        await market.App.Services.GetRequiredService<IMailer>()
            .Send(new("dora@example.com", "Confirm", "Follow this: …", "confirm-2@example.com"), default);
        Book.Opens.SetResult();
        await Until(market, m => m.Length == 31, "all letters");
        Mails(market).Reverse().Select(m => m.Subject).ToList().IndexOf("Confirm")
            .ShouldBeLessThan(21, "whoever registers sits before the screen");
    }, new Book(waits: true));

    [Fact]
    public Task Tells_whoever_cannot_be_reached() => With(new(), async market =>
    {
        var (ana, _) = await market.Seller();
        var (buyer, _) = await market.Bought(ana, buyer: "nobody-1");
        await Market.Until(async () => (await buyer.Get("/v1/me/notifications")).Json["lastLost"] is not null, "loss");
        var choice = await buyer.Get("/v1/me/notifications");
        choice.Json["lastLost"]!["trouble"]!.ToString().ShouldContain("No such mailbox");
        choice["mailTo"].ShouldBe("nobody-1@example.com");
        using var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Buyer, "nobody-1"));
        (await browser.Open("/me/notifications")).Text.ShouldContain("could not be delivered");
        Mails(market).ShouldNotContain(m => m.To.StartsWith("nobody"));
    });

    [Fact]
    public Task Takes_letters_of_others_once_by_their_id() => With(
        new() { Seed = 3, DropsAfterDataPercent = 50 }, async market =>
    {
        var mailer = market.App.Services.GetRequiredService<IMailer>();
        for (var i = 0; i < 3; i++)
            await mailer.Send(new("dora@example.com", "Confirm", "Follow this: …", "confirm-1@example.com"), default);
        await mailer.Send(new("dora@example.com", "Reset", "Olá, João", "reset-1"), default);
        await Until(market, m => m.Length == 2, "two letters");
        Mails(market).Single(m => m.Subject == "Reset").Text.ShouldBe("Olá, João");
        await Task.Delay(300);
        Mails(market).Length.ShouldBe(2);
    });
}
