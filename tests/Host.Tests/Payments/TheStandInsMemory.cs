using Microsoft.Data.Sqlite;
using Recourse.Adapters.Payments.StandIn;
using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Payments.Counter;
namespace Recourse.Tests.Payments;

/// <summary>A restart loses nothing that was answered, and what a seed says is always the same.</summary>
public sealed class TheStandInsMemory : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("standin").FullName;

    string InFolder(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Outlives_the_process()
    {
        await using var counter = await Open(o => o with { File = InFolder("books") });
        var intent = await counter.Captured("pm_card_visa");
        var refund = new ProviderCall.Refund("r", "refund/ann/1", intent, Eur(20_00));
        var back = await counter.Say(refund);
        var before = await counter.Statement();
        await counter.Restart();
        Assert.Equal(before.Intents, (await counter.Statement()).Intents);
        Assert.Equal(intent, await counter.Authorised("pm_card_visa"));
        Assert.Equal(back, await counter.Say(refund));
        Assert.NotEqual(intent, await counter.Authorised("pm_card_visa", payment: "payment/ann/two"));
    }

    [Fact]
    public async Task Belongs_to_one_process()
    {
        await using var counter = await Open(o => o with { File = InFolder("books") });
        Assert.Throws<SqliteException>(() => StandInProvider.Build(counter.Options));
    }

    [Fact]
    public async Task Has_on_the_disk_whatever_it_answered_should_it_be_killed_now()
    {
        await using var counter = await Open(o => o with { File = InFolder("books") });
        for (var nth = 1; nth <= 5; nth++)
        {
            var intent = await counter.Authorised("pm_card_visa", payment: $"payment/ann/{nth}");
            var copy = InFolder($"copy{nth}");
            foreach (var part in (string[])["", "-wal"]) File.Copy(InFolder("books") + part, copy + part);
            await using var heir = await Open(o => o with { File = copy });
            Assert.Equal(nth, (await heir.Statement()).Intents.Length);
            Assert.Equal(intent, await heir.Authorised("pm_card_visa", payment: $"payment/ann/{nth}"));
        }
    }

    [Fact]
    public async Task Tells_after_a_restart_what_it_could_not_tell_before()
    {
        await using var counter = await Open(o => o with { File = InFolder("books"), Speed = 10 });
        counter.BeDeaf(2);
        var intent = await counter.Captured(Card.TokenOf(Behaviour.RefundPending));
        await counter.Say(new ProviderCall.Refund("r", "refund/ann/1", intent, Eur(50_00)));
        counter.Faster();
        await counter.Restart();
        await Until(() => counter.Reports.Any(r => r.Status is ReportedStatus.Refunded));
        await Until(() => counter.Reports.Select(r => r.Status).Distinct().Count() is 4);
    }

    [Fact]
    public async Task Counts_the_tries_of_a_card_across_restarts()
    {
        await using var counter = await Open(o => o with { File = InFolder("books") });
        var call = new ProviderCall.Authorise(
            "a", "payment/ann/one", 1, Card.TokenOf(Behaviour.TimeoutBefore), Eur(1_00));
        Assert.IsType<ProviderAnswer.Unknown>(await counter.Say(call));
        await counter.Restart();
        Assert.IsType<ProviderAnswer.Unknown>(await counter.Say(call));
        await counter.Restart();
        Assert.IsType<ProviderAnswer.Done>(await counter.Say(call));
    }

    [Fact]
    public async Task Ends_every_random_card_with_books_that_agree_with_what_was_answered()
    {
        await using var counter = await Open(o => o with { Speed = 2_000, Seed = 7 }, Duration.FromSeconds(2));
        var (held, taken, back) = (0L, 0L, 0L);
        for (var nth = 0; nth < 120; nth++)
        {
            var payment = $"payment/ann/{nth}";
            var call = new ProviderCall.Authorise(
                $"{payment} a", payment, 1, Card.RandomToken($"card-{nth}"), Eur(10_00 + nth));
            var (answer, _) = await counter.Settle(call);
            for (var i = 0; answer is ProviderAnswer.Pending && i < 100; i++)
            {
                await Pause(20);
                answer = await counter.Say(call);
            }
            if (answer is not ProviderAnswer.Done { Reference: var intent }) continue;
            held += 10_00 + nth;
            if (await counter.Settle(new ProviderCall.Capture($"{payment} c", intent, Eur(10_00)))
                is not (ProviderAnswer.Done, _)) continue;
            taken += 10_00;
            back += await Repay(counter, $"refund/ann/{nth}", intent) ? 4_00 : 0;
        }
        var total = (await counter.Statement()).Totals.Single();
        Assert.Equal((held, taken, back, 0), (total.Authorised, total.Captured, total.Refunded, total.Pending));
        Assert.InRange(taken, 1, held - 1);
    }

    static async Task<bool> Repay(Counter counter, string refund, string intent)
    {
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            var call = new ProviderCall.Refund($"{refund} {attempt}", refund, intent, Eur(4_00));
            var (answer, _) = await counter.Settle(call);
            for (var i = 0; answer is ProviderAnswer.Pending && i < 100; i++)
            {
                await Pause(20);
                (answer, _) = await counter.Settle(call);
            }
            if (answer is ProviderAnswer.Done) return true;
        }
        return false;
    }

    [Fact]
    public async Task Has_cards_of_each_kind_by_chance_and_the_same_for_the_same_seed()
    {
        await using var counter = await Open();
        var drawn = Enumerable.Range(0, 3_000).Select(n => Card.Find(Card.RandomToken($"c{n}"), 3)).ToList();
        Assert.Equal(drawn, Enumerable.Range(0, 3_000).Select(n => Card.Find(Card.RandomToken($"c{n}"), 3)));
        Assert.NotEqual(drawn, Enumerable.Range(0, 3_000).Select(n => Card.Find(Card.RandomToken($"c{n}"), 4)));
        Assert.Empty(Enum.GetValues<Behaviour>().Except(drawn.Select(c => c!.Value.Behaviour)));
        Assert.Null(Card.Find("pm_standin_seeded-random-4242424242424242", 3));
        Assert.Null(Card.Find("pm_standin_what", 3));
    }
}
