using Recourse.Adapters.Banking;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>A month's statement as a document to keep. In Latin script: others read it in English.</summary>
static class EarningsPdf
{
    const string Latin = "en";

    public static byte[] Write(EarningsStatement s, Reader reader)
    {
        var texts = reader.Texts.Language is "ar" ? Texts.In(Latin, reader.Zone) : reader.Texts;
        var pdf = new PlainPdf { Columns = [0, 92, 190, -335, -400, -455, -511] };
        pdf.Line(bold: true, Say("statement.title", ("month", s.Month)));
        pdf.Line(bold: false, Say("statement.of", ("seller", reader.ShopOf(s.Seller)), ("month", s.Month),
            ("currency", s.Opening.Currency.Code)));
        pdf.Line(bold: false);
        pdf.Line(bold: true, Say("money.when"), Say("orders.order"), Say("money.what"), Say("earnings.gross"),
            Say("earnings.fee"), Say("earnings.net"), Say("statement.balance"));
        pdf.Line(bold: true, Say("statement.opening"), "", "", "", "", "", Plain(s.Opening));
        foreach (var l in s.Lines)
            pdf.Line(bold: false, Reader.Machine(l.At)[..16], l.Of.Split('/')[^1], Short(l.Event), Plain(l.Gross),
                Plain(l.Fee * -1), Plain(l.Net), Plain(l.Balance));
        pdf.Line(bold: true, Say("statement.closing"), "", "", Plain(s.Gross), Plain(s.Fees * -1),
            Plain(s.Gross - s.Fees), Plain(s.Closing));
        return pdf.ToBytes();

        string Say(string code, params ImmutableArray<Named> facts) => texts.Fill($"console.{code}", facts);
    }

    static string Short(string name) => name.Length <= 18 ? name : name[..18];

    static string Plain(Money money) =>
        money.Minor < 0 ? $"-{MoneyField.Show(money * -1)}" : MoneyField.Show(money);
}
