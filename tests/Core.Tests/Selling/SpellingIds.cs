using CsCheck;
using Xunit;
namespace Recourse.Tests;

public sealed class SpellingIds
{
    static readonly Gen<string> Code = Gen.Char["abcxyz0189-_."].Array[1, Derived.Longest].Select(c => new string(c));

    static readonly Gen<string> Anything = Gen.Frequency(
        (3, Gen.Select(
            Gen.OneOf([.. Modules.Kinds.Select(k => k.Name), "x", ""]),
            Gen.OneOf(Code, Gen.String[0, 5]).Array[0, 3],
            (kind, parts) => string.Join('/', parts.Prepend(kind)))),
        (1, Gen.String[0, 20]));

    [Fact]
    public void There_is_one_spelling_only_and_it_leads_back() => Anything.Sample(text =>
    {
        foreach (var kind in Modules.Kinds)
        {
            if (kind.Parse(text) is not { } id) continue;
            Assert.Equal(text, id.ToString());
            Assert.Equal(id, kind.Parse(id.ToString()!));
            Assert.Equal(kind.Types.Id, id.GetType());
        }
    }, iter: 20_000);

    [Fact]
    public void Every_kind_has_ids_that_are_read_back() => (
        from a in Code from b in Code select (a, b)).Sample((a, b) =>
        Assert.All(Modules.Kinds, kind => Assert.NotNull(kind.Parse(kind.Name switch
        {
            "rulebook" => "rulebook/platform",
            "brake" or "macro" => $"{kind.Name}/platform/{b}",
            "buyer" or "seller" or "person" or "verification" or "rates" => $"{kind.Name}/{a}",
            _ => $"{kind.Name}/{a}/{b}",
        }))));

    [Theory]
    [InlineData("order/shop")]
    [InlineData("order/shop/x/y")]
    [InlineData("order/Shop/x")]
    [InlineData("order//x")]
    [InlineData(" order/shop/x")]
    [InlineData("order/shop/x ")]
    [InlineData("order/shop/ä")]
    [InlineData("seller/")]
    [InlineData("rulebook/other")]
    public void A_bad_id_is_none(string text) => Assert.All(Modules.Kinds, kind => Assert.Null(kind.Parse(text)));
}
