using CsCheck;
using Recourse.Adapters.Risk;
using Recourse.Risk;
using Xunit;
using static Recourse.Tests.Suspicion;
namespace Recourse.Tests;

[Trait("Capability", "RSK-1")]
public sealed class RememberingPurchases(ITestOutputHelper output)
{
    static readonly Duration Hour = Duration.FromHours(1), Day = Duration.FromDays(1);

    static LinkFacts DeviceOf(RiskMemory memory, string who, Instant at) =>
        memory.FactsOf(Buys(who, at, "phone")).Device!;

    [Fact]
    public void A_first_purchase_counts_itself()
    {
        var facts = new RiskMemory().FactsOf(Buys("ana", Noon, "phone", "4242"));
        Assert.Equal((LinkFacts.First, LinkFacts.First), (facts.Device, facts.Card));
        Assert.Equal((Recent.Once, Recent.Once), (facts.Account.Purchases, facts.Account.Cards));
        Assert.True(facts is { Ip: null, Address: null });
        Assert.Equal(400 * 86_400, facts.Account.AgeSeconds);
    }

    [Fact]
    public void Purchases_leave_each_window_when_it_has_passed()
    {
        var memory = new RiskMemory();
        memory.Remember(Buys("ana", Noon, "phone"));
        Recent At(Duration later) => DeviceOf(memory, "ben", Noon + later).Accounts;

        var second = Duration.FromSeconds(1);
        Assert.Equal(new Recent(2, 2, 2, 2), At(Hour - second));
        Assert.Equal(new Recent(1, 2, 2, 2), At(Hour));
        Assert.Equal(new Recent(1, 2, 2, 2), At(Day - second));
        Assert.Equal(new Recent(1, 1, 2, 2), At(Day));
        Assert.Equal(new Recent(1, 1, 1, 2), At(7 * Day));
        Assert.Equal(new Recent(1, 1, 1, 2), At(30 * Day - second));
        Assert.Equal(new Recent(1, 1, 1, 1), At(30 * Day));
    }

    [Fact]
    public void An_account_that_buys_again_is_still_one_account()
    {
        var memory = new RiskMemory();
        for (var i = 0; i < 5; i++) memory.Remember(Buys("ana", Noon + i * Hour, "phone"));
        var device = DeviceOf(memory, "ana", Noon + 5 * Hour);
        Assert.Equal((Recent.Once, new Recent(1, 6, 6, 6)), (device.Accounts, device.Purchases));
    }

    [Fact]
    public void Cards_of_an_account_are_counted_once_each()
    {
        var memory = new RiskMemory();
        foreach (var card in (string[])["1", "2", "1", "3"]) memory.Remember(Buys("ana", Noon, card: card));
        var facts = memory.FactsOf(Buys("ana", Noon, card: "2"));
        Assert.Equal((3, 5), (facts.Account.Cards.Hour, facts.Account.Purchases.Hour));
    }

    [Fact]
    public void What_was_only_asked_is_not_remembered()
    {
        var memory = new RiskMemory();
        for (var i = 0; i < 3; i++) memory.FactsOf(Buys($"buyer{i}", Noon, "phone"));
        Assert.Equal((0, LinkFacts.First), (memory.Purchases, DeviceOf(memory, "ana", Noon)));
    }

    [Fact]
    public void A_device_and_a_card_of_the_same_name_are_two()
    {
        var memory = new RiskMemory();
        memory.Remember(Buys("ana", Noon, device: "x"));
        Assert.Equal(LinkFacts.First, memory.FactsOf(Buys("ben", Noon, card: "x")).Card);
    }

    [Fact]
    public void How_purchases_turned_out_stays_with_the_account()
    {
        var memory = new RiskMemory();
        memory.HearEnd("ana", PurchaseEnd.Honest, Euros(20));
        memory.HearEnd("ana", PurchaseEnd.NonPayment, Euros(20));
        memory.HearEnd("ana", PurchaseEnd.PlacedThenCancelled, Euros(20));
        var facts = memory.FactsOf(Buys("ana", Noon + 400 * Day)).Account;
        Assert.Equal((1, 1, 1), (facts.HonestOrders, facts.NonPayments, facts.PlacedThenCancelled));
        Assert.Equal(0, memory.FactsOf(Buys("ben", Noon)).Account.HonestOrders);
    }

    [Fact]
    public void An_amount_is_measured_against_the_accounts_own_honest_orders()
    {
        var memory = new RiskMemory();
        int? Percent(Money amount) => memory.FactsOf(Buys("ana", Noon) with { Amount = amount }).Purchase.AmountPercent;
        foreach (var euros in (int[])[10, 20]) memory.HearEnd("ana", PurchaseEnd.Honest, Euros(euros));
        Assert.Null(Percent(Euros(100)));
        memory.HearEnd("ana", PurchaseEnd.Honest, Euros(30));
        Assert.Equal((500, 50), (Percent(Euros(100)), Percent(Euros(10))));
        Assert.Null(Percent(new(10_000, Currency.Of("JPY"))));
    }

    [Fact]
    public void Many_may_tell_and_ask_at_once()
    {
        var memory = new RiskMemory();
        Parallel.For(0, 4_000, i =>
        {
            memory.Follow(Buys($"buyer{i % 100}", Noon, $"device{i % 50}"));
            memory.HearEnd($"buyer{i % 100}", PurchaseEnd.Honest, Euros(20));
        });
        Assert.Equal((4_000, 100), (memory.Purchases, memory.Accounts));
        var facts = memory.FactsOf(Buys("buyer7", Noon, "device7"));
        Assert.Equal((41, 40), (facts.Account.Purchases.Hour, facts.Account.HonestOrders));
        Assert.Equal((2, 81), (facts.Device!.Accounts.Hour, facts.Device.Purchases.Hour));
    }

    [Fact]
    public void Very_many_are_told_as_so_many()
    {
        var memory = new RiskMemory();
        for (var i = 0; i < 2_000; i++) memory.Remember(Buys($"buyer{i}", Noon, "phone"));
        Assert.Equal(RiskMemory.MostCounted, DeviceOf(memory, "ana", Noon).Accounts.Hour);
    }

    [Fact]
    public void After_a_month_only_accounts_are_kept()
    {
        var memory = new RiskMemory();
        for (var i = 0; i < 50_000; i++)
            memory.Remember(Buys($"buyer{i}", Noon + Duration.FromSeconds(i), $"device{i}"));
        Assert.Equal(50_000, memory.Purchases);
        memory.Remember(Buys("ana", Noon + 31 * Day));
        Assert.Equal((1, 50_001), (memory.Purchases, memory.Accounts));
    }

    // What was bought, told to memory and to a list that is counted through each time.
    static readonly Gen<(int Who, int Device, int Card, int Minutes)[]> Histories =
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 3], Gen.OneOf(Gen.Int[0, 90], Gen.Int[0, 9_000]))
            .Array[1, 60];

    [Fact]
    public void Counts_are_those_of_counting_through_everything() => Histories.Sample(history =>
    {
        var (memory, past, now) = (new RiskMemory(), new List<PurchaseAttempt>(), Noon);
        foreach (var (who, device, card, minutes) in history)
        {
            now += Duration.FromMinutes(minutes);
            var attempt = Buys($"{who}", now, $"{device}", card == 0 ? null : $"{card}");
            var facts = memory.Follow(attempt);
            past.Add(attempt);
            Assert.Equal(Counted(past.Where(p => p.Device == attempt.Device)), facts.Device);
            Assert.Equal(
                card == 0 ? null : Counted(past.Where(p => p.Card == attempt.Card)), facts.Card);
            Assert.Equal(Counted(past.Where(p => p.Account == attempt.Account)).Purchases, facts.Account.Purchases);
            Assert.Equal(Over(past.Where(p => p.Account == attempt.Account), p => p.Card), facts.Account.Cards);
        }

        LinkFacts Counted(IEnumerable<PurchaseAttempt> which) => new(
            Over(which, p => $"{past.FindIndex(q => ReferenceEquals(q, p))}"), Over(which, p => p.Account));

        Recent Over(IEnumerable<PurchaseAttempt> which, Func<PurchaseAttempt, string?> what)
        {
            int Within(Duration window) =>
                which.Where(p => now - p.At < window).Select(what).OfType<string>().Distinct().Count();
            return new(Within(Hour), Within(Day), Within(7 * Day), Within(30 * Day));
        }
    }, iter: 300);

    [Fact]
    public void Ten_million_purchases_would_take_less_than_a_gigabyte()
    {
        const int purchases = 400_000;
        var memory = new RiskMemory();
        for (var i = 0; i < purchases; i++)
            memory.Remember(new(
                Noon + Duration.FromMilliseconds(i * 10), $"buyer{i * 7 % (purchases / 3)}", Noon, Euros(20),
                $"device{i * 11 % (purchases / 2)}", $"ip{i * 13 % (purchases / 3)}", $"card{i * 17 % (purchases / 2)}",
                $"street{i * 19 % (purchases / 3)}"));
        var each = memory.Bytes / purchases;
        output.WriteLine($"{each} bytes for each purchase");
        Assert.Equal(purchases, memory.Purchases);
        Assert.InRange(each, 32, 100);
    }
}

[Trait("Capability", "RSK-1")]
public sealed class KeepingWhatWasRemembered
{
    static RiskMemory Filled(int purchases = 40_000)
    {
        var memory = new RiskMemory();
        for (var i = 0; i < purchases; i++)
        {
            var at = Noon + Duration.FromMinutes(2 * i);
            memory.Remember(Buys($"buyer{i % 999}", at, $"device{i % 777}", $"card{i % 555}"));
            if (i % 5 == 0) memory.HearEnd($"buyer{i % 999}", (PurchaseEnd)(i % 3), Euros(i % 90));
        }
        return memory;
    }

    static byte[] Written(RiskMemory memory, long through = 7)
    {
        using var file = new MemoryStream();
        memory.Write(file, through);
        return file.ToArray();
    }

    static IEnumerable<RiskFacts> Seen(RiskMemory memory) => Enumerable.Range(0, 200).Select(i =>
        memory.FactsOf(Buys($"buyer{7 * i}", Noon + Duration.FromMinutes(80_000 + i), $"device{3 * i}", $"card{i}")));

    [Fact]
    public void What_is_read_back_knows_the_same_and_goes_on_alike()
    {
        var memory = Filled();
        var (again, through) = RiskMemory.Read(new MemoryStream(Written(memory)));
        Assert.Equal(7, through);
        Assert.Equal((memory.Purchases, memory.Accounts), (again.Purchases, again.Accounts));
        Assert.Equal(Seen(memory), Seen(again));

        foreach (var one in (RiskMemory[])[memory, again])
            for (var i = 0; i < 500; i++)
                one.Remember(Buys($"new{i}", Noon + Duration.FromMinutes(80_000 + i), $"device{i}"));
        Assert.Equal(Written(memory), Written(again));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(20_000)]
    public void Little_is_read_back_as_well(int purchases)
    {
        var memory = Filled(purchases);
        Assert.Equal(Written(memory), Written(RiskMemory.Read(new MemoryStream(Written(memory))).Memory));
    }

    [Fact]
    public void A_file_is_read_again_and_one_that_is_none_is_as_if_there_was_none()
    {
        var folder = Directory.CreateTempSubdirectory("recourse-risk-");
        try
        {
            var (path, memory) = (Path.Combine(folder.FullName, "risk.snapshot"), Filled(3_000));
            Assert.Equal((0, 0), (RiskMemory.Load(path).Memory.Accounts, RiskMemory.Load(path).Through));
            memory.Save(path, through: 5);
            memory.Save(path, through: 9);
            Assert.Equal(9, RiskMemory.Load(path).Through);
            Assert.Equal(Written(memory), Written(RiskMemory.Load(path).Memory));
            Assert.Equal(path, Assert.Single(Directory.GetFiles(folder.FullName)));
            File.WriteAllText(path, "something else");
            Assert.Equal((0, 0), (RiskMemory.Load(path).Memory.Accounts, RiskMemory.Load(path).Through));
        }
        finally { folder.Delete(recursive: true); }
    }

    [Fact]
    public void What_was_cut_off_or_changed_is_refused()
    {
        var whole = Written(Filled(3_000));
        foreach (var length in (int[])[0, 5, 48, whole.Length / 2, whole.Length - 1])
            Assert.Throws<InvalidDataException>(() => RiskMemory.Read(new MemoryStream(whole[..length])));
        for (var i = 0; i < whole.Length; i += whole.Length / 97)
        {
            var changed = whole.ToArray();
            changed[i] ^= 1;
            Assert.Throws<InvalidDataException>(() => RiskMemory.Read(new MemoryStream(changed)));
        }
    }
}
