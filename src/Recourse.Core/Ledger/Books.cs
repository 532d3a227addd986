using System.Collections.Concurrent;
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
        var at = 0;
        for (var end = End(account, 0); account.AsSpan(at, end - at) is not "order"; end = End(account, at))
        {
            if (end == account.Length) return null;
            at = end + 1;
        }
        var seller = End(account, at) + 1;
        if (seller > account.Length || End(account, seller) + 1 is var code && code > account.Length) return null;
        return account[at..End(account, code)];
    }

    /// <summary>What kind of account it is, whoever it belongs to: <c>seller/payable</c>.</summary>
    public static string KindOf(string account)
    {
        var (first, last) = KindIn(account);
        return last.Equals(default) ? account[..first] : $"{account.AsSpan(0, first)}/{account.AsSpan()[last]}";
    }

    /// <summary>Whether it is of that kind.</summary>
    public static bool IsOf(string account, string kind)
    {
        var (first, last) = KindIn(account);
        if (!kind.StartsWith(account.AsSpan(0, first), StringComparison.Ordinal)) return false;
        if (last.Equals(default)) return kind.Length == first;
        return kind.Length > first && kind[first] == '/'
            && kind.AsSpan(first + 1).SequenceEqual(account.AsSpan()[last]);
    }

    /// <summary>What of it tells the kind: how much of its beginning, and a part after that.</summary>
    static (int First, Range Last) KindIn(string account)
    {
        var first = End(account, 0);
        if (first == account.Length) return (first, default);
        if (account.AsSpan(0, first) is "provider" or "platform") return (End(account, first + 1), default);
        if (account.AsSpan(0, first) is not ("seller" or "buyer" or "import")) return (first, default);
        var second = End(account, first + 1);
        return (first, second == account.Length ? default : (second + 1)..End(account, second + 1));
    }

    /// <summary>An event as ledgers name it: <c>Order.Funded</c>.</summary>
    public static string NameOf(object @event) => Names.GetOrAdd(@event.GetType(), static type =>
        type.DeclaringType?.DeclaringType is { } module ? $"{module.Name}.{type.Name}" : type.Name);

    // Reflection takes longer than all else that a posting needs.
    static readonly ConcurrentDictionary<Type, string> Names = [];

    /// <summary>A key for each account that something came to or left, each once.</summary>
    public static IEnumerable<string> KeysOf(ImmutableArray<Transfer> transfers, Func<Account, Transfer, string> key)
    {
        if (transfers.IsEmpty) return [];
        if (transfers is not [var only])
            return transfers.SelectMany(t => (string[])[key(t.From, t), key(t.To, t)]).Distinct();
        var (from, to) = (key(only.From, only), key(only.To, only));
        return from == to ? [from] : [from, to];
    }

    /// <summary>Where somebody finds what is in their books; staff find everything.</summary>
    public static (string Index, string Value) Of(string scope) =>
        scope == Scope.All ? (View.ByKey, "") : (Scope.Index, scope);
}
