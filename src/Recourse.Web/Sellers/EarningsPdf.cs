using Recourse.Adapters.Documents;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>A month's statement as a document to keep, in its reader's language.</summary>
static class EarningsPdf
{
    public static byte[] Write(EarningsStatement s, Reader reader)
    {
        var texts = reader.Texts;
        var document = new TableDocument
        {
            Title = reader.Say("statement.title", ("month", s.Month)), Language = texts.Language,
            IsRightToLeft = texts.IsRightToLeft,
            Lead =
            [
                reader.Say("statement.of", ("seller", reader.ShopOf(s.Seller)), ("month", s.Month),
                    ("currency", s.Opening.Currency.Code)),
                reader.Say("earnings.zone"),
            ],
            Columns =
            [
                new(reader.Say("money.when"), 78), new(reader.Say("orders.order"), 78),
                new(reader.Say("money.what"), 95), new(reader.Say("earnings.gross"), 65, IsAmount: true),
                new(reader.Say("earnings.fee"), 60, IsAmount: true),
                new(reader.Say("earnings.net"), 65, IsAmount: true),
                new(reader.Say("statement.balance"), 70, IsAmount: true),
            ],
            PageOf = (page, all) => reader.Say("statement.page", ("page", page), ("pages", all)),
            Incomplete = reader.Say("statement.no-letters"),
        };
        document.Row(bold: true, reader.Say("statement.opening"), "", "", "", "", "", Plain(s.Opening));
        foreach (var l in s.Lines)
            document.Row(bold: false, Reader.Machine(l.At)[..16].Replace('T', ' '),
                l.Of.StartsWith("order/", StringComparison.Ordinal) ? OrderTable.CodeOf(l.Of) : "",
                texts.Tell($"earnings.{EarningsEndpoints.CodeOf(l.Event)}"), Plain(l.Gross), Plain(l.Fee * -1),
                Plain(l.Net), Plain(l.Balance));
        document.Row(bold: true, reader.Say("statement.closing"), "", "", Plain(s.Gross), Plain(s.Fees * -1),
            Plain(s.Gross - s.Fees), Plain(s.Closing));
        return document.ToBytes();
    }

    // The currency stands above; the sign is one that no column takes for a dash.
    static string Plain(Money money) =>
        money.Minor < 0 ? $"\u2212{MoneyField.Show(money * -1)}" : MoneyField.Show(money);
}
