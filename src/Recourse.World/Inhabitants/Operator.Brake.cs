using Recourse.Checkouts;
using Recourse.Monitoring;
using Recourse.Orders;
namespace Recourse.World.Inhabitants;

public sealed partial class Operator
{
    static readonly Actor.Operator Watch = new("brake");
    static readonly Duration LeftToOthers = Duration.FromHours(2), PutOffFor = Duration.FromDays(2);

    readonly HashSet<BrakeId> _brakes = [];

    /// <summary>Whether a person sits at the desk, who decides then.</summary>
    public Func<bool> IsAttended { get; init; } = () => false;

    /// <summary>A brake is on: whoever sits at the desk decides; once nobody does, they look and decide.</summary>
    public void Hear(BrakeId brake, News news)
    {
        if (news.What is "brake.pulled" or "brake.put-off-again" && _brakes.Add(brake)) Consider(brake);
    }

    void Consider(BrakeId brake) => Door.At(Door.Now + LeftToOthers * (1 + Chance.NextDouble()), () =>
    {
        if (IsAttended())
        {
            Consider(brake);
            return;
        }
        _brakes.Remove(brake);
        Say(_who, brake, new Recourse.Monitoring.Brake.Command.Decide(Door.Now + PutOffFor));
    });

    /// <summary>
    /// More orders would end by the clock than usual: they are put off, as the platform's own watch does it, and an
    /// operator decides for all of them, or nobody does.
    /// </summary>
    public void Brake(Func<ImmutableArray<OrderId>> orders, Func<ImmutableArray<CheckoutId>> checkouts)
    {
        foreach (var trigger in (string[])[Reason.NeverDispatched, Checkout.GivenUp])
        {
            var scope = new BrakeScope(trigger);
            var id = BrakeId.Of(scope, Door.Now);
            Say(Watch, id, new Recourse.Monitoring.Brake.Command.Pull(
                new(new(scope, Chance.Next(5, 60), 1), Door.Now, "view/orders")));
            if (Luck(0.6))
                Later(Duration.FromDays(3), () => Say(_who, id, new Recourse.Monitoring.Brake.Command.Decide(
                    Luck(0.5) ? null : Door.Now + Duration.FromDays(4))));
        }
        for (var day = 0; day < 5; day++)
            Later(Duration.FromDays(6), () =>
            {
                var until = Door.Now + Duration.FromHours(48);
                foreach (var order in orders()) Say(Watch, order, new Order.Command.PutOff(until));
                foreach (var checkout in checkouts()) Say(Watch, checkout, new Checkout.Command.PutOff(until));
            });
    }
}
