using Recourse.Catalog;
using Recourse.Client;
using Recourse.Exchange;
using Recourse.Ways;
using static Recourse.World.Demo.Calls;
namespace Recourse.World.Demo;

/// <summary>What is offered, as the public API takes and tells it.</summary>
static class Offers
{
    /// <summary>An offer as it is published.</summary>
    public static OfferBody BodyOf(Offer offer) => new()
    {
        Title = offer.Title, Category = offer.Category, ShipsFrom = offer.ShipsFrom,
        Variants =
        [
            .. offer.Variants.Select(v => new VariantBody
            {
                Sku = v.Sku.Code, Title = v.Title, Price = AmountOf(v.Price),
                Peg = v.Peg is { } peg ? BodyOf(peg) : null,
            }),
        ],
        ShipsTo =
        [
            .. offer.ShipsTo.Select(d => new DestinationBody
            {
                Country = d.Country, ShippingPerUnit = AmountOf(d.ShippingPerUnit),
                Options = [.. d.Named.Select(BodyOf)],
            }),
        ],
        Unit = offer.Unit is not { } unit ? null : new()
        {
            Grams = unit.Grams,
            Sides = unit.Sides is not { } s ? null : new() { Length = s.Length, Width = s.Width, Height = s.Height },
        },
        Goods = [.. offer.Classes], Description = offer.Description ?? "",
        Specs = [.. offer.Said.Select(s => new SpecBody { Name = s.Name, Value = s.Value })],
    };

    static PegBody BodyOf(Peg peg) => new()
    {
        Base = AmountOf(peg.Base), Buffer = peg.Buffer, Step = peg.Ending.Step, At = peg.Ending.At,
    };

    static OptionBody BodyOf(ShippingOption o) => new()
    {
        Service = o.Service, PerUnit = AmountOf(o.PerUnit), FromDays = o.FromDays, ToDays = o.ToDays,
        Peg = o.Peg is { } peg ? BodyOf(peg) : null,
    };

    /// <summary>An offer as it is shown.</summary>
    public static Offer Of(OfferBody body) => new(
        body.Title, body.Category ?? "",
        [
            .. body.Variants.Select(v => new Variant(
                new(v.Sku), v.Title ?? "", MoneyOf(v.Price), v.Peg is { } peg ? PegOf(peg) : null)),
        ],
        body.ShipsFrom,
        [
            .. body.ShipsTo.Select(d => new Destination(
                d.Country, MoneyOf(d.ShippingPerUnit), d.Options is [_, ..] some ? [.. some.Select(OptionOf)] : null)),
        ],
        body.Unit is not { } unit ? null
            : new(unit.Grams, unit.Sides is { } s ? new(s.Length, s.Width, s.Height) : null),
        body.Goods is [_, ..] goods ? [.. goods] : null, body.Description,
        body.Specs is [_, ..] specs ? [.. specs.Select(s => new Spec(s.Name, s.Value))] : null);

    static Peg PegOf(PegBody peg) => new(MoneyOf(peg.Base), peg.Buffer ?? 0, new(peg.Step ?? 1, peg.At ?? 0));

    static ShippingOption OptionOf(OptionBody o) => new(
        o.Service, MoneyOf(o.PerUnit), o.FromDays, o.ToDays, o.Peg is { } peg ? PegOf(peg) : null);
}
