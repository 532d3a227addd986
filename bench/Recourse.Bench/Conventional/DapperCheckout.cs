using System.Data.Common;
using System.Text.Json;
using Dapper;
namespace Recourse.Benchmarks.Conventional;

/// <summary>With hand-written SQL.</summary>
sealed class DapperCheckout(Database database) : ICheckout
{
    sealed record Offer(string Id, string Seller, string Title, long Price, long Shipping, string Currency);

    const string Placing = """
        INSERT INTO orders VALUES(@order, @buyer, @seller, 'placed', @total, @currency, @shipTo, @now);
        INSERT INTO payments VALUES(@payment, @order, 'asked', @total, NULL);
        INSERT INTO outbox VALUES(@placed, 'order.placed', @body, @now);
        INSERT INTO outbox VALUES(@asked, 'payment.asked', @body, @now);
        """;

    const string Funding = """
        UPDATE payments SET state = 'authorised', reference = @reference WHERE id = @payment AND state = 'asked';
        UPDATE orders SET state = 'funded' WHERE id = @order AND state = 'placed';
        INSERT INTO postings VALUES(@p1, @order, 'provider', 'transit', @total, @now);
        INSERT INTO postings VALUES(@p2, @order, 'transit', 'escrow', @total, @now);
        INSERT INTO outbox VALUES(@authorised, 'payment.authorised', @body, @now);
        INSERT INTO outbox VALUES(@funded, 'order.funded', @body, @now);
        """;

    public Task Prepare() => database.Create();

    public async Task<Bought> Buy(string buyer, string key, Basket basket)
    {
        var (order, payment) = (Fresh(), Fresh());
        var placed = await database.Turn(() => Place(order, payment, buyer, key, basket));
        if (placed.State is not "placed") return placed;
        var reference = $"pi_{payment}";                                    // the provider says yes at once
        return await database.Turn(() => Fund(placed, payment, reference));
    }

    async Task<Bought> Place(string order, string payment, string buyer, string key, Basket basket)
    {
        await using var db = await database.Open();
        await using var all = await db.BeginTransactionAsync();
        var fresh = await db.ExecuteAsync(
            "INSERT INTO keys VALUES(@buyer, @key, @order) ON CONFLICT DO NOTHING", new { buyer, key, order }, all);
        if (fresh == 0) return await Repeat(db, all, buyer, key);
        var (total, currency, seller, number) = (0L, "", "", 0);
        foreach (var line in basket.Lines)
        {
            var offer = await db.QuerySingleAsync<Offer>(
                "SELECT id, seller, title, price, shipping, currency FROM listings WHERE id = @Listing", line, all);
            var taken = await db.ExecuteAsync("""
                UPDATE stock SET available = available - @Quantity, reserved = reserved + @Quantity
                WHERE id = @Listing AND available >= @Quantity
                """, line, all);
            if (taken == 0) return new(order, "refused", 0, offer.Currency);
            total += line.Quantity * (offer.Price + offer.Shipping);
            (currency, seller) = (offer.Currency, offer.Seller);
            await db.ExecuteAsync("INSERT INTO lines VALUES(@order, @number, @Listing, @Quantity, @Price)",
                new { order, number = ++number, line.Listing, line.Quantity, offer.Price }, all);
        }
        var (now, body) = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), $$"""{"order":"{{order}}"}""");
        await db.ExecuteAsync(Placing, new
        {
            order, payment, buyer, seller, total, currency, body, now, placed = Fresh(), asked = Fresh(),
            shipTo = JsonSerializer.Serialize(basket.ShipTo, WireJson.Default.Home),
        }, all);
        await all.CommitAsync();
        return new(order, "placed", total, currency);
    }

    static Task<Bought> Repeat(DbConnection db, DbTransaction all, string buyer, string key) =>
        db.QuerySingleAsync<Bought>("""
        SELECT o.id AS "Order", o.state AS State, o.total AS Total, o.currency AS Currency
        FROM orders o JOIN keys k ON k.order_id = o.id WHERE k.buyer = @buyer AND k.key = @key
        """, new { buyer, key }, all);

    async Task<Bought> Fund(Bought placed, string payment, string reference)
    {
        await using var db = await database.Open();
        await using var all = await db.BeginTransactionAsync();
        await db.ExecuteAsync(Funding, new
        {
            order = placed.Order, payment, reference, total = placed.Total, p1 = Fresh(), p2 = Fresh(),
            authorised = Fresh(), funded = Fresh(), body = $$"""{"order":"{{placed.Order}}"}""",
            now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        }, all);
        await all.CommitAsync();
        return placed with { State = "authorised" };
    }

    static string Fresh() => Guid.CreateVersion7().ToString("n");
}
