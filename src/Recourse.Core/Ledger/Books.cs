namespace Recourse.Ledger;

/// <summary>What the paths of accounts say.</summary>
static class Books
{
    /// <summary>Whose books it is in: the text of a seller's or buyer's id; null: the platform's alone.</summary>
    public static string? OwnerOf(string account) => account.Split('/') switch
    {
        ["seller", var code, _, ..]          => $"seller/{code}",
        ["buyer", var code, _, ..]           => $"buyer/{code}",
        ["escrow", "order", var seller, ..]  => $"seller/{seller}",
        _                                    => null,
    };

    /// <summary>The account itself and everything that it is a part of.</summary>
    public static IEnumerable<string> PrefixesOf(string account)
    {
        for (var i = account.IndexOf('/'); i > 0; i = account.IndexOf('/', i + 1)) yield return account[..i];
        yield return account;
    }

    /// <summary>The order that an account is about, as the text of its id.</summary>
    public static string? OrderOf(string account)
    {
        var parts = account.Split('/');
        var at = Array.IndexOf(parts, "order");
        return at >= 0 && at + 2 < parts.Length ? string.Join('/', parts[at..(at + 3)]) : null;
    }

    /// <summary>An event as ledgers name it: <c>Order.Funded</c>.</summary>
    public static string NameOf(object @event)
    {
        var type = @event.GetType();
        return type.DeclaringType?.DeclaringType is { } module ? $"{module.Name}.{type.Name}" : type.Name;
    }

    /// <summary>Who may list it: staff, and whoever's books it is in.</summary>
    public static IEnumerable<string> ScopesOf(params IEnumerable<string> accounts) =>
        accounts.Select(OwnerOf).OfType<string>().Append(Scope.All).Distinct();
}
