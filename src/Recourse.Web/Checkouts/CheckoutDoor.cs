using System.Globalization;
using Microsoft.AspNetCore.Http;
using Recourse.Catalog;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Stands before the opening of checkouts: what the platform can't take at once waits in a line, with its place and the
/// time until its turn; and so does what all want of one listing. What was let in is never turned away for that.
/// </summary>
sealed class CheckoutDoor(Settings settings, IPlatform platform)
{
    /// <summary>What keeps a place in the line.</summary>
    public const string Header = "Queue-Ticket";

    /// <summary>The field of a form that brings it back.</summary>
    public const string Field = "ticket";

    const int SecondsAtOnce = 2, MostListings = 20;
    const string Everything = "*";

    static readonly Remedy ComeBack = new("checkout.come-back");

    readonly FairQueue _all = new(
        settings.CheckoutsPerSecond, Math.Max(1, settings.CheckoutsPerSecond * SecondsAtOnce));

    readonly FairQueue _listings = new(
        settings.CheckoutsPerSecondOfListing, Math.Max(1, settings.CheckoutsPerSecondOfListing * SecondsAtOnce));

    /// <summary>Null: they may come in.</summary>
    public Problem? Ask(Write write, ImmutableArray<CheckoutLine> lines)
    {
        var http = write.By.Http;
        var brought = (write as FormWrite)?[Field] ?? http.Request.Headers[Header].ToString();
        var (who, now) = (write.By.Who.Name, platform.Now);
        var (from, ticket) = brought.Split('=', 2) is [var line, var kept] ? (line, kept) : ("", "");

        // The line for everything first, so that nobody takes a place at a listing that they can't get to; and whoever
        // comes back to one has been through those before it.
        string[] all =
        [
            Everything, .. (lines.IsDefault ? [] : lines.Select(l => $"{l.Listing}").Distinct())
                .Order(StringComparer.Ordinal).Take(MostListings),
        ];
        var first = Array.IndexOf(all, from) is > 0 and var nth && _listings.Knows(ticket, who) ? nth : 0;
        var (turn, at) = (default(Turnstile), Everything);
        for (var n = first; n < all.Length && turn.IsOpen; n++)
        {
            at = all[n];
            turn = (n == 0 ? _all : _listings).Ask(at, who, at == from ? ticket : null, now);
        }
        http.Response.Headers.Append("RateLimit-Policy", string.Create(CultureInfo.InvariantCulture,
            $"\"checkouts\";q={settings.CheckoutsPerSecond};w=1"));
        return turn.IsOpen ? null : Refuse(http, turn, at);
    }

    static Problem Refuse(HttpContext http, Turnstile turn, string line)
    {
        http.Response.Headers.Append("RateLimit", string.Create(CultureInfo.InvariantCulture,
            $"\"checkouts\";r=0;t={turn.Seconds}"));
        if (turn.Ticket is not null) http.Response.Headers[Header] = $"{line}={turn.Ticket}";
        return new(429, turn.Ticket is null
            ? new Refusal("checkout.line-too-long", new("checkout.come-later"), ("seconds", turn.Seconds))
            : new Refusal("checkout.in-line", ComeBack, ("place", turn.Place), ("seconds", turn.Seconds)))
        {
            RetryAfter = turn.Seconds,
        };
    }

    /// <summary>What an answer gave to keep a place; null: nothing.</summary>
    public static string? TicketOf(HttpContext http) =>
        http.Response.Headers[Header].ToString() is { Length: > 0 } ticket ? ticket : null;
}
