using Recourse.Ledger;
using Recourse.Payouts;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>A part of what is kept back.</summary>
/// <param name="Until">When it is let go (UTC).</param>
public sealed record ReservePart(Money Amount, Instant Until);

/// <summary>Why a seller's earnings are below zero, and what makes up for it.</summary>
/// <param name="From">The newest things that were taken off, until they come to what is missing.</param>
/// <param name="MadeUpBy">What is released next and makes up for it, the soonest first.</param>
/// <param name="By">When that is enough (UTC); left out: what is under way is not.</param>
public sealed record OwingBody(ImmutableArray<OwingLine> From, ImmutableArray<ReleaseBody> MadeUpBy, Instant? By);

/// <summary>Something that was taken off.</summary>
/// <param name="Of">To what it happened: the text of its id.</param>
/// <param name="Month">In whose statement it stands, e.g. <c>2026-11</c>.</param>
/// <param name="Order">The order that it was about; left out: none.</param>
public sealed record OwingLine(Instant At, string Of, string Text, Money Amount, string Month, string? Order);

/// <summary>Reads out of the books how a seller came to stand where they stand.</summary>
static class SellerStanding
{
    const int Page = 200, MostPages = 10;

    /// <summary>Why it is below zero.</summary>
    public static async Task<OwingBody> Owing(SellerId seller, Money payable, Caller caller, IPlatform platform)
    {
        var lines = TakenOff(seller, payable, caller.Texts, platform);
        var madeUp = ImmutableArray.CreateBuilder<ReleaseBody>();
        var missing = payable;
        Instant? by = null;
        foreach (var release in await new EarningsBook(caller, platform, seller).Next(Page))
        {
            if (release.ToSeller.Currency != payable.Currency) continue;
            madeUp.Add(release);
            missing += release.ToSeller;
            if (missing.Minor < 0) continue;
            by = release.At;
            break;
        }
        return new(lines, madeUp.ToImmutable(), by);
    }

    // What was paid out was theirs: it is no reason why anything is missing.
    static ImmutableArray<OwingLine> TakenOff(SellerId seller, Money payable, Texts texts, IPlatform platform)
    {
        var (account, missing) = (SellerMonths.PayableOf($"{seller}"), payable);
        var lines = ImmutableArray.CreateBuilder<OwingLine>();
        string? after = null;
        for (var read = 0; read < MostPages && missing.Minor < 0; read++)
        {
            var page = platform.Views.List(Postings.View, Scope.Index, $"{seller}", after, Page);
            foreach (var p in page.Rows.Where(p => p.From == account && p.Amount.Currency == payable.Currency
                && p.Event is not "Earnings.Ran" && missing.Minor < 0))
            {
                missing += p.Amount;
                var code = EarningsEndpoints.CodeOf(p.Event);
                lines.Add(new(
                    p.At, p.Of, texts.Tell($"earnings.{code}"), p.Amount * -1, SellerMonths.MonthOf(p.At),
                    OrderOf(p, platform)));
            }
            if ((after = page.Next) is null) break;
        }
        return lines.ToImmutable();
    }

    static string? OrderOf(Posting p, IPlatform platform) =>
        p.Of.StartsWith("order/", StringComparison.Ordinal) ? p.Of
        : p.Event is not "Earnings.ChargedBack" ? null
        : platform.Views.List(ChargebackList.View, Scope.Index, Books.OwnerOf(p.From)!, null, Page).Rows
            .FirstOrDefault(c => c.Position == p.Position) is { } row ? $"{row.Order}" : null;
}
