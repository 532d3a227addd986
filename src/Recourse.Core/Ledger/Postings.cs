using System.Globalization;
namespace Recourse.Ledger;

/// <summary>One movement of money, for ever.</summary>
/// <param name="Position">The turn's place in the log.</param>
/// <param name="Nth">Which movement of that turn's event, from 0.</param>
/// <param name="From">Path of the account that it left.</param>
/// <param name="To">Path of the account that it went to.</param>
/// <param name="Event">What happened, e.g. <c>Order.Funded</c>.</param>
/// <param name="Of">Text of the id of what it happened to.</param>
public sealed record Posting(
    long Position, int Nth, Instant At, string From, string To, Money Amount, string Event, string Of);

/// <summary>Every movement of money.</summary>
public static class Postings
{
    const int Most = 4;

    /// <summary>The movements of one account that is about no order.</summary>
    public const string ByAccount = "account";

    /// <summary>The movements about one order, by its id's text.</summary>
    public const string ByOrder = "order";

    /// <summary>Where an account's movements are among others; they are those that name it.</summary>
    public static (string Index, string Value) Of(string account) =>
        Books.OrderOf(account) is { } order ? (ByOrder, order) : (ByAccount, account);

    /// <summary>The view; its keys are in the order in which it happened.</summary>
    public static readonly View<Posting> View = new()
    {
        Name = "postings", Version = 2, Hears = [], HearsMoney = true, Begins = _ => true, IsWrittenOnce = true,
        Keys = KeysOf,
        Fold = Fold, Index = Index,
    };

    /// <summary>A key after all of a turn's, and before any of the next.</summary>
    public static string KeyAfter(long position) => $"{position:D19}.~";

    static string[] KeysOf(Recorded recorded)
    {
        var keys = new string[recorded.Transfers.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = Key(recorded, i);
        return keys;
    }

    static string Key(Recorded recorded, int i) => $"{recorded.Position:D19}.{recorded.Nth:D4}.{i:D4}";

    static Posting Fold(string key, Posting? row, Recorded recorded)
    {
        var nth = int.Parse(key.AsSpan(key.LastIndexOf('.') + 1), CultureInfo.InvariantCulture);
        var (from, to, amount) = recorded.Transfers[nth];
        return new(
            recorded.Position, nth, recorded.At, from.Path, to.Path, amount, Books.NameOf(recorded.Event),
            $"{recorded.Id}");
    }

    static List<Found> Index(string key, Posting row)
    {
        var (from, to) = (Books.OwnerOf(row.From), Books.OwnerOf(row.To));
        var (left, came) = (Of(row.From), Of(row.To));
        List<Found> found = new(Most);
        if (from is not null) found.Add(new(Scope.Index, from, ""));
        if (to is not null && to != from) found.Add(new(Scope.Index, to, ""));
        found.Add(new(left.Index, left.Value, ""));
        if (came != left) found.Add(new(came.Index, came.Value, ""));
        return found;
    }
}
