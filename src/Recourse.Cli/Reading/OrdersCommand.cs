using System.ComponentModel;
using Recourse.Orders;
using Recourse.Runtime;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>An order in the list.</summary>
/// <param name="Awaited">Whom everybody waits for, until when, and what happens then; null: nobody.</param>
/// <param name="Statement">Code of the last statement of reasons; null: none was needed.</param>
/// <param name="Inferred">What most probably ended it in a history, decided by nobody here; null: nothing is
/// inferred.</param>
sealed record ListedOrder(
    string Id, string State, string Buyer, string Seller, Money Total, int Units, Instant PlacedAt, ListedWait? Awaited,
    string? Statement, bool Imported, int Findings, string? Inferred);

/// <summary>Whom everybody waits for.</summary>
sealed record ListedWait(string Owner, Instant Due, string Then);

/// <summary>Some orders, the newest first.</summary>
/// <param name="More">Whether there are more than these.</param>
sealed record ListedOrders(ImmutableArray<ListedOrder> Orders, bool More);

/// <summary>Lists orders.</summary>
sealed class OrdersCommand : AsyncCommand<OrdersCommand.Settings>
{
    const int MostListed = 100_000;

    /// <summary>Which.</summary>
    public sealed class Settings : ReadingSettings
    {
        /// <summary>Only of one state.</summary>
        [CommandOption("--state <STATE>"), Description("placed, funded, shipped, delivered, completed, cancelled "
            + "or imported.")]
        public string? State { get; init; }

        /// <summary>Only of one seller.</summary>
        [CommandOption("--seller <ID>"), Description("Only of this seller.")]
        public string? Seller { get; init; }

        /// <summary>Only of one buyer.</summary>
        [CommandOption("--buyer <ID>"), Description("Only of this buyer.")]
        public string? Buyer { get; init; }

        /// <summary>Only of one inferred reason.</summary>
        [CommandOption("--inferred <CODE>"), Description("Only what ended early in a history, most probably for the "
            + "reason of this code, as inferred.out-of-stock.")]
        public string? Inferred { get; init; }

        /// <summary>At most so many.</summary>
        [CommandOption("--limit <N>"), DefaultValue(50), Description("At most so many.")]
        public int Limit { get; init; } = 50;
    }

    static readonly ImmutableArray<string> States =
        [.. Closed.Cases(typeof(Order.State)).Select(t => t.Name).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancel)
    {
        if (settings.Limit is < 1 or > MostListed)
            throw new Trouble("cli.bad-limit", $"--limit is 1 to {MostListed}.", Trouble.BadInput);
        var state = settings.State is { } said ? StateOf(said) : null;
        var (seller, buyer) = (Person(settings.Seller, "seller"), Person(settings.Buyer, "buyer"));
        using var opened = await OpenedStore.Open(settings.Data, "GET {at}/v1/orders");
        var scope = seller ?? buyer ?? Scope.All;
        var page = Math.Min(settings.Limit + 1, 1_000);
        if (settings.Inferred is { } code && !InferredEnd.Codes.Contains(code))
            throw new Trouble("cli.no-such-inference", $"Nothing is inferred as \"{code}\". There are: "
                + $"{string.Join(", ", InferredEnd.Codes)}.", Trouble.BadInput);
        var rows = settings.Inferred is { } inferred
            ? opened.All(OrderList.View, OrderList.ByInferred, OrderList.StateOf(scope, inferred), page)
            : state is null
            ? opened.All(OrderList.View, Scope.Index, scope, page)
            : opened.All(OrderList.View, OrderList.ByState, OrderList.StateOf(scope, state), page);
        var found = rows.Where(r => (buyer is null || r.Buyer == buyer)
            && (state is null || r.State == state)).Take(settings.Limit + 1).Select(Of).ToList();
        var list = new ListedOrders([.. found.Take(settings.Limit)], found.Count > settings.Limit);
        if (settings.Json) Out.Json(list);
        else Show(list);
        return 0;
    }

    static string StateOf(string said) =>
        States.FirstOrDefault(s => s.Equals(said, StringComparison.OrdinalIgnoreCase))
        ?? throw new Trouble("cli.no-such-state", $"There is no state \"{said}\". There are: "
            + $"{string.Join(", ", States.Select(s => s.ToLowerInvariant()))}.", Trouble.BadInput);

    static string? Person(string? said, string kind)
    {
        if (said is null) return null;
        var code = said.StartsWith($"{kind}/", StringComparison.Ordinal) ? said[(kind.Length + 1)..] : said;
        return Derived.IsCode(code) ? $"{kind}/{code}"
            : throw new Trouble("cli.no-such-id", $"\"{said}\" is no {kind}'s id.", Trouble.BadInput);
    }

    static ListedOrder Of(OrderRow r) => new(
        r.Id, r.State.ToLowerInvariant(), r.Buyer, r.Seller, r.Total, r.Units, r.PlacedAt,
        r.Awaited is { } d ? new($"{d.Owner}".ToLowerInvariant(), d.Due, d.Then) : null, r.Statement, r.IsImported,
        r.Findings, r.Inferred);

    static void Show(ListedOrders list)
    {
        var table = Out.Table("Orders", "order", "state", "#total", "#units", "placed", "waits for", "says");
        foreach (var o in list.Orders)
            table.Row(o.Id, o.State, Out.Amount(o.Total), Out.Count(o.Units), $"{o.PlacedAt:uuuu-MM-dd HH:mm}",
                o.Awaited is { } w ? $"{w.Owner} until {w.Due:uuuu-MM-dd HH:mm}" : "",
                o.Statement ?? o.Inferred ?? (o.Findings > 0 ? $"{o.Findings} findings" : ""));
        Out.Show(table);
        Out.Line(list.Orders.IsEmpty ? "There is none."
            : $"{Out.Count(list.Orders.Length)} orders{(list.More ? ", and there are more: see --limit" : "")}. "
            + "Say \"recourse why ORDER\" for the reasons of one.");
    }
}
