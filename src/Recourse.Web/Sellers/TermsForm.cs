using System.Globalization;
namespace Recourse.Web;

/// <summary>Where they don't send, as its fields have it: countries and goods with blanks between.</summary>
public sealed record NotSentFields(string Countries = "", string Goods = "", string Reason = "");

/// <summary>What they want to know of buyers, as its fields have it.</summary>
public sealed record RecordFields(string Above = "", string Currency = "", string Orders = "", string Reason = "");

/// <summary>Days away, as its fields have it.</summary>
public sealed record AwayFields(string From = "", string To = "", string Reason = "");

/// <summary>A seller's terms as their form has them: every field as it was typed.</summary>
public sealed record TermsForm(
    ImmutableArray<NotSentFields> NotSent, ImmutableArray<RecordFields> Records, string Most, string MostReason,
    ImmutableArray<AwayFields> Absences, ImmutableArray<string> DaysOff, string Parcels)
{
    const int MostRows = 50;
    static readonly Remedy Mend = new("sellerterms.mend");

    /// <summary>What is declared.</summary>
    public static TermsForm Of(SellerTermsBody b) => new(
        [.. b.NotSent.Select(n => new NotSentFields(
            string.Join(' ', n.Countries), string.Join(' ', n.Goods), n.Reason))],
        [.. b.Records.Select(r => new RecordFields(
            MoneyField.Show(r.Above), r.Above.Currency.Code, Show(r.HonestOrders), r.Reason))],
        Show(b.Most?.Units), b.Most?.Reason ?? "",
        [.. b.Absences.Select(a => new AwayFields(a.From, a.To, a.Reason))], b.DaysOff, Show(b.ParcelsADay));

    static string Show(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>What somebody sent.</summary>
    public static TermsForm Of(FormWrite form)
    {
        return new(
            [.. Rows("notSent", "countries", at => new NotSentFields(
                form[$"{at}.countries"].ToUpperInvariant(), form[$"{at}.goods"].ToLowerInvariant(),
                form[$"{at}.reason"]))],
            [.. Rows("records", "above", at => new RecordFields(
                form[$"{at}.above"], form[$"{at}.currency"].ToUpperInvariant(), form[$"{at}.honestOrders"],
                form[$"{at}.reason"]))],
            form["most.units"], form["most.reason"],
            [.. Rows("absences", "from", at => new AwayFields(
                form[$"{at}.from"], form[$"{at}.to"], form[$"{at}.reason"]))],
            form.All("daysOff"), form["parcelsADay"]);

        IEnumerable<T> Rows<T>(string list, string first, Func<string, T> row) => Enumerable.Range(0, MostRows)
            .Select(i => $"{list}[{i}]").TakeWhile(at => form.Sent.ContainsKey($"{at}.{first}")).Select(row);
    }

    /// <summary>The same without rows that are blank.</summary>
    public TermsForm WithoutBlanks() => this with
    {
        NotSent = [.. NotSent.Where(n => n != new NotSentFields())],
        Records = [.. Records.Where(r => r with { Currency = "" } != new RecordFields())],
        Absences = [.. Absences.Where(a => a != new AwayFields())],
    };

    /// <summary>The same after a button that changes rows; null: the button doesn't.</summary>
    public TermsForm? After(string button)
    {
        var nth = int.TryParse(button[(button.LastIndexOf('-') + 1)..], NumberStyles.None,
            CultureInfo.InvariantCulture, out var n) ? n : -1;
        return button switch
        {
            "add-not-sent" => this with { NotSent = [.. NotSent, new()] },
            "add-record"   => this with { Records = [.. Records, new()] },
            "add-absence"  => this with { Absences = [.. Absences, new()] },
            _ when button.StartsWith("drop-not-sent-", StringComparison.Ordinal) =>
                this with { NotSent = [.. NotSent.Where((_, i) => i != nth)] },
            _ when button.StartsWith("drop-record-", StringComparison.Ordinal) =>
                this with { Records = [.. Records.Where((_, i) => i != nth)] },
            _ when button.StartsWith("drop-absence-", StringComparison.Ordinal) =>
                this with { Absences = [.. Absences.Where((_, i) => i != nth)] },
            _ => null,
        };
    }

    /// <summary>As it would be sent to the API, and what can't be read.</summary>
    public (SellerTermsRequest Body, ImmutableArray<Refusal> Faults) Read()
    {
        List<Refusal> faults = [];
        var body = new SellerTermsRequest
        {
            NotSent =
                [.. NotSent.Select(n => new NotSentBody(Split(n.Countries), n.Reason) { Goods = Split(n.Goods) })],
            Records = [.. Records.Select((r, i) => new RecordNeededBody(
                Amount(r, $"records[{i}]"), Number(r.Orders, $"records[{i}].honestOrders"), r.Reason))],
            Most = (Most, MostReason) is ("", "") ? null : new(Number(Most, "most.units"), MostReason),
            Absences = [.. Absences.Select(a => new AbsenceBody(a.From, a.To, a.Reason))], DaysOff = DaysOff,
            ParcelsADay = Parcels is "" ? null : Number(Parcels, "parcelsADay"),
        };
        return (body, [.. faults]);

        int Number(string text, string field)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
            faults.Add(new Refusal("sellerterms.number-unreadable", Mend) { Field = field });
            return 1;
        }

        Money Amount(RecordFields r, string at)
        {
            if (!Currency.TryParse(r.Currency, out var currency))
            {
                faults.Add(new Refusal("sellerterms.no-such-currency", Mend, ("currency", r.Currency))
                    { Field = $"{at}.currency" });
                return new(0, Currency.Eur);
            }
            var (amount, fault) = MoneyField.Read(r.Above, currency, $"{at}.above");
            if (fault is not null) faults.Add(fault);
            return fault is null ? amount : new(0, currency);
        }
    }

    static ImmutableArray<string> Split(string text) =>
        [.. text.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries)];
}
