namespace Recourse.Kernel;

/// <summary>All that a decision may know besides the state and the command.</summary>
/// <param name="Who">Who asks, as the edge has authenticated it.</param>
/// <param name="At">The instant of the turn's start (UTC); monotonic per partition.</param>
/// <param name="Published">Every edition of the rulebook, oldest first.</param>
public sealed record Asked(Actor Who, Instant At, ImmutableArray<Rulebook> Published)
{
    /// <summary>The edition that new things are decided by.</summary>
    public Rulebook InForce
    {
        get
        {
            for (var i = Published.Length - 1; i > 0; i--)
                if (Published[i].From <= At) return Published[i];
            return Published[0];
        }
    }

    /// <summary>The edition that an order was placed under.</summary>
    public Rulebook Edition(int version)
    {
        foreach (var book in Published)
            if (book.Version == version) return book;
        throw new CorruptHistory(null, $"rulebook {version}");
    }
}

/// <summary>Who asks. Never part of a command, where anyone could write it.</summary>
public closed record Actor
{
    /// <summary>One name for each actor, as keys and logs write it.</summary>
    public string Name => this switch
    {
        Buyer a       => a.Id.ToString(),
        Seller a      => a.Id.ToString(),
        Warehouse a   => $"warehouse/{a.Of.Code}",
        Agent a       => $"agent/{a.Code}",
        Operator a    => $"operator/{a.Code}",
        Carrier a     => $"carrier/{a.Code}",
        Integration a => $"integration/{a.Code}",
        Aggregate a   => a.Id,
        Outside a     => $"outside/{a.Code}",
        Clock         => "clock",
    };

    /// <summary>Someone who buys.</summary>
    public sealed record Buyer(BuyerId Id) : Actor;

    /// <summary>A seller's owner or staff.</summary>
    public sealed record Seller(SellerId Id) : Actor;

    /// <summary>Staff of a seller who pack and dispatch, and see nothing else.</summary>
    public sealed record Warehouse(SellerId Of) : Actor;

    /// <summary>The platform's support.</summary>
    public sealed record Agent(string Code) : Actor;

    /// <summary>The platform's operations.</summary>
    public sealed record Operator(string Code) : Actor;

    /// <summary>A carrier that reports on parcels.</summary>
    public sealed record Carrier(string Code) : Actor;

    /// <summary>A program of a partner, reading what its scopes allow; also the import.</summary>
    public sealed record Integration(string Code) : Actor;

    /// <summary>Another aggregate of ours, by its id's text.</summary>
    public sealed record Aggregate(string Id) : Actor;

    /// <summary>The outside that answers a call of ours (a payment provider).</summary>
    public sealed record Outside(string Code) : Actor;

    /// <summary>A deadline that has passed.</summary>
    public sealed record Clock : Actor;
}

/// <summary>What an actor is to one aggregate: to another buyer's order, a buyer is nobody.</summary>
[Flags]
public enum Party
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>Its buyer.</summary>
    Buyer = 1,

    /// <summary>Its seller.</summary>
    Seller = 2,

    /// <summary>Who packs for its seller.</summary>
    Warehouse = 4,

    /// <summary>Who helps people for the platform.</summary>
    Agent = 8,

    /// <summary>Who runs the platform.</summary>
    Operator = 16,

    /// <summary>Who carries its parcel.</summary>
    Carrier = 32,

    /// <summary>A program of a partner.</summary>
    Integration = 64,

    /// <summary>Another aggregate of ours.</summary>
    Platform = 128,

    /// <summary>The outside that answers a call of ours.</summary>
    Provider = 256,

    /// <summary>A deadline that has passed.</summary>
    Clock = 512,

    /// <summary>Everybody who may see the aggregate at all.</summary>
    Everyone = 1023,

    /// <summary>The platform's people.</summary>
    Staff = Agent | Operator,
}

/// <summary>Something gathered before the turn and recorded in it, so that the decision can be replayed.</summary>
/// <param name="Value">What was found.</param>
/// <param name="AsOf">When it was true.</param>
/// <param name="Source">Where it came from, e.g. <c>view/listings</c>.</param>
public sealed record Fact<T>(T Value, Instant AsOf, string Source);
