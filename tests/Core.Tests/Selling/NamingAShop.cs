using Recourse.Catalog;
using Recourse.Sellers;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

public sealed class NamingAShop
{
    static Decision<SellerAccount.Event> Call(
        string? name, SellerAccount.State? state = null, SellerId? takenBy = null, Actor? who = null) =>
        SellerAccount.Decide(Shop, state, new SellerAccount.Command.TakeName(name!,
            takenBy is { } other ? new(other, Wednesday, "view/shop-names") : null),
            new Asked(who ?? Seller, Wednesday, Published));

    static string Why(string? name) => string.Join(' ', Call(name).Refusals.Select(no => no.Code));

    static string Named(string name) =>
        Assert.IsType<SellerAccount.Event.Named>(Assert.Single(Call(name).Events)).Name;

    [Theory, InlineData("Lantern & Sons"), InlineData("Café Zoë"), InlineData("Лавка"), InlineData("Μαγαζί"),
     InlineData("متجر الفانوس"), InlineData("חנות"), InlineData("दुकान"), InlineData("ร้านโคมไฟ"),
     InlineData("ランタン商店"), InlineData("등불"), InlineData("Dr. Oak"), InlineData("No.1"), InlineData("Kiln 🏺"),
     InlineData("می‌خواهم")]
    public void Is_done_in_any_script(string name) => Assert.Equal(name, Named(name));

    [Fact]
    public void Keeps_the_name_composed_and_without_blanks_that_nobody_typed_on_purpose()
    {
        Assert.Equal("Café Zoë", Named("  Cafe\u0301   Zoe\u0308 "));
        Assert.Equal(new string('x', ShopName.Longest), Named(new('x', ShopName.Longest)));
    }

    [Theory, InlineData(null, "seller.name-empty"), InlineData("", "seller.name-empty"),
     InlineData(" \u00A0\u2003 ", "seller.name-empty"), InlineData("…!?", "seller.name-empty"),
     InlineData("Lan\u0007tern", "seller.name-unreadable"), InlineData("Lan\ntern", "seller.name-unreadable"),
     InlineData("Lan\u202Etern", "seller.name-unreadable"), InlineData("Lan\u200Btern", "seller.name-unreadable"),
     InlineData("\u3164\u3164", "seller.name-unreadable"), InlineData("Z\u0301\u0301\u0301\u0301\u0301\u0301",
         "seller.name-unreadable"),
     InlineData("www.lantern", "seller.name-link"), InlineData("lantern.shop", "seller.name-link"),
     InlineData("Buy at HTTPS://x", "seller.name-link"), InlineData("me@lantern", "seller.name-link"),
     InlineData("lantern．com", "seller.name-link"),
     InlineData("Recourse", "seller.name-platform"), InlineData("R e c 0 u r s e support", "seller.name-platform"),
     InlineData("Rесоursе", "seller.name-platform"), InlineData("ℝecourse Help", "seller.name-platform")]
    public void Is_refused_with_what_is_wrong(string? name, string code) => Assert.Equal(code, Why(name));

    [Fact]
    public void Is_refused_where_it_is_too_long_or_no_text_at_all()
    {
        Assert.Equal("seller.name-too-long", Why(new('x', ShopName.Longest + 1)));
        Assert.Equal("seller.name-unreadable", Why("Lantern \ud83d"));
        Assert.Equal("seller.name-too-long seller.name-link", Why($"www.{new string('x', ShopName.Longest)}"));
    }

    [Fact]
    public void Is_refused_where_another_shop_is_called_so()
    {
        Assert.Equal("seller.name-taken", Assert.Single(Call("Lantern", takenBy: new("rival")).Refusals).Code);
        Assert.NotEmpty(Call("Lantern", takenBy: Shop).Events);
    }

    [Theory, InlineData("Lantern", "LANTERN"), InlineData("Lantern", "Lаntеrn"), InlineData("Lantern", "lan-tern"),
     InlineData("Lantern", "Ĺäntèrn"), InlineData("Oak 10", "Oak IO"), InlineData("Corner", "Comer"),
     InlineData("Straße", "STRASSE"), InlineData("Kiln", "ＫＩＬＮ"), InlineData("مَتجر", "متجر")]
    public void Takes_for_the_same_what_looks_the_same(string one, string other) =>
        Assert.Equal(ShopName.Skeleton(one), ShopName.Skeleton(other));

    [Theory, InlineData("Lantern", "Lanterns"), InlineData("मी", "मा"), InlineData("มี", "มา"), InlineData("か", "が")]
    public void Tells_apart_what_is_different(string one, string other) =>
        Assert.NotEqual(ShopName.Skeleton(one), ShopName.Skeleton(other));

    [Fact]
    public void Said_twice_is_done_once_and_keeps_all_else()
    {
        var named = SellerAccount.Evolve(null, new SellerAccount.Event.Named("Lantern"));
        Assert.True(Call(" Lantern ", named) is { Events.IsEmpty: true, Refusals.IsEmpty: true });
        var chosen = SellerAccount.Evolve(named, new SellerAccount.Event.NotificationsChosen(Notifications.Everything));
        Assert.Equal("Lantern", chosen.Name);
        Assert.Equal(Notifications.Everything,
            SellerAccount.Evolve(chosen, new SellerAccount.Event.Named("Other")).Notifications);
    }

    [Fact]
    public void Is_the_sellers_own_business()
    {
        foreach (var who in (Actor[])[OtherSeller, Buyer, Warehouse, Agent, Operator, Import])
            Assert.Equal("kernel.not-found", Assert.Single(Call("Lantern", who: who).Refusals).Code);
    }

    [Fact]
    public void Lets_it_be_found_by_how_it_looks_and_by_how_its_words_begin()
    {
        var recorded = new Recorded(1, 0, Wednesday, Seller, 1, Shop, new SellerAccount.Event.Named("Red Làntern"), []);
        var row = Assert.IsType<ShopNameRow>(ShopNames.View.Apply($"{Shop}", null, recorded));
        var found = ShopNames.View.FoundBy($"{Shop}", row).ToList();
        Assert.Contains(found, f => (f.Index, f.Value) == (ShopNames.BySkeleton, ShopName.Skeleton("red lantern")));
        Assert.Contains(found, f => (f.Index, f.Value) == (ShopNames.ByWord, ShopWindow.StartOf("lan")));
    }
}
