using Recourse.Orders;
using Recourse.Runtime;
using Recourse.Wallets;
namespace Recourse.World.Invariants;

/// <summary>Invariants 1 and 2: what is recorded is what the event means, and all accounts add up to nothing.</summary>
public sealed class MoneyAddsUp : Invariant
{
    /// <inheritdoc/>
    public override void See(in Step step)
    {
        var recorded = step.Happened.Transfers.IsDefault ? [] : step.Happened.Transfers;
        foreach (var t in recorded)
        {
            Must(t.Amount.Minor > 0, 1, $"moves {t.Amount} from {t.From} to {t.To}", step.Id);
            Must(t.From != t.To, 1, $"moves {t.Amount} from {t.From} to itself", step.Id);
        }
        var nth = 0;
        var same = true;
        foreach (var meant in step.Kind.Transfers(step.Id, step.After, step.Event))
            same &= nth < recorded.Length && meant == recorded[nth++];
        Must(same && nth == recorded.Length, 1, $"{step.Event.GetType().Name} has other transfers than it means",
            step.Id);
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        foreach (var sum in Known.Balances.GroupBy(b => b.Key.Currency, b => (Int128)b.Value))
            if (sum.Aggregate(Int128.Zero, (a, b) => a + b) is var total && total != 0)
                Wrong(2, $"all accounts in {sum.Key} add up to {total}");
    }
}

/// <summary>Invariants 3, 4 and 6: escrow, transit and what buyers are owed never go below zero.</summary>
public sealed class NothingBelowZero : Invariant
{
    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (step.Happened.Transfers.IsDefaultOrEmpty) return;
        foreach (var t in step.Happened.Transfers)
        {
            Look(t.From, t.Amount.Currency, step.Id);
            Look(t.To, t.Amount.Currency, step.Id);
        }
    }

    void Look(Account account, Currency currency, IId of)
    {
        var (path, balance) = (account.Path, Known.Balances[(account.Path, currency)]);
        if (balance < 0 && (Is("escrow/") || Is("transit/"))) Wrong(3, $"{path} is at {balance} {currency}", of);
        if (balance < 0 && Is("buyer/")) Wrong(6, $"{path} is at {balance} {currency}", of);
        if (balance > 0 && Is("provider/"))
            Wrong(4, $"{path} is at {balance} {currency}: more came back than went", of);

        bool Is(string start) => path.StartsWith(start, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override void After(long position, Turn turn)
    {
        foreach (var e in turn.Events)
            if (e.Id is OrderId order && OneEnd.IsEnd(e.Event)
                && Known.States.GetValueOrDefault(order) is Order.State.Dealt { Deal.Currency: var currency })
                Must(Known.Balances.GetValueOrDefault(($"escrow/{order}", currency)) == 0, 3,
                    "money is left in escrow at the order's end", order);
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        foreach (var (id, state) in Known.States)
            if (id is WalletId wallet && state is Wallet.State { Balance: var says })
                Must(
                    Known.Balances.GetValueOrDefault((Wallet.BalanceOf(wallet.Buyer).Path, says.Currency))
                    == says.Minor, 6, $"says {says}, and the books say otherwise", id);
        if (!Known.IsAtRest) return;
        foreach (var ((path, currency), balance) in Known.Balances)
            if (balance != 0 && (path.StartsWith("transit/", StringComparison.Ordinal)
                || path.StartsWith("escrow/", StringComparison.Ordinal)
                || path.StartsWith("buyer/", StringComparison.Ordinal)
                && !path.EndsWith("/wallet", StringComparison.Ordinal)))
                Wrong(3, $"{path} still holds {balance} {currency} when all is over");
    }
}
