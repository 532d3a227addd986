using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
namespace Recourse.Benchmarks.Conventional;

/// <summary>With Entity Framework Core, contexts from a pool, row checks by <c>ExecuteUpdate</c>.</summary>
sealed class EfCheckout(Database database) : ICheckout
{
    readonly PooledDbContextFactory<ShopContext> _contexts = new(OptionsOf(database));

    static DbContextOptions<ShopContext> OptionsOf(Database database)
    {
        var options = new DbContextOptionsBuilder<ShopContext>();
        return database.IsSqlite
            ? options.UseSqlite(database.Connection).Options : options.UseNpgsql(database.Connection).Options;
    }

    public Task Prepare() => database.Create();

    public async Task<Bought> Buy(string buyer, string key, Basket basket)
    {
        var placed = await database.Turn(() => Place(buyer, key, basket));
        return placed.State is "placed" ? await database.Turn(() => Fund(placed)) : placed;
    }

    async Task<Bought> Place(string buyer, string key, Basket basket)
    {
        await using var db = await _contexts.CreateDbContextAsync();
        if (await db.Keys.AsNoTracking().FirstOrDefaultAsync(k => k.Buyer == buyer && k.Key == key) is { } said)
            return await db.Orders.AsNoTracking().Where(o => o.Id == said.OrderId)
                .Select(o => new Bought(o.Id, o.State, o.Total, o.Currency)).SingleAsync();
        await using var all = await db.Database.BeginTransactionAsync();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var order = new OrderRow
        {
            Id = Fresh(), Buyer = buyer, State = "placed", PlacedAt = now,
            ShipTo = JsonSerializer.Serialize(basket.ShipTo, WireJson.Default.Home),
        };
        foreach (var line in basket.Lines)
        {
            var offer = await db.Listings.AsNoTracking().SingleAsync(l => l.Id == line.Listing);
            var taken = await db.Stock.Where(s => s.Id == line.Listing && s.Available >= line.Quantity)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Available, r => r.Available - line.Quantity)
                    .SetProperty(r => r.Reserved, r => r.Reserved + line.Quantity));
            if (taken == 0) return new(order.Id, "refused", 0, offer.Currency);
            order.Total += line.Quantity * (offer.Price + offer.Shipping);
            (order.Currency, order.Seller) = (offer.Currency, offer.Seller);
            db.Lines.Add(new()
            {
                OrderId = order.Id, Number = db.Lines.Local.Count + 1, Listing = line.Listing,
                Quantity = line.Quantity, Price = offer.Price,
            });
        }
        db.Keys.Add(new() { Buyer = buyer, Key = key, OrderId = order.Id });
        db.Orders.Add(order);
        db.Payments.Add(new() { Id = Fresh(), OrderId = order.Id, State = "asked", Amount = order.Total });
        Tell(db, "order.placed", order.Id, now);
        Tell(db, "payment.asked", order.Id, now);
        await db.SaveChangesAsync();
        await all.CommitAsync();
        return new(order.Id, order.State, order.Total, order.Currency);
    }

    async Task<Bought> Fund(Bought placed)
    {
        await using var db = await _contexts.CreateDbContextAsync();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var order = await db.Orders.SingleAsync(o => o.Id == placed.Order);
        var payment = await db.Payments.SingleAsync(p => p.OrderId == placed.Order);
        (order.State, payment.State, payment.Reference) = ("funded", "authorised", $"pi_{payment.Id}");
        foreach (var (from, to) in ((string, string)[])[("provider", "transit"), ("transit", "escrow")])
            db.Postings.Add(new()
            {
                Id = Fresh(), OrderId = order.Id, FromAccount = from, ToAccount = to, Amount = order.Total, At = now,
            });
        Tell(db, "payment.authorised", order.Id, now);
        Tell(db, "order.funded", order.Id, now);
        await db.SaveChangesAsync();                                        // a transaction by itself
        return placed with { State = "authorised" };
    }

    static void Tell(ShopContext db, string kind, string order, long now) =>
        db.Outbox.Add(new() { Id = Fresh(), Kind = kind, Body = $$"""{"order":"{{order}}"}""", At = now });

    static string Fresh() => Guid.CreateVersion7().ToString("n");
}
