using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Conversations;
using Recourse.Coupons;
using Recourse.Disputes;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.Tracking;
using Recourse.Verifying;
namespace Recourse.World.Invariants;

/// <summary>
/// What people were told against what the log says: invariants 23 and 24 (keys), 27 (nothing answered is lost), 33
/// (strangers hear "not found"), 14 and 0. It hears each ask and each answer, and follows the log like the others.
/// </summary>
public sealed class Answers : Invariant
{
    /// <summary>What was asked, as it stood then.</summary>
    public sealed record Pending(Ask Ask, ulong Hash, bool WasStranger);

    sealed record Accepted(ulong Hash, long Version, Instant At);

    readonly Dictionary<(IId, string), Accepted> _accepted = [];
    readonly Dictionary<(IId Target, string Key), int> _recorded = [];

    /// <summary>How often each answer was given.</summary>
    public Dictionary<string, int> Counts { get; } = [];

    /// <summary>Someone asks.</summary>
    public Pending Asked(Ask ask, ulong hash) => new(ask, hash, IsStranger(ask));

    bool IsStranger(Ask ask)
    {
        var state = Known.States.GetValueOrDefault(ask.Target);
        return IsOthers(ask.Target, state, ask.Who)
            || Known.Registry.Of(ask.Target).PartyOf(ask.Target, state, ask.Who) is null;
    }

    /// <summary>Said once more, by the id alone: the kinds' own word is what is to be checked.</summary>
    static bool IsOthers(IId id, object? state, Actor who) => who switch
    {
        // Whose order it is stands in no id: the first who writes is checked by what the order says.
        Actor.Buyer when id is ConversationId && state is null => false,
        Actor.Buyer a     => OwnerOf(id) is SellerId ? BuyerOf(state) != a.Id : OwnerOf(id) is BuyerId b && b != a.Id,
        // Whom a buyer's appeal would cost something is heard.
        Actor.Seller a when id is AppealId { Seller: null } =>
            (state as Appeal.State)?.Complaint.Subject.OtherSide != a.Id,
        Actor.Seller a    => OwnerOf(id) is BuyerId || OwnerOf(id) is SellerId s && s != a.Id,
        Actor.Warehouse a => OwnerOf(id) is BuyerId || OwnerOf(id) is SellerId s && s != a.Of,
        Actor.Carrier     => id is not ParcelId,
        Actor.Agent or Actor.Operator or Actor.Integration or Actor.Aggregate or Actor.Outside or Actor.Clock => false,
    };

    static IId? OwnerOf(IId id) => id switch
    {
        CheckoutId i  => i.Buyer,
        PaymentId i   => i.Buyer,
        RefundId i    => i.Buyer,
        AppealId i    => i.Owner,
        BuyerId i     => i,
        VerificationId i => i.Buyer,
        CouponId i    => i.Seller,
        SellerId i    => i,
        OrderId i     => i.Seller,
        ConversationId i => i.Seller,
        ParcelId i    => i.Seller,
        ListingId i   => i.Seller,
        StockItemId i => i.Seller,
        _ => null,
    };

    static BuyerId? BuyerOf(object? state) => state switch
    {
        Order.State.Dealt s    => s.Deal.Buyer,
        Conversation.State s   => s.Buyer,
        Order.State.Imported s => s.Facts.Buyer,
        Parcel.State s         => s.Buyer,
        _ => null,
    };

    /// <summary>They are answered; the log has all that was durable by then.</summary>
    public void Heard(Pending asked, Outcome outcome)
    {
        Counts[outcome.GetType().Name] = Counts.GetValueOrDefault(outcome.GetType().Name) + 1;
        var ask = asked.Ask;
        var isStranger = asked.WasStranger && IsStranger(ask);
        switch (outcome)
        {
            case Outcome.Done done:
                Must(!isStranger, 33, $"{ask.Who.Name} is a stranger and was heard: {ask.Command}", ask.Target);
                Hear(asked, done);
                break;
            case Outcome.Refused { Why: var why }:
                if (isStranger)
                    Must(why is [{ Code: "kernel.not-found" }], 33,
                        $"{ask.Who.Name} is a stranger and learns {string.Join(", ", why.Select(w => w.Code))}",
                        ask.Target);
                if (ask.Command is Order.Command.Ship)
                    foreach (var no in why)
                        Must(!no.Code.StartsWith("stock.", StringComparison.Ordinal), 14,
                            $"can't be dispatched: {no.Code}", ask.Target);
                break;
            case Outcome.Fault fault:
                Wrong(0, $"{ask.Command.GetType().Name} of {ask.Who.Name} met a bug: {fault.What}", ask.Target);
                break;
            case Outcome.Unknown or Outcome.Busy: break;
        }
    }

    static string? NameOf(Ask ask) => ask.Key is { } key ? $"{ask.Who.Name} {key}" : null;

    void Hear(Pending asked, Outcome.Done done)
    {
        var ask = asked.Ask;
        var known = Known.Versions.GetValueOrDefault(ask.Target);
        Must(done.Version <= known, 27, $"version {done.Version} was answered, and the log has {known}", ask.Target);
        Must(done.Position <= Known.Position, 27, $"position {done.Position} was answered before it was there",
            ask.Target);
        if (NameOf(ask) is not { } key || ask.UntilSettled) return;
        if (!_accepted.TryGetValue((ask.Target, key), out var before))
            _accepted[(ask.Target, key)] = new(asked.Hash, done.Version, Known.At);
        else if (before.At + Duration.FromDays(29) > Known.At)
        {
            Must(before.Hash == asked.Hash, 24, $"key {key} was accepted with two bodies", ask.Target);
            Must(before.Hash != asked.Hash || before.Version == done.Version, 23,
                $"key {key} was answered with version {before.Version}, then {done.Version}", ask.Target);
        }
    }

    /// <inheritdoc/>
    public override void After(long position, Turn turn)
    {
        if (turn.Key is { } key)
            _recorded[(turn.Target, key.Key)] = _recorded.GetValueOrDefault((turn.Target, key.Key)) + 1;
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        foreach (var (key, _) in _accepted)
            Must(_recorded.GetValueOrDefault(key) == 1, 27,
                $"key {key.Item2} was answered, and the log has it {_recorded.GetValueOrDefault(key)} times",
                key.Item1);
    }
}
