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

    static async Task Changing(Walker walker)
    {
        var order = new Uri(walker.Guest.Page.Url).AbsolutePath;
        await walker.Guest.Open($"{order}/change");
    }

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

    /// <summary>The first thing of the shop that isn't sold out, put into the basket.</summary>
    static async Task Basket(Walker walker)
    {
        const string add = "form[action='/basket/add'] button.main";
        await walker.Guest.Open("/shop");
        foreach (var thing in await walker.Guest.Page.Locator("main a[href^='/shop/']")
            .EvaluateAllAsync<string[]>("all => all.map(a => a.pathname)"))
        {
            await walker.Guest.Open(thing);
            if (await walker.Guest.Page.Locator($"{add}:enabled").CountAsync() > 0) break;
        }
        await walker.Guest.Press(add);
        await walker.Guest.Open("/checkout");
    }

    /// <summary>Its buyer asks for an end when it is being picked, and its seller says no.</summary>
    static async Task Refused(Walker walker)
    {
        var page = await Shopping.For(walker.Demo, walker.Of);
        var (seller, code) = (page.Split('/')[2], page.Split('/')[3]);
        var shop = walker.Demo.Api(Party.Seller, seller);
        await shop.PickOrderAsync(seller, code);
        await walker.Demo.Api(Party.Buyer, walker.Of).CancelOrderAsync(
            seller, code, new() { Reason = "cancel.changed-mind" });
        await shop.RefuseRequestAsync(seller, code, new() { Reason = "refuse.packed-already" });
        await walker.Guest.Open(page);
        await walker.Guest.Find("main a[href^='/appeals/']").WaitForAsync();
        await walker.Guest.Page.EvaluateAsync(
            "document.querySelector(\"main a[href^='/appeals/']\").scrollIntoView({ block: 'center' })");
    }

    static async Task Appealed(Walker walker)
    {
        await Pressing("main a[href^='/appeals/']")(walker);
        await walker.Guest.Fill("#text", "Nothing was packed: the parcel was booked only a day later.");
        await Pressing("main form button.main")(walker);
        await walker.Guest.Sees("In your words");
    }

    /// <summary>From the page before.</summary>
    static Func<Walker, Task> Back(string pressing) => async walker =>
    {
        await walker.Guest.Page.GoBackAsync();
        await walker.Guest.Press(pressing);
    };

    /// <summary>All of it.</summary>
    public static readonly ImmutableArray<Leg> All =
    [
        new(null, "The door", "What anybody sees who opens the address.", Desk,
            new Stop("Whom to be", """
                A demo has someone worth meeting at each desk. Each card says who they are and what their trouble is
                at the moment; pressing it signs you in as them. In a store of your own there are no cards.
                """,
                new Picture("door", "The sign-in page with a card for each persona")),
            new Stop("What was decided", """
                Every decision against somebody stands in a public register: which reason, by whom, under which rule.
                Of the people it says nothing.
                """,
                new Picture("door-decisions", "The public register of decisions", At("/decisions")))),
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
            new Stop("Changing instead of ending", """
                Until it is picked, its buyer changes an order alone: where it goes, how it is sent, what and how much.
                The change is checked and priced as a checkout is, and the difference is said before.
                """,
                new Picture("buyer-change", "Changing an order", Changing)),
            new Stop("Before anything is done", """
                Each act says first what it will do, and what can't be taken back. The reason that is chosen here
                stands in the statement that both sides read.
                """,
                new Picture("buyer-cancel", "Cancelling, before it is confirmed",
                    Back(".acts a[href='#cancel']"))),
            new Stop("Why it ended", """
                Whatever goes against somebody carries its reasons: what was decided, on which facts, by which rule
                and by whom, and until when it can be appealed against. Where the money is stands below it, step by
                step.
                """,
                new Picture("buyer-why", "Why an order was cancelled", Cancelled)),
            new Stop("Saying that it is wrong", """
                Once it is being picked, an end has to be asked for. A no says why, and can be contested where it
                stands: a person looks at it who didn't decide before, by a date.
                """,
                new Picture("buyer-refused", "Why a wish was refused", Refused),
                new Picture("buyer-appeal", "An appeal that was lodged", Appealed)),
            new Stop("Money of one's own", """
                What came back here can be spent, or taken out; each movement says what it was for.
                """,
                new Picture("buyer-wallet", "A buyer's wallet", At("/wallet")))),
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
            new Stop("Before giving an order up", """
                A seller's reason needs its proof, and the ways to keep the order stand beside it. A reason that facts
                speak against is found, heard and made good.
                """,
                new Picture("seller-cancel", "A seller's reasons for cancelling, with what each needs",
                    Back("a[href='#cancel']"))),
            new Stop("What is for sale, and how much of it", """
                Listings with their prices, and the stock behind them. Stock can be taken out as a file and brought back
                in: each line that can't be read is said, and nothing is changed before it is looked through.
                """,
                new Picture("seller-listings", "A seller's listings", At("/listings")),
                new Picture("seller-stock", "A seller's stock", At("/stock"))),
            new Stop("What was earned", "Month by month, with what each line is made of, and as a file.",
                new Picture("seller-earnings", "A seller's earnings", At("/earnings"))),
            new Stop("When it is paid out", "What waits, what is kept back and why, and what went to the bank.",
                new Picture("seller-payouts", "A seller's payouts", At("/earnings/payouts")))),
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
            new Stop("What waits for people", """
                All that is contested or risky is one queue, by urgency and skill. Each comes with its facts, a
                suggested outcome with its rules, and how it was decided in comparable cases; what is above an agent's
                limit takes a second one.
                """,
                new Picture("agent-queue", "The queue", At("/queue")),
                new Picture("agent-case", "An appeal with its facts and comparable decisions",
                    Pressing("main a[href^='/appeals/']"))),
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
