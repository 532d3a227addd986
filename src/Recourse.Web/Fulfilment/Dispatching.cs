using System.Text;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Several parcels at once.</summary>
/// <param name="Lines">At most 200; each is answered for itself.</param>
public sealed record DispatchesRequest(ImmutableArray<DispatchLineRequest> Lines);

/// <summary>A parcel that is handed over.</summary>
/// <param name="Order">The order's code, with or without what comes before it.</param>
/// <param name="Carrier">The carrier's code.</param>
/// <param name="TrackingNumber">As printed on the label.</param>
public sealed record DispatchLineRequest(string Order, string Carrier, string TrackingNumber);

/// <summary>What became of each line, in their order.</summary>
public sealed record DispatchesBody(int Done, int Refused, ImmutableArray<DispatchedBody> Lines);

/// <summary>What became of one line.</summary>
/// <param name="Order">As it was named.</param>
/// <param name="Refusals">Why not; none: it is done.</param>
public sealed record DispatchedBody(
    string Order, string Carrier, string TrackingNumber, bool IsDone, ImmutableArray<RefusalBody> Refusals);

/// <summary>Hands parcels over: one or many, from a page or a program, in one way.</summary>
static class Dispatching
{
    /// <summary>The most lines at once.</summary>
    public const int Most = 200;

    static readonly Remedy Look = new("dispatch.look-at-list"), Split = new("dispatch.split");

    /// <summary>The command for an order that the writer sees.</summary>
    public static async Task<Order.Command> Command(
        Seen seen, string carrier, string number, IPlatform platform, CancellationToken cancel) =>
        new Order.Command.Ship(carrier, number, await NumberUse.Of(
            (OrderId)seen.Id, BuyerOf(seen), carrier, number, platform, cancel));

    /// <summary>More lines than are taken; null: no more.</summary>
    public static Refusal? TooMany(int lines) => lines <= Most ? null
        : new Refusal("dispatch.too-many-lines", Split, ("lines", lines), ("most", Most)) { Field = "lines" };

    /// <summary>One after the other, so that a number that stands there twice is found.</summary>
    public static async Task<DispatchesBody> Of(
        Write write, IReadOnlyList<DispatchLineRequest> lines, IPlatform platform)
    {
        var done = ImmutableArray.CreateBuilder<DispatchedBody>(lines.Count);
        var used = new Dictionary<(string Carrier, string Number), (OrderId Order, BuyerId? Buyer)>();
        foreach (var line in lines)
        {
            var why = await One(write, line, used, platform);
            done.Add(new(line.Order, line.Carrier, line.TrackingNumber, why.IsEmpty,
                [.. why.Select(no => Words.Of(no, write.By.Texts))]));
        }
        return new(done.Count(d => d.IsDone), done.Count(d => !d.IsDone), done.ToImmutable());
    }

    static async Task<ImmutableArray<Refusal>> One(
        Write write, DispatchLineRequest line, Dictionary<(string, string), (OrderId Order, BuyerId? Buyer)> used,
        IPlatform platform)
    {
        var by = write.By;
        if (IdOf(line.Order, by) is not { } id || await platform.Read(id, by.Who, by.Cancel) is not { } seen)
            return [new Refusal("dispatch.no-such-order", Look, ("order", Shortened(line.Order)))];
        var command = (Order.Command.Ship)await Command(seen, line.Carrier, line.TrackingNumber, platform, by.Cancel);
        // What was handed over a moment ago, on another line, no view shows yet.
        var number = (line.Carrier, Handover.Tidy(line.TrackingNumber));
        if (used.TryGetValue(number, out var other) && other.Order != id && other.Buyer != BuyerOf(seen))
            command = command with { UsedBy = new(other.Order, platform.Now, "request") };
        var said = Platform.Hash(Encoding.UTF8.GetBytes($"{id}\n{line.Carrier}\n{line.TrackingNumber}"));
        var outcome = await platform.Ask(new(
            id, command, by.Who, Derived.Code($"{write.Key} {said}"), RequestHash: said), by.Cancel);
        if (outcome is Outcome.Done) used[number] = (id, BuyerOf(seen));
        return outcome is Outcome.Done ? [] : Problems.Of(outcome).Why;
    }

    /// <summary>Sellers name their orders by the code alone.</summary>
    public static OrderId? IdOf(string text, Caller by)
    {
        var code = text.Trim().Trim('/');
        var seller = by.Scope is { } own ? own["seller/".Length..] : "";
        var whole = code.StartsWith("order/", StringComparison.Ordinal) ? code
            : code.Contains('/', StringComparison.Ordinal) ? $"order/{code}" : $"order/{seller}/{code}";
        return OrderId.TryParse(whole, out var id) ? id : null;
    }

    static BuyerId? BuyerOf(Seen seen) => (seen.State as Order.State.Dealt)?.Deal.Buyer;

    static string Shortened(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
