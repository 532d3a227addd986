using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>What a seller earned, what comes next, and the statement of each month.</summary>
static partial class EarningsEndpoints
{
    const Party Readers = Party.Seller | Party.Staff;
    const int Page = 200;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var earnings = v1.MapGroup("/earnings").WithTags("Ledger");
        earnings.MapGet("", Now).For(Readers).WithName("getEarnings")
            .WithSummary("What is kept safe for a seller, what was released, what comes next; staff name the seller.");
        earnings.MapGet("/statement", Statement).For(Readers).WithName("getEarningsStatement")
            .WithSummary("A month (UTC) in one currency, from its opening balance to its closing one.");
    }

    /// <summary>As it stands now.</summary>
    public static async Task<Answer<EarningsBody>> Now(Caller caller, IPlatform platform, string? seller) =>
        Whose(caller, seller) is { } whose ? await new EarningsBook(caller, platform, whose).Now() : Problems.NotFound;

    /// <summary>A month, from one of its lines on.</summary>
    public static async Task<Answer<EarningsStatementBody>> Statement(
        Caller caller, IPlatform platform, string month, string currency, string? seller, int? from, int? limit)
    {
        if (Whose(caller, seller) is not { } whose) return Problems.NotFound;
        if (!Month().IsMatch(month)) return Problems.Bad("api.no-month", "month");
        if (!Currency.TryParse(currency, out var known)) return Problems.Bad("api.no-currency", "currency");
        await Positions.AreShown(platform, caller);
        var first = Math.Max(0, from ?? 0);
        var size = Math.Clamp(limit ?? Page, 1, 1_000);
        return Of(new EarningsBook(caller, platform, whose).Statement(month, known), first, size, caller.Texts);
    }

    /// <summary>Some lines of a statement, with its sums.</summary>
    public static EarningsStatementBody Of(EarningsStatement s, int from, int size, Texts texts) => new(
        s.Seller, s.Month, s.Opening.Currency.Code, s.Opening,
        [.. s.Lines.Skip(from).Take(size).Select(l => new EarningsLineBody(
            l.At, l.Of, CodeOf(l.Event), texts.Tell($"earnings.{CodeOf(l.Event)}"), l.Gross, l.Fee, l.Net, l.Balance))],
        s.Lines.Length, from + size < s.Lines.Length ? from + size : null, s.Gross, s.Fees, s.Gross - s.Fees, s.Closing,
        s.IsWhole);

    /// <summary>Sellers ask for themselves; staff say for whom.</summary>
    static SellerId? Whose(Caller caller, string? seller) =>
        SellerId.TryParse(caller.IsStaff ? $"seller/{seller}" : caller.Scope, out var id)
        && (caller.IsStaff || seller is null || seller == id.Code) ? id : null;

    /// <summary>What happened, as bodies and texts name it.</summary>
    public static string CodeOf(string name) => string.Join('.', name.Split('.').Select(Closed.NameOf));

    [GeneratedRegex(@"^[0-9]{4}-(0[1-9]|1[0-2])\z")]
    private static partial Regex Month();
}
