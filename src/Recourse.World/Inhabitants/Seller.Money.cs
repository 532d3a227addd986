using System.Text;
using Recourse.Payouts;
namespace Recourse.World.Inhabitants;

public partial class Seller
{
    static readonly ImmutableArray<string> Currencies = ["EUR", "USD", "JPY", "KWD"];
    int _accounts;

    /// <summary>The country in which they have their account.</summary>
    protected virtual string BankIn => "DE";

    /// <summary>Says where they are paid to, in what they sell in; now and then in what they don't, and anew.</summary>
    void SayWhereToPay() => Later(Duration.FromDays(2), () =>
    {
        foreach (var currency in Sold().Union(Whim(0.2) ? Currencies : []))
        {
            var earnings = EarningsId.Of(id, Currency.Of(currency));
            PayMe(earnings);
            if (Whim(0.3)) Later(Duration.FromDays(8), () => SayWhen(earnings));
        }
    });

    /// <summary>Says when they want to be paid, also what can't be chosen.</summary>
    void SayWhen(EarningsId earnings)
    {
        Rhythm every = Chance.Next(3) switch
        {
            0 => new Rhythm.Daily(), 1 => new Rhythm.Weekly((IsoDayOfWeek)Chance.Next(1, 6)),
            _ => new Rhythm.Monthly(Luck(0.9) ? Chance.Next(1, 32) : 0),
        };
        var above = Whim(0.5) && earnings.Currency is { } currency ? new Money(Chance.Next(1, 9_000), currency)
            : (Money?)null;
        Say(_who, earnings, new Earnings.Command.Plan(new(every, above)));
    }

    string[] Sold() => [.. town.Window.Where(w => w.Key.Seller == id && w.Value.Variants.Length > 0)
        .Select(w => w.Value.Variants[0].Price.Currency.Code).Distinct()];

    // What is sealed is another account whenever another one is meant.
    void PayMe(EarningsId earnings)
    {
        var seal = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{id.Code} {_accounts}"));
        Say(_who, earnings, new Earnings.Command.PayTo(
            new(new($"{id}", seal), new(BankIn, $"{3000 + _accounts % 100}"))));
    }

    /// <summary>Something happened to their earnings: whose account is closed opens another and says so.</summary>
    public void Hear(EarningsId earnings, News news)
    {
        if (news.What is not "earnings.account-closed" || !Luck(0.9)) return;
        Later(Duration.FromDays(2), () =>
        {
            _accounts++;
            PayMe(earnings);
        });
    }
}
