using System.Text;
using Recourse.Catalog;
using Recourse.Exchange;
using Recourse.Ways;
namespace Recourse.Web;

/// <summary>A line of a file of listings: one variant. What is left out stays as it is.</summary>
/// <param name="Expected">Only if that is its price; null: whatever it is.</param>
/// <param name="State"><c>offered</c>, <c>paused</c>, or <c>dropped</c> of a variant; empty: as it is.</param>
sealed record ListingLine(
    int Line, string Code, string Sku, string Variant, Money? Price, Money? Expected, string Title, string Category,
    string ShipsFrom, ImmutableArray<Destination> ShipsTo, string State)
{
    /// <summary>Of the price, also where none is given.</summary>
    public required Currency Money { get; init; }

    /// <summary>What the price follows.</summary>
    public Said<Peg> Follows { get; init; }

    /// <summary>What one unit weighs and measures.</summary>
    public Said<Measures> Unit { get; init; }

    /// <summary>Classes of goods that are in it.</summary>
    public Said<string[]> Goods { get; init; }

    /// <summary>What can be said of it in few words.</summary>
    public Said<SpecBody[]> Specs { get; init; }

    /// <summary>More of it, in its seller's words.</summary>
    public Said<string> Description { get; init; }

    /// <summary>These columns as they were written, so that a repeated line is told from another.</summary>
    public string Written { get; init; } = "";
}

/// <summary>A file of listings, a line a variant: its good lines, and all that is wrong with the others.</summary>
/// <param name="Whole">What keeps all of it from being read; null: nothing.</param>
/// <param name="Count">Lines, without the header.</param>
sealed record ListingFile(
    Refusal? Whole, ImmutableArray<ListingLine> Lines, ImmutableArray<LineFault> Faults, int Count)
{
    /// <summary>What a line must say; and what it may.</summary>
    public static readonly ImmutableArray<string> Needed = ["code", "sku", "price", "currency"], Columns =
        [
            "code", "title", "category", "sku", "variant", "price", "currency", "shipsfrom", "shipsto", "state",
            "follows", "packed", "goods", "specs", "description",
        ],
        Allowed = [.. Columns, "expected"];

    /// <summary>The states that a line can ask for.</summary>
    public static readonly ImmutableArray<string> States = ["offered", "paused", "dropped"];

    static readonly ImmutableArray<string> More = ["follows", "packed", "goods", "specs", "description"];

    static readonly Remedy MendLine = new("listingfile.mend-line");

    /// <summary>Reads a file as somebody sent it.</summary>
    public static ListingFile Read(ReadOnlySpan<byte> bytes)
    {
        var table = TableFile.Open(bytes, Needed, Allowed);
        return table.Whole is { } why ? new(why, [], [], 0) : new Reader(table).Read();
    }

    sealed class Reader(TableFile table)
    {
        readonly List<ListingLine> _lines = [];
        readonly List<LineFault> _faults = [.. table.BrokenLines];
        readonly Dictionary<(string, string), int> _seen = [];

        public ListingFile Read()
        {
            foreach (var (line, field) in table.Lines) Take(line, field);
            return new(null, [.. _lines], [.. _faults.OrderBy(f => f.Line)], table.Count);
        }

        void Take(int line, Func<string, string> field)
        {
            var before = _faults.Count;
            foreach (var name in Columns)
                if (TableFile.Formula(name, field(name)) is { } formula) _faults.Add(new(line, formula));
            var (code, sku, state) = (field("code"), field("sku"), field("state").ToLowerInvariant());
            if (_faults.Count == before && !Derived.IsCode(code))
                Fault("code", new("listingfile.bad-code", MendLine, ("text", TableFile.Shortened(code))));
            if (_faults.Count == before && !Derived.IsCode(sku))
                Fault("sku", new("listingfile.bad-sku", MendLine, ("text", TableFile.Shortened(sku))));
            if (state is not "" && !States.Contains(state))
                Fault("state", new("listingfile.bad-state", MendLine, ("text", TableFile.Shortened(state)),
                    ("known", string.Join(", ", States))));
            if (!Currency.TryParse(field("currency").ToUpperInvariant(), out var currency))
            {
                Fault("currency", new("listingfile.no-such-currency", MendLine,
                    ("text", TableFile.Shortened(field("currency")))));
                currency = Currency.Eur;
            }
            var (price, expected) = (Amount("price", field("price")), Amount("expected", field("expected")));
            var shipsTo = Destinations(line, field("shipsto"), currency);
            var (follows, unit) = (Column("follows", ListingColumns.Follows), Column("packed", ListingColumns.Packed));
            var goods = Column("goods", t => t.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries));
            var (specs, told) =
                (Column("specs", ListingColumns.Specs), Column("description", ListingColumns.Description));
            if (_faults.Count == before && !_seen.TryAdd((code, sku), line))
                Fault("sku", new("listingfile.twice", MendLine, ("sku", sku), ("code", code),
                    ("first", _seen[(code, sku)])));
            if (_faults.Count == before)
                _lines.Add(new(line, code, sku, field("variant"), price, expected, field("title"), field("category"),
                    field("shipsfrom").ToUpperInvariant(), shipsTo, state)
                {
                    Money = currency, Follows = follows, Unit = unit, Goods = goods, Specs = specs, Description = told,
                    Written = string.Join('|', More.Append("shipsto").Select(field)),
                });

            Said<T> Column<T>(string column, Func<string, T?> read) where T : class
            {
                if (!ListingColumns.Read(field(column), read, out var said))
                    Fault(column, new("listingfile.bad-column", MendLine,
                        ("column", column), ("text", TableFile.Shortened(field(column)))));
                return said;
            }

            void Fault(string column, Refusal why) => _faults.Add(new(line, why with { Field = column }));

            Money? Amount(string column, string text)
            {
                if (text is "") return null;
                var (amount, fault) = MoneyField.Read(text, currency, column);
                if (fault is not null) _faults.Add(new(line, fault));
                return amount;
            }
        }

        ImmutableArray<Destination> Destinations(int line, string text, Currency money)
        {
            List<Destination> all = [];
            foreach (var part in text.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries))
            {
                var (country, service, cost, days) = part.Split(':') switch
                {
                    [var c, var p]                => (c, null, p, null),
                    [var c, var s, var p, var d] => (c, s, p, d),
                    _                            => ("", null, "", (string?)null),
                };
                if (country is "" || (service is null ? null : ListingColumns.Way(service, default, days!)) is null
                    && service is not null)
                {
                    _faults.Add(new(line, new Refusal(
                        "listingfile.bad-destination", MendLine, ("text", TableFile.Shortened(part)))
                        { Field = "shipsto" }));
                    return [];
                }
                var (amount, fault) = MoneyField.Read(cost, money, "shipsto");
                if (fault is not null) _faults.Add(new(line, fault));
                Add(country.ToUpperInvariant(), amount,
                    service is null ? null : ListingColumns.Way(service, amount, days!));
            }
            return [.. all];

            void Add(string country, Money amount, ShippingOption? way)
            {
                var at = way is null ? -1 : all.FindIndex(d => d.Country == country);
                if (at >= 0) all[at] = all[at] with { Options = [.. all[at].Named, way!] };
                else all.Add(new(country, amount, way is null ? null : [way]));
            }
        }
    }

    /// <summary>A table's first line.</summary>
    public static StringBuilder Start(bool expects) =>
        new($"{string.Join(',', Columns)}{(expects ? ",expected" : "")}\r\n");

    /// <summary>A variant as a line that can be imported again.</summary>
    /// <param name="expected">What it must cost then; null: there is no such column; empty: whatever it does.</param>
    public static void Write(
        StringBuilder text, string code, OfferBody offer, VariantBody v, string state, string? expected)
    {
        string[] fields =
        [
            code, offer.Title, offer.Category, v.Sku, v.Title, MoneyField.Show(v.Price), v.Price.Currency.Code,
            offer.ShipsFrom,
            string.Join(' ', offer.ShipsTo.SelectMany(ListingColumns.Show)), state,
            Or(ListingColumns.Show(v.Peg), v.Peg is null), Or(ListingColumns.Show(offer.Unit), offer.Unit is null),
            Or(string.Join(' ', offer.Goods), offer.Goods.IsEmpty),
            Or(ListingColumns.Show(offer.Specs), offer.Specs.IsEmpty),
            Or(ListingColumns.Show(offer.Description), offer.Description is ""),
        ];
        text.AppendJoin(',', fields.Select(f => TableFile.Quoted(TableFile.Guarded(f))));
        if (expected is not null) text.Append(',').Append(expected);
        text.Append("\r\n");

        // What takes changes back says also what there wasn't.
        string Or(string shown, bool isNone) => isNone && expected is not null ? ListingColumns.None : shown;
    }
}
