using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What one of a seller's people may do; each may all that those before it may.</summary>
public enum Right
{
    /// <summary>Looks at everything, and does what buyers ask for where an endpoint says so.</summary>
    Support,

    /// <summary>Runs the shop: stock, listings, dispatch, keys for programs.</summary>
    Manager,

    /// <summary>Also decides who belongs to it.</summary>
    Owner,
}

/// <summary>As what somebody is here: a role, on whose behalf, and for a seller with which right.</summary>
/// <param name="Of">The code of the buyer, seller, agent or operator; a warehouse's is its seller's.</param>
public sealed record Hat(Party Role, string Of, Right Right = Right.Owner)
{
    /// <summary>Titles of a seller's people, the highest first.</summary>
    public static readonly ImmutableArray<string> ShopTitles = ["owner", "manager", "support", "warehouse"];

    /// <summary>Titles of the platform's people, the highest first.</summary>
    public static readonly ImmutableArray<string> PlatformTitles = ["operator", "agent"];

    static readonly ImmutableArray<Party> ByRank =
        [Party.Operator, Party.Agent, Party.Seller, Party.Warehouse, Party.Buyer];

    /// <summary>As sessions name it, e.g. <c>seller/ana</c>.</summary>
    public string Text => $"{AccessKeys.NameOf(Role)}/{Of}";

    /// <summary>Whoever wears it.</summary>
    public Actor Actor => AccessKeys.ActorOf(Role, Of);

    /// <summary>What they are called: <c>owner</c>, <c>manager</c>, …, or their role.</summary>
    public string Title => Role is Party.Seller ? Closed.NameOf($"{Right}") : AccessKeys.NameOf(Role);

    /// <summary>The more one may do, the sooner it comes.</summary>
    public int Rank => ByRank.IndexOf(Role);

    /// <summary>The hat of a title; null: there is no such title.</summary>
    public static Hat? Titled(string title, string of) => title switch
    {
        "owner"     => new(Party.Seller, of, Right.Owner),
        "manager"   => new(Party.Seller, of, Right.Manager),
        "support"   => new(Party.Seller, of, Right.Support),
        "warehouse" => new(Party.Warehouse, of),
        "operator"  => new(Party.Operator, of),
        "agent"     => new(Party.Agent, of),
        _           => null,
    };
}
