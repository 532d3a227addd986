using System.Collections.Concurrent;
using Recourse.Catalog;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>
/// What shops are called, kept in memory once somebody has asked: lists show many names, and none costs a read twice. A
/// new name is heard of before anybody is answered that it was taken.
/// </summary>
sealed class Shops
{
    const int MostLookedAt = 200;

    readonly IViews _views;
    readonly long _from;
    readonly ConcurrentDictionary<string, string?> _known = [];

    public Shops(Store store, IPlatform platform)
    {
        _views = platform.Views;
        store.Follower.Also += Hear;
        _from = platform.Position;                                          // all that comes later is heard
    }

    void Hear(long position, Turn turn)
    {
        if (turn.Target is not SellerId) return;
        foreach (var happened in turn.Events)
            if (happened is { Id: SellerId seller, Event: SellerAccount.Event.Named e }) _known[seller.Code] = e.Name;
    }

    /// <summary>Shops whose names have, for each word of a text, one that starts so; at most so many.</summary>
    public ImmutableArray<ShopNameRow> Find(string text, int most)
    {
        var words = ShopWindow.WordsOf(text);
        return words.Select(ShopWindow.StartOf).OfType<string>().MaxBy(w => w.Length) is not { } start ? []
            : [.. _views.List(ShopNames.View, ShopNames.ByWord, start, null, MostLookedAt).Rows
                .Where(row => ShopWindow.Matches(row.Name, words)).Take(most)];
    }

    /// <summary>What the shop with that code is called; null: it has no name.</summary>
    public string? NameOf(string code)
    {
        if (_known.TryGetValue(code, out var known)) return known;
        // Looked at before the row: a view that is late must not be remembered.
        var isWhole = _views.Position >= _from;
        var name = _views.Find(ShopNames.View, $"{new SellerId(code)}")?.Name;
        return isWhole ? _known.GetOrAdd(code, name) : name;
    }
}
