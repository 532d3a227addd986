using System.Text;
using Recourse.Buyers;
using Recourse.Olist;
using Recourse.Orders;
namespace Recourse.Tests;

/// <summary>A made-up history in Olist's format: one good order, to which a test adds what it is about.</summary>
sealed class SmallHistory
{
    readonly Dictionary<string, List<string>> _rows = OlistFile.All.ToDictionary(f => f.Name, _ => new List<string>());

    /// <summary>One order that ended well, of everything one.</summary>
    public static SmallHistory Good => new SmallHistory()
        .With(OlistFile.Customers, "c1,p1,01310,sao paulo,SP")
        .With(OlistFile.Sellers, "s1,20031,rio de janeiro,RJ")
        .With(OlistFile.Products, "x1,beleza,40,500,2,700,20,10,15")
        .With(OlistFile.Categories, "beleza,beauty")
        .With(OlistFile.Orders, Order("o1"))
        .With(OlistFile.Items, "o1,1,x1,s1,2018-01-09 12:00:00,99.9,10.05")
        .With(OlistFile.Payments, "o1,1,credit_card,3,109.95")
        .With(OlistFile.Reviews, "r1,o1,5,,\"Muito bom, \"\"amei\"\"\nmesmo\",2018-01-24 00:00:00,2018-01-25 08:00:00");

    /// <summary>A row of the orders, delivered in time unless told otherwise.</summary>
    public static string Order(
        string id, string customer = "c1", string status = "delivered", string purchased = "2018-01-05 10:00:00",
        string approved = "2018-01-05 11:00:00", string handed = "2018-01-08 09:00:00",
        string delivered = "2018-01-15 15:00:00", string promised = "2018-01-20 00:00:00") =>
        string.Join(',', id, customer, status, purchased, approved, handed, delivered, promised);

    public SmallHistory With(OlistFile file, params ReadOnlySpan<string> rows)
    {
        _rows[file.Name].AddRange(rows);
        return this;
    }

    public SmallHistory Only(OlistFile file, params ReadOnlySpan<string> rows)
    {
        _rows[file.Name].Clear();
        return With(file, rows);
    }

    public Dictionary<string, byte[]> Files => OlistFile.All.ToDictionary(
        f => f.Name,
        f => Encoding.UTF8.GetBytes(string.Join('\n', [string.Join(',', f.Columns), .. _rows[f.Name], ""])));

    public OlistHistory Read() => OlistHistory.Read(Files);

    public OlistPlan Plan() => Plan(Read());

    public static OlistPlan Plan(OlistHistory history) => OlistImport.Plan(history, Seal);

    public static Sealed<ImportedPlace> Seal(string person, ImportedPlace place) => new(person, "sealed");

    /// <summary>The orders that it becomes.</summary>
    public ImmutableArray<ImportedOrder> Orders() => OrdersOf(Plan());

    public static ImmutableArray<ImportedOrder> OrdersOf(OlistPlan plan) =>
        [.. plan.Steps.Select(s => s.Command).OfType<Order.Command.Import>().Select(c => c.Facts)];

    /// <summary>The codes on the one order that it becomes, once the tally is even.</summary>
    public IEnumerable<string> Codes()
    {
        var plan = Plan();
        Xunit.Assert.True(plan.Tally.IsEven, string.Join('\n', plan.Tally.Files));
        return OrdersOf(plan).SelectMany(o => o.Findings).Select(f => f.Code);
    }
}
