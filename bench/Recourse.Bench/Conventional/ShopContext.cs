using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
namespace Recourse.Benchmarks.Conventional;

sealed class ListingRow
{
    public string Id { get; set; } = "";
    public string Seller { get; set; } = "";
    public string Title { get; set; } = "";
    public long Price { get; set; }
    public long Shipping { get; set; }
    public string Currency { get; set; } = "";
}

sealed class StockRow
{
    public string Id { get; set; } = "";
    public long Available { get; set; }
    public long Reserved { get; set; }
}

sealed class KeyRow
{
    public string Buyer { get; set; } = "";
    public string Key { get; set; } = "";
    public string OrderId { get; set; } = "";
}

sealed class OrderRow
{
    public string Id { get; set; } = "";
    public string Buyer { get; set; } = "";
    public string Seller { get; set; } = "";
    public string State { get; set; } = "";
    public long Total { get; set; }
    public string Currency { get; set; } = "";
    public string ShipTo { get; set; } = "";
    public long PlacedAt { get; set; }
}

sealed class LineRow
{
    public string OrderId { get; set; } = "";
    public long Number { get; set; }
    public string Listing { get; set; } = "";
    public long Quantity { get; set; }
    public long Price { get; set; }
}

sealed class PaymentRow
{
    public string Id { get; set; } = "";
    public string OrderId { get; set; } = "";
    public string State { get; set; } = "";
    public long Amount { get; set; }
    public string? Reference { get; set; }
}

sealed class PostingRow
{
    public string Id { get; set; } = "";
    public string OrderId { get; set; } = "";
    public string FromAccount { get; set; } = "";
    public string ToAccount { get; set; } = "";
    public long Amount { get; set; }
    public long At { get; set; }
}

sealed class OutboxRow
{
    public string Id { get; set; } = "";
    public string Kind { get; set; } = "";
    public string Body { get; set; } = "";
    public long At { get; set; }
}

/// <summary>The tables of the conventional shop.</summary>
sealed partial class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<ListingRow> Listings => Set<ListingRow>();
    public DbSet<StockRow> Stock => Set<StockRow>();
    public DbSet<KeyRow> Keys => Set<KeyRow>();
    public DbSet<OrderRow> Orders => Set<OrderRow>();
    public DbSet<LineRow> Lines => Set<LineRow>();
    public DbSet<PaymentRow> Payments => Set<PaymentRow>();
    public DbSet<PostingRow> Postings => Set<PostingRow>();
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<KeyRow>().HasKey(k => new { k.Buyer, k.Key });
        modelBuilder.Entity<LineRow>().HasKey(l => new { l.OrderId, l.Number });
        foreach (var table in modelBuilder.Model.GetEntityTypes())
        {
            table.SetTableName(table.GetTableName()!.ToLowerInvariant());
            foreach (var column in table.GetProperties()) column.SetColumnName(InLowerCase(column.Name));
        }
    }

    static string InLowerCase(string name) => Humps().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Humps();
}
