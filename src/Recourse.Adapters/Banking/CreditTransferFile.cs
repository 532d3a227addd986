using System.Globalization;
using System.Text;
using System.Xml;
using NodaTime;
using Recourse.Kernel;
using Recourse.Payouts;
namespace Recourse.Adapters.Banking;

/// <summary>One transfer of a file.</summary>
/// <param name="EndToEnd">Our name for it, which comes back with it; at most 35 characters.</param>
public sealed record CreditTransfer(string EndToEnd, Money Amount, BankAccount To, string About);

/// <summary>How a bank pays it; each goes to it in files of its own.</summary>
public enum PayScheme
{
    /// <summary>Within the Single Euro Payments Area: euro, to an international account number of one of its countries.
    /// </summary>
    Sepa,

    /// <summary>Any other, with shared charges and the other bank's code.</summary>
    Other,
}

/// <summary>Payouts as a bank takes them: a customer credit transfer initiation, pain.001.001.09.</summary>
/// <remarks>
/// Source: ISO 20022, message definition report "Payments Initiation" of 2019; EPC132-08 for SEPA, EPC217-08 for its
/// letters.
/// </remarks>
public static class CreditTransferFile
{
    /// <summary>Of its elements.</summary>
    public const string Namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    const int LongestName = 140, LongestInSepa = 70, LongestId = 35, LongestGroup = 5;

    /// <summary>The file; one group of transfers for each currency, and one for what is paid within SEPA.</summary>
    /// <param name="id">The message's id; at most 35 characters.</param>
    /// <param name="at">When it was made (UTC).</param>
    /// <param name="from">The account that it is paid from.</param>
    public static byte[] Write(string id, Instant at, BankAccount from, IReadOnlyList<CreditTransfer> transfers)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartDocument();
            xml.WriteStartElement("Document", Namespace);
            xml.WriteStartElement("CstmrCdtTrfInitn", Namespace);
            xml.WriteStartElement("GrpHdr", Namespace);
            var all = new Writer(xml, isSepa: transfers.All(IsSepa));
            Text(xml, "MsgId", Short(id));
            Text(xml, "CreDtTm", at.InUtc().ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            Sums(xml, transfers);
            Inside(xml, "InitgPty", () => Text(xml, "Nm", all.Name(from.Holder)));
            xml.WriteEndElement();
            var groups = transfers.GroupBy(t => (t.Amount.Currency.Code, IsSepa: IsSepa(t)));
            foreach (var group in groups.OrderBy(g => g.Key))
                new Writer(xml, group.Key.IsSepa).Group(
                    GroupId(id, group.Key.Code, group.Key.IsSepa), at, from, [.. group]);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        return stream.ToArray();
    }

    static bool IsSepa(CreditTransfer t) => SchemeOf(t.Amount.Currency, t.To.Country) is PayScheme.Sepa;

    /// <summary>How that is paid.</summary>
    /// <param name="country">Of the bank, ISO 3166 alpha-2.</param>
    public static PayScheme SchemeOf(Currency currency, string country) =>
        BankAccount.IsSepa(currency, country) ? PayScheme.Sepa : PayScheme.Other;

    // However long the file's id is, each group has one of its own.
    static string GroupId(string id, string currency, bool isSepa) =>
        $"{id[..Math.Min(id.Length, LongestId - LongestGroup)]}-{currency}{(isSepa ? "S" : "")}";

    /// <summary>A group of transfers: SEPA has rules of its own for letters, names and costs.</summary>
    sealed class Writer(XmlWriter xml, bool isSepa)
    {
        public void Group(string id, Instant at, BankAccount from, IReadOnlyList<CreditTransfer> transfers)
        {
            xml.WriteStartElement("PmtInf", Namespace);
            Text(xml, "PmtInfId", id);
            Text(xml, "PmtMtd", "TRF");
            Sums(xml, transfers);
            if (isSepa) Inside(xml, "PmtTpInf", () => Inside(xml, "SvcLvl", () => Text(xml, "Cd", "SEPA")));
            Inside(xml, "ReqdExctnDt", () =>
                Text(xml, "Dt", at.InUtc().Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)));
            Inside(xml, "Dbtr", () => Text(xml, "Nm", Name(from.Holder)));
            Account(xml, "DbtrAcct", from);
            Agent(xml, "DbtrAgt", from.Bic);
            // Within SEPA each side bears its own bank's costs by the scheme; elsewhere it is said.
            Text(xml, "ChrgBr", isSepa ? "SLEV" : "SHAR");
            foreach (var t in transfers) One(t);
            xml.WriteEndElement();
        }

        void One(CreditTransfer t)
        {
            xml.WriteStartElement("CdtTrfTxInf", Namespace);
            Inside(xml, "PmtId", () => Text(xml, "EndToEndId", Short(t.EndToEnd)));
            Inside(xml, "Amt", () =>
            {
                xml.WriteStartElement("InstdAmt", Namespace);
                xml.WriteAttributeString("Ccy", t.Amount.Currency.Code);
                xml.WriteString(Plain(t.Amount));
                xml.WriteEndElement();
            });
            if (t.To.Bic is not null || !isSepa) Agent(xml, "CdtrAgt", t.To.Bic);
            Inside(xml, "Cdtr", () => Text(xml, "Nm", Name(t.To.Holder)));
            Account(xml, "CdtrAcct", t.To);
            Inside(xml, "RmtInf", () => Text(xml, "Ustrd", Tidy(t.About, LongestName)));
            xml.WriteEndElement();
        }

        public string Name(string name) => Tidy(name, isSepa ? LongestInSepa : LongestName);

        string Tidy(string text, int longest) => Cut(isSepa ? SepaLetters.Of(text) : Plain(text), longest);
    }

    static void Sums(XmlWriter xml, IReadOnlyList<CreditTransfer> transfers)
    {
        Text(xml, "NbOfTxs", transfers.Count.ToString(CultureInfo.InvariantCulture));
        // The sum of the numbers as they stand there, whatever their currencies.
        Text(xml, "CtrlSum", Sum(transfers));
    }

    static string Sum(IReadOnlyList<CreditTransfer> transfers)
    {
        const int digits = 4;
        var sum = transfers.Aggregate(Int128.Zero, (all, t) =>
            all + (Int128)t.Amount.Minor * Power(digits - t.Amount.Currency.Decimals));
        var text = sum.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        return $"{text[..^digits]}.{text[^digits..]}".TrimEnd('0').TrimEnd('.');
    }

    static long Power(int of) => of switch { 0 => 1, 1 => 10, 2 => 100, 3 => 1_000, _ => 10_000 };

    static string Plain(Money money)
    {
        var digits = money.Minor.ToString($"D{money.Currency.Decimals + 1}", CultureInfo.InvariantCulture);
        return money.Currency.Decimals == 0 ? digits
            : $"{digits[..^money.Currency.Decimals]}.{digits[^money.Currency.Decimals..]}";
    }

    static void Account(XmlWriter xml, string name, BankAccount account) =>
        Inside(xml, name, () => Inside(xml, "Id", () =>
        {
            if (account.Number is { } number) Inside(xml, "Othr", () => Text(xml, "Id", number));
            else Text(xml, "IBAN", account.Iban);
        }));

    static void Agent(XmlWriter xml, string name, string? bic) =>
        Inside(xml, name, () => Inside(xml, "FinInstnId", () =>
        {
            if (bic is not null) Text(xml, "BICFI", bic);
            else Inside(xml, "Othr", () => Text(xml, "Id", "NOTPROVIDED"));
        }));

    static void Inside(XmlWriter xml, string name, Action inner)
    {
        xml.WriteStartElement(name, Namespace);
        inner();
        xml.WriteEndElement();
    }

    static void Text(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, text);

    static string Short(string id) => id.Length <= LongestId ? id : id[..LongestId];

    // XML knows no control characters, and half a letter is none.
    static string Plain(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is >= '\uFFFE' ? ' ' : c));

    static string Cut(string text, int longest)
    {
        var tidy = text.Trim();
        return tidy.Length == 0 ? "-" : tidy.Length <= longest ? tidy : tidy[..longest].TrimEnd();
    }
}
