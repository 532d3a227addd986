using System.Globalization;
using System.Text;
using Recourse.Adapters.Reasons;
namespace Recourse.Tests;

/// <summary>
/// Another history than <see cref="MadeUpTrade"/>, by somebody else's idea of one: a row of a listing when something
/// changes, sellers' own words as reasons, waves under reasons that say nothing, stock as sellers wrote it or as orders
/// leave it, the same goods in several shops, rows in no order with quotes, a byte order mark and the shops' own zone.
/// </summary>
/// <param name="falls">Whether what is ordered goes off the stock that a listing tells.</param>
/// <param name="share">Of what is ordered of liars, how much they lie about.</param>
sealed class MadeUpShops(int seed, bool falls, double share)
{
    const int Shops = 16, Days = 150;
    static readonly DateTime Start = new(2026, 2, 1);
    static readonly string[] Countries = ["DE", "FR", "US", "BR", "PT", "JP", "GB", "PL", "IT", "NL", "CA", "MX"];

    readonly Random _chance = new(seed);
    readonly List<string> _listings = [], _orders = [];
    readonly HashSet<string> _lies = [];
    string _shop = "", _sku = "";
    DateTime _soldOut;
    int _nth;

    public IReadOnlySet<string> Lies => _lies;
    public int Cancelled { get; private set; }

    public void WriteTo(string folder)
    {
        for (var shop = 0; shop < Shops; shop++)
        {
            var served = Countries.Where(_ => Luck(0.6)).DefaultIfEmpty("DE").ToArray();
            for (var sku = _chance.Next(4, 9); sku > 0; sku--)
                Live($"shop {shop}", $"4006{sku:000}", served, shop % 3 == 0);
        }
        Write(folder, TradeFiles.Listings, "sku,seller,stock,price,at", _listings);
        Write(folder, TradeFiles.Orders,
            "placed,order,country,seller,sku,price,quantity,reason,cancelled", _orders);
    }

    void Live(string shop, string sku, string[] served, bool isLiar)
    {
        (_shop, _sku, _soldOut) = (shop, sku, DateTime.MinValue);
        var unserved = Countries.Except(served).ToArray();
        var (at, price, stock, pace) = (Start, Between(5, 400), _chance.Next(5, 60), Between(4, 40));
        List(at, price, stock);
        while (at < Start.AddDays(Days))
        {
            at = at.AddHours(Between(0.2, 2 * pace));
            var (country, units) = (Any(served), Luck(0.8) ? 1 : _chance.Next(2, 4));
            var (then, what) = (at.AddHours(Between(1, 36)), _chance.NextDouble());
            if (what < 0.02) Order(at, price, units, Any(unserved), then, "CannotShipThere");
            else if (what < 0.04) Order(at, price, units, country, then, "BuyerChangedMind");
            else if (what < 0.05) at = Slip(at, price, stock, country);
            else if (what < 0.06) (at, stock) = SellOut(at, price, served);
            else if (what < 0.07) (at, price) = Raise(at, price, stock, country);
            else if (isLiar && what < 0.07 + share) (at, price, stock) = Lie(at, price, stock, units, served);
            else if (stock < units)
            {
                if (!falls) List(at.AddMinutes(1), price, stock = 0);
                Order(at, price, units, country, then, "OutOfStock");
                _soldOut = then;
                List(at = then.AddDays(Between(0.2, 6)), price, stock = _chance.Next(10, 50));
            }
            else
            {
                Order(at, price, units, country);
                stock -= units;
                if (falls) List(at.AddSeconds(1), price, stock);
            }
        }
    }

    // One zero too few, put right within hours.
    DateTime Slip(DateTime at, double price, int stock, string country)
    {
        List(at, price / 10, stock);
        Order(at.AddMinutes(7), price / 10, 1, country, at.AddHours(3), "PriceError");
        List(at.AddHours(1), price, stock);
        return at.AddHours(4);
    }

    // Sold faster than the listing could say: a wave of honest ones, and no rise.
    (DateTime At, int Stock) SellOut(DateTime at, double price, string[] served)
    {
        List(at, price, 0);
        for (var n = _chance.Next(3, 9); n > 0; n--)
            Order(at.AddMinutes(-Between(1, 120)), price, 1, Any(served), at.AddHours(Between(0.1, 9)), "OutOfStock");
        (_soldOut, at) = (at.AddHours(9), at.AddDays(Between(2, 9)));
        var stock = _chance.Next(10, 60);
        List(at, price, stock);
        return (at, stock);
    }

    // Honestly dearer, long after anything was sold out, with one that its seller gave up for a reason of their own.
    (DateTime At, double Price) Raise(DateTime at, double price, int stock, string country)
    {
        at = at.AddDays(15);
        Order(at, price, 1, country, at.AddHours(30), "Other");
        List(at.AddHours(5), price *= Between(1.06, 1.2), stock);
        return (at.AddHours(31), price);
    }

    (DateTime At, double Price, int Stock) Lie(DateTime at, double price, int stock, int units, string[] served)
    {
        var (country, then) = (Any(served), at.AddHours(Between(1, 36)));
        // What was honestly sold out isn't sold dearer soon after: that would be a lie by what the rule says.
        switch (at < _soldOut.AddDays(15) ? 0 : _chance.Next(5))
        {
            case 0:
                List(at.AddMinutes(-2), price, stock = Math.Max(stock, units + _chance.Next(1, 20)));
                _lies.Add(Order(at, price, units, country, then, "OutOfStock"));
                return (then, price, stock);
            case 1:
                _lies.Add(Order(at, price, units, country, then, "OutOfStock"));
                List(then.AddMinutes(-2), price, 0);
                at = then.AddDays(Between(1, 13));
                List(at, price *= Between(1.055, 1.4), stock = _chance.Next(10, 40));
                return (at.AddHours(1), price, stock);
            case 2:
                Order(at.AddDays(-Between(0.5, 9)), price, 1, country);
                _lies.Add(Order(at, price, units, country, then, "CannotShipThere"));
                Order(then.AddDays(Between(0.1, 5)), price, 1, country);
                return (then, price, stock);
            case 3:
                _lies.Add(Order(at, price, units, country, then, "PriceError"));
                return (then, price, stock);
            default:
                var placed = Enumerable.Range(0, _chance.Next(4, 12)).Select(_ => at = at.AddHours(Between(0.1, 3)))
                    .ToList();
                at = at.AddHours(2);
                foreach (var when in placed)
                    _lies.Add(Order(when, price, 1, Any(served), at.AddHours(Between(0.1, 48)), "Other"));
                List(at, price *= Between(1.08, 1.5), stock);
                return (at.AddHours(50), price, stock);
        }
    }

    void List(DateTime at, double price, int stock) =>
        _listings.Add($"{_sku},{_shop},{stock},{Told(price)},{Told(at)}");

    string Order(DateTime at, double price, int units, string country, DateTime? off = null, string why = "")
    {
        var id = $"{seed}-{++_nth}";
        if (off is not null) Cancelled++;
        _orders.Add($"{Told(at)},{id},{country},{_shop},{_sku},{Told(price)},{units},{why},"
            + (off is { } then ? Told(then) : ""));
        return id;
    }

    void Write(string folder, string file, string head, List<string> rows)
    {
        var mixed = rows.ToArray();
        _chance.Shuffle(mixed);
        File.WriteAllText(Path.Combine(folder, file), string.Concat(mixed.Prepend(head)
            .Select(r => string.Join(',', r.Split(',').Select(c => $"\"{c}\"")) + "\r\n")), new UTF8Encoding(true));
    }

    bool Luck(double share) => _chance.NextDouble() < share;

    double Between(double low, double high) => low + _chance.NextDouble() * (high - low);

    string Any(string[] some) => some.Length == 0 ? "AQ" : some[_chance.Next(some.Length)];

    static string Told(double price) => price.ToString("0.00", CultureInfo.InvariantCulture);

    static string Told(DateTime at) =>
        at.AddHours(8).ToString("yyyy-MM-ddTHH:mm:ss+08:00", CultureInfo.InvariantCulture);
}
