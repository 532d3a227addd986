using Recourse.Runtime;
namespace Recourse.World;

/// <summary>
/// The platform as people meet it: they ask, they hear what happened, and time passes. The simulator is one door; a
/// demo's clients over the public API are another.
/// </summary>
public interface IDoor
{
    /// <summary>The platform's time (UTC).</summary>
    Instant Now { get; }

    /// <summary>The only chance that inhabitants have.</summary>
    Random Chance { get; }

    /// <summary>Does something at an instant.</summary>
    void At(Instant instant, Action then);

    /// <summary>
    /// Asks. What a command must know from elsewhere is left out of it: whoever keeps the door gathers it.
    /// </summary>
    void Ask(Ask ask, Action<Outcome> reply);

    /// <summary>Looks at something, as that person may see it; null: there is no such thing for them.</summary>
    void Look(IId id, Actor who, Action<object?> seen);

    /// <summary>Tells of everything that happens from now on: whose event, and the event.</summary>
    void Follow(Action<IId, object> heard);
}
