using Recourse.Adapters.Gathering;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Olist;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.Tracking;
namespace Recourse.Cli;

/// <summary>
/// Lives a history again: people, provider and carriers do what they did, and Recourse acts by its rulebook.
/// </summary>
public sealed class ReplayRun : IDisposable
{
    /// <summary>Everything that waits is over by then: the longest windows of the rulebook add up to less.</summary>
    static readonly Duration RunsOn = Duration.FromDays(150);

    readonly ReplayScript _script;
    readonly Simulator _platform;
    readonly ReplayProvider _provider;

    /// <summary>On an empty platform, whose clock starts with the script.</summary>
    public ReplayRun(ReplayScript script, Registry registry, Rulebook rulebook)
    {
        _script = script;
        var start = script.Steps[0].At - Duration.FromDays(1);
        _provider = new(script, () => _platform!.Now, (at, then) => _platform!.At(at, then), Ask);
        _platform = new(1, registry, [rulebook], start, Faults.None, _provider.Call) { Recorded = Note };
        foreach (var step in script.Steps) _platform.At(step.At, () => Do(step));
    }

    /// <summary>What became of each order here.</summary>
    public ReplayEnds Ends { get; } = new();

    /// <summary>Every turn, as it becomes durable.</summary>
    public Action<long, Turn> Recorded { get; set; } = (_, _) => { };

    /// <summary>The log that came of it.</summary>
    public MemoryJournal Journal => _platform.Journal;

    /// <summary>What somebody did then and could not do here, by refusal code.</summary>
    public Dictionary<string, int> Refused { get; } = [];

    /// <summary>Lives it, and on until every deadline has passed.</summary>
    public void Live(Action<Instant> progress)
    {
        var (end, steps) = (_script.Steps[^1].At + RunsOn, 0);
        while (_platform.Next(end))
            if (++steps % 10_000 == 0) progress(_platform.Now);
    }

    /// <summary>The states of every order at the end.</summary>
    public IEnumerable<(OrderId Id, Order.State State)> Orders =>
        _platform.States.Where(s => s.Key is OrderId).Select(s => ((OrderId)s.Key, (Order.State)s.Value));

    void Note(long position, Turn turn)
    {
        Ends.Follow(turn, _platform.States);
        Recorded(position, turn);
    }

    void Do(ReplayStep step)
    {
        switch (step)
        {
            case ReplayStep.OfferListing s: Offer(s); break;
            case ReplayStep.ReceiveStock s:
                Ask(s.Item, new StockItem.Command.Receive(s.Location, s.Units), s.Who);
                break;
            case ReplayStep.OpenCheckout s: Later(() => Ask(s.Checkout, Open(s.Basket), s.Who)); break;
            case ReplayStep.AnswerPayment s: _provider.Approve(s.Payment); break;
            case ReplayStep.Dispatch s:
                Ask(s.Order, new Order.Command.Ship(s.Carrier, s.TrackingNumber), s.Who);
                break;
            case ReplayStep.ReportDelivered s: Ask(s.Parcel, new Parcel.Command.Report(s.Tracking), s.Who); break;
            case ReplayStep.CancelByBuyer s: Cancel(s.Order, "cancel.changed-mind", s.Who); break;
            case ReplayStep.CancelBySeller s: Cancel(s.Order, "cancel.out-of-stock", s.Who); break;
        }
    }

    /// <summary>Whatever it cost, somebody paid it: a price that looks wrong is confirmed as its seller would.
    /// </summary>
    void Offer(ReplayStep.OfferListing s) => Ask(s.Listing, new Listing.Command.Publish(s.Offer), s.Who, state =>
    {
        if (state is Listing.State.Live { Doubt: not null }) Ask(s.Listing, new Listing.Command.ConfirmPrice(), s.Who);
    });

    /// <summary>A second later, so that what was offered and received at the same instant has come to rest.</summary>
    void Later(Action then) => _platform.At(_platform.Now + Duration.FromSeconds(1), then);

    /// <summary>
    /// The quotes are gathered as the buyer's page would: from what the listings say at that instant.
    /// </summary>
    Checkout.Command Open(Basket basket) => new Checkout.Command.Open(
        basket with { Method = ReplayProvider.Method },
        new([.. basket.Lines.Select(line => new Fact<Quoted?>(
            ListingQuotes.Of(
                _platform.States.GetValueOrDefault(line.Listing) as Listing.State, line.Sku, basket.Country),
            _platform.Now, "replay"))]));

    // Histories say nothing of what was shown for a reason.
    static readonly SellersCase Unshown = new(new("supplier-notice", "-"), NoWay: "-");

    void Cancel(OrderId order, string reason, Actor who)
    {
        ImmutableArray<Portion> everything =
            _platform.States.GetValueOrDefault(order) is Order.State.Dealt { Deal: var deal } ? deal.Everything : [];
        Ask(order, new Order.Command.Cancel(reason, everything, Case: who is Actor.Seller ? Unshown : null), who);
    }

    void Ask(IId target, object command, Actor who) => Ask(target, command, who, _ => { });

    void Ask(IId target, object command, Actor who, Action<object> then) => _platform.Ask(
        new(target, command, who), outcome =>
    {
        if (outcome is Outcome.Done done) then(done.State);
        if (outcome is not Outcome.Refused { Why: [var no, ..] }) return;
        var what = $"{command.GetType().Name}: {no.Code}";
        Refused[what] = Refused.GetValueOrDefault(what) + 1;
    });

    /// <inheritdoc/>
    public void Dispose() => _platform.Dispose();
}
