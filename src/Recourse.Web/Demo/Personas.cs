using Recourse.Orders;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Someone worth meeting at a desk, now.</summary>
/// <param name="Desk">One of <c>buyer</c>, <c>seller</c>, <c>warehouse</c>, <c>agent</c>, <c>operator</c>.</param>
/// <param name="Line">Who they are and what their trouble is, in one line.</param>
/// <param name="Role">The role of their key.</param>
/// <param name="Of">Their code, as keys and ids have it.</param>
/// <param name="About">The order or refund to look at first; left out: none.</param>
/// <param name="Key">An access key that was made for the demo: it signs in as them.</param>
public sealed record PersonaBody(
    string Desk, string Name, string? Place, string Line, string Role, string Of, string? About, string Key);

/// <summary>One for each desk, where there is anybody yet.</summary>
public sealed record PersonasBody(ImmutableArray<PersonaBody> Personas);

/// <summary>Picks them from what the store's lists show at the moment.</summary>
public static class Personas
{
    /// <summary>The platform's own people, who live in every demo.</summary>
    public const string Agent = "ines", Operator = "olga";

    const int Looked = 600, Page = 200;

    sealed record Trouble(string Singular, string Plural, int Weight, string About);

    /// <summary>Who there is to meet.</summary>
    public static ImmutableArray<PersonaBody> Of(Demo demo, IPlatform platform)
    {
        if (demo.Keys is null) return [];
        var now = platform.Now;
        var orders = Newest(platform, OrderList.View).Where(o => !o.IsImported).ToList();
        var refunds = Newest(platform, RefundList.View);
        var toPack = orders.Where(o => o.State is nameof(Order.State.Funded)).GroupBy(o => o.Seller)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        return
        [
            .. Buyer(demo, orders, refunds, now), .. Seller(demo, orders, toPack, now),
            .. Warehouse(demo, toPack, now), AgentOf(demo, refunds, orders, now),
            OperatorOf(demo, orders, refunds, now),
        ];
    }

    static List<T> Newest<T>(IPlatform platform, View<T> view) where T : class
    {
        List<T> rows = [];
        string? after = null;
        do
        {
            var page = platform.Views.List(view, Scope.Index, Scope.All, after, Page);
            rows.AddRange(page.Rows);
            after = page.Next;
        } while (after is not null && rows.Count < Looked);
        return rows;
    }

    static string CodeOf(string id) => id.Split('/')[1];

    static PersonaBody Made(Demo demo, string desk, Party role, string of, string line, string? about)
    {
        var (name, place) = (demo.NameOf(role, of), demo.PlaceOf(role, of));
        var at = place is "" ? "" : $" in {place}";
        return new(desk, name, place is "" ? null : place, $"{name}, {desk}{at}: {line}", AccessKeys.NameOf(role), of,
            about, demo.Keys!.Of(KeyHolder.Visitor, role, of));
    }

    /// <summary>The buyer with most going on, the newest where several have as much.</summary>
    static IEnumerable<PersonaBody> Buyer(Demo demo, List<OrderRow> orders, List<RefundRow> refunds, Instant now)
    {
        var troubles =
            from t in orders.Select(o => (o.Buyer, Trouble: TroubleOf(o, now)))
                .Concat(refunds.Select(r => (r.Buyer, Trouble: TroubleOf(r, now))))
            where t.Trouble is not null
            group t.Trouble! by t.Buyer;
        // A second kind of trouble is worth more than more of the first.
        var most = troubles.Select(g => (Buyer: g.Key, Kinds: g.GroupBy(t => t.Singular).OrderByDescending(
            k => k.First().Weight).Take(2).ToList()))
            .OrderByDescending(b => b.Kinds.Sum(k => 10 * k.First().Weight + k.Count())).FirstOrDefault();
        if (most.Buyer is not { } buyer)
        {
            if (orders is not [var newest, ..]) yield break;
            yield return Made(demo, "buyer", Party.Buyer, CodeOf(newest.Buyer), "all is well so far.", newest.Id);
            yield break;
        }
        var line = string.Join(", ", most.Kinds.Select(k => k.Count() == 1 ? k.First().Singular
            : $"{Words(k.Count())} {k.First().Plural}"));
        yield return Made(demo, "buyer", Party.Buyer, CodeOf(buyer), $"{line}.", most.Kinds[0].First().About);
    }

    static Trouble? TroubleOf(OrderRow o, Instant now) => o.State switch
    {
        nameof(Order.State.Shipped) when IsLate(o, now) =>
            new("one parcel is late", "parcels are late", 4, o.Id),
        nameof(Order.State.Funded) when IsWarned(o) =>
            new("one order is not dispatched yet", "orders are not dispatched yet", 3, o.Id),
        nameof(Order.State.Cancelled) when now - o.PlacedAt < Duration.FromDays(10)
            && o.Statement is not "cancel.changed-mind" =>
            new("one order was cancelled", "orders were cancelled", 2, o.Id),
        _ => null,
    };

    static Trouble? TroubleOf(RefundRow r, Instant now) => r.State switch
    {
        nameof(Refund.State.Failed) => new("one refund failed", "refunds failed", 5, r.Order),
        nameof(Refund.State.Paid)   => null,
        _ when r.Promised < now     => new("one refund is overdue", "refunds are overdue", 5, r.Order),
        _ => new("one refund is on its way", "refunds are on their way", 4, r.Order),
    };

    static bool IsWarned(OrderRow o) => o.Awaited is { Warn: null };

    static bool IsLate(OrderRow o, Instant now) => IsWarned(o) || now - o.PlacedAt > Duration.FromDays(12);

    static IEnumerable<PersonaBody> Seller(
        Demo demo, List<OrderRow> orders, List<IGrouping<string, OrderRow>> toPack, Instant now)
    {
        // Not the one whose warehouse is shown, so that two desks show two shops; if there is another.
        if (toPack is [] && orders is []) yield break;
        var seller = toPack.Skip(1).MaxBy(g => g.Count(IsWarned)) ?? toPack.FirstOrDefault();
        var code = CodeOf(seller?.Key ?? orders[0].Seller);
        if (seller is null)
        {
            yield return Made(demo, "seller", Party.Seller, code, "everything is dispatched.", null);
            yield break;
        }
        var first = seller.MinBy(o => o.Awaited!.Due)!;
        yield return Made(demo, "seller", Party.Seller, code,
            $"{Count(seller.Count(), "order")} to dispatch, {When(first, now)}.", first.Id);
    }

    static IEnumerable<PersonaBody> Warehouse(
        Demo demo, List<IGrouping<string, OrderRow>> toPack, Instant now)
    {
        if (toPack is not [var busiest, ..]) yield break;
        var first = busiest.MinBy(o => o.Awaited!.Due)!;
        yield return Made(demo, "warehouse", Party.Warehouse, CodeOf(busiest.Key),
            $"{Count(busiest.Count(), "parcel")} to pack, {When(first, now)}.", first.Id);
    }

    static string When(OrderRow first, Instant now) => (first.Awaited!.Due - now).TotalHours switch
    {
        < 24 => "the first is due within a day",
        < 48 => "the first is due within two days",
        _    => "none of them urgent",
    };

    static PersonaBody AgentOf(Demo demo, List<RefundRow> refunds, List<OrderRow> orders, Instant now)
    {
        var failed = refunds.Where(r => r.State is nameof(Refund.State.Failed)).ToList();
        var late = orders.Where(o => o.State is nameof(Order.State.Shipped) && IsLate(o, now)).ToList();
        var (line, about) = (failed, late) switch
        {
            ([var r, ..], _)  => ($"{Count(failed.Count, "refund")} failed and must be tried again.", r.Order),
            (_, [var o, ..])  => ($"{Count(late.Count, "parcel")} should have arrived by now.", o.Id),
            _                 => ("nobody needs help at the moment.", null),
        };
        return Made(demo, "agent", Party.Agent, Agent, line, about);
    }

    static PersonaBody OperatorOf(Demo demo, List<OrderRow> orders, List<RefundRow> refunds, Instant now)
    {
        var open = orders.Count(o => o.Awaited is not null);
        var due = orders.Count(o => o.Awaited is { } a && a.Due < now + Duration.FromDays(1));
        var back = refunds.Count(r => r.State is not nameof(Refund.State.Paid));
        return Made(demo, "operator", Party.Operator, Operator,
            $"{Count(open, "order")} under way, {Count(due, "deadline")} within a day, {Count(back, "refund")} open.",
            null);
    }

    static string Count(int n, string what) => n == 1 ? $"one {what}" : $"{Words(n)} {what}s";

    static string Words(int n) => n switch
    {
        0 => "no", 2 => "two", 3 => "three", 4 => "four", 5 => "five", 6 => "six",
        _ => n.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
