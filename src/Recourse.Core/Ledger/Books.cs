namespace Recourse.Ledger;

/// <summary>What the paths of accounts say.</summary>
public static class Books
{
    /// <summary>Whose books it is in: the text of a seller's or buyer's id; null: the platform's alone.</summary>
    public static string? OwnerOf(string account)
    {
        const string OfOrder = "escrow/order/";
        if (account.StartsWith("seller/", StringComparison.Ordinal)
            || account.StartsWith("buyer/", StringComparison.Ordinal))
            return account.IndexOf('/', account.IndexOf('/') + 1) is >= 0 and var second ? account[..second] : null;
        return account.StartsWith(OfOrder, StringComparison.Ordinal)
            ? $"seller/{account.AsSpan(OfOrder.Length, End(account, OfOrder.Length) - OfOrder.Length)}" : null;
    }

    /// <summary>Where a part that starts there ends.</summary>
    static int End(string path, int from) => path.IndexOf('/', from) is >= 0 and var at ? at : path.Length;

    /// <summary>The order that an account is about, as the text of its id.</summary>
    public static string? OrderOf(string account)
    {
        var parts = account.Split('/');
        var at = Array.IndexOf(parts, "order");
        return at >= 0 && at + 2 < parts.Length ? string.Join('/', parts[at..(at + 3)]) : null;
    }

    /// <summary>What kind of account it is, whoever it belongs to: <c>seller/payable</c>.</summary>
    public static string KindOf(string account)
    {
        var first = account.AsSpan(0, End(account, 0));
        if (first.Length == account.Length) return account;
        if (first is "provider" or "platform") return account[..End(account, first.Length + 1)];
        if (first is not ("seller" or "buyer" or "import")) return account[..first.Length];
        var second = End(account, first.Length + 1);
        return second == account.Length ? account[..first.Length]
            : $"{first}/{account.AsSpan((second + 1)..End(account, second + 1))}";
    }

    /// <summary>An event as ledgers name it: <c>Order.Funded</c>.</summary>
    public static string NameOf(object @event)
    {
        var type = @event.GetType();
        return type.DeclaringType?.DeclaringType is { } module ? $"{module.Name}.{type.Name}" : type.Name;
    }

    /// <summary>Where somebody finds what is in their books; staff find everything.</summary>
    public static (string Index, string Value) Of(string scope) =>
        scope == Scope.All ? (View.ByKey, "") : (Scope.Index, scope);
}
