using Microsoft.Extensions.DependencyInjection;
namespace Recourse.Web;

/// <summary>Keys that people make for programs: of their shop, or of partners of the platform.</summary>
sealed class KeyDesk(AccessKeys keys, Accounts accounts, IServiceProvider services)
{
    /// <summary>Who has such keys.</summary>
    public const Party Makers = Party.Seller | Party.Operator;

    /// <summary>For whom an operator makes keys.</summary>
    public static readonly ImmutableArray<string> Partners = ["integration", "carrier"];

    /// <summary>Keys that somebody decides about, the newest first.</summary>
    public ImmutableArray<AccessKey> Of(Visitor by)
    {
        // A demo's inhabitants need theirs.
        var isDemo = services.GetService<Demo>() is not null;
        var all = by.Who is Actor.Seller { Id.Code: var code } ? keys.Of(Party.Seller, code)
            : [.. keys.Of(Party.Integration, null), .. keys.Of(Party.Carrier, null)];
        return [.. all.Where(k => k.Right <= by.Right && (!isDemo || k.By is not null))];
    }

    /// <summary>A key as its makers see it; whoever made it is told by the name that they have now.</summary>
    public KeyBody BodyOf(AccessKey key) => new(
        key.Id, key.Name, AccessKeys.NameOf(key.Role), key.Of, key.Scopes,
        key.By is { } by && by.StartsWith("person/", StringComparison.Ordinal)
            ? accounts.OfId(by["person/".Length..])?.Name ?? by : key.By,
        key.CreatedAt, key.UsedAt);

    /// <summary>Makes a key; asked twice, the first one without its secret.</summary>
    /// <param name="role">For an operator, whose: an integration's or a carrier's.</param>
    /// <param name="of">And which one's.</param>
    public (AccessKey? Key, string? Token, ImmutableArray<Refusal> Why) Make(
        string name, string? role, string? of, Scopes scopes, Write write, Visitor by)
    {
        var shop = (by.Who as Actor.Seller)?.Id.Code;
        ImmutableArray<Refusal> why =
        [
            .. new[]
            {
                name.Length is > 0 and <= Refused.LongestName && !name.Any(char.IsControl) ? null : Refused.BadKeyName,
                shop is not null || Partners.Contains(role ?? "") ? null : Refused.BadKeyKind,
                shop is not null || Derived.IsCode(of) ? null : Refused.BadKeyOf,
                scopes is Scopes.Read or Scopes.All ? null : Refused.BadScopes,
            }.OfType<Refusal>(),
        ];
        if (!why.IsEmpty) return (null, null, why);
        // No program decides who belongs to a shop.
        var right = by.Right < Right.Manager ? by.Right : Right.Manager;
        var (key, token) = keys.Make(
            shop is null ? AccessKeys.Roles.First(r => r.Name == role).Role : Party.Seller, shop ?? of!, scopes, name,
            right,
            by.Person is { } maker ? $"person/{maker.Id}" : by.Who.Name, $"{by.Who.Name} {write.Key}");
        if (token is not null) Note(by, "key-made", key);
        return (key, token, []);
    }

    /// <summary>Ends a key.</summary>
    public Refusal? Revoke(string id, Visitor by)
    {
        if (Of(by).FirstOrDefault(k => k.Id == id) is not { } key) return Refused.NoSuchKey;
        keys.Revoke(id);
        Note(by, "key-revoked", key);
        return null;
    }

    void Note(Visitor by, string what, AccessKey key)
    {
        accounts.Note(Team.Of(by).Log, what, $"{key.Name} ({key.Id})", Teams.NameOf(by));
        if (by.Person is { } person)
            accounts.Note(Accounts.LogOf(person), what, $"{key.Name} ({key.Id})", Team.Of(by).Name);
    }
}
