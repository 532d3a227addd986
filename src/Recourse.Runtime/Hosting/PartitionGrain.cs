using Orleans.Concurrency;
namespace Recourse.Runtime;

/// <summary>Between silos travels the journal's own JSON, so Orleans has to know no type of ours.</summary>
public interface IPartitionGrain : IGrainWithIntegerKey
{
    /// <summary>An ask, and its outcome.</summary>
    Task<byte[]> Ask(byte[] ask);

    /// <summary>A read, and what is seen.</summary>
    Task<byte[]> Read(string id, byte[] who);

    /// <summary>Messages, or how far they were heard.</summary>
    Task Post(byte[] turn);

    /// <summary>Be somewhere: partitions that owe something are opened at start.</summary>
    Task Open();
}

/// <summary>Places a partition on one silo; whoever shares that process reaches its shell without a call.</summary>
[Reentrant]
public sealed class PartitionGrain(Platform platform) : Grain, IPartitionGrain
{
    Shell _shell = null!;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var number = (int)this.GetPrimaryKeyLong();
        _shell = platform.Enter(number);
        var scheduler = TaskScheduler.Current;
        _shell.Left = () => Task.Factory.StartNew(
            DeactivateOnIdle, CancellationToken.None, TaskCreationOptions.None, scheduler).Ignore();
        this.RegisterGrainTimer(Tick, new() { DueTime = TimeSpan.Zero, Period = TimeSpan.FromSeconds(1) });
        return Task.CompletedTask;
    }

    Task Tick(CancellationToken cancel)
    {
        _shell.Post(new Input.Tick(platform.Now));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<byte[]> Ask(byte[] ask)
    {
        var read = platform.Wire.ReadAsk(ask);
        return platform.Wire.Write(read.Target, await _shell.Ask(read));
    }

    /// <inheritdoc/>
    public async Task<byte[]> Read(string id, byte[] who) =>
        platform.Wire.Write(await _shell.Read(platform.Registry.Stored(id), platform.Wire.ReadActor(who)));

    /// <inheritdoc/>
    public Task Post(byte[] turn)
    {
        _shell.Post(platform.Wire.ReadInput(turn));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Open() => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        platform.Leave(_shell);
        return Task.CompletedTask;
    }
}
