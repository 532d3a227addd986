using static Recourse.Kernel.Lifecycle;
namespace Recourse.Conversations;

public static partial class Conversation
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Written, State>(Party.Buyer | Party.Seller | Party.Staff),
        Row<State, Event.Written, State>(Party.Buyer | Party.Seller | Party.Staff),
        Row<State, Event.Agreed, State>(Party.Buyer | Party.Seller));

    /// <summary>What the runtime is told of conversations.</summary>
    public static readonly Kind<ConversationId, State, Command, Event> Kind = new()
    {
        Name = "conversation", Owner = OwnedBy.Seller, StateVersion = 2, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Waking = due => new Command.Wake(due), Telling = Notices,
        Size = s => s.Messages.Length,
    };

    /// <summary>Its buyer, its seller, and staff. Who packs does not read it.</summary>
    public static Party? PartyOf(ConversationId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer a  => state is null || state.Buyer == a.Id ? Party.Buyer : null,
        Actor.Seller a => a.Id == id.Seller ? Party.Seller : null,
        Actor.Agent    => Party.Agent,
        Actor.Operator => Party.Operator,
        Actor.Clock    => Party.Clock,
        Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Aggregate or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(ConversationId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        Decision<Event> decision = command switch
        {
            Command.Write c  => Write(state, c, party, asked),
            Command.Accept c => Accept(state, c.Nth, party, asked.At),
            Command.Wake     => [],
        };

        // From which state and by whom is said once: in the table.
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : OnlyTheTwo;
    }

    static Decision<Event> Write(State? state, Command.Write c, Party by, Asked asked)
    {
        var rules = asked.InForce.Of<ConversationRules>();
        if (asked.Who is Actor.Buyer one && c.Buyer.Value != one.Id
            || state is not null && c.Buyer.Value != state.Buyer || c.Words.Person != asked.Who.Name)
            return Refusal.NotFound;
        // What is agreed on is agreed by the two; whom alone it is for is for staff to say.
        var isStaff = (by & Party.Staff) != 0;
        if (isStaff ? c.Offer is not null || c.To is not (null or Party.Buyer or Party.Seller)
            : (c.To, c.Macro) is not (null, null)) return OnlyTheTwo;
        ImmutableArray<Message> before = state?.Messages ?? [];
        if (before.Length >= rules.Most) return Full(rules.Most);
        if (c.Offer is { } offer && !rules.Offers.Contains(offer)) return NoSuchOffer(offer, rules);
        var lately = before.Where(m => m.By == by && m.At > asked.At - Hour).ToList();
        if (lately.Count >= rules.MostAnHour) return TooOften(lately[^rules.MostAnHour].At + Hour);
        return
        [
            new Event.Written(c.Buyer.Value, new(
                before.Length + 1, by, asked.At, c.Words, c.Offer, To: c.To, Macro: c.Macro),
                !isStaff && before.Any(m => (m.By & Party.Staff) != 0) ? true : null),
        ];
    }

    static Decision<Event> Accept(State? state, int nth, Party by, Instant at) =>
        state?.Messages.FirstOrDefault(m => m.Nth == nth) is not { Offer: { } offer } m ? NothingOffered
        : (by & (Party.Buyer | Party.Seller)) == 0 ? OnlyTheTwo
        : m.By == by ? YourOwn
        : m.AgreedAt is not null ? []                                              // said twice, done once
        : [new Event.Agreed(state.Buyer, nth, m.By, offer, at)];

    static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Written e => new(e.Buyer, [.. state?.Messages ?? [], e.What]),
        Event.Agreed e  => state.Was<State>(e) with
        {
            Messages = [.. state!.Messages.Select(m => m.Nth == e.Nth ? m with { AgreedAt = e.At } : m)],
        },
    };

    /// <summary>The other side is told that something was written, and never what: that is read in one place.</summary>
    public static IEnumerable<Notice> Notices(ConversationId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.Written { What: { By: Party.Agent or Party.Operator, To: var to } } e =>
            [
                .. to is Party.Seller ? None : [ToOther("message-from-staff", Party.Seller, e.Buyer)],
                .. to is Party.Buyer ? None : [ToOther("message-from-staff", Party.Buyer, e.Buyer)],
            ],
            // Whom staff have written to may be answering them.
            Event.Written { What: { By: var by, Offer: var offer }, IsAnswer: true } e =>
            [
                ToOther(offer is null ? "message-written" : "message-offers", by, e.Buyer),
                new("staff-message", Matter.Orders, Notice.Staff, Party.Agent, id.Order, []),
            ],
            Event.Written { What: { By: var by, Offer: var offer } } e =>
                [ToOther(offer is null ? "message-written" : "message-offers", by, e.Buyer)],
            Event.Agreed e => [ToOther("message-agreed", e.By is Party.Buyer ? Party.Seller : Party.Buyer, e.Buyer)],
        };

        Notice ToOther(string code, Party by, BuyerId buyer) => by is Party.Buyer
            ? new(code, Matter.Orders, $"{id.Seller}", Party.Seller, id.Order, [])
            : new(code, Matter.Orders, $"{buyer}", Party.Buyer, id.Order, []);
    }

    static readonly Notice[] None = [];

    static readonly Remedy Wait = new("conversation.wait"), Look = new("conversation.look"),
        Mend = new("conversation.mend"), Support = new("support.ask");

    static Refusal Full(int most) => new("conversation.full", Support, ("most", most));
    static Refusal TooOften(Instant until) => new("conversation.too-often", Wait, ("until", until));
    static Refusal NothingOffered => new("conversation.nothing-offered", Look);
    static Refusal YourOwn => new("conversation.your-own-offer", Look);
    /// <summary>Why staff, or somebody else, don't do what is the two's.</summary>
    public static Refusal OnlyTheTwo => new("conversation.only-the-two", Look);

    static Refusal NoSuchOffer(string offer, ConversationRules rules) => new("conversation.no-such-offer", Mend,
        ("offer", offer), ("known", string.Join(", ", rules.Offers))) { Field = "offer" };
}
