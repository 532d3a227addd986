namespace Recourse.Web;

/// <summary>A page that one goes to, as navigation and the list of commands tell it.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Name">Its words are <c>console.nav.{Name}</c>.</param>
/// <param name="Glyph">Its icon.</param>
/// <param name="Roles">Who is let in, as the endpoint declares it.</param>
/// <param name="Key">What is pressed after G to go there; null: nothing.</param>
/// <param name="InNavigation">Whether it stands beside every page; if not, it is found among all pages only.</param>
/// <param name="Least">Of a seller's people, who is let in.</param>
sealed record Place(
    string Path, string Name, string Glyph, Party Roles, char? Key = null, bool InNavigation = true,
    Right Least = Right.Support);

/// <summary>Where one can go, in the order of the navigation.</summary>
static class Places
{
    /// <summary>Where the number of what is unread stands.</summary>
    public const string Inbox = "/inbox";

    const Party Shop = Party.Seller | Party.Warehouse;

    /// <summary>All of them; each reader sees those that let them in.</summary>
    public static readonly ImmutableArray<Place> All =
    [
        new("/", "home-buyer", "house", Party.Buyer, 'h'),
        new("/", "home-seller", "house", Party.Seller, 'h'),
        new("/", "pack", "package", Party.Warehouse, 'p'),
        new("/", "home-agent", "house", Party.Agent, 'h'),
        new("/", "home-operator", "activity", Party.Operator, 'h'),
        new("/search", "search", "search", Party.Staff, 's'),
        new(ShopPages.Path, "shop", "store", Party.Buyer, 's'),
        new(BasketPages.Path, "basket", "shopping-bag", Party.Buyer, 'b'),
        new("/dispatch", "dispatch", "truck", Shop, 'd'),
        new("/pack", "pack", "package-check", Party.Seller, 'p', InNavigation: false),
        new("/orders", "orders", "package", Party.Buyer | Shop | Party.Staff, 'o'),
        new("/listings", "listings", "store", Party.Seller, 'l'),
        new("/stock", "stock", "list", Party.Seller, 't'),
        new(VerificationPages.Path, "verification", "shield-check", Party.Buyer, InNavigation: false),
        new(PlanPages.Path, "plans", "clock", Party.Seller | Party.Staff, InNavigation: false),
        new(PlanPages.Path, "my-plans", "clock", Party.Buyer, InNavigation: false),
        new(CouponPages.Path, "coupons", "ticket-percent", Party.Seller | Party.Operator, 'c'),
        new("/earnings", "earnings", "banknote", Party.Seller, 'e'),
        new(PayoutPages.OfSeller, "my-payouts", "banknote", Party.Seller, InNavigation: false),
        new(TermsPages.Path, "terms", "clock", Party.Seller, InNavigation: false),
        new("/shop-name", "shop-name", "store", Party.Seller, 'n', InNavigation: false),
        new("/refunds", "refunds", "undo-2", Party.Staff, 'f'),
        new(VerificationPages.Reviews, "reviews", "shield-check", Party.Staff, 'v'),
        new(WorkPages.Path, "work", "list", Party.Staff, 'w'),
        new(ServiceEndpoints.Path, "service", "activity", Party.Operator, InNavigation: false),
        new(AppealPages.Path, "appeals", "scale", Party.Staff, 'a'),
        new(AppealPages.Path, "my-appeals", "scale", AppealEndpoints.Lodgers, 'a', InNavigation: false),
        new(StandingEndpoints.Path, "standing", "user", Party.Buyer, InNavigation: false),
        new(ReasonPages.Path, "reasons", "scale", Party.Staff),
        new(BrakeEndpoints.Path, "brakes", "hourglass", Party.Staff, InNavigation: false),
        new(MacroEndpoints.Path, "macros", "messages-square", Party.Staff, InNavigation: false),
        new(ReasonPages.Path, "my-reasons", "scale", Party.Seller, InNavigation: false),
        new("/deadlines", "deadlines", "hourglass", Party.Staff, 'd'),
        new(FindingEndpoints.Path, "findings", "info", Party.Staff),
        new("/ledger", "ledger", "landmark", Party.Staff, 'l'),
        new(PayoutPages.Path, "payouts", "banknote", Party.Staff, InNavigation: false),
        new(SellerMoneyPages.Path, "paid-sellers", "banknote", Party.Staff, InNavigation: false),
        new("/rulebook", "rulebook", "book-open", Party.Staff, 'r'),
        new("/rulebook", "rules", "book-open", SignIn.People & ~Party.Staff, InNavigation: false),
        new(RegisterPages.Path, "register", "scale", SignIn.People, InNavigation: false),
        new(RatePages.Path, "rates", "banknote", Party.Operator),
        new("/runtime", "runtime", "refresh-cw", Party.Operator, 't'),
        new(Inbox, "inbox", "inbox", InboxEndpoints.Readers, 'i'),
        new(WalletPages.Path, "wallet", "wallet", Party.Buyer, 'w'),
        new("/staff", "staff", "users", Party.Seller, 's', Least: Right.Manager),
        new("/people", "people", "users", Party.Operator, 'p'),
        new("/keys", "keys", "key-round", Party.Seller | Party.Operator, 'k', Least: Right.Manager),
        new("/webhooks", "webhooks", "send", HookEndpoints.Owners),
        new("/me", "me", "user", SignIn.People, 'm', InNavigation: false),
        new(GoPages.ShortcutsPath, "shortcuts", "keyboard", SignIn.People, InNavigation: false),
        new("/design", "design", "layers", SignIn.People, InNavigation: false),
    ];

    /// <summary>Where one can go before signing in.</summary>
    public static readonly ImmutableArray<Place> ForStrangers =
    [
        new(ShopPages.Path, "shop", "store", Party.None), new(BasketPages.Path, "basket", "shopping-bag", Party.None),
        new(RegisterPages.Path, "register", "scale", Party.None, InNavigation: false),
        new(SignIn.Path, "sign-in", "log-in", Party.None),
    ];

    /// <summary>Where this reader can go.</summary>
    public static IEnumerable<Place> For(Reader reader) => All.Where(p =>
        (p.Roles & reader.Role) != 0 && (reader.Role is not Party.Seller || reader.Right >= p.Least));
}
