namespace Recourse.Kernel;

/// <summary>What a process wants done: recorded in the turn that wants it, carried out once.</summary>
public closed record Intent
{
    /// <summary>Same owner, same turn: a refusal refuses the whole ask.</summary>
    public sealed record Require(Message Message) : Intent;

    /// <summary>
    /// Any owner, later: a refusal comes back as a command (made of the refusals), or is an incident if none is named.
    /// </summary>
    public sealed record Send(Message Message, IIfRefused? IfRefused = null) : Intent;

    /// <summary>A call to the outside; what it answers comes back as a command to the aggregate that called.</summary>
    public sealed record Call(IOutside Request) : Intent;
}

/// <summary>A request to a provider, a carrier or a gatherer; an adapter knows how. Cases are for ever.</summary>
public interface IOutside;

/// <summary>A command that tells its aggregate that what it sent was refused, and why.</summary>
public interface IIfRefused
{
    /// <summary>The same command, carrying the refusals.</summary>
    IIfRefused With(ImmutableArray<Refusal> why);
}

/// <summary>A command and whom it is for. Only <see cref="To"/> makes one, so a refund can't be told to ship.</summary>
public sealed record Message
{
    Message(IId target, object command) => (Target, Command) = (target, command);

    /// <summary>Whom.</summary>
    public IId Target { get; }

    /// <summary>What.</summary>
    public object Command { get; }

    /// <summary>The one way to address a command.</summary>
    public static Message To<TId>(TId target, ICommand<TId> command) where TId : IId => new(target, command);
}
