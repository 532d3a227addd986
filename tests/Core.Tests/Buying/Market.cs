using Recourse.Checkouts;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Reviews;
using Xunit;
namespace Recourse.Tests;

/// <summary>Every kind we have, messages between them in any order, and a provider whose answers get lost.</summary>
sealed class Market
{
    sealed record Post(IId From, Intent.Send Send);
    sealed record Turn(
        ImmutableDictionary<string, (IId Id, object State)> States, ImmutableDictionary<string, long> Balances,
        ImmutableList<Post> Sent, ImmutableList<(IId From, ProviderCall Call)> Calls, int Steps);

    readonly Random _chance;
    readonly SortedDictionary<string, Queue<Post>> _channels = new(StringComparer.Ordinal);
    readonly List<(IId From, ProviderCall Call)> _calls = [];
    Turn _now = new(ImmutableDictionary.Create<string, (IId, object)>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, long>(StringComparer.Ordinal), [], [], 0);

    public Market(int seed)
    {
        _chance = new(seed);
        Provider = new(_chance);
    }

    public Random Chance => _chance;
    public TinyProvider Provider { get; }
    public Instant Now { get; set; } = Purchase.Wednesday;

    /// <summary>Every event that was ever decided.</summary>
    public HashSet<Type> Seen { get; } = [];

    /// <summary>What was refused where nobody could have expected it.</summary>
    public List<string> Incidents { get; } = [];

    public ImmutableDictionary<string, long> Balances => _now.Balances;
    public IEnumerable<object> States => _now.States.Values.Select(s => s.State);
    public TState? State<TState>(IId id) where TState : class =>
        _now.States.TryGetValue($"{id}", out var found) ? (TState)found.State : null;

    static Kind KindOf(IId id) => Modules.Kinds.First(k => k.Types.Id == id.GetType());

    public ImmutableArray<Refusal> Ask(IId id, object command, Actor who)
    {
        var turn = _now with { Sent = [], Calls = [], Steps = 0 };
        var refusals = Step(ref turn, id, command, who);
        if (!refusals.IsEmpty) return refusals;
        _now = turn;
        foreach (var post in turn.Sent) Channel(post.From, post.Send.Message.Target).Enqueue(post);
        _calls.AddRange(turn.Calls);
        Assert.All(_now.Balances, b => Assert.True(
            b.Value >= 0 || !b.Key.StartsWith("transit/", StringComparison.Ordinal)
            && !b.Key.StartsWith("escrow/", StringComparison.Ordinal), b.Key));
        return [];
    }

    ImmutableArray<Refusal> Step(ref Turn turn, IId id, object command, Actor who)
    {
        Assert.True(turn.Steps < 64, "A turn got too long.");
        var (kind, key) = (KindOf(id), $"{id}");
        var state = turn.States.TryGetValue(key, out var found) ? found.State : null;
        var decision = kind.Decide(id, state, command, new(who, Now, Purchase.Published));
        if (!decision.Refusals.IsEmpty) return decision.Refusals;
        turn = turn with { Steps = turn.Steps + 1 };
        List<Intent> wants = [];
        foreach (var e in decision.Events)
        {
            Seen.Add(e.GetType());
            state = kind.Evolve(state, e);
            var balances = turn.Balances;
            foreach (var (from, to, amount) in kind.Transfers(id, state, e))
                balances = balances
                    .SetItem(from.Path, balances.GetValueOrDefault(from.Path) - amount.Minor)
                    .SetItem(to.Path, balances.GetValueOrDefault(to.Path) + amount.Minor);
            turn = turn with { States = turn.States.SetItem(key, (id, state)), Balances = balances };
            wants.AddRange(kind.React(id, state, e));
        }
        return CarryOut(ref turn, id, wants);
    }

    ImmutableArray<Refusal> CarryOut(ref Turn turn, IId id, List<Intent> wants)
    {
        var refusals = ImmutableArray<Refusal>.Empty;
        foreach (var want in wants)
            switch (want)
            {
                case Intent.Require { Message: var m }:
                    refusals = refusals.AddRange(Step(ref turn, m.Target, m.Command, Purchase.House(id)));
                    break;
                case Intent.Send send:
                    turn = turn with { Sent = turn.Sent.Add(new(id, send)) };
                    break;
                case Intent.Call { Request: ProviderCall call }:
                    turn = turn with { Calls = turn.Calls.Add((id, call)) };
                    break;
            }
        return refusals;
    }

    Queue<Post> Channel(IId from, IId to)
    {
        var key = $"{Owner(from)} {Owner(to)}";
        return _channels.TryGetValue(key, out var queue) ? queue : _channels[key] = new();

        static string Owner(IId id) => $"{KindOf(id).Owner}/{$"{id}".Split('/')[1]}";
    }

    /// <summary>The oldest message of some channel arrives; a refusal goes back the other way.</summary>
    public bool Deliver()
    {
        var waiting = _channels.Values.Where(q => q.Count > 0).ToList();
        if (waiting.Count == 0) return false;
        var (from, send) = waiting[_chance.Next(waiting.Count)].Dequeue();
        var refusals = Ask(send.Message.Target, send.Message.Command, Purchase.House(from));
        if (refusals.IsEmpty) return true;
        if (send.IfRefused is { } hear)
        {
            var back = Message(from, hear.With(refusals));
            Channel(send.Message.Target, from).Enqueue(new(send.Message.Target, new Intent.Send(back)));
        }
        else Incidents.Add($"{send.Message.Command} to {send.Message.Target}: {refusals[0]}");
        return true;
    }

    static Message Message(IId to, object command) => to switch
    {
        CheckoutId id => Kernel.Message.To(id, (Checkout.Command)command),
        PaymentId id  => Kernel.Message.To(id, (Payment.Command)command),
        _             => throw new InvalidOperationException($"{to}"),
    };

    /// <summary>A call reaches the provider, or doesn't; its answer comes once, twice, or is lost.</summary>
    public bool Call(bool faultless)
    {
        if (_calls.Count == 0) return false;
        var (from, call) = _calls[_chance.Next(_calls.Count)];
        _calls.Remove((from, call));
        var luck = faultless ? 9 : _chance.Next(10);
        if (luck == 0) return true;                                                       // nobody ever hears of it
        if (luck == 1) Hear(from, call, new ProviderAnswer.Unknown("did not arrive"));
        else
        {
            var answer = Provider.Apply(call);
            Hear(from, call, luck == 2 ? new ProviderAnswer.Unknown("answer lost") : answer);
            if (luck == 3) Hear(from, call, answer);
        }
        return true;
    }

    void Hear(IId from, ProviderCall call, ProviderAnswer answer) => MustTake(from, from is RefundId
        ? new Refund.Command.HearAnswer(call, answer) : new Payment.Command.HearAnswer(call, answer));

    static object Hearing(IId to, ProviderReport report) => to is RefundId
        ? new Refund.Command.HearReport(report) : new Payment.Command.HearReport(report);

    void MustTake(IId to, object command)
    {
        var refusals = Ask(to, command, Purchase.Provider);
        if (!refusals.IsEmpty) Incidents.Add($"{command} to {to}: {refusals[0]}");
    }

    /// <summary>A report arrives, and perhaps again later; a garbled one must change nothing.</summary>
    public bool Report(bool faultless)
    {
        if (Provider.Reports.Count == 0) return false;
        var i = faultless ? 0 : _chance.Next(Provider.Reports.Count);
        var (to, report) = Provider.Reports[i];
        if (!faultless && _chance.Next(4) == 0)
        {
            Assert.NotEmpty(Ask(to, Hearing(to, Garbled(report)), Purchase.Provider));
            return true;
        }
        if (faultless || _chance.Next(3) > 0) Provider.Reports.RemoveAt(i);
        // Late news of an attempt that is over are refused, and that is all that happens.
        Ask(to, Hearing(to, report), Purchase.Provider);
        return true;
    }

    ProviderReport Garbled(ProviderReport r) => _chance.Next(3) switch
    {
        0 when r.Attempt > 0 => r with { Attempt = r.Attempt + 100 },
        1 => r with { Amount = r.Amount with { Minor = r.Amount.Minor + 1_000_000 } },
        _ => r with { Amount = new(r.Amount.Minor, Currency.Of("JPY")) },
    };

    /// <summary>Time goes on to the next instant at which it means something, or says an old one again.</summary>
    public bool Wake(bool faultless)
    {
        var due = _now.States.Values.Select(s => (s.Id, At: KindOf(s.Id).NextWake(s.State)))
            .Where(d => d.At is not null).OrderBy(d => d.At).ThenBy(d => $"{d.Id}", StringComparer.Ordinal).ToList();
        if (due.Count == 0) return false;
        var (id, at) = due[0];
        if (!faultless && _chance.Next(5) == 0) at = Purchase.Wednesday + Duration.FromSeconds(_chance.Next(9));
        else Now = Instant.Max(Now, at!.Value);
        var refusals = Ask(id, KindOf(id).Wake(at!.Value), Purchase.Clock);
        if (!refusals.IsEmpty) Incidents.Add($"Wake of {id}: {refusals[0]}");
        return true;
    }

    /// <summary>Nothing gets lost any more and nobody does anything: everything must come to its end.</summary>
    public void RunToEnd()
    {
        for (var i = 0; i < 5_000; i++)
        {
            if (Deliver() || Call(faultless: true)) continue;
            Provider.Settle();
            if (Report(faultless: true)) continue;
            var failed = _now.States.Values.FirstOrDefault(s => s.State is Refund.State.Failed).Id;
            var traced = _now.States.Values.FirstOrDefault(s => s.State is Refund.State.Tracing).Id;
            if (failed is not null && _chance.Next(2) == 0)
                Ask(failed, new Refund.Command.Review(new Step.Claim()), Purchase.Agent);
            if (failed is not null) Ask(failed, new Refund.Command.Retry(), Purchase.Agent);
            else if (traced is not null && _chance.Next(2) == 0)
                Ask(traced, new Refund.Command.CloseTrace("ARN-1"), Purchase.Agent);
            else if (!Wake(faultless: true)) return;
        }
        Assert.Fail("It never came to an end.");
    }
}
