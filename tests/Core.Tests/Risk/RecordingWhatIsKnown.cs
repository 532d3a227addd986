using System.Text.Json;
using Recourse.Adapters.Risk;
using Recourse.Risk;
using Recourse.Runtime;
using Xunit;
using static Recourse.Tests.Suspicion;
namespace Recourse.Tests;

[Trait("Capability", "RSK-1")]
public sealed class RecordingWhatIsKnown
{
    static readonly Fingerprints Fingerprints = new([1, 2, 3]);

    static RiskFacts Facts => new Screener(new(), _ => { }).FactsOf(
        Buys("ana", Noon, Fingerprints.OfDevice("phone"), Fingerprints.OfCard("4242")) with
        {
            SignedUpAt = Noon - Duration.FromSeconds(9),
        },
        Book);

    [Fact]
    public void What_is_recorded_reads_back_and_gives_the_same_score()
    {
        var json = new Registry(Modules.Kinds).Json.Options;
        var text = JsonSerializer.Serialize(Facts, json);
        var again = JsonSerializer.Deserialize<RiskFacts>(text, json)!;
        Assert.Equal(text, JsonSerializer.Serialize(again, json));
        Assert.Equal(Screening.Of(Facts, Rules).Score, Screening.Of(again, Rules).Score);
        Assert.Equal(3_500, Screening.Of(again, Rules).Score);
        Assert.InRange(text.Length, 500, 3_000);
    }

    [Fact]
    public void Neither_device_nor_card_is_recorded_as_it_is()
    {
        var text = JsonSerializer.Serialize(Facts, new Registry(Modules.Kinds).Json.Options);
        Assert.DoesNotContain("phone", text, StringComparison.Ordinal);
        Assert.DoesNotContain("4242", text, StringComparison.Ordinal);
        Assert.Contains(Fingerprints.OfCard("4242")!, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fingerprint_is_of_one_thing_of_one_kind_under_one_key()
    {
        Assert.Equal(Fingerprints.OfIp("10.0.0.1"), Fingerprints.OfIp(" 10.0.0.1 "));
        Assert.NotEqual(Fingerprints.OfIp("x"), Fingerprints.OfDevice("x"));
        Assert.NotEqual(Fingerprints.OfIp("x"), new Fingerprints([3, 2, 1]).OfIp("x"));
        Assert.Null(Fingerprints.OfCard(null));
        Assert.Null(Fingerprints.OfAddress("  , "));
    }

    [Fact]
    public void An_address_is_the_same_whatever_its_commas_and_capitals() => Assert.Equal(
        Fingerprints.OfAddress("Rua São João, 12 - apto 3"), Fingerprints.OfAddress("RUA SÃO JOÃO 12 APTO 3"));
}
