using System.Globalization;
using Recourse.Catalog;
using Recourse.Exchange;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What a price follows, as its fields have it.</summary>
/// <param name="Base">What its seller wants, in another currency; empty: it follows nothing.</param>
/// <param name="BaseMoney">That currency.</param>
/// <param name="Buffer">So many percent may the rate move until the price does.</param>
/// <param name="Ending">How the price ends, as step and least price in minor units.</param>
public sealed record PegInput(string Base = "", string BaseMoney = "", string Buffer = "", string Ending = "")
{
    /// <summary>What a price follows.</summary>
    public static PegInput Of(PegBody? peg) => peg is null ? new() : new(
        MoneyField.Show(peg.Base), peg.Base.Currency.Code, PegField.Show(peg.Buffer), $"{peg.Step}/{peg.At}");

    internal static PegInput Of(FormWrite form, string at) => new(
        form[$"{at}.peg.base"], form[$"{at}.peg.baseCurrency"].ToUpperInvariant(), form[$"{at}.peg.buffer"],
        form[$"{at}.peg.ending"]);
}

/// <summary>A variant as its fields have it.</summary>
public sealed record VariantFields(string Sku = "", string Title = "", string Price = "")
{
    /// <summary>What its price follows.</summary>
    public PegInput Peg { get; init; } = new();

    /// <summary>Whether nothing was typed.</summary>
    public bool IsBlank => Sku is "" && Title is "" && Price is "" && Peg.Base is "";

    /// <summary>A variant that there is.</summary>
    public static VariantFields Of(VariantBody v) =>
        new(v.Sku, v.Title, MoneyField.Show(v.Price)) { Peg = PegInput.Of(v.Peg) };
}

/// <summary>A destination as its fields have it.</summary>
public sealed record DestinationFields(string Country = "", string Price = "")
{
    /// <summary>Whether nothing was typed.</summary>
    public bool IsBlank => Country is "" && Price is "";
}

/// <summary>A listing as its form has it: every field as it was typed, so that nothing is lost on the way.</summary>
/// <param name="Code">The last part of its address; empty for a new one: it is made of the title.</param>
/// <param name="Version">What was looked at; null for a new one.</param>
/// <param name="Ways">Ways to send it that are named, country by country.</param>
/// <param name="Goods">Classes of goods with rules of their own that are in it.</param>
/// <param name="Description">More of it, in its seller's words.</param>
/// <param name="Specs">What can be said of it in few words; those that are blank are asked for.</param>
public sealed partial record ListingForm(
    string Code, string Title, string Category, string ShipsFrom, string Money, ImmutableArray<VariantFields> Variants,
    ImmutableArray<DestinationFields> ShipsTo, long? Version, UnitFields Unit, ImmutableArray<WayFields> Ways,
    ImmutableArray<string> Goods, string Description, ImmutableArray<Spec> Specs)
{
    const int MostRows = 250;

    /// <summary>Whether anything of it is to follow an exchange rate.</summary>
    public bool FollowsRates => Variants.Any(v => v.Peg.Base is not "") || Ways.Any(w => w.Peg.Base is not "");

    /// <summary>An empty one.</summary>
    public static ListingForm New => new("", "", "", "", "", [new()], [new()], null, new(), [], [], "", []);

    /// <summary>A listing that there is.</summary>
    public static ListingForm Of(string code, OfferBody offer, long version) => new(
        code, offer.Title, offer.Category, offer.ShipsFrom,
        offer.Variants.Select(v => v.Price.Currency.Code).FirstOrDefault() ?? "",
        [.. offer.Variants.Select(VariantFields.Of)],
        [.. offer.ShipsTo.Where(d => d.Options.IsEmpty)
            .Select(d => new DestinationFields(d.Country, MoneyField.Show(d.ShippingPerUnit)))], version,
        UnitFields.Of(offer.Unit),
        [.. offer.ShipsTo.SelectMany(d => d.Options.Select(o => WayFields.Of(d.Country, o)))], offer.Goods,
        offer.Description, [.. offer.Specs.Select(s => new Spec(s.Name, s.Value))]);

    /// <summary>What somebody sent.</summary>
    public static ListingForm Of(FormWrite form, string? code)
    {
        var sent = form.Sent;
        return new(
            code ?? form["code"], form["title"], form["category"], form["shipsFrom"].ToUpperInvariant(),
            form["currency"].ToUpperInvariant(),
            [.. Rows("variants", "sku", i => new VariantFields(
                form[$"variants[{i}].sku"], form[$"variants[{i}].title"], form[$"variants[{i}].price"])
                { Peg = PegInput.Of(form, $"variants[{i}]") })],
            [.. Rows("shipsTo", "country", i => new DestinationFields(
                form[$"shipsTo[{i}].country"].ToUpperInvariant(), form[$"shipsTo[{i}].shippingPerUnit"]))],
            form.IfVersion, UnitFields.Of(form),
            [.. Rows("ways", "country", i => WayFields.Of(form, $"ways[{i}]"))], form.All("goods"),
            form["description"], SpecsOf(form));

        IEnumerable<T> Rows<T>(string list, string first, Func<int, T> row) =>
            Enumerable.Range(0, MostRows).TakeWhile(i => sent.ContainsKey($"{list}[{i}].{first}")).Select(row);
    }

    /// <summary>The same without rows that are blank.</summary>
    public ListingForm WithoutBlanks() => this with
    {
        Variants = [.. Variants.Where(v => !v.IsBlank)], ShipsTo = [.. ShipsTo.Where(d => !d.IsBlank)],
        Ways = [.. Ways.Where(w => !w.IsBlank)], Specs = [.. Specs.Where(s => s.Value is not "")],
    };

    /// <summary>The same after a button that changes rows; null: the button doesn't.</summary>
    public ListingForm? After(string button)
    {
        var nth = int.TryParse(button[(button.LastIndexOf('-') + 1)..], NumberStyles.None,
            CultureInfo.InvariantCulture, out var n) ? n : -1;
        return button switch
        {
            "add-variant"     => this with { Variants = [.. Variants, new()] },
            "add-way"         => this with { Ways = [.. Ways, new()] },
            _ when button.StartsWith("drop-way-", StringComparison.Ordinal) =>
                this with { Ways = [.. Ways.Where((_, i) => i != nth)] },
            "add-destination" => this with { ShipsTo = [.. ShipsTo, new()] },
            _ when button.StartsWith("drop-variant-", StringComparison.Ordinal) =>
                this with { Variants = [.. Variants.Where((_, i) => i != nth)] },
            _ when button.StartsWith("drop-destination-", StringComparison.Ordinal) =>
                this with { ShipsTo = [.. ShipsTo.Where((_, i) => i != nth)] },
            _ => null,
        };
    }

    /// <summary>The code that a new listing gets: its title as codes are spelled.</summary>
    public string CodeOrTitle => Code is not "" ? Code : CodeOf(Title);

    static string CodeOf(string title)
    {
        var letters = title.Normalize(System.Text.NormalizationForm.FormD).ToLowerInvariant()
            .Select(c => c is ' ' or '_' or '/' or ',' ? '-' : c)
            .Where(c => c is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));
        var code = string.Join('-', string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return code.Length > 40 ? code[..40].TrimEnd('-') : code;
    }

    /// <summary>
    /// The offer, and all that is wrong at once: what can't be read as an amount, and what the listing's own rules say
    /// of the rest.
    /// </summary>
    /// <param name="state">The listing as it stands; null: it is new.</param>
    /// <param name="rates">Exchange rates; null: nothing follows them.</param>
    public (Offer Offer, ImmutableArray<Refusal> Faults) Read(
        ListingId id, Listing.State? state, Fact<RateTable>? rates, Asked asked)
    {
        List<Refusal> faults = [];
        if (!Currency.TryParse(Money, out var currency))
        {
            faults.Add(NoSuchCurrency(Money, "currency"));
            currency = Currency.Eur;
        }
        var offer = new Offer(
            Title, Category,
            [.. Variants.Select((v, i) => v.Peg.Base is ""
                ? new Variant(new(v.Sku), v.Title, Amount(v.Price, $"variants[{i}].price"))
                : new Variant(new(v.Sku), v.Title, new(10, currency), Pegged(v.Peg, $"variants[{i}]")))], ShipsFrom,
            [.. ShipsTo.Select((d, i) => new Destination(
                d.Country, Amount(d.Price is "" ? "0" : d.Price, $"shipsTo[{i}].shippingPerUnit")))],
            Unit.Read(faults), Goods.IsEmpty ? null : Goods, Description, Specs.IsEmpty ? null : Specs);
        offer = WithWays(offer, Amount, Pegged, currency, faults);
        // Without a title there is none to be made of it: then the title is what is missing.
        if ((Code is not "" || Title is not "")
            && (!Derived.IsCode(id.Code) || id.Code is "new" or "import" or "findings"))
            faults.Add(new Refusal("listing.bad-code", Mend, ("most", Derived.Longest)) { Field = "code" });
        var said = Listing.Decide(id, state, new Listing.Command.Publish(offer, Rates: rates), asked).Refusals
            .Select(no => no with { Field = FieldOf(no.Field, offer) });
        return (offer, [.. faults, .. said.Where(no => faults.All(f => f.Field != no.Field))]);

        Peg Pegged(PegInput fields, string at)
        {
            var (peg, wrong) = PegField.Read(fields, currency, at);
            faults.AddRange(wrong);
            return peg;
        }

        Money Amount(string text, string field)
        {
            var (amount, fault) = MoneyField.Read(text, currency, field);
            if (fault is null) return amount;
            faults.Add(fault);
            return new(10, currency);                                      // so that nothing else is said of it
        }
    }

    static readonly Remedy Mend = new("listing.mend-fields");

    internal static Refusal NoSuchCurrency(string text, string field) =>
        new("listing.no-such-currency", Mend, ("currency", text)) { Field = field };
}
