using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
namespace Recourse.Runtime;

/// <summary>A mailbox about one partition, drained by one pool thread at a time; appends leave once a drain.</summary>
public sealed partial class Shell(int number, Platform platform, ILogger log) : IShell, IThreadPoolWorkItem
{
    readonly ConcurrentQueue<Input> _inbox = new();
    readonly Partition _partition = new(
        number, platform.Registry, () => platform.Rulebooks, platform.Follower.Ahead);
    readonly List<Effect> _effects = [];
    List<Turn> _turns = [];
    int _running, _asking;
    volatile bool _closed;

    /// <inheritdoc/>
    public int Number => number;

    /// <summary>Asks that have no answer yet.</summary>
    public int Asking => Volatile.Read(ref _asking);

    /// <summary>Asks; refused at once when too many wait.</summary>
    public Task<Outcome> Ask(Ask ask)
    {
        if (Asking >= platform.Options.MostWaiting) return Task.FromResult<Outcome>(new Outcome.Busy(1));
        Interlocked.Increment(ref _asking);
        var ticket = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new Input.Asked(ask, platform.Now, ticket), here: true);
        return ticket.Task;
    }

    /// <summary>Reads.</summary>
    public Task<Seen?> Read(IId id, Actor who)
    {
        var ticket = new TaskCompletionSource<Seen?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new Input.Read(id, who, platform.Now, ticket), here: true);
        return ticket.Task;
    }

    /// <inheritdoc/>
    public void Post(Input input) => Post(input, here: false);

    /// <param name="here">If nobody drains it, whoever posts does so at once: they wait for the answer anyway.</param>
    void Post(Input input, bool here)
    {
        if (_closed)                                                        // whoever sent it sends it again
        {
            if (input is Input.Asked asked) Answer(asked.Ticket, new Outcome.Unknown());
            else if (input is Input.Read read) Answer(read.Ticket, new Outcome.Unknown());
            return;
        }
        _inbox.Enqueue(input);
        if (Interlocked.Exchange(ref _running, 1) != 0) return;
        if (!here || ExecutionContext.IsFlowSuppressed())
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else
            using (ExecutionContext.SuppressFlow()) Drain();                // what others asked for is not theirs
    }

    /// <summary>Called once when another host turns out to have the partition.</summary>
    public Action Left { get; set; } = () => { };

    /// <summary>Another host has it now: says nothing any more.</summary>
    public void Close()
    {
        if (_closed) return;
        _closed = true;
        Left();
    }

    void IThreadPoolWorkItem.Execute() => Drain();

    void Drain()
    {
        do
        {
            while (_inbox.TryDequeue(out var input))
            {
                try
                {
                    _partition.Step(input, _effects);
                    for (var i = 0; i < _effects.Count; i++) Do(_effects[i]);   // what is done may add to it
                }
                catch (Exception bug) when (bug is not OutOfMemoryException)
                {
                    LogBug(log, number, bug);
                    if (input is Input.Asked asked) Answer(asked.Ticket, new Outcome.Unknown());
                }
                _effects.Clear();
            }
            if (_turns.Count > 0)
            {
                platform.Journal.Append(this, _turns);
                _turns = [];
            }
            Interlocked.Exchange(ref _running, 0);                          // a full fence, or a wake-up is lost
        } while (!_inbox.IsEmpty && Interlocked.Exchange(ref _running, 1) == 0);
    }

    void Do(Effect effect)
    {
        switch (effect)
        {
            case Effect.Append e: _turns.Add(e.Turn); break;
            case Effect.Answer e: Answer(e.Ticket, e.Outcome); break;
            case Effect.Show e: ((TaskCompletionSource<Seen?>)e.Ticket).SetResult(e.Seen); break;
            case Effect.Deliver e: platform.Post(e.To, new Input.Delivered(number, e.Messages, platform.Now)); break;
            case Effect.Acknowledge e: platform.Post(e.To, new Input.Acknowledged(number, e.Number)); break;
            case Effect.Load e: Load(e.Id); break;
            case Effect.Call e: _ = Call(e.Outside); break;
            case Effect.Leave: platform.Leave(this); break;
            case Effect.Open e: platform.Journal.Claim(this, e.AboveEpoch); break;
            case Effect.Save e: platform.Follower.Save(e.Id, e.Entry, e.Position); break;
            case Effect.FetchWakes e:
                Post(new Input.Wakes(platform.Follower.Wakes(number, e.After, e.Until)));
                break;
        }
    }

    void Answer(object ticket, Outcome outcome)
    {
        if (outcome is Outcome.Fault fault) LogFault(log, number, fault.What);
        if (ticket is TaskCompletionSource<Outcome> asked)
        {
            if (asked.TrySetResult(outcome)) Interlocked.Decrement(ref _asking);
        }
        else ((TaskCompletionSource<Seen?>)ticket).SetException(outcome is Outcome.Unknown
            ? new StoreException("store.unavailable", "The partition can't be opened at the moment. Try again.")
            : new InvalidOperationException($"{outcome}"));
    }

    void Load(IId id)
    {
        if (platform.Follower.Known.IsNew(id)) _partition.Step(new Input.Loaded(id, Entry.Nothing), _effects);
        else _ = Task.Run(() => Post(Fold(id)));
    }

    Input Fold(IId id)
    {
        try { return new Input.Loaded(id, platform.Follower.Load(id, platform.Journal)); }
        catch (Exception bad) when (bad is not OutOfMemoryException)
        {
            LogUnreadable(log, id, bad);
            return new Input.LoadFailed(id, bad.Message);
        }
    }

    async Task Call(Outside call)
    {
        object? answer;
        try { answer = await platform.Outside(call).ConfigureAwait(false); }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            LogCall(log, call.Request.GetType().Name, call.From, bug);
            await Task.Delay(TimeSpan.FromSeconds(30)).ConfigureAwait(false);
            _ = Call(call);                                                 // owed until it is answered
            return;
        }
        Post(new Input.Answered(call, answer, platform.Now));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Partition {Partition} could not decide: {What}")]
    static partial void LogFault(ILogger log, int partition, string what);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Partition {Partition} lost an input to a bug of ours")]
    static partial void LogBug(ILogger log, int partition, Exception bug);

    [LoggerMessage(Level = LogLevel.Error, Message = "The history of {Id} can't be read")]
    static partial void LogUnreadable(ILogger log, IId id, Exception bad);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Call} of {From} went wrong; it is tried again")]
    static partial void LogCall(ILogger log, string call, IId from, Exception bug);
}
