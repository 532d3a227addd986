using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>A seller's money: what is kept safe, what comes when, and what every month was.</summary>
static class EarningsPages
{
    const int PerPage = 200;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/earnings", Now).AsPage(Party.Seller);
        pages.MapGet("/earnings/{month}/{currency}", Statement).AsPage(Party.Seller);
        pages.MapGet("/earnings/{month}/{currency}/statement.csv", Csv).AsPage(Party.Seller);
        pages.MapGet("/earnings/{month}/{currency}/statement.pdf", Pdf).AsPage(Party.Seller);
    }

    static async Task<IResult> Now(Caller caller, IPlatform platform)
    {
        var answer = await EarningsEndpoints.Now(caller, platform, null);
        return answer.Body is not { } body ? answer
            : Pages.Show<EarningsPage>(Reader.Of(caller.Http), new() { ["Earnings"] = body });
    }

    static async Task<IResult> Statement(
        string month, string currency, Caller caller, IPlatform platform, int? from)
    {
        var answer = await EarningsEndpoints.Statement(caller, platform, month, currency, null, from, PerPage);
        return answer.Body is not { } body ? NotThere(answer)
            : Pages.Show<StatementPage>(Reader.Of(caller.Http), new()
            {
                ["Statement"] = body, ["From"] = Math.Max(0, from ?? 0), ["Size"] = PerPage,
            });
    }

    /// <summary>An address that names no month is no page.</summary>
    static IResult NotThere<T>(Answer<T> answer) where T : class =>
        answer.Problem is { Status: 400 } ? Problems.NotFound : answer;

    static async Task<IResult> Csv(string month, string currency, Caller caller, IPlatform platform)
    {
        var answer = await EarningsEndpoints.Statement(caller, platform, month, currency, null, 0, 1);
        if (answer.Body is not { } sums || !Currency.TryParse(currency, out var known)) return NotThere(answer);
        var seller = ((Actor.Seller)caller.Who).Id;
        var all = new EarningsBook(caller, platform, seller).Statement(month, known);
        return StockPages.Csv(Write(all), $"statement-{sums.Month}-{sums.Currency}.csv");
    }

    static async Task<IResult> Pdf(string month, string currency, Caller caller, IPlatform platform)
    {
        var answer = await EarningsEndpoints.Statement(caller, platform, month, currency, null, 0, 1);
        if (answer.Body is not { } sums || !Currency.TryParse(currency, out var known)) return NotThere(answer);
        var all = new EarningsBook(caller, platform, ((Actor.Seller)caller.Who).Id).Statement(month, known);
        return Results.Bytes(
            EarningsPdf.Write(all, Reader.Of(caller.Http)), "application/pdf",
            $"statement-{sums.Month}-{sums.Currency}.pdf");
    }

    /// <summary>As a table: the opening balance, every line, the closing one; amounts with a point.</summary>
    static string Write(EarningsStatement s)
    {
        var text = new StringBuilder("at,of,event,gross,fee,net,balance,currency\r\n");
        Line(null, "", "opening", null, null, null, s.Opening);
        foreach (var l in s.Lines) Line(l.At, l.Of, l.Event, l.Gross, l.Fee, l.Net, l.Balance);
        Line(null, "", "closing", s.Gross, s.Fees, s.Gross - s.Fees, s.Closing);
        return text.ToString();

        void Line(Instant? at, string of, string what, Money? gross, Money? fee, Money? net, Money balance) =>
            text.Append(CultureInfo.InvariantCulture,
                $"{(at is { } then ? Reader.Machine(then) : "")},{of},{what},{Plain(gross)},{Plain(fee)},{Plain(net)},")
                .Append(CultureInfo.InvariantCulture, $"{Plain(balance)},{balance.Currency.Code}\r\n");

        static string Plain(Money? amount) => amount is not { } money ? ""
            : money.Minor < 0 ? $"-{MoneyField.Show(money with { Minor = -money.Minor })}" : MoneyField.Show(money);
    }
}
