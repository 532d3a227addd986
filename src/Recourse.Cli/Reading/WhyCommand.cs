using System.ComponentModel;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Runtime;
using Recourse.Web;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Says why.</summary>
sealed class WhyCommand : AsyncCommand<WhyCommand.Settings>
{
    static readonly ImmutableDictionary<string, Party> Readers = new Dictionary<string, Party>
    {
        ["buyer"] = Party.Buyer, ["seller"] = Party.Seller, ["agent"] = Party.Agent,
    }.ToImmutableDictionary();

    /// <summary>Of what, to whom.</summary>
    public sealed class Settings : ReadingSettings
    {
        /// <summary>The order.</summary>
        [CommandArgument(0, "<ORDER>")]
        [Description("The order's id, order/SELLER/CODE; its code alone will do if no other order has it. Or a "
            + "purchase's, checkout/BUYER/CODE.")]
        public string Order { get; init; } = "";

        /// <summary>The reader.</summary>
        [CommandOption("--as <READER>"), DefaultValue("agent"), Description("buyer, seller or agent: what others "
            + "may not know is said to be withheld.")]
        public string As { get; init; } = "agent";

        /// <summary>The language.</summary>
        [CommandOption("--lang <TAG>"), DefaultValue("en"), Description("en, zh-Hans, es, pt-BR, fr or ar.")]
        public string Language { get; init; } = "en";
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancel)
    {
        if (!Readers.TryGetValue(settings.As, out var reader))
            throw new Trouble("cli.no-such-reader", $"\"{settings.As}\" is no reader: say buyer, seller or agent.",
                Trouble.BadInput);
        var language = LanguageOf(settings.Language);
        if (CheckoutId.TryParse(settings.Order, out var checkout))
            return await OfCheckout(checkout, reader, language, settings);
        using var opened = await OpenedStore.Open(settings.Data, "GET {at}/v1/orders/SELLER/CODE/why");
        var id = Find(settings.Order, opened);
        if (opened.Store.Follower.Load(id, opened.Store.Journal).State is not Order.State state)
            throw new Trouble("cli.no-such-order", $"There is no {id} in {settings.Data}.", Trouble.Refused);
        var texts = Texts.ForStatements(language, DateTimeZoneProviders.Tzdb[OrderWhy.ZoneOf(state, opened.InForce)]);
        var before = OrderWhy.HeldBy(state) is { } held && reader is not Party.Seller
            ? EventsOf(held, opened.Store) : [];
        var why = OrderWhy.Of(id, state, before.Concat(EventsOf(id, opened.Store)), reader, texts);
        if (settings.Json) Out.Json(why);
        else Show(why);
        return 0;
    }

    static async Task<int> OfCheckout(CheckoutId id, Party reader, string language, Settings settings)
    {
        if (reader is Party.Seller)
            throw new Trouble("cli.not-for-sellers", "A purchase is its buyer's: say --as buyer or agent.",
                Trouble.BadInput);
        using var opened = await OpenedStore.Open(settings.Data, "GET {at}/v1/checkouts/BUYER/CODE/why");
        if (opened.Store.Follower.Load(id, opened.Store.Journal).State is not Checkout.State state)
            throw new Trouble("cli.no-such-checkout", $"There is no {id} in {settings.Data}.", Trouble.Refused);
        var zone = OrderWhy.ZoneOf(state.Basket.Country, opened.InForce);
        var why = CheckoutWhy.Of(
            id, EventsOf(id, opened.Store), reader, Texts.ForStatements(language, DateTimeZoneProviders.Tzdb[zone]));
        if (settings.Json) Out.Json(why);
        else Show($"{id}", why.Text, why.Statements);
        return 0;
    }

    /// <summary>One of the languages of statements; trouble that names them all, if it is none.</summary>
    public static string LanguageOf(string said) => Texts.Nearest(said, Texts.OfStatements)
        ?? throw new Trouble("cli.no-such-language", $"There are no words in \"{said}\"; there are in "
            + $"{string.Join(", ", Texts.OfStatements)}.", Trouble.BadInput);

    static IEnumerable<object> EventsOf(IId id, Store store) =>
        from turn in store.Journal.At(store.Follower.Positions(id))
        from happened in turn.Turn.Events
        where happened.Id.Equals(id)
        select happened.Event;

    static OrderId Find(string said, OpenedStore opened)
    {
        var text = said.Count(c => c == '/') == 1 ? $"order/{said}" : said;
        if (OrderId.TryParse(text, out var id)) return id;
        if (!Derived.IsCode(said))
            throw new Trouble("cli.bad-order", $"\"{said}\" is no order's id, which is order/SELLER/CODE.",
                Trouble.BadInput);
        var all = opened.All(OrderList.View, Scope.Index, Scope.All).Select(r => r.Id)
            .Where(i => i.EndsWith($"/{said}", StringComparison.Ordinal)).ToList();
        return all switch
        {
            [var only] when OrderId.TryParse(only, out var found) => found,
            [] or [_] => throw new Trouble("cli.no-such-order-code", $"No order's code is {said}.", Trouble.Refused),
            _  => throw new Trouble("cli.several-orders", $"Several orders have that code: "
                + $"{string.Join(", ", all.Order())}.",
                Trouble.Refused),
        };
    }

    static void Show(string of, string text, ImmutableArray<StatementBody> statements)
    {
        Out.Line(of);
        Out.Line();
        if (statements.IsEmpty) Out.Line(text);
        foreach (var s in statements)
        {
            Out.Line(s.Text);
            Out.Line($"  {s.Code} · {s.Rule}, rulebook {s.Rulebook} · {s.IssuedAt:uuuu-MM-dd HH:mm}");
            foreach (var remedy in s.Remedies) Out.Line($"  → {remedy.Text}");
        }
    }

    static void Show(WhyBody why)
    {
        Show($"{why.Order}", why.Text, why.Statements);
        if (why.Inferred is { } inferred)
        {
            Out.Line($"  {inferred.Text} {inferred.LikelihoodText}");
            Out.Line($"  {inferred.Code} · {string.Join(" · ", inferred.Facts.Select(f => $"{f.Label}: {f.Text}"))}");
        }
        foreach (var f in why.Findings.Where(f => f.Text != why.Text)) Out.Line($"  • {f.Text}");
    }
}
