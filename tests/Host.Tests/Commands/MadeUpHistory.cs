using System.Text;
using Recourse.Olist;
namespace Recourse.Tests;

/// <summary>A made-up history in Olist's format, in files.</summary>
static class MadeUpHistory
{
    /// <summary>Writes it: one order of two sellers, one that was cancelled, one without items, and many that ended
    /// well.</summary>
    public static string Write(Folder folder, int orders = 20, string? oddRow = null)
    {
        Dictionary<string, List<string>> rows = OlistFile.All.ToDictionary(f => f.Name, _ => new List<string>());
        rows[OlistFile.Sellers.Name].AddRange(["s1,20031,rio de janeiro,RJ", "s2,20031,rio de janeiro,RJ"]);
        rows[OlistFile.Products.Name].Add("x1,beleza,40,500,2,700,20,10,15");
        rows[OlistFile.Categories.Name].AddRange(["beleza,beauty", "nada,nothing"]);
        for (var o = 1; o <= orders; o++)
        {
            rows[OlistFile.Customers.Name].Add($"c{o},p{(o + 1) / 2},01310,sao paulo,SP");
            var status = o == 2 ? "canceled" : "delivered";
            var after = o == 2 ? ",," : "2018-01-08 09:00:00,2018-01-15 15:00:00,";
            rows[OlistFile.Orders.Name].Add(
                $"o{o},c{o},{status},2018-01-05 10:00:00,2018-01-05 11:00:00,{after}2018-01-20 00:00:00");
            rows[OlistFile.Payments.Name].Add($"o{o},1,credit_card,3,109.95");
            if (o != 3) rows[OlistFile.Items.Name].Add($"o{o},1,x1,s1,2018-01-09 12:00:00,99.9,10.05");
        }
        rows[OlistFile.Items.Name].Add("o1,2,x1,s2,2018-01-09 12:00:00,1.00,0.50");
        rows[OlistFile.Reviews.Name].Add("r1,o1,5,,\"Muito bom, \"\"amei\"\"\",2018-01-24 00:00:00,2018-01-25 "
            + "08:00:00");
        rows[OlistFile.Reviews.Name].Add("r2,o2,1,,Não tinham em estoque,2018-01-24 00:00:00,2018-01-25 08:00:00");
        if (oddRow is not null) rows[OlistFile.Payments.Name].Add(oddRow);
        var to = folder.In("history");
        Directory.CreateDirectory(to);
        foreach (var file in OlistFile.All)
            File.WriteAllText(Path.Combine(to, file.Name),
                string.Join('\n', [string.Join(',', file.Columns), .. rows[file.Name], ""]), new UTF8Encoding(false));
        return to;
    }
}
