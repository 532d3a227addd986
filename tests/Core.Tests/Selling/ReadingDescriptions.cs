using Recourse.Catalog;
using Recourse.Ways;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>
/// What is told of a thing is looked through for goods with rules of their own, as a question to its seller; what it is
/// for, goes with or is free of is no such thing.
/// </summary>
[Trait("Capability", "CHK-9")]
public sealed class ReadingDescriptions(ITestOutputHelper output)
{
    static readonly GoodsRules Rules = Published[^1].Of<GoodsRules>();

    static Offer Told(string description, string title = "Present for her") =>
        Wares with { Title = title, Description = description };

    static (Listing.State? State, Decision<Listing.Event> Last) After(Listing.State? state, Listing.Command said)
    {
        var last = Listing.Decide(Crockery, state, said, new(Seller, Wednesday, Published));
        return (last.Events.Aggregate(state, (s, e) => Listing.Evolve(s, e)), last);
    }

    static Listing.Command Publish(Offer offer) => new Listing.Command.Publish(offer);

    [Theory]
    [InlineData("A bottle of eau de parfum, 50 ml, in a gift box.", "perfume")]
    [InlineData("Set of three.\nContains one lithium battery of 3.7 V.", "lithium-batteries")]
    [InlineData("Garrafa de cachaça envelhecida, 700 ml.", "alcohol")]
    [InlineData("Ein Parfum von zeitloser Eleganz", "perfume")]
    [InlineData("Comprimidos de paracetamol 500 mg", "medicines")]
    [InlineData("Old revolver of 1873, still works", "weapons")]
    [InlineData("Comes with two packs of fireworks", "fireworks")]
    [InlineData("Original vodka from Poland", "alcohol")]
    public void What_a_description_names_is_asked_about_with_the_sentence(string text, string goods)
    {
        var (held, last) = After(null, Publish(Told(text)));
        var asked = Assert.IsType<Listing.Event.GoodsHeld>(Assert.Single(last.Events));
        Assert.Equal(goods, Assert.Single(asked.Goods).Goods);
        Assert.Equal("listing.goods-described", asked.Why.Code);
        Assert.Contains(asked.Goods[0].Passage!, text);
        Assert.IsType<Listing.State.Held>(held);
    }

    [Theory]
    [InlineData("Free of perfume and dyes"), InlineData("Contains no perfume"), InlineData("Perfume-free cream")]
    [InlineData("Sem perfume e sem álcool"), InlineData("Ohne Parfum"), InlineData("Without lithium battery")]
    [InlineData("A tray for perfume and jewellery"), InlineData("Holds your perfume and lipsticks")]
    [InlineData("Compatible with any power bank"), InlineData("Pocket for a power bank")]
    [InlineData("Set of six whisky glasses"), InlineData("Whiskey stones of granite"), InlineData("Vodka glasses")]
    [InlineData("Ergonomic pistol grip"), InlineData("Fits every glue pistol"), InlineData("Not a firearm")]
    [InlineData("Exhaust silencer of steel"), InlineData("Tortoiseshell pattern"), InlineData("Fireworks print")]
    [InlineData("Anti-counterfeit label"), InlineData("Suporte para perfume"), InlineData("Ideal para vinho tinto")]
    [InlineData("Protects against aerosols"), InlineData("Smells like perfume"), InlineData("A perfumed candle")]
    [InlineData("Box for ibuprofen and plasters"), InlineData("Replaces any spray can"), InlineData("Parfumfrei")]
    public void What_only_comes_near_it_is_not(string text) =>
        Assert.IsType<Listing.State.InWindow>(After(null, Publish(Told(text))).State);

    [Fact]
    public void Names_of_variants_and_specifications_are_read_as_well()
    {
        var variant = Wares with { Variants = [Wares.Variants[0] with { Title = "Eau de toilette 30 ml" }] };
        Assert.IsType<Listing.State.Held>(After(null, Publish(variant)).State);
        var spec = Wares with { Specs = [new("contents", "Whisky, 12 years")] };
        Assert.IsType<Listing.State.Held>(After(null, Publish(spec)).State);
        Assert.IsType<Listing.State.InWindow>(After(null, Publish(spec with { Goods = ["alcohol"] })).State);
    }

    [Fact]
    public void One_answer_settles_a_sentence_for_good_and_another_sentence_is_another_question()
    {
        const string Text = "Our perfume of wood. Made by hand.";
        var held = After(null, Publish(Told(Text))).State;
        var shown = After(held, new Listing.Command.AnswerGoods([])).State;
        Assert.IsType<Listing.State.InWindow>(shown);
        Assert.IsType<Listing.Event.Revised>(Assert.Single(After(shown, Publish(
            Told(Text + " Ships within a day.", "Present for him"))).Last.Events));
        Assert.IsType<Listing.Event.GoodsHeld>(Assert.Single(After(shown, Publish(
            Told("Fine perfume."))).Last.Events));
        var scent = After(held, new Listing.Command.AnswerGoods(["perfume"])).State;
        Assert.Equal(["perfume"], Assert.IsType<Listing.State.InWindow>(scent).Offer.Classes);
    }

    [Fact]
    public void What_title_and_description_both_name_is_one_question()
    {
        var pistol = Told("A pistol of plastic. Every pistol holds half a litre.", "Water pistol");
        var (held, last) = After(null, Publish(pistol));
        var asked = Assert.IsType<Listing.Event.GoodsHeld>(Assert.Single(last.Events)).Goods;
        Assert.Equal(["weapons"], asked.Select(g => g.Goods).Distinct());
        var shown = After(held, new Listing.Command.AnswerGoods([])).State;
        Assert.IsType<Listing.State.InWindow>(shown);
        Assert.IsType<Listing.Event.Revised>(Assert.Single(After(shown, Publish(
            pistol with { Category = "toys" })).Last.Events));
    }

    [Fact]
    public void A_description_is_searched_after_titles()
    {
        var row = new ShopRow(
            "listing/ana/x", "seller/ana", Told("Glazed stoneware, fired twice", "Mug"), true, 1, "InWindow");
        var found = ShopWindow.View.Index("listing/ana/x", row).Where(f => f.Index is ShopWindow.ByText)
            .Select(f => f.Value).ToList();
        Assert.Contains("ston", found);
        Assert.Contains("mug", found);
        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.True(ShopWindow.IsToldOf(row.Offer, ["stone", "mug"]));
        Assert.False(ShopWindow.IsToldOf(row.Offer, ["stone", "glass"]));
        Assert.Equal("ston", ShopWindow.PlaceOf("stoneware"));
        Assert.Null(ShopWindow.PlaceOf("of"));
    }

    [Fact]
    public void Real_categories_and_what_real_buyers_wrote_raise_hardly_any_question()
    {
        if (RealFolder() is not { } folder) return;
        var names = File.ReadLines(Path.Combine(folder, "product_category_name_translation.csv")).Skip(1)
            .SelectMany(l => l.Split(',')).Select(n => n.Replace('_', ' ')).ToList();
        Assert.Empty(names.SelectMany(n => Rules.NamedInProse(n)).Select(m => m.Passage));
        Assert.Empty(names.SelectMany(n => Rules.NamedIn(n)).Select(m => m.Passage));
        var texts = File.ReadAllText(Path.Combine(folder, "olist_order_reviews_dataset.csv"))
            .Split('\n').Where(l => l.Length > 40).ToList();
        var asked = texts.Select(t => (Text: t, Named: Rules.NamedInProse(t).ToList())).Where(t => t.Named.Count > 0)
            .ToList();
        foreach (var (_, named) in asked)
            output.WriteLine($"{named[0].Class.Code} “{named[0].Word}”: {named[0].Passage}");
        Assert.True(asked.Count * 100 <= texts.Count, $"{asked.Count} of {texts.Count} texts raise a question.");
    }

    static string? RealFolder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "global.json"))) root = root.Parent;
        var shared = Environment.GetEnvironmentVariable("RECOURSE_SHARED") ?? $"{root?.Parent?.FullName}/shared";
        var folder = Path.Combine(shared, "data", "olist");
        if (Directory.Exists(folder)) return folder;
        Console.WriteLine($"The real history is absent ({folder}): no words of it were tried.");
        return null;
    }
}
