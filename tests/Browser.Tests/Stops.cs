namespace Recourse.Tests;

/// <summary>The tour, stop by stop.</summary>
static class Stops
{
    static readonly Look Phone = new(390), PhoneAtNight = new(390, ColorScheme.Dark), Desk = new(1280),
        DeskAtNight = new(1280, ColorScheme.Dark);

    static Func<Walker, Task> At(string path) => walker => walker.Guest.Open(path);

    static Func<Walker, Task> Pressing(params string[] these) => async walker =>
    {
        foreach (var one in these) await walker.Guest.Press(one);
    };

    /// <summary>The first that a list has.</summary>
    static Func<Walker, Task> FirstOf(string list) => async walker =>
    {
        await walker.Guest.Open(list);
        await walker.Guest.Press("main :is(.rows, .orders) a");
        await walker.Guest.Page.Locator(".order").WaitForAsync();
    };

    /// <summary>Confirms, and lets the time pass in which it could be taken back.</summary>
    static async Task Cancelled(Walker walker)
    {
        await Pressing("#cancel input[value='cancel.changed-mind']", "#cancel button.main")(walker);
        await walker.Guest.Sees("Why the order was cancelled", within: 60_000);
    }

    /// <summary>Something that was just bought.</summary>
    static async Task Bought(Walker walker) =>
        await walker.Guest.Open(await Shopping.For(walker.Demo, walker.Of));

    /// <summary>An order that waits for its seller: there need be none otherwise.</summary>
    static async Task ToHandOver(Walker walker)
    {
        await Shopping.From(walker.Demo, walker.Of);
        await FirstOf("/orders?state=funded")(walker);
    }

    /// <summary>The first thing of the shop, put into the basket.</summary>
    static async Task Basket(Walker walker)
    {
        await walker.Guest.Open("/shop");
        await walker.Guest.Press("main a[href^='/shop/']");
        await walker.Guest.Press("form[action='/basket/add'] button.main");
        await walker.Guest.Open("/checkout");
    }

    /// <summary>All of it.</summary>
    public static readonly ImmutableArray<Leg> All =
    [
        new(null, "The door", "What anybody sees who opens the address.", Desk,
            new Stop("Whom to be", """
                A demo has someone worth meeting at each desk. Each card says who they are and what their trouble is
                at the moment; pressing it signs you in as them. In a store of your own there are no cards.
                """,
                new Picture("door", "The sign-in page with a card for each persona"))),
        new("buyer", "The buyer, on a phone", """
            Made for one hand and for people who only want to know where their order is. All of it works without
            script.
            """, Phone,
            new Stop("What waits for you", """
                First what waits for the reader, the next deadline on top; then the newest orders. Each says in one
                word how it stands, and whom it waits for.
                """,
                new Picture("buyer-start", "A buyer's start page"),
                new Picture("buyer-start-dark", "The same in dark colours", null, PhoneAtNight)),
            new Stop("What there is to buy", """
                What all shops offer, by category or by what is looked for. Nobody has to sign in to look.
                """,
                new Picture("buyer-shop", "The shop window", At("/shop"))),
            new Stop("Before paying", """
                Whatever would stop the order later is said now, at the field that it is about, and can be mended there.
                """,
                new Picture("buyer-checkout", "A checkout that asks for what is missing", Basket)),
            new Stop("One order, one page", """
                The first thing under the title is what happens next: who has to do it, until when, and what happens if
                nobody does. Below stands what the buyer may do now. What is not possible is greyed, and says why.
                """,
                new Picture("buyer-order", "An order that is paid for", Bought)),
            new Stop("Before anything is done", """
                Each act says first what it will do, and what can't be taken back. The reason that is chosen here
                stands in the statement that both sides read.
                """,
                new Picture("buyer-cancel", "Cancelling, before it is confirmed",
                    Pressing(".acts a[href='#cancel']"))),
            new Stop("Why it ended", """
                Whatever goes against somebody carries its reasons: what was decided, on which facts, by which rule
                and by whom, and until when it can be appealed against. Where the money is stands below it, step by
                step.
                """,
                new Picture("buyer-why", "Why an order was cancelled", Cancelled))),
        new("seller", "The seller", """
            A shop's day by deadline: what is due first stands on top, with what it costs to miss it.
            """, Desk,
            new Stop("Do today", "Orders that are paid for and not handed over yet.",
                new Picture("seller-start", "A seller's start page")),
            new Stop("Handing a parcel over", """
                Carrier and tracking number, and the order goes on: the buyer hears of it at once, on an open page
                within a second.
                """,
                new Picture("seller-order", "An order to be handed over", ToHandOver),
                new Picture("seller-dispatch", "Handing over, before it is confirmed",
                    Pressing(".bar a[href='#dispatch']"))),
            new Stop("What is for sale, and how much of it", """
                Listings with their prices, and the stock behind them. Stock can be taken out as a file and brought back
                in: each line that can't be read is said, and nothing is changed before it is looked through.
                """,
                new Picture("seller-listings", "A seller's listings", At("/listings")),
                new Picture("seller-stock", "A seller's stock", At("/stock"))),
            new Stop("What was earned", "Month by month, with what each line is made of, and as a file.",
                new Picture("seller-earnings", "A seller's earnings", At("/earnings")))),
        new("warehouse", "The warehouse", """
            Whoever packs sees what to pack and where it goes, and nothing of money.
            """, Desk,
            new Stop("What to pack next", "One parcel after the other, by deadline.",
                new Picture("warehouse-start", "What a warehouse sees first")),
            new Stop("Many at once", "What is ready to go, to be handed over together.",
                new Picture("warehouse-dispatch", "Orders to be handed over", At("/dispatch")))),
        new("agent", "The agent", """
            Made for people who look at a hundred cases a day: dense, by keyboard, with the queue at the side.
            """, Desk,
            new Stop("What is due next", "Everything that is open, by deadline, whoever has to act.",
                new Picture("agent-start", "An agent's start page"),
                new Picture("agent-start-dark", "The same in dark colours", null, DeskAtNight)),
            new Stop("A case", """
                Every fact, decision, message and coin of an order on one page. The reasons can be read as each side
                reads them: what is withheld from somebody is counted and said.
                """,
                new Picture("agent-order", "A cancelled order as an agent sees it",
                    FirstOf("/orders?state=cancelled"))),
            new Stop("Finding something", "Orders, people, payments, parcels and references, from one field.",
                new Picture("agent-search", "What a search finds", At("/search?q=ana")))),
        new("operator", "The operator", "Whoever runs the platform.", Desk,
            new Stop("The control room", """
                What is abnormal stands first, each figure with since when it is so. Every figure leads to what it
                counts, and all of it goes on by itself.
                """,
                new Picture("operator-control", "The control room"),
                new Picture("operator-control-dark", "The same in dark colours", null, DeskAtNight)),
            new Stop("Where the money stands", "Double entry, in each currency, and the sum of it all is zero.",
                new Picture("operator-ledger", "The accounts", At("/ledger"))),
            new Stop("The rules in force", """
                Windows, thresholds and who bears which cost are data, in editions. An order keeps the edition that
                it was placed under.
                """,
                new Picture("operator-rulebook", "The rulebook in force", At("/rulebook"))),
            new Stop("What the platform itself does", "Messages on their way, and how far the lists lag behind.",
                new Picture("operator-runtime", "The platform's own work", At("/runtime"))),
            new Stop("Orders of all", "Lists keep what is chosen in the address, so that a link shows the same.",
                new Picture("operator-orders", "Orders by state", At("/orders?state=shipped")))),
    ];
}
