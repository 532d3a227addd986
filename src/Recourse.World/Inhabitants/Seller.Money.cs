using Recourse.Payouts;
namespace Recourse.World.Inhabitants;

public partial class Seller
{
    static readonly ImmutableArray<string> Currencies = ["EUR", "USD", "JPY", "KWD"];

    /// <summary>Says where they are paid to, in whatever they may sell in; and now and then anew.</summary>
    void SayWhereToPay() => Later(Duration.FromDays(2), () =>
    {
        foreach (var currency in Currencies)
            Say(_who, EarningsId.Of(id, Currency.Of(currency)),
                new Earnings.Command.PayTo(new(new($"{id}", "c2VhbGVk"), new("DE", "3000"))));
    });
}
