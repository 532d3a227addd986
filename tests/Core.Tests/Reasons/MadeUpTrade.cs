using System.Globalization;
using System.Text;
namespace Recourse.Tests;

/// <summary>A row of an order, as a made-up history writes it.</summary>
sealed class MadeUpOrder
{
    public required string Id, Country;
    public required int Units;
    public required double Price;
    public required DateTime Placed;
    public DateTime? Cancelled;
    public string Reason = "";
    public bool IsSlip, IsLie;
}

/// <summary>
/// A history of trade with lies planted among honest cancellations, and with what real ones have: shelves that are
/// counted before or after the order is given up, slips of the price that are put right, ways that close, rows that are
/// missing, times with and without a zone, rows in no order.
/// </summary>
sealed class MadeUpTrade(int seed, bool isDaily, double missing, double parted = 0)
{
    const int Sellers = 12, Skus = 5, Days = 120;
    static readonly DateTime Start = new(2026, 1, 1);
    static readonly string[] Countries = ["DE", "FR", "US", "BR", "PT", "JP"];

    readonly Random _chance = new(seed);
    readonly List<(DateTime At, string Row)> _listings = [];
    readonly List<(string Seller, string Sku, MadeUpOrder Order)> _orders = [];
    int _nth;

    public HashSet<string> Lies => [.. _orders.Where(o => o.Order.IsLie).Select(o => o.Order.Id)];

    public int Cancelled => _orders.Count(o => o.Order.Cancelled is not null);

    public MadeUpTrade Live()
    {
        for (var seller = 0; seller < Sellers; seller++)
            for (var sku = 0; sku < Skus; sku++)
                LiveOf($"shop-{seller}", $"thing-{sku}");
        return this;
    }

    bool Luck(double share) => _chance.NextDouble() < share;

    double Between(double low, double high) => low + _chance.NextDouble() * (high - low);

    void LiveOf(string seller, string sku)
    {
        List<(DateTime At, double Price, int Stock)> points = [];
        List<MadeUpOrder> orders = [];
        var serves = Countries.Where(_ => Luck(0.7)).DefaultIfEmpty("DE").ToArray();
        var closes = Luck(0.3) ? (Country: serves[^1], At: Start.AddDays(Between(40, 80))) : default;
        var (normal, price, stock) = (Math.Round(Between(8, 200), 2), 0.0, _chance.Next(10, 50));
        var (now, slipUntil, rate) = (Start, DateTime.MinValue, Between(0.2, 2.0) / 24);
        price = normal;
        points.Add((now, price, stock));
        for (; now < Start.AddDays(Days); now = now.AddHours(1))
        {
            if (slipUntil != DateTime.MinValue && now >= slipUntil) (price, slipUntil) = (normal, DateTime.MinValue);
            else if (slipUntil == DateTime.MinValue && now > Start.AddDays(10) && Luck(1.0 / (24 * 50)))
                (price, slipUntil) = (Math.Round(normal * (Luck(0.5) ? 0.1 : 0.45), 2), now.AddHours(_chance.Next(3,
                    50)));
            else if (Luck(1.0 / (24 * 30)) && slipUntil == DateTime.MinValue)
                (normal, price) = (Math.Round(normal * Between(0.985, 1.015), 2), Math.Round(normal, 2));
            else if (stock < 4 && Luck(0.02)) stock += _chance.Next(10, 40);
            else if (stock > 0 && Luck(rate * (price < normal / 2 ? 3 : 1)))
            {
                var units = Math.Min(stock, _chance.Next(1, 4));
                orders.Add(new()
                {
                    Id = $"o-{seed}-{++_nth}", Country = serves[_chance.Next(serves.Length)], Units = units,
                        Price = price,
                    Placed = now, IsSlip = price < normal / 2,
                });
                stock -= units;
            }
            else continue;
            points.Add((now, price, stock));
        }
        Honestly(orders, points, closes);
        foreach (var order in orders.Where(o => o.Cancelled is null && !o.IsSlip && o.Country != closes.Country
            && o.Placed < Start.AddDays(Days - 20) && Luck(0.03)).ToList()) Lie(order, orders, points);
        if (parted > 0) Part(orders);
        Write(seller, sku, orders, points);
    }

    /// <summary>Of some only a part was given up: the rest of the same order went.</summary>
    void Part(List<MadeUpOrder> orders)
    {
        foreach (var o in orders.Where(o => o is { Cancelled: not null, Units: > 1 }
            && (o.IsLie || o.Reason is "out_of_stock") && Luck(parted)).ToList())
        {
            var kept = _chance.Next(1, o.Units);
            o.Units -= kept;
            orders.Add(new()
            {
                Id = o.Id, Country = o.Country, Units = kept, Price = o.Price, Placed = o.Placed, IsSlip = o.IsSlip,
            });
        }
    }

    void Honestly(
        List<MadeUpOrder> orders, List<(DateTime At, double Price, int Stock)> points, (string Country,
            DateTime At) closes)
    {
        foreach (var o in orders)
        {
            var then = o.Placed.AddHours(Between(1, 60));
            if (o.IsSlip && Luck(0.8)) (o.Cancelled, o.Reason) = (then, "price_error");
            else if (o.Country == closes.Country && o.Placed > closes.At) (o.Cancelled, o.Reason) = (then,
                "cannot_ship_there");
            else if (Luck(0.05)) (o.Cancelled, o.Reason) = (then, Luck(0.5) ? "cancel.changed-mind"
                : "buyer_cancelled");
        }
        // A shelf is found empty, and filled again; what was ordered meanwhile never was.
        foreach (var o in orders.Where(o => o.Cancelled is null && !o.IsSlip && Luck(0.03)).ToList())
        {
            var then = o.Placed.AddHours(Between(2, 60));
            var (empty, back) = (then.AddMinutes(_chance.Next(-300, 1_200)), then.AddDays(Between(3, 18)));
            if (orders.Any(x => x.Reason is "out_of_stock" && Math.Abs((x.Placed - o.Placed).TotalDays) < 25)) continue;
            (o.Cancelled, o.Reason) = (then, "out_of_stock");
            orders.RemoveAll(x => x.Placed >= (empty < then ? empty : then) && x.Placed < back && x != o);
            var price = points.Last(p => p.At <= o.Placed).Price;
            for (var i = 0; i < points.Count; i++)
                if (points[i].At >= empty && points[i].At < back) points[i] = (points[i].At, price, 0);
            points.Add((empty, price, 0));
            points.Add((back, price, _chance.Next(5, 30)));
        }
        points.Sort((a, b) => a.At.CompareTo(b.At));
    }

    void Lie(MadeUpOrder o, List<MadeUpOrder> orders, List<(DateTime At, double Price, int Stock)> points)
    {
        var then = o.Placed.AddHours(Between(1, 60));
        switch (_chance.Next(4))
        {
            case 0 when points.Last(p => p.At <= then).Stock > o.Units:
                (o.Reason, o.IsLie) = (Luck(0.5) ? "out_of_stock" : "Out of stock", true);
                break;
            case 1 when orders.Count(x => x != o && x.Cancelled is null && x.Country == o.Country
                && Math.Abs((x.Placed - o.Placed).TotalDays) < 12) > 1:
                (o.Reason, o.IsLie) = (Luck(0.5) ? "can't ship there" : "cancel.cannot-ship-there", true);
                break;
            case 2:
                (o.Reason, o.IsLie) = ("cancel.price-error", true);
                break;
            case 3 when orders.All(x => x.IsLie || x.Reason is not "out_of_stock"
                || Math.Abs((x.Placed - o.Placed).TotalDays) > 45):
                var (from, to, dearer) = (then.AddHours(Between(5, 200)), then.AddDays(30), o.Price * Between(1.06,
                    1.4));
                orders.RemoveAll(x => x.Placed >= then && x.Placed < to && x != o);
                points.RemoveAll(p => p.At >= then.AddHours(-1) && p.At < to);
                points.AddRange([(then.AddHours(-1), o.Price, 0), (from, Math.Round(dearer, 2), 9), (to, o.Price, 9)]);
                points.Sort((a, b) => a.At.CompareTo(b.At));
                (o.Reason, o.IsLie) = ("out-of-stock", true);
                break;
        }
        if (o.IsLie) o.Cancelled = then;
    }

    void Write(
        string seller, string sku, List<MadeUpOrder> orders, List<(DateTime At, double Price, int Stock)> points)
    {
        var at = Start.AddHours(Between(0, 24));
        var rows = !isDaily ? points
            : [.. from d in Enumerable.Range(0, Days - 1)
                  let when = at.AddDays(d)
                  let last = points.Last(p => p.At <= when)
                  select (when, last.Price, last.Stock)];
        foreach (var (when, price, stock) in rows.Where(_ => !Luck(missing)))
            _listings.Add((when, string.Create(CultureInfo.InvariantCulture,
                $"{Time(when)},{seller},{sku},{price:0.00},{stock}")));
        _orders.AddRange(orders.Select(o => (seller, sku, o)));
    }

    string Time(DateTime at) => at.ToString(_chance.Next(3) switch
    {
        0 => "yyyy-MM-dd'T'HH:mm:ss'Z'",
        1 => "yyyy-MM-dd HH:mm:ss",
        _ => "yyyy-MM-dd'T'HH:mm:ss'+00:00'",
    }, CultureInfo.InvariantCulture);

    /// <summary>Both files, in a folder.</summary>
    public void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var listings = new StringBuilder("at,seller,sku,price,stock\n");
        foreach (var (_, row) in _listings.OrderBy(_ => _chance.Next())) listings.Append(row).Append('\n');
        File.WriteAllText(Path.Combine(folder, "listings.csv"), listings.ToString());
        var orders = new StringBuilder("order,seller,sku,quantity,price,country,placed,cancelled,reason\n");
        foreach (var (seller, sku, o) in _orders.OrderBy(_ => _chance.Next()))
            orders.Append(CultureInfo.InvariantCulture, $"{o.Id},{seller},{sku},{o.Units},{o.Price:0.00},{o.Country},")
                .Append(CultureInfo.InvariantCulture,
                    $"{Time(o.Placed)},{(o.Cancelled is { } c ? Time(c) : "")},{o.Reason}\n");
        File.WriteAllText(Path.Combine(folder, "orders.csv"), orders.ToString());
    }
}
