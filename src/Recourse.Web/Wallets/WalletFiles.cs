using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Recourse.Adapters.Documents;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What happened to a wallet, as files to keep.</summary>
static class WalletFiles
{
    const int MostInFile = 10_000, Page = 200;

    /// <summary>As a table: the newest first, each with what was in it from then on.</summary>
    public static async Task<IResult> Csv(string currency, Caller caller, IPlatform platform)
    {
        if (await Read(currency, caller, platform) is not { } all) return Problems.NotFound;
        var text = new StringBuilder("at,event,amount,currency,about,balance\r\n");
        foreach (var (l, balance) in all.Lines)
            text.Append(CultureInfo.InvariantCulture, $"{Reader.Machine(l.At)},{l.Code},{Plain(l.Amount)},")
                .Append(CultureInfo.InvariantCulture, $"{l.Amount.Currency.Code},{l.About},{Plain(balance)}\r\n");
        return StockPages.Csv($"{text}", $"wallet-{all.Balance.Currency.Code}.csv");
    }

    /// <summary>As a document: from the oldest to what is in it now.</summary>
    public static async Task<IResult> Pdf(string currency, Caller caller, IPlatform platform)
    {
        if (await Read(currency, caller, platform) is not { } all) return Problems.NotFound;
        var (reader, code) = (Reader.Of(caller.Http), all.Balance.Currency.Code);
        var document = new TableDocument
        {
            Title = reader.Say("wallet.of-currency", ("currency", code)), Language = reader.Texts.Language,
            IsRightToLeft = reader.Texts.IsRightToLeft,
            Lead = [reader.Say("wallet.statement-of", ("day", reader.Day(platform.Now)))],
            Columns =
            [
                new(reader.Say("money.when"), 95), new(reader.Say("money.what"), 180),
                new(reader.Say("wallet.about"), 90), new(reader.Say("ledger.amount"), 72, IsAmount: true),
                new(reader.Say("statement.balance"), 72, IsAmount: true),
            ],
            PageOf = (page, pages) => reader.Say("statement.page", ("page", page), ("pages", pages)),
            Incomplete = reader.Say("statement.no-letters"),
        };
        foreach (var (l, balance) in all.Lines.Reverse())
            document.Row(bold: false, Reader.Machine(l.At)[..16].Replace('T', ' '), l.Text, l.About ?? "",
                Signed(l.Amount), Signed(balance));
        document.Row(bold: true, reader.Say("wallet.balance"), "", "", "", Signed(all.Balance));
        return Results.Bytes(document.ToBytes(), "application/pdf", $"wallet-{code}.pdf");
    }

    static async Task<(Money Balance, ImmutableArray<(WalletLine Line, Money Balance)> Lines)?> Read(
        string currency, Caller caller, IPlatform platform)
    {
        if (WalletEndpoints.IdOf(caller.Buyer?.Code ?? "", currency, caller) is not { } id) return null;
        var lines = ImmutableArray.CreateBuilder<WalletLine>();
        string? after = null;
        do
        {
            var rows = await WalletEndpoints.Statement(id.Buyer.Code, currency, caller, platform, after, Page);
            lines.AddRange(rows.Body?.Items ?? []);
            after = rows.Body?.Next;
        }
        while (after is not null && lines.Count < MostInFile);
        // Of what these lines come to: a movement of this moment is in neither.
        var balance = after is null ? lines.Select(l => l.Amount).Sum(id.Currency!.Value)
            : (await WalletEndpoints.Of(id, caller, platform)).Balance;
        var left = balance;
        var told = ImmutableArray.CreateBuilder<(WalletLine, Money)>();
        foreach (var l in lines)
        {
            told.Add((l, left));
            left -= l.Amount;
        }
        return (balance, told.ToImmutable());
    }

    static string Plain(Money money) =>
        money.Minor < 0 ? $"-{MoneyField.Show(money * -1)}" : MoneyField.Show(money);

    // The sign is one that no column takes for a dash.
    static string Signed(Money money) =>
        money.Minor < 0 ? $"\u2212{MoneyField.Show(money * -1)}" : MoneyField.Show(money);
}
