using System.Collections.Immutable;
using System.Text;
using Recourse.Adapters.Rates;
using Recourse.Exchange;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>Rates as their sources publish them, and what is said when they stay away.</summary>
[Trait("Capability", "INV-4")]
public sealed class TakingExchangeRates
{
    // Made up, in the form of the European Central Bank's daily file.
    const string Daily = """
        <?xml version="1.0" encoding="UTF-8"?>
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
            xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
        	<gesmes:subject>Reference rates</gesmes:subject>
        	<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
        	<Cube>
        		<Cube time='2026-03-03'>
        			<Cube currency='USD' rate='1.0705'/>
        			<Cube currency='JPY' rate='171.90'/>
        			<Cube currency='HRK' rate='7.5345'/>
        		</Cube>
        		<Cube time='2026-03-02'><Cube currency='USD' rate='1.0600'/></Cube>
        	</Cube>
        </gesmes:Envelope>
        """;

    // As eurofxref-hist.csv: a comma at the end, N/A where nothing was quoted.
    const string Csv = "Date,USD,JPY,BGN,\n2026-03-02,1.06,170,1.9558,\n2026-03-03,1.0705,171.90,N/A,\n";

    // As api.nbp.pl/api/exchangerates/tables/b.
    const string Table = """
        [{"table":"B","no":"008/B/NBP/2026","effectiveDate":"2026-02-25","rates":[
          {"currency":"dinar kuwejcki","code":"KWD","mid":14.4247},
          {"currency":"dinar iracki","code":"IQD","mid":0.003032}]}]
        """;

    static readonly RateSourceId Ecb = new("ecb");
    static readonly LocalDate Tuesday = new(2026, 3, 3);

    static RateSheet Read(string text, string? source = null)
    {
        var (sheet, fault) = RateFiles.Read(Encoding.UTF8.GetBytes(text), source);
        fault.ShouldBeNull();
        return sheet!;
    }

    static string Problem(string text, string? source = null) =>
        RateFiles.Read(Encoding.UTF8.GetBytes(text), source).Fault!.Problem;

    static IEnumerable<string> Said(RateSheet sheet) => sheet.Rates.Select(
        r => $"{r.From}{r.To} {r.Per.Numerator}/{r.Per.Denominator}");

    [Fact]
    public void The_newest_day_of_a_file_counts_and_each_rate_is_exact()
    {
        foreach (var text in (string[])[Daily, Csv])
        {
            var sheet = Read(text);
            (sheet.Source, sheet.Date).ShouldBe(("ecb", Tuesday));
            // A currency that is no more isn't taken.
            Said(sheet).ShouldBe(["EURUSD 10705/10000", "EURJPY 1719/10"]);
        }
    }

    [Fact]
    public void What_the_first_source_doesn_t_quote_a_second_does()
    {
        var sheet = Read(Table);
        (sheet.Source, sheet.Date).ShouldBe(("nbp", new LocalDate(2026, 2, 25)));
        Said(sheet).ShouldBe(["KWDPLN 144247/10000", "IQDPLN 3032/1000000"]);
    }

    [Theory]
    [InlineData("", "in none of the forms")]
    [InlineData("hello", "in none of the forms")]
    [InlineData("<a>", "Is no XML")]
    [InlineData("<a/>", "has no Cube with a time")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "Is no XML")]
    [InlineData("<Cube time='tomorrow'/>", "is no date")]
    [InlineData("<Cube time='2026-03-03'><Cube currency='USD' rate='-1'/></Cube>", "The rate of USD is no number")]
    [InlineData("<Cube time='2026-03-03'><Cube currency='USD' rate='0.00'/></Cube>", "The rate of USD is no number")]
    [InlineData("<Cube time='2026-03-03'><Cube currency='USD' rate='1e3'/></Cube>", "The rate of USD is no number")]
    [InlineData("<Cube time='2026-03-03'/>", "It has no rate")]
    [InlineData("Date,USD\n", "no line but the first")]
    [InlineData("Date,USD\n2026-03-03,1.07,2\n", "Line 2 has 3 columns")]
    [InlineData("Date,USD\n03/03/2026,1.07\n", "Line 2 doesn't start with a date")]
    [InlineData("[", "Is no JSON")]
    [InlineData("[{}]", "has no effectiveDate")]
    [InlineData("[7]", "has no effectiveDate")]
    [InlineData("[{\"effectiveDate\":\"2026-03-03\"}]", "has no rates")]
    [InlineData("[{\"effectiveDate\":\"2026-03-03\",\"rates\":[{\"code\":\"KWD\",\"mid\":\"1\"}]}]", "KWD is no")]
    public void What_can_t_be_read_is_said(string text, string problem) => Problem(text).ShouldContain(problem);

    [Fact]
    public void A_file_of_another_source_is_not_taken_for_this_one()
    {
        Problem(Table, "ecb").ShouldContain("none of the forms");
        Problem(Daily, "nbp").ShouldContain("none of the forms");
        Problem(Daily, "xyz").ShouldContain("no source");
    }

    static Decision<RateSource.Event> Take(
        RateSource.State? state, RateSheet sheet, Actor? who = null, Instant? at = null) =>
        RateSource.Decide(Ecb, state, new RateSource.Command.Take(sheet),
            new(who ?? Operator, at ?? Instant.FromUtc(2026, 3, 3, 16, 0), Published));

    static RateSource.State Taken(RateSheet sheet) =>
        RateSource.Evolve(null, Take(null, sheet).Events.ShouldHaveSingleItem());

    [Fact]
    public void Said_twice_it_is_taken_once_and_older_ones_are_refused()
    {
        var state = Taken(Read(Daily));
        var again = Take(state, Read(Csv));
        (again.Events.Length, again.Refusals.Length).ShouldBe((0, 0));
        Take(state, Read(Daily) with { Date = Tuesday.PlusDays(-1) }).Refusals.ShouldHaveSingleItem()
            .Code.ShouldBe("rates.older");
    }

    [Fact]
    public void Whoever_isn_t_an_operator_brings_none() =>
        Take(null, Read(Daily), Seller).Refusals.ShouldHaveSingleItem().Code.ShouldBe("rates.operators-only");

    [Fact]
    public void What_can_be_no_sheet_is_refused_with_all_that_is_wrong()
    {
        var sheet = new RateSheet("nbp", Tuesday.PlusDays(9),
        [
            new(Currency.Eur, Currency.Eur, new(1, 1)), new(Currency.Eur, Currency.Of("USD"), new(0, 1)),
            new(Currency.Eur, Currency.Of("JPY"), new(1, 1)), new(Currency.Eur, Currency.Of("JPY"), new(2, 1)),
        ]);
        Take(null, sheet).Refusals.Select(r => $"{r.Code} {r.Field}".Trim()).ShouldBe(
        [
            "rates.other-source", "rates.of-the-future", "rates.bad-rate rates[0]", "rates.bad-rate rates[1]",
            "rates.bad-rate rates[3]",
        ]);
        Take(null, Read(Daily) with { Rates = [] }).Refusals.ShouldHaveSingleItem().Code.ShouldBe("rates.bad-count");
        RateSource.Decide(new("xyz"), null, new RateSource.Command.Take(sheet), new(Operator, Wednesday, Published))
            .Refusals.ShouldHaveSingleItem().Code.ShouldBe("rates.unknown-source");
    }

    [Fact]
    public void When_newer_ones_stay_away_the_platform_s_people_are_told_once()
    {
        var state = Taken(Read(Daily));
        state.Due.ShouldBe(Instant.FromUtc(2026, 3, 5, 17, 0));             // Thursday, at closing time in Berlin
        RateSource.Kind.NextWake(state).ShouldBe(state.Due);
        var asked = new Asked(Clock, state.Due, Published);
        var stale = RateSource.Decide(Ecb, state, new RateSource.Command.Wake(state.Due), asked).Events
            .ShouldHaveSingleItem();
        var told = RateSource.Notices(Ecb, state, stale).ShouldHaveSingleItem();
        (told.Code, told.To).ShouldBe(("rates-stale", Notice.Staff));
        state = RateSource.Evolve(state, stale);
        RateSource.Kind.NextWake(state).ShouldBeNull();
        RateSource.Decide(Ecb, state, new RateSource.Command.Wake(state.Due), asked).Events.ShouldBeEmpty();
        // Newer ones come, and the next silence is told again.
        var newer = Take(state, Read(Daily) with { Date = new(2026, 3, 6) }, at: Instant.FromUtc(2026, 3, 6, 16, 0));
        RateSource.Kind.NextWake(RateSource.Evolve(state, newer.Events.Single())).ShouldNotBeNull();
    }

    [Fact]
    public void Over_a_weekend_friday_s_rates_are_good() =>
        RateRules.GoodUntil("ecb", new(2026, 2, 27), Published[0]).ShouldBe(Instant.FromUtc(2026, 3, 3, 17, 0));

    [Fact]
    public void Only_what_is_good_is_left_of_a_table()
    {
        var table = new RateTable([Read(Daily), Read(Table)]);
        RateRules.GoodOf(table, Instant.FromUtc(2026, 3, 5, 16, 0), Published[0]).Sheets.Length.ShouldBe(2);
        RateRules.GoodOf(table, Instant.FromUtc(2026, 3, 5, 18, 0), Published[0]).Sheets
            .ShouldHaveSingleItem().Source.ShouldBe("nbp");
        RateRules.GoodOf(new([Read(Daily) with { Source = "xyz" }]), Wednesday, Published[0]).Sheets.ShouldBeEmpty();
    }
}
