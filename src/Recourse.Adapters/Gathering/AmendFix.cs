using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
namespace Recourse.Adapters.Gathering;

/// <summary>A change as it is asked for, before anything is looked up.</summary>
/// <param name="ShipTo">The new address; null: as before.</param>
/// <param name="Confirmed">Ids of findings that are right as they are.</param>
public sealed record AmendDraft(Changes Changes, Address? ShipTo, ImmutableArray<string> Confirmed);

/// <summary>One press that settles what was found in a change: a checkout's fixes, as far as they fit.</summary>
public static class AmendFix
{
    /// <summary>What can be pressed for a finding, the likeliest first.</summary>
    public static IEnumerable<CheckoutFix> For(
        Checkout.Finding found, Deal deal, Changes changes, CheckoutDraft draft, CheckoutKnown known)
    {
        if (Checkout.NthOf(found.What, "coupons") is not null)
            return CodeOf(found.What) is { } code ? [new CheckoutFix.LeaveCoupon(found.Id, code)] : [];
        return
        [
            .. OfStock(found, deal, changes),
            .. CheckoutFix.For(found, draft, known, CheckoutLook.MarksOf(draft)).Where(fix => fix switch
            {
                CheckoutFix.LeaveOut f => IsOther(deal, changes, f.Line),
                CheckoutFix.Take f     => !IsOfStock(found) && f.Quantity > 0,
                CheckoutFix.SendBy or CheckoutFix.Write or CheckoutFix.Erase or CheckoutFix.Confirm => true,
                // Nothing is shown before, each line stays a line, and nothing follows later.
                CheckoutFix.TakePrice or CheckoutFix.PutTogether or CheckoutFix.InParts or CheckoutFix.LeaveCoupon =>
                    false,
            }),
        ];
    }

    static bool IsOfStock(Checkout.Finding found) => found.What.Code is "stock.not-enough" or "stock.limit"
        or "stock.over-share" || SaleSeen.Codes.Contains(found.What.Code);

    /// <summary>As many more as there are: what the order has of it doesn't count as taken.</summary>
    static IEnumerable<CheckoutFix> OfStock(Checkout.Finding found, Deal deal, Changes changes)
    {
        if (!IsOfStock(found) || Checkout.NthOf(found.What, "lines") is not { } n) yield break;
        var lines = AmendLook.LinesOf(deal, changes).ToList();
        if (n >= lines.Count || FactOf(found.What, "wanted") is not Value.Count { Number: var wanted }
            || (FactOf(found.What, "available") ?? FactOf(found.What, "left")) is not Value.Count { Number: var left })
            yield break;
        var (line, change) = lines[n];
        var has = line.Sku == (change.Sku ?? line.Sku) ? line.Quantity : 0;
        var units = change.Quantity - (wanted - left);
        if (units > has && units < change.Quantity) yield return new CheckoutFix.Take(found.Id, n, (int)units);
    }

    static bool IsOther(Deal deal, Changes changes, int n) =>
        AmendLook.LinesOf(deal, changes).ElementAtOrDefault(n) is ({ } line, { } change)
        && change != new LineChange(line.Number, line.Quantity);

    static string? CodeOf(Refusal what) => FactOf(what, "code") is Value.Word { Text: var code } ? code : null;

    static Value? FactOf(Refusal what, string name) =>
        what.Facts.Where(f => f.Name == name).Select(f => f.Value).FirstOrDefault();

    /// <summary>With one of them. A line that is left out stays as it was.</summary>
    public static AmendDraft Apply(AmendDraft draft, CheckoutFix fix, Deal deal)
    {
        var lines = AmendLook.LinesOf(deal, draft.Changes).ToList();
        return fix switch
        {
            CheckoutFix.LeaveOut f => With(f.Line, (line, _) => new(line.Number, line.Quantity)),
            CheckoutFix.Take f     => With(f.Line, (_, change) => change with { Quantity = f.Quantity }),
            CheckoutFix.SendBy f   => With(f.Line, (_, change) => change with { Service = f.Service }),
            CheckoutFix.Write f    => Written(f.Part, f.Text),
            CheckoutFix.Erase f    => Written(f.Part, ""),
            CheckoutFix.Confirm f  => draft with { Confirmed = [.. draft.Confirmed.Append(f.Finding).Distinct()] },
            CheckoutFix.LeaveCoupon f => draft with
            {
                Changes = draft.Changes with
                {
                    Coupons = [.. (draft.Changes.Coupons ?? CodesOf(deal)).Where(code => code != f.Code)],
                },
            },
            CheckoutFix.TakePrice or CheckoutFix.PutTogether or CheckoutFix.InParts => draft,
        };

        AmendDraft With(int n, Func<Line, LineChange, LineChange> to)
        {
            var (line, change) = lines[n];
            return draft with
            {
                Changes = draft.Changes with
                {
                    Lines = [.. draft.Changes.Lines.Where(l => l.Line != line.Number), to(line, change)],
                },
            };
        }

        AmendDraft Written(Addresses.AddressPart part, string text) => draft.ShipTo is not { } to ? draft
            : draft with { ShipTo = Addresses.AddressChecks.With(to, part, text) };
    }

    /// <summary>The codes of the coupons that an order has.</summary>
    public static ImmutableArray<string> CodesOf(Deal deal) =>
        [.. new[] { deal.Coupon, deal.OnTop }.OfType<Applied>().Select(a => a.Id.Code)];
}
