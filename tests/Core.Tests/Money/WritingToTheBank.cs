using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Recourse.Adapters.Banking;
using Recourse.Payouts;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>Files of payouts, held against what the message definition lets stand there.</summary>
[Trait("Capability", "PAY-4")]
public sealed class WritingToTheBank
{
    const string German = "DE89370400440532013000", British = "GB82WEST12345698765432",
        Brazilian = "BR1800360305000010009795493C1";
    static readonly XNamespace Ns = CreditTransferFile.Namespace;
    static readonly BankAccount Us = new("Recourse", German);

    static XElement Written(string id, BankAccount from, params CreditTransfer[] transfers)
    {
        var bytes = CreditTransferFile.Write(id, Wednesday, from, transfers);
        Assert.Empty(Faults(bytes));
        return XDocument.Load(new MemoryStream(bytes)).Root!.Element(Ns + "CstmrCdtTrfInitn")!;
    }

    static List<string> Faults(byte[] file)
    {
        List<string> faults = [];
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema };
        settings.Schemas.Add(CreditTransferFile.Namespace,
            Path.Combine(AppContext.BaseDirectory, "pain.001.001.09-written.xsd"));
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        settings.ValidationEventHandler += (_, e) => faults.Add(e.Message);
        using var reader = XmlReader.Create(new MemoryStream(file), settings);
        while (reader.Read()) { }
        return faults;
    }

    static CreditTransfer To(string name, long minor = 1234, string currency = "EUR", string iban = German,
        string? bic = null, string end = "e1") =>
        new(end, new(minor, Currency.Of(currency)), new(name, iban, bic), end);

    static IEnumerable<string> Values(XElement of, string name) => of.Descendants(Ns + name).Select(e => e.Value);

    [Fact]
    public void Groups_by_currency_and_scheme_and_sums_each_and_all()
    {
        var root = Written("file-1", Us, To("Ana & Filhos", bic: "COBADEFFXXX"), To("Ken", 1_000, "JPY", British),
            To("Noor", 1_234, "KWD"), To("Bia", 5_00, "EUR", Brazilian), To("Bea", 1));
        Assert.Equal(["file-1-EUR", "file-1-EURS", "file-1-JPY", "file-1-KWD"], Values(root, "PmtInfId"));
        Assert.Equal("5", root.Element(Ns + "GrpHdr")!.Element(Ns + "NbOfTxs")!.Value);
        Assert.Equal("1018.584", root.Element(Ns + "GrpHdr")!.Element(Ns + "CtrlSum")!.Value);
        Assert.Equal(["5", "12.35", "1000", "1.234"],
            root.Elements(Ns + "PmtInf").Select(g => g.Element(Ns + "CtrlSum")!.Value));
        Assert.Equal(["5.00 EUR", "12.34 EUR", "0.01 EUR", "1000 JPY", "1.234 KWD"],
            root.Descendants(Ns + "InstdAmt").Select(a => $"{a.Value} {a.Attribute("Ccy")!.Value}"));
        Assert.Equal(["SHAR", "SLEV", "SHAR", "SHAR"], Values(root, "ChrgBr"));
        Assert.Equal(["SEPA"], Values(root, "Cd"));
        Assert.Equal(["COBADEFFXXX"], Values(root, "BICFI"));
    }

    [Fact]
    public void Says_that_a_banks_code_is_not_known_of_our_own_and_leaves_out_the_others()
    {
        var root = Written("file-1", Us, To("Ana"));
        Assert.Equal("NOTPROVIDED", root.Descendants(Ns + "DbtrAgt").Single().Value);
        Assert.Empty(root.Descendants(Ns + "CdtrAgt"));
        Assert.Equal("COBADEFF", Written("file-1", Us with { Bic = "COBADEFF" }, To("Ana")).Descendants(Ns + "DbtrAgt")
            .Single().Value);
    }

    [Fact]
    public void Names_the_other_bank_outside_sepa_and_an_account_that_has_no_international_number()
    {
        var root = Written("file-1", Us, To("Bia", 5_00, "EUR", Brazilian, "BRASBRRJ"),
            new("e2", new(1_00, Currency.Of("USD")), new("Ann", "", "CHASUS33", "123456789"), "e2"));
        Assert.Equal(["BRASBRRJ", "CHASUS33"], Values(root, "BICFI"));
        Assert.Equal("123456789", root.Descendants(Ns + "CdtrAcct").Last().Element(Ns + "Id")!
            .Element(Ns + "Othr")!.Value);
        Assert.All(Values(root, "ChrgBr"), c => Assert.Equal("SHAR", c));
        Assert.Empty(root.Descendants(Ns + "SvcLvl"));
        // Of an account from before its bank was asked for, that is said.
        Assert.Equal("NOTPROVIDED", Written("file-1", Us, To("Bia", iban: Brazilian)).Descendants(Ns + "CdtrAgt")
            .Single().Value);
        Assert.Equal(PayScheme.Other, CreditTransferFile.SchemeOf(Currency.Of("USD"), "DE"));
        Assert.Equal(PayScheme.Other, CreditTransferFile.SchemeOf(Currency.Eur, "US"));
        Assert.Equal(PayScheme.Sepa, CreditTransferFile.SchemeOf(Currency.Eur, "CH"));
    }

    [Fact]
    public void Cuts_what_is_too_long_and_keeps_groups_apart()
    {
        var longest = new string('x', 200);
        var root = Written(longest, Us with { Holder = longest },
            To(longest, end: longest), To(longest, 1, "JPY", end: longest), To("\u0001 \uD800", 1, "JPY"),
            To("", 1, "KWD"));
        Assert.Equal(3, Values(root, "PmtInfId").Distinct().Count());
        Assert.Equal([140, 70, 70, 140, 140, 1, 140, 1], Values(root, "Nm").Select(n => n.Length));
    }

    [Fact]
    public void Takes_as_many_as_a_file_may_have()
    {
        var root = Written("file-1", Us, [.. Enumerable.Range(1, 500).Select(i => To($"N{i}", i, end: $"e{i}"))]);
        Assert.Equal(500, root.Descendants(Ns + "CdtTrfTxInf").Count());
        Assert.Equal("1252.5", root.Element(Ns + "PmtInf")!.Element(Ns + "CtrlSum")!.Value);
        Assert.Equal($"{Money.Most / 100}.{Money.Most % 100:00}",
            Written("file-1", Us, To("Ana", Money.Most, "USD")).Descendants(Ns + "InstdAmt").Single().Value);
    }

    [Theory, InlineData("Müller & Söhne", "Muller + Sohne"), InlineData("Łódź Æsir Øre ß", "Lodz AEsir Ore ss"),
        InlineData("Ωμέγα", "Omega"), InlineData("Чайка", "Cayka"), InlineData("北京 茶", ".. ."),
        InlineData("a_b@c.de", "a-b(at)c.de"), InlineData("\uD83D\uDE00", "."), InlineData("متجر", "....")]
    public void Writes_names_in_the_letters_of_sepa_and_as_they_are_elsewhere(string name, string sepa)
    {
        Assert.Equal(sepa, Values(Written("f", Us, To(name)), "Nm").Last());
        var elsewhere = Values(Written("f", Us, To(name, currency: "USD")), "Nm").Last();
        Assert.Equal(name.Any(char.IsSurrogate) ? "-" : name, elsewhere);
    }

    [Fact]
    public void Would_be_found_out()
    {
        var good = CreditTransferFile.Write("f", Wednesday, Us, [To("Ana")]);
        foreach (var (was, wrong) in ((string, string)[])
        [
            ("<IBAN>DE89370400440532013000</IBAN>", "<IBAN>-</IBAN>"), ("<NbOfTxs>1</NbOfTxs>", ""),
            ("12.34", "12.3456789"), ("Ccy=\"EUR\"", "Ccy=\"eu\""), ("TRF", "XYZ"), ("<Nm>Ana</Nm>", "<Nm></Nm>"),
            ("<ChrgBr>SLEV</ChrgBr>", "<Other/>"), ("Z</CreDtTm>", "Zulu</CreDtTm>"),
        ])
        {
            var text = System.Text.Encoding.UTF8.GetString(good);
            Assert.Contains(was, text, StringComparison.Ordinal);
            var bad = System.Text.Encoding.UTF8.GetBytes(text.Replace(was, wrong, StringComparison.Ordinal));
            Assert.NotEmpty(Faults(bad));
        }
    }
}
