namespace Recourse.Ledger;

/// <summary>What the paths of accounts say.</summary>
public static class Books
{
    /// <summary>Whose books it is in: the text of a seller's or buyer's id; null: the platform's alone.</summary>
    public static string? OwnerOf(string account) => account.Split('/') switch
    {
        ["seller", var code, _, ..]          => $"seller/{code}",
        ["buyer", var code, _, ..]           => $"buyer/{code}",
        ["escrow", "order", var seller, ..]  => $"seller/{seller}",
        _                                    => null,
    };

    /// <summary>The order that an account is about, as the text of its id.</summary>
    public static string? OrderOf(string account)
    {
        var parts = account.Split('/');
        var at = Array.IndexOf(parts, "order");
        return at >= 0 && at + 2 < parts.Length ? string.Join('/', parts[at..(at + 3)]) : null;
    }

    /// <summary>What kind of account it is, whoever it belongs to: <c>seller/payable</c>.</summary>
    public static string KindOf(string account) => account.Split('/') switch
    {
        ["seller" or "buyer" or "import", _, var what, ..] and [var whose, ..] => $"{whose}/{what}",
        ["provider" or "platform", var what, ..] and [var whose, ..]           => $"{whose}/{what}",
        [var first, ..]                                                        => first,
        []                                                                     => account,
    };

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
