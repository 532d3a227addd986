using System.Globalization;
using Recourse.Adapters.Addresses;
using Recourse.Checkouts;
using Recourse.Orders;
namespace Recourse.Adapters.Gathering;

/// <summary>One press that settles a finding.</summary>
/// <param name="Id">The same as long as the same is found: it can be asked for in the next request.</param>
public closed record CheckoutFix(string Id)
{
    /// <summary>What a program calls it.</summary>
    public string Kind => Id[(Id.LastIndexOf('#') + 1)..];

    /// <summary>The line goes.</summary>
    public sealed record LeaveOut(string Finding, int Line) : CheckoutFix($"{Finding}#leave-out");

    /// <summary>So many instead.</summary>
    public sealed record Take(string Finding, int Line, int Quantity) : CheckoutFix($"{Finding}#take");

    /// <summary>So many now, and the rest in instalments.</summary>
    /// <param name="Days">From one to the next.</param>
    public sealed record InParts(string Finding, int Line, int Now, Later Later, int Days)
        : CheckoutFix($"{Finding}#in-parts");

    /// <summary>In another way.</summary>
    public sealed record SendBy(string Finding, int Line, string Service) : CheckoutFix($"{Finding}#send-by");

    /// <summary>All of it on the line where it stands first.</summary>
    public sealed record PutTogether(string Finding, int Line, int Into)
        : CheckoutFix($"{Finding}#put-together");

    /// <summary>At today's price.</summary>
    public sealed record TakePrice(string Finding, int Line, Money Price) : CheckoutFix($"{Finding}#take-price");

    /// <summary>Something else in the address.</summary>
    /// <param name="Name">What it is called; null: as it is written.</param>
    public sealed record Write(string Finding, AddressPart Part, string Text, string? Name = null)
        : CheckoutFix($"{Finding}#write");

    /// <summary>Nothing in that part of the address.</summary>
    public sealed record Erase(string Finding, AddressPart Part) : CheckoutFix($"{Finding}#erase");

    /// <summary>Without that coupon.</summary>
    public sealed record LeaveCoupon(string Finding, string Code) : CheckoutFix($"{Finding}#leave-coupon");

    /// <summary>It is right as it is.</summary>
    public sealed record Confirm(string Finding) : CheckoutFix($"{Finding}#confirm");

    /// <summary>What the press says.</summary>
    public string Say(Texts texts) => this switch
    {
        LeaveOut    => texts.Tell("fix.leave-out"),
        Take f      => texts.Counted("take", f.Quantity),
        InParts f   => texts.Fill("fix.in-parts", [
            ("now", f.Now), ("later", f.Later.Units), ("parts", f.Later.Parts), ("days", f.Days)]),
        SendBy f    => texts.Fill("fix.send-by", [("service", f.Service)]),
        PutTogether => texts.Tell("fix.put-together"),
        TakePrice f => texts.Fill("fix.take-price", [("price", f.Price)]),
        Write f     => texts.Fill("fix.write", [("text", f.Name ?? f.Text)]),
        Erase       => texts.Tell("fix.erase"),
        LeaveCoupon => texts.Tell("fix.leave-coupon"),
        Confirm f   => texts.Tell(f.Finding.StartsWith(Checkout.WhoAsks, StringComparison.Ordinal)
            ? "fix.show-who" : "fix.confirm"),
    };

    /// <summary>What can be pressed for a finding, the likeliest first.</summary>
    public static IEnumerable<CheckoutFix> For(
        Checkout.Finding found, CheckoutDraft draft, CheckoutKnown known, IEnumerable<AddressMark> marks)
    {
        if (LineOf(found.What, draft) is { } n)
        {
            if (FactOf(found.What, "works") is Value.Word { Text: not "" and var works })
                yield return new SendBy(found.Id, n, works);
            if (Split(found, draft, n, known) is { } split) yield return split;
            if (Instead(found, draft, n, known) is { } instead) yield return instead;
            if (OfPrice.Contains(found.What.Code)
                && Checkout.PriceOf(draft.ToBasket(null), known.Facts, n) is { } price)
                yield return new TakePrice(found.Id, n, price);
            yield return new LeaveOut(found.Id, n);
        }
        if (CouponOf(found.What, draft) is { } coupon) yield return new LeaveCoupon(found.Id, coupon);
        foreach (var mark in marks.Where(
            m => $"shipTo.{AddressChecks.FieldOf(m.Part)}" == found.What.Field && IsOf(m, found.What)))
            if (mark.Instead is "") yield return new Erase(found.Id, mark.Part);
            else if (mark.Instead is { } text) yield return new Write(found.Id, mark.Other ?? mark.Part, text,
                AddressFormats.Of(draft.Country ?? "").Regions.FirstOrDefault(r => r.Key == text)?.Name);
        if (found.Gravity is Gravity.Step) yield return new Confirm(found.Id);
    }

    static CheckoutFix? Instead(Checkout.Finding found, CheckoutDraft draft, int n, CheckoutKnown known) =>
        (found.What.Code, Line: draft.Lines[n]) switch
        {
            ("stock.not-enough", var line) when known.LeftOf(line) is > 0 and var left && left < line.Quantity =>
                new Take(found.Id, n, left),
            // Fewer at the sale price, or as many as there may be.
            ("checkout.sale-sold-out" or "checkout.sale-limit" or "stock.limit" or "stock.over-share", var line)
                when FactOf(found.What, "left") is Value.Count { Number: > 0 and var some } && some < line.Quantity =>
                new Take(found.Id, n, (int)some),
            ("shipping.too-heavy" or "terms.too-many-units", var line) when FactOf(found.What, "units")
                is Value.Count { Number: > 0 and var fit } && fit < line.Quantity => new Take(found.Id, n, (int)fit),
            (Checkout.OddQuantity, _) when FactOf(found.What, "instead") is Value.Count { Number: var meant } =>
                new Take(found.Id, n, (int)meant),
            (Checkout.SameItemTwice, var line)
                when draft.Lines.Index().First(l => l.Item.Listing == line.Listing && l.Item.Sku == line.Sku)
                    is { Index: var into, Item.Quantity: var first }
                && (long)first + line.Quantity is > 0 and <= CheckoutDraft.MostUnits =>
                new PutTogether(found.Id, n, into),
            _ => null,
        };

    /// <summary>A large order that can't be had at once.</summary>
    static InParts? Split(Checkout.Finding found, CheckoutDraft draft, int n, CheckoutKnown known)
    {
        var (line, name) = (draft.Lines[n], found.What.Code switch
        {
            "stock.over-share"     => "left",
            "terms.too-many-units" => "units",
            _                      => "",
        });
        if (FactOf(found.What, name) is not Value.Count { Number: > 0 and <= CheckoutDraft.MostUnits and var now }
            || draft.Lines.Count(l => CheckoutKnown.IdOf(l) == CheckoutKnown.IdOf(line)) > 1) return null;
        var wanted = Math.Max(line.Quantity, 0) + (line.Later?.Units ?? 0);
        var (units, parts) = known.Bulk.After((int)now, wanted);
        return wanted >= known.Bulk.FromUnits && units > 0
            ? new(found.Id, n, (int)now, new(units, parts), known.Bulk.Every.Days) : null;
    }

    static readonly ImmutableArray<string> OfPrice =
        ["checkout.price-differs", "checkout.sale-sold-out", "checkout.sale-limit"];

    static Value? FactOf(Refusal what, string name) =>
        what.Facts.Where(f => f.Name == name).Select(f => f.Value).FirstOrDefault();

    // One place can be odd in two ways.
    static bool IsOf(AddressMark mark, Refusal what) => what.Code == Checkout.CodeOf(mark.Trouble);

    /// <summary>Which line something is about; null: none.</summary>
    public static int? LineOf(Refusal what, CheckoutDraft draft) =>
        Checkout.NthOf(what, "lines") is { } n && n < draft.Lines.Length ? n : null;

    static string? CouponOf(Refusal what, CheckoutDraft draft) =>
        Checkout.NthOf(what, "coupons") is { } n && n < draft.Coupons.Length ? draft.Coupons[n] : null;

    /// <summary>A draft with fixes, and what is known of it then. Lines go last: fixes count them.</summary>
    public static (CheckoutDraft Draft, CheckoutKnown Known) Apply(
        CheckoutDraft draft, CheckoutKnown known, IEnumerable<CheckoutFix> fixes)
    {
        var all = fixes.ToList();
        ImmutableArray<string> settled = [.. all.Where(f => f is not Confirm).Select(f => FixedOf(f, draft))];
        foreach (var fix in all) draft = Apply(draft, fix);
        draft = draft with { Fixed = [.. draft.Fixed.Concat(settled).Distinct()] };
        ImmutableArray<int> gone = [.. all.Select(GoneWith).OfType<int>().Distinct()];
        draft = draft with { Confirmed = Without(draft.Confirmed, gone) };
        foreach (var line in gone.OrderDescending())
        {
            draft = draft with { Lines = draft.Lines.RemoveAt(line) };
            known = known with { Facts = known.Facts with { Quotes = known.Facts.Quotes.RemoveAt(line) } };
        }
        return (draft, known);
    }

    static string FixedOf(CheckoutFix fix, CheckoutDraft draft) => Checkout.FixedOf(
        Checkout.CodeIn(fix.Id), LineOf(fix) is { } n && n < draft.Lines.Length ? draft.Lines[n].Listing : null,
        isGone: fix is LeaveOut);

    /// <summary>The line that it is of; null: of none.</summary>
    static int? LineOf(CheckoutFix fix) => fix switch
    {
        LeaveOut f    => f.Line,
        Take f        => f.Line,
        InParts f     => f.Line,
        SendBy f      => f.Line,
        PutTogether f => f.Line,
        TakePrice f   => f.Line,
        Write or Erase or LeaveCoupon or Confirm => null,
    };

    /// <summary>Ids of findings as they are once lines have gone: they name the place of their line.</summary>
    public static ImmutableArray<string> Without(ImmutableArray<string> ids, ImmutableArray<int> gone) => gone.IsEmpty
        ? ids : [.. ids.Select(id => Without(id, gone)).OfType<string>()];

    static string? Without(string id, ImmutableArray<int> gone)
    {
        var (list, at) = (":lines[", id.IndexOf(":lines[", StringComparison.Ordinal));
        var end = at < 0 ? -1 : id.IndexOf(']', at);
        if (end < 0 || !int.TryParse(id.AsSpan((at + list.Length)..end), NumberStyles.None,
            CultureInfo.InvariantCulture, out var line)) return id;
        return gone.Contains(line) ? null : $"{id[..(at + list.Length)]}{line - gone.Count(n => n < line)}{id[end..]}";
    }

    /// <summary>The line that goes; null: none does.</summary>
    static int? GoneWith(CheckoutFix fix) => fix switch
    {
        LeaveOut f    => f.Line,
        PutTogether f => f.Line,
        Take or InParts or SendBy or TakePrice or Write or Erase or LeaveCoupon or Confirm => null,
    };

    static CheckoutDraft Apply(CheckoutDraft draft, CheckoutFix fix) => fix switch
    {
        LeaveOut    => draft,
        // Several may go to one line. Who wanted them sent differently chose no way for all: then it is the cheapest
        // that carries all.
        PutTogether f => With(draft, f.Into, l => l with
        {
            Quantity = l.Quantity + draft.Lines[f.Line].Quantity,
            Service = l.Service == draft.Lines[f.Line].Service ? l.Service : null,
        }),
        Take f      => With(draft, f.Line, l => l with { Quantity = f.Quantity, Later = null }),
        InParts f   => With(draft, f.Line, l => l with { Quantity = f.Now, Later = f.Later }),
        TakePrice f => With(draft, f.Line, l => l with { UnitPrice = f.Price }),
        SendBy f    => With(draft, f.Line, l => l with { Service = f.Service }),
        Write f     => Written(draft, f.Part, f.Text),
        Erase f     => Written(draft, f.Part, ""),
        LeaveCoupon f => draft with { Coupons = draft.Coupons.Remove(f.Code) },
        Confirm f   => draft with { Confirmed = [.. draft.Confirmed.Append(f.Finding).Distinct()] },
    };

    static CheckoutDraft With(CheckoutDraft draft, int n, Func<BasketLine, BasketLine> change) =>
        draft with { Lines = draft.Lines.SetItem(n, change(draft.Lines[n])) };

    static CheckoutDraft Written(CheckoutDraft draft, AddressPart part, string text) => draft.ShipTo is not { } to
        ? draft : draft with { ShipTo = AddressChecks.With(to, part, text) };
}
