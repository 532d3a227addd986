using Recourse.Conversations;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.World.Inhabitants;

/// <summary>Someone with habits, who asks under keys and asks again when nobody answers.</summary>
/// <param name="name">Names its keys.</param>
public abstract class Inhabitant(IDoor door, string name)
{
    int _said;

    /// <summary>The platform.</summary>
    protected IDoor Door => door;

    /// <summary>Chance.</summary>
    protected Random Chance => door.Chance;

    /// <summary>
    /// Double clicks, late repeats of what was answered, and people who give up on an unknown answer.
    /// </summary>
    public bool IsClumsy { get; set; } = true;

    /// <summary>Whether it happens this time.</summary>
    protected bool Luck(double odds) => Chance.NextDouble() < odds;

    /// <summary>How much of what goes wrong with people goes wrong with them; 1: as in a simulation.</summary>
    public double Temper { get; init; } = 1;

    /// <summary>Whether something odd happens this time: scaled by their temper.</summary>
    protected bool Whim(double odds) => Luck(odds * Temper);

    /// <summary>Does something at some time within that stretch.</summary>
    protected void Later(Duration within, Action then) => door.At(door.Now + within * Chance.NextDouble(), then);

    /// <summary>One of them.</summary>
    protected T Pick<T>(IReadOnlyList<T> all) => all[Chance.Next(all.Count)];

    /// <summary>Asks under a new key, until it is known what became of it.</summary>
    protected void Say(Actor who, IId target, object command, bool untilSettled = false, Action<Outcome>? then = null)
    {
        var ask = new Ask(target, command, who, $"{name}-{++_said}", untilSettled);
        Try(ask, then ?? (_ => { }));
        if (!IsClumsy) return;
        if (Luck(0.07)) Try(ask, _ => { });
        if (Luck(0.04)) Later(Duration.FromDays(6), () => Try(ask, _ => { }));
    }

    /// <summary>Writes to the other side of an order.</summary>
    protected void Write(Actor who, ConversationId talk, BuyerId buyer, string? offer) =>
        Say(who, talk, new Conversation.Command.Write(
            new(who.Name, "c2VhbGVk"), new(buyer, Door.Now, "partition/order"), offer));

    /// <summary>Appeals against what was decided last; some think better of it.</summary>
    protected void Complain(Actor who, IId own, IId about) =>
        Later(Duration.FromDays(2), () =>
        {
            var complaint = new Complaint(about, "That is not so.");
            Say(who, own, complaint);
            if (Whim(0.1)) Later(Duration.FromDays(3), () => Say(who, own, complaint with { Withdraws = true }));
        });

    /// <summary>Cancels; sometimes so that it can be taken back, which some then do, in time or too late.</summary>
    protected void Cancel(
        Actor who, OrderId order, string reason, ImmutableArray<Portion> portions, NewerFact? newer = null,
        SellersCase? shown = null)
    {
        var undoable = Luck(0.4);
        Say(who, order, new Order.Command.Cancel(reason, portions, undoable ? true : null, newer, shown));
        if (undoable && Luck(0.5))
            Later(Duration.FromSeconds(40), () => Say(who, order, new Order.Command.TakeBack()));
    }

    /// <summary>Asks; an unknown answer is asked for again under the same key.</summary>
    protected void Try(Ask ask, Action<Outcome> then) => door.Ask(ask, outcome =>
    {
        if (outcome is not (Outcome.Unknown or Outcome.Busy)) then(outcome);
        else if (!IsClumsy || !Luck(0.1)) Later(Duration.FromMinutes(10), () => Try(ask, then));
    });
}
