using Recourse.Payments;
using Recourse.Payouts;
using Recourse.Refunds;
using Recourse.Wallets;
namespace Recourse.World.Inhabitants;

public partial class Buyer
{
    readonly HashSet<Currency> _wallets = [];

    /// <summary>What they pay from their wallet: they don't know exactly what is in it. Null: nothing.</summary>
    Money? FromWallet(Currency currency) =>
        _wallets.Contains(currency) && Luck(0.6) || Whim(0.01) ? new(Chance.Next(1, 6_000), currency) : null;

    /// <summary>Something happened to one of their payments: some want refunds in their wallet from then on.</summary>
    public void Hear(PaymentId payment, News news)
    {
        if (news.What is "payment.authorised" or "payment.captured" && Luck(0.15))
            Later(Duration.FromHours(2), () => Say(_who, payment, new Payment.Command.ChooseReturns(Luck(0.8))));
    }

    /// <summary>Something happened to one of their refunds.</summary>
    public void Hear(RefundId refund, News news)
    {
        switch (news.What)
        {
            case "refund.failed" or "refund.reversed" when Luck(0.4):
                Later(Duration.FromHours(30), () => Say(_who, refund, new Refund.Command.TakeInWallet()));
                break;
            case "refund.opened" or "refund.accepted" when Luck(0.1):
                Later(Duration.FromHours(2), () => Say(_who, refund, new Refund.Command.Divert(Luck(0.8))));
                break;
            case "refund.paid" when Luck(0.1):
                Later(Duration.FromDays(6), () => Say(_who, refund, new Refund.Command.Trace()));
                break;
            case "refund.paid" or "refund.moved-to-wallet" or "refund.accepted" when Luck(0.1):
                Later(Duration.FromDays(6), () => Say(_who, refund, new Refund.Command.Recompute()));
                break;
        }
    }

    /// <summary>Something happened to one of their wallets: some take it out while they also buy.</summary>
    public void Hear(WalletId wallet, News news)
    {
        if (wallet.Currency is not { } currency) return;
        if (news.What is "wallet.received") _wallets.Add(currency);
        if (news.What is not ("wallet.received" or "wallet.returned") || !Luck(0.4)) return;
        if (Luck(0.5)) Later(Duration.FromDays(1), Show);
        Later(Duration.FromDays(4), () =>
        {
            void Withdraw() => Say(_who, wallet, new Wallet.Command.Withdraw(
                new(Chance.Next(1, 3_000), currency), new($"{Id}", "c2VhbGVk"), new("DE", "3000")));

            // In two tabs at once: which of them gets the money is for the wallet to say.
            var also = Luck(0.3);
            if (also && Luck(0.5)) Shop();
            Withdraw();
            if (also) Shop();
            if (Whim(0.1)) Withdraw();
        });
    }
}
