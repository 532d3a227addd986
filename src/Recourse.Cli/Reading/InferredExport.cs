using System.Globalization;
using System.Text;
using System.Text.Json;
using Recourse.Orders;
using Recourse.Web;
namespace Recourse.Cli;

/// <summary>What is inferred of an early end in a history, as a file tells it.</summary>
/// <param name="Decided">False: nobody here decided it.</param>
/// <param name="Source">Whose history.</param>
/// <param name="Number">The order's number there.</param>
/// <param name="Status">Its status there.</param>
/// <param name="Facts">What it is inferred from, in words.</param>
sealed record InferredRow(
    bool Decided, string Order, string Source, string Number, string Status, string PurchasedAt, string Code,
    string Likelihood, string Text, ImmutableSortedDictionary<string, string> Facts);

/// <summary>All that is inferred of early ends, in a form that can't be taken for the register's.</summary>
static class InferredExport
{
    static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    static readonly ImmutableArray<(string Name, Func<InferredRow, string> Of)> Columns =
    [
        ("decided", r => r.Decided ? "Yes" : "No"), ("order", r => r.Order), ("source", r => r.Source),
        ("number", r => r.Number), ("status", r => r.Status), ("purchased_at", r => r.PurchasedAt),
        ("inferred", r => r.Code), ("likelihood", r => r.Likelihood), ("text", r => r.Text),
        ("facts", r => JsonSerializer.Serialize(r.Facts, Plain)),
    ];

    /// <summary>Of orders that were bought from the first to the last day (UTC), by reason and then the newest first;
    /// null: no such end.</summary>
    public static IEnumerable<InferredRow> Between(OpenedStore opened, LocalDate? first, LocalDate? last)
    {
        var texts = Texts.In("en", DateTimeZone.Utc);
        foreach (var row in InferredEnd.Codes.SelectMany(c => opened.All(OrderList.View, OrderList.ByInferred, c)))
        {
            var day = row.PlacedAt.InUtc().Date;
            if (day < first || day > last || !OrderId.TryParse(row.Id, out var id)
                || opened.Store.Follower.Load(id, opened.Store.Journal).State is not Order.State.Imported order
                || InferredBody.Of(order.Facts, Party.Operator, texts) is not { } why) continue;
            var o = order.Facts;
            yield return new(
                Decided: false, row.Id, o.Source, o.Number, o.Status, Iso(o.Times.Purchased), why.Code,
                why.Likelihood, why.Text, why.Facts.ToImmutableSortedDictionary(
                    f => f.Name, f => f.Value is Instant at ? Iso(at) : f.Text));
        }
    }

    static string Iso(Instant at) => at.ToString("g", CultureInfo.InvariantCulture);

    /// <summary><c>{"inferred": […]}</c>.</summary>
    public static string Json(IEnumerable<InferredRow> rows) =>
        $$"""{"inferred":[{{string.Join(",\n", rows.Select(r => JsonSerializer.Serialize(r, Plain)))}}]}""";

    /// <summary>A table with facts as JSON.</summary>
    public static string Csv(IEnumerable<InferredRow> rows)
    {
        var text = new StringBuilder().AppendJoin(',', Columns.Select(c => c.Name)).Append("\r\n");
        foreach (var row in rows) text.AppendJoin(',', Columns.Select(c => DsaForm.Cell(c.Of(row)))).Append("\r\n");
        return text.ToString();
    }
}
