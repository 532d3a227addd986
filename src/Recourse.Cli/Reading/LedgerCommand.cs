using System.ComponentModel;
using Recourse.Ledger;
using Recourse.Orders;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>What stands on an account, or on all accounts of a kind that aren't even.</summary>
/// <param name="Accounts">How many accounts it is.</param>
sealed record LedgerLine(string Account, Money Amount, long Accounts);

/// <summary>One movement of money.</summary>
sealed record LedgerMovement(long Position, Instant At, string From, string To, Money Amount, string Event);

/// <summary>The books.</summary>
/// <param name="Sums">By currency; of all accounts this is zero.</param>
/// <param name="Movements">For an order: what made it so, oldest first.</param>
sealed record LedgerReport(
    string Of, ImmutableArray<LedgerLine> Lines, ImmutableArray<Money> Sums, ImmutableArray<LedgerMovement> Movements);

/// <summary>Shows the books.</summary>
sealed class LedgerCommand : AsyncCommand<LedgerCommand.Settings>
{
    /// <summary>Of what.</summary>
    public sealed class Settings : ReadingSettings
    {
        /// <summary>Only these accounts.</summary>
        [CommandOption("--account <PREFIX>"), Description("Each account that is this one or a part of it, e.g. "
            + "escrow or seller/ana.")]
        public string? Account { get; init; }

        /// <summary>Only one order's.</summary>
        [CommandOption("--order <ORDER>"), Description("The accounts and movements of one order, order/SELLER/CODE.")]
        public string? Order { get; init; }
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancel)
    {
        if (settings is { Account: not null, Order: not null })
            throw new Trouble("cli.one-of", "Say --account or --order, not both.", Trouble.BadInput);
        if (settings.Order is { } said && !OrderId.TryParse(said, out _))
            throw new Trouble("cli.bad-ledger-order", $"\"{said}\" is no order's id, which is order/SELLER/CODE.",
                Trouble.BadInput);
        using var opened = await OpenedStore.Open(settings.Data, "GET {at}/v1/ledger/accounts");
        var report = settings switch
        {
            { Order: { } order }    => OfOrder(opened, order),
            { Account: { } prefix } => OfAccounts(opened, prefix.TrimEnd('/')),
            _                       => OfAll(opened),
        };
        if (settings.Json) Out.Json(report);
        else Show(report);
        return settings is { Account: null, Order: null } && report.Sums.Any(s => s.Minor != 0) ? Trouble.Refused : 0;
    }

    static LedgerReport OfAll(OpenedStore opened) => Of("all accounts",
        from b in opened.All(Balances.View, View.ByKey, "")
        group b by (Kind: KindOf(b.Account), b.Currency) into kind
        select new LedgerLine(
            kind.Key.Kind, kind.Select(Amount).Sum(Currency.Of(kind.Key.Currency)), kind.Count()));

    static LedgerReport OfAccounts(OpenedStore opened, string prefix) => Of(prefix,
        opened.All(Balances.View, View.ByKey, $"{prefix}/")
            .Select(b => new LedgerLine(b.Account, Amount(b), 1)));

    static LedgerReport OfOrder(OpenedStore opened, string order)
    {
        ImmutableArray<Posting> postings =
            [.. opened.All(Postings.View, Postings.ByOrder, order).OrderBy(p => p.Position).ThenBy(p => p.Nth)];
        var lines =
            from p in postings
            from side in new[] { (Account: p.From, Amount: p.Amount * -1), (Account: p.To, p.Amount) }
            group side.Amount by (side.Account, side.Amount.Currency) into account
            select new LedgerLine(account.Key.Account, account.Sum(account.Key.Currency), 1);
        return Of(order, lines) with
        {
            Movements = [.. postings.Select(p => new LedgerMovement(p.Position, p.At, p.From, p.To, p.Amount,
                p.Event))],
        };
    }

    static LedgerReport Of(string of, IEnumerable<LedgerLine> lines)
    {
        ImmutableArray<LedgerLine> all =
            [.. lines.OrderBy(l => l.Account, StringComparer.Ordinal).ThenBy(l => l.Amount.Currency.Code)];
        return new(of, all, [.. all.GroupBy(l => l.Amount.Currency).OrderBy(c => c.Key.Code, StringComparer.Ordinal)
            .Select(c => c.Select(l => l.Amount).Sum(c.Key))], []);
    }

    static Money Amount(Balance b) => new(b.Minor, Currency.Of(b.Currency));

    /// <summary>An account without whose it is: <c>seller/…/payable</c>, <c>escrow</c>.</summary>
    static string KindOf(string account) => account.Split('/') switch
    {
        ["seller" or "buyer", _, var what, ..] all => $"{all[0]}/…/{what}",
        ["escrow" or "transit", ..] all            => all[0],
        ["import", var source, var what, ..]       => $"import/{source}/{what}",
        [var first, var second, ..]                => $"{first}/{second}",
        _                                          => account,
    };

    static void Show(LedgerReport report)
    {
        if (!report.Movements.IsEmpty)
        {
            var movements = Out.Table("Movements", "when", "event", "from", "to", "#amount");
            foreach (var m in report.Movements)
                movements.Row($"{m.At:uuuu-MM-dd HH:mm:ss}", m.Event, m.From, m.To, Out.Amount(m.Amount));
            Out.Show(movements);
        }
        var table = Out.Table($"Ledger: {report.Of}", "account", "#accounts", "#balance");
        foreach (var l in report.Lines)
            table.Row(l.Account, Out.Count(l.Accounts), Out.Amount(l.Amount));
        table.Row("", "", "");
        foreach (var sum in report.Sums) table.Row($"sum in {sum.Currency}", "", Out.Amount(sum));
        Out.Show(table);
        if (report.Lines.IsEmpty) Out.Line("Nothing stands there.");
    }
}
