namespace Recourse.Web;

/// <summary>A page that one goes to, as navigation and the list of commands tell it.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Name">Its words are <c>console.nav.{Name}</c>.</param>
/// <param name="Glyph">Its icon.</param>
/// <param name="Roles">Who is let in, as the endpoint declares it.</param>
/// <param name="Key">What is pressed after G to go there; null: nothing.</param>
/// <param name="InNavigation">Whether it stands beside every page; if not, it is found among all pages only.</param>
sealed record Place(
    string Path, string Name, string Glyph, Party Roles, char? Key = null, bool InNavigation = true);

/// <summary>Where one can go, in the order of the navigation.</summary>
static class Places
{
    const Party Shop = Party.Seller | Party.Warehouse;

    /// <summary>All of them; each reader sees those that let them in.</summary>
    public static readonly ImmutableArray<Place> All =
    [
        new("/", "home-buyer", "house", Party.Buyer, 'h'),
        new("/", "home-seller", "house", Shop, 'h'),
        new("/", "home-agent", "house", Party.Staff, 'h'),
        new(ShopPages.Path, "shop", "store", Party.Buyer, 's'),
        new(BasketPages.Path, "basket", "shopping-bag", Party.Buyer, 'b'),
        new("/orders", "orders", "package", Party.Buyer | Shop | Party.Staff, 'o'),
        new(GoPages.KeysPath, "keys", "keyboard", SignIn.People, InNavigation: false),
        new("/design", "design", "layers", SignIn.People, InNavigation: false),
    ];

    /// <summary>Where one can go before signing in.</summary>
    public static readonly ImmutableArray<Place> ForStrangers =
    [
        new(ShopPages.Path, "shop", "store", Party.None), new(BasketPages.Path, "basket", "shopping-bag", Party.None),
        new(SignIn.Path, "sign-in", "log-in", Party.None),
    ];

    /// <summary>Where this reader can go.</summary>
    public static IEnumerable<Place> For(Reader reader) => All.Where(p => (p.Roles & reader.Role) != 0);
}
