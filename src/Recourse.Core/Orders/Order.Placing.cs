using Recourse.Catalog;
namespace Recourse.Orders;

public static partial class Order
{
    const int MostLines = 500, MostUnits = 100_000, LongestTitle = 400;

    static Decision<Event> Place(OrderId id, State? state, Request r, Turn turn)
    {
        if (turn.Who is not Actor.Aggregate a || a.Id != r.Checkout.ToString()) return Refusal.NotFound;
        if (state is State.Dealt s && s.Deal.Checkout == r.Checkout) return [];           // said twice, done once
        if (state is not null) return NotNow(state, turn.By);
        if (id != OrderId.Of(r.Checkout, r.Seller)) return NotItsSeller(r.Seller);
        ImmutableArray<Refusal> faults = [.. Faults(r)];
        if (!faults.IsEmpty) return faults;

        var deal = Deal.Of(id, r, turn.Rulebook, turn.At);
        return
        [
            new Event.Placed(
                deal, turn.Rules.PaymentDue(turn.At, turn.CalendarOf(deal)), r.Coupon?.Marks),
        ];
    }

    /// <summary>All that is wrong with a request: the buyer should hear it once.</summary>
    static IEnumerable<Refusal> Faults(Request r)
    {
        if (!Countries.Has(r.Country)) yield return NoSuchCountry(r.Country);
        if (r.Lines.IsDefaultOrEmpty || r.Lines.Length > MostLines)
        {
            yield return BadLineCount(r.Lines.IsDefault ? 0 : r.Lines.Length);
            yield break;
        }

        if (r.Coupon is { Id.IsForAllShops: false } coupon && coupon.Id.Seller != r.Seller)
            yield return NotItsSeller(coupon.Id.Seller);
        // One of all shops comes on top of a shop's own alone.
        if (r.OnTop is { } onTop && (!onTop.Id.IsForAllShops || r.Coupon is null or { Id.IsForAllShops: true }))
            yield return NotItsSeller(onTop.Id.Seller);
        // Stock is asked for each sku once, at one price.
        foreach (var same in r.Lines.GroupBy(l => l.Sku).Where(g => g.Any(l => l.Sale is not null)))
            if (same.Select(l => (l.Listing, l.Sale, l.UnitPrice)).Distinct().Skip(1).Any())
                yield return BadPrice("lines");
        var currency = r.Lines[0].UnitPrice.Currency;
        var sound = true;
        foreach (var (i, line) in r.Lines.Index())
        {
            foreach (var fault in Faults(line, $"lines[{i}]", r.Seller, currency))
            {
                sound = false;
                yield return fault;
            }
        }

        // Faulty numbers aren't worth adding up; sound ones can't overflow here.
        var total = r.Lines.Sum(l => (Int128)l.Quantity * ((Int128)l.UnitPrice.Minor + l.ShippingPerUnit.Minor));
        if (sound && total > Money.Most) yield return TooMuch(new(Money.Most, currency));
    }

    static Int128 Sum(this ImmutableArray<Wanted> lines, Func<Wanted, Int128> part) =>
        lines.Aggregate(Int128.Zero, (sum, line) => sum + part(line));

    static IEnumerable<Refusal> Faults(Wanted line, string field, SellerId seller, Currency currency)
    {
        if (line.Listing.Seller != seller) yield return NotItsSeller(line.Listing.Seller, $"{field}.listing");
        if (!Derived.IsCode(line.Sku.Code)) yield return BadSku($"{field}.sku");
        if (string.IsNullOrWhiteSpace(line.Title) || line.Title.Length > LongestTitle)
            yield return BadTitle($"{field}.title");
        if (line.Quantity is < 1 or > MostUnits) yield return BadQuantity($"{field}.quantity", line.Quantity);
        if (line.UnitPrice.Minor is < 1 or > Money.Most) yield return BadPrice($"{field}.unitPrice");
        if (line.ShippingPerUnit.Minor is < 0 or > Money.Most) yield return BadPrice($"{field}.shippingPerUnit");
        if (line.Off is { } off && (off.Currency != currency || off.Minor < 0
            || off.Minor > (Int128)(line.UnitPrice.Minor - 1) * line.Quantity)) yield return BadPrice($"{field}.off");
        if (line.OnTop is { } top && (top.Currency != currency || top.Minor < 0 || top.Minor > (line.Off?.Minor ?? 0)))
            yield return BadPrice($"{field}.onTop");
        if (currency == default || line.UnitPrice.Currency != currency)
            yield return MixedCurrencies($"{field}.unitPrice");
        if (line.ShippingPerUnit.Currency != currency) yield return MixedCurrencies($"{field}.shippingPerUnit");
        if (line.By is { Surcharge: var more } && (more.Currency != currency || more.Minor < 0
            || more.Minor > line.ShippingPerUnit.Minor)) yield return BadPrice($"{field}.by.surcharge");
    }

    static IEnumerable<Refusal> Faults(Handover h)
    {
        if (!Derived.IsCode(h.Carrier)) yield return BadCarrier;
        if (h.TrackingNumber.Length is < 6 or > 40 || !h.TrackingNumber.All(char.IsAsciiLetterOrDigit)
            || !h.TrackingNumber.Any(char.IsAsciiDigit)) yield return BadTrackingNumber;
        else if (S10.IsShaped(h.TrackingNumber) && !S10.IsRight(h.TrackingNumber)) yield return WrongCheckDigit;
    }

    static IEnumerable<Refusal> Faults(ImportedOrder facts)
    {
        if (!Derived.IsCode(facts.Source)) yield return BadImport("source");
        if (string.IsNullOrWhiteSpace(facts.Number) || facts.Number.Length > LongestTitle)
            yield return BadImport("number");
        if (facts.Part is not { Nth: >= 1 } || facts.Part.Nth > facts.Part.Of) yield return BadImport("part");
        if (facts.Items.IsDefault || facts.Items.Any(i => Odd(i.Price) || Odd(i.Freight)))
            yield return BadImport("items");
        if (facts.Payments.IsDefault || facts.Payments.Any(p => Odd(p.Amount))) yield return BadImport("payments");
        if (facts.Reviews.IsDefault) yield return BadImport("reviews");
        if (facts.Findings.IsDefault) yield return BadImport("findings");

        bool Odd(Money m) => m.Minor is < 0 or > Money.Most || m.Currency != facts.Currency || m.Currency == default;
    }
}

/// <summary>The item numbers of the Universal Postal Union: two letters, nine digits, a country.</summary>
/// <remarks>Source: UPU standard S10-12.</remarks>
static class S10
{
    static readonly ImmutableArray<int> Weights = [8, 6, 4, 2, 3, 5, 9, 7];

    public static bool IsShaped(string number) =>
        number.Length == 13 && number[..2].All(char.IsAsciiLetterUpper) && number[2..11].All(char.IsAsciiDigit)
        && number[11..].All(char.IsAsciiLetterUpper);

    public static bool IsRight(string number)
    {
        var rest = 11 - Weights.Select((w, i) => w * (number[i + 2] - '0')).Sum() % 11;
        return number[10] - '0' == rest switch { 10 => 0, 11 => 5, _ => rest };
    }
}
