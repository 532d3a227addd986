using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
namespace Recourse.Tests;

/// <summary>An order that was bought, and what became of it by what was answered.</summary>
public sealed record BoughtOrder(string Buyer, string Seller, string Path, int Units, string State);

/// <summary>Buyers and sellers who go on until they are told to stop, and remember every answer.</summary>
public sealed class Crowd(Persistent door, ImmutableDictionary<string, string> keys, int buyers, int sellers)
{
    /// <summary>Units that each seller starts with.</summary>
    public const int Units = 1_000_000;

    int _number;
    volatile bool _isOver;

    /// <summary>Every order of an answered checkout.</summary>
    public ConcurrentBag<BoughtOrder> Orders { get; } = [];

    /// <summary>Checkouts by their answers, and what they came to.</summary>
    public ConcurrentDictionary<string, long> Checkouts { get; } = [];

    /// <summary>Units that arrived later, by seller.</summary>
    public ConcurrentDictionary<string, int> Arrived { get; } = [];

    /// <summary>Writes with their answers, to be said once more.</summary>
    public ConcurrentBag<Answered> Writes { get; } = [];

    /// <summary>Answers that nobody should get.</summary>
    public ConcurrentBag<string> Odd { get; } = [];

    /// <summary>Sellers' codes.</summary>
    public IEnumerable<string> Sellers => Enumerable.Range(1, sellers).Select(s => $"seller-{s}");

    /// <summary>Buyers' codes.</summary>
    public IEnumerable<string> Buyers => Enumerable.Range(1, buyers).Select(b => $"buyer-{b}");

    /// <summary>Key of somebody.</summary>
    public string KeyOf(string who) => keys[who];

    /// <summary>Sellers offer a mug each, and have enough of them.</summary>
    public async Task OpenShops(Func<string, object, string, Task> publish)
    {
        foreach (var seller in Sellers)
        {
            await publish($"/v1/listings/{seller}/mug", new
            {
                title = "Mug", shipsFrom = "DE",
                variants = new[] { new { sku = "red", price = new { minor = 1250, currency = "EUR" } } },
                shipsTo = new[] { new { country = "DE", shippingPerUnit = new { minor = 400, currency = "EUR" } } },
            }, KeyOf(seller));
            await Receive(seller, Units);
        }
    }

    /// <summary>No more; what was begun is finished.</summary>
    public void Stop() => _isOver = true;

    /// <summary>Everybody goes about their business until it is over.</summary>
    public Task Live() => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => Buy(i, new Random(i))));

    const int AtOnce = 16;

    // Each time as another one: whoever buys again and again within an hour is asked who they are.
    async Task Buy(int nth, Random chance)
    {
        var all = Buyers.ToArray();
        for (; !_isOver; nth += AtOnce)
        {
            var buyer = all[nth % all.Length];
            var from = Sellers.OrderBy(_ => chance.Next()).Take(chance.Next(1, 4)).ToArray();
            var units = chance.Next(1, 3);
            var answer = await Say(KeyOf(buyer), "/v1/checkouts", new
            {
                lines = from.Select(s => new { listing = $"listing/{s}/mug", sku = "red", quantity = units }).ToArray(),
                country = "DE", method = "pm_card_visa",
            });
            if (answer.Status is not HttpStatusCode.Created)
            {
                Odd.Add($"checkout of {buyer}: {answer.Status} {answer.Body}");
                continue;
            }
            if (!Checkouts.TryAdd(answer["id"]!, answer.Body!["total"]!["minor"]!.GetValue<long>()))
                Odd.Add($"{answer["id"]} was answered to two checkouts");
            foreach (var part in answer.Body!["orders"]!.AsArray())
                Orders.Add(await Follow(buyer, $"{part!["order"]}", units, chance));
            if (chance.Next(4) == 0) await Receive(from[0], chance.Next(1, 4));
        }
    }

    async Task<BoughtOrder> Follow(string buyer, string order, int units, Random chance)
    {
        var (path, seller) = ($"/v1/orders/{order["order/".Length..]}", order.Split('/')[1]);
        var fate = chance.Next(10);
        var state = "funded";
        if (fate < 3)
            state = Expect(await Say(KeyOf(buyer), $"{path}/cancellation", new { reason = "cancel.changed-mind" }),
                "cancelled");
        else if (fate < 7 && await IsFunded(buyer, path))
        {
            var dispatch = Say(KeyOf(seller), $"{path}/dispatch",
                new { carrier = "dhl", trackingNumber = $"TRACK{Interlocked.Increment(ref _number):D7}" });
            if (fate > 3) state = Expect(await dispatch, "shipped");
            else state = await Contest(dispatch,
                Say(KeyOf(buyer), $"{path}/cancellation", new { reason = "cancel.changed-mind" }), order);
        }
        return new(buyer, seller, path, units, state);
    }

    /// <summary>Both at once: one of them is too late, and is told so.</summary>
    async Task<string> Contest(Task<Answered> dispatch, Task<Answered> cancellation, string order)
    {
        var (shipped, cancelled) = (await dispatch, await cancellation);
        var (isShipped, isCancelled) = (shipped.Status is HttpStatusCode.OK, cancelled.Status is HttpStatusCode.OK);
        if (isShipped == isCancelled) Odd.Add($"{order}: dispatch {shipped.Status}, cancellation {cancelled.Status}");
        return isShipped ? "shipped" : "cancelled";
    }

    string Expect(Answered answer, string state)
    {
        if (answer.Status is not HttpStatusCode.OK || answer["state"] != state)
            Odd.Add($"{answer.Write.Path}: {answer.Status} {answer["state"]} {answer["code"]}");
        return state;
    }

    async Task<bool> IsFunded(string buyer, string path)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            if ((await door.Read(KeyOf(buyer), path))["state"]!.ToString() is not "placed") return true;
            await Task.Delay(25);
        }
        return false;
    }

    async Task Receive(string seller, int units)
    {
        var answer = await Say(KeyOf(seller), $"/v1/stock/{seller}/red/receipts", new { location = "main", units });
        if (answer.Status is not HttpStatusCode.OK) Odd.Add($"receipt of {seller}: {answer.Status}");
        Arrived.AddOrUpdate(seller, units, (_, before) => before + units);
    }

    async Task<Answered> Say(string key, string path, object body)
    {
        var answer = await door.Say(key, path, body, $"say-{Interlocked.Increment(ref _number)}");
        Writes.Add(answer);
        return answer;
    }
}
