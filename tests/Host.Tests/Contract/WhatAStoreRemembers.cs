using System.Diagnostics;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

public sealed class WhatAStoreRemembers : IDisposable
{
    readonly string _folder = TwoSilos.Folder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static Actor Of(JarId jar) => new Actor.Seller(new(jar.Owner));

    [Fact]
    public async Task Everything_answered_with_or_without_its_caches()
    {
        await using (var silos = await TwoSilos.Start(_folder))
            for (var i = 0; i < 60; i++)
            {
                var (a, b) = (new JarId($"o{i % 7}", "j"), new JarId($"p{i % 5}", "j"));
                await Surely(silos.One, new(a, new Jar.Command.Put(1), Of(a), $"k{i}"));
                await Surely(silos.Two, new(a, new Jar.Command.Move(b, 1), Of(a), $"m{i}"));
            }
        foreach (var lost in (string[][])[[], [IndexFile.FolderName], [IndexFile.FolderName, ViewFile.FolderName]])
        {
            foreach (var name in lost) Backup.Remove(Path.Combine(_folder, name));
            await using var silos = await TwoSilos.Start(_folder);
            var sum = 0;
            for (var tries = 0; sum != 60 && tries < 100; tries++)
            {
                sum = 0;
                for (var i = 0; i < 5; i++)
                    sum += ((await silos.Two.Read(new JarId($"p{i}", "j"), new Actor.Seller(new($"p{i}"))))?.State
                        as Jar.State)?.Sweets ?? 0;
                await Task.Delay(50);
            }
            sum.ShouldBe(60);
            (await silos.One.Ask(new(new JarId("o0", "j"), new Jar.Command.Put(1), new Actor.Seller(new("o0")), "k0")))
                .ShouldBeOfType<Outcome.Done>().Version.ShouldBe(1, "the key is remembered");
            (await silos.One.Views.CaughtUp(silos.One.Position, TimeSpan.FromSeconds(10))).ShouldBeTrue();
            silos.One.Views.Find(Jar.Sweets, "jar/p1/j")!.Sweets.ShouldBe(12);
            silos.One.Views.Count(Jar.Sweets, "all", "all").ShouldBe(12, "7 that gave and 5 that got");
            silos.One.Views.CountFrom(Jar.Sweets, "all", "all", "jar/p", 100).ShouldBe(5);
            silos.One.Views.CountFrom(Jar.Sweets, "all", "all", "", 3).ShouldBe(3, "nobody counts further");
            silos.One.Views.List(Jar.Sweets, "all", "all", null, 3, "jar/p3/j").Rows.Length.ShouldBe(2);
        }
    }

    /// <summary>
    /// As clients do: while two silos get to know each other a partition may move, and what was asked of it is unknown.
    /// </summary>
    static async Task Surely(Platform platform, Ask ask)
    {
        var outcome = await platform.Ask(ask);
        for (var again = 0; outcome is Outcome.Unknown && again < 20; again++) outcome = await platform.Ask(ask);
        outcome.ShouldBeOfType<Outcome.Done>();
    }

    [Fact]
    public async Task A_call_that_was_never_answered_is_made_again()
    {
        var jar = new JarId("ada", "j");
        await using (var silos = await TwoSilos.Start(_folder, _ => new TaskCompletionSource<object?>().Task))
            await silos.One.Ask(new(jar, new Jar.Command.Fill(), Of(jar)));
        await using (var silos = await TwoSilos.Start(_folder))
        {
            using var stop = new CancellationTokenSource();
            var open = silos.One.KeepOpen(stop.Token);
            for (var tries = 0; tries < 100; tries++)
            {
                if ((await silos.Two.Read(jar, Of(jar)))?.State is Jar.State { Fillings: 1 }) break;
                await Task.Delay(50);
            }
            ((Jar.State)(await silos.Two.Read(jar, Of(jar)))!.State).Fillings.ShouldBe(1);
            await stop.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(open);
        }
    }

    [Fact]
    public async Task What_time_does_next_page_by_page_out_of_file_and_memory()
    {
        static JarId Nth(int i) => new($"o{i}", "j");
        await using (var silos = await TwoSilos.Start(_folder))
            for (var i = 0; i < 5; i++)
                await silos.One.Ask(new(Nth(i), new Jar.Command.Later(Duration.FromHours(10 + i)), Of(Nth(i))));
        await using (var silos = await TwoSilos.Start(_folder))
        {
            for (var i = 3; i < 8; i++)
                await silos.One.Ask(new(Nth(i), new Jar.Command.Later(Duration.FromHours(30 - i)), Of(Nth(i))));
            var follower = silos.Store.Follower;
            var all = follower.Wakes(default, "", 100);
            all.Select(w => w.Id).ShouldBe([Nth(0), Nth(1), Nth(2), Nth(7), Nth(6), Nth(5), Nth(4), Nth(3)]);
            List<WakeAt> paged = [];
            for (var page = follower.Wakes(default, "", 3); page.Length > 0;
                page = follower.Wakes(paged[^1].At!.Value, $"{paged[^1].Id}", 3)) paged.AddRange(page);
            paged.ShouldBe(all);
        }
    }

    [Fact]
    public async Task A_deadline_that_passed_while_nobody_ran_is_kept_without_a_visitor()
    {
        var jar = new JarId("bea", "j");
        await using (var silos = await TwoSilos.Start(_folder))
            await silos.One.Ask(new(jar, new Jar.Command.Later(Duration.FromHours(30)), Of(jar)));
        await using (var silos = await TwoSilos.Start(_folder))
        {
            silos.Clock.Jump(Duration.FromHours(31));
            using var stop = new CancellationTokenSource();
            _ = silos.One.KeepOpen(stop.Token);
            for (var tries = 0; tries < 100 && silos.Store.Journal.Position < 2; tries++) await Task.Delay(50);
            silos.Store.Journal.Read(1, 1).ShouldHaveSingleItem().Turn.Events[0].Event.ShouldBeOfType<Jar.Event.Woke>();
            await stop.CancelAsync();
        }
    }

    [Fact]
    public async Task A_hundred_thousand_events_answer_from_a_snapshot()
    {
        var jar = new JarId("cy", "j");
        await using (var silos = await TwoSilos.Start(_folder))
            for (var i = 0; i < 1_000; i++)
                await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
                    silos.One.Ask(new(jar, new Jar.Command.Put(1), Of(jar)))));
        await using (var silos = await TwoSilos.Start(_folder))
        {
            silos.Store.Follower.Load(jar, silos.Store.Journal).Version.ShouldBe(100_000);
            var (entry, read) = silos.Store.Follower.Cold(jar, silos.Store.Journal);
            ((Jar.State)entry.State!).Sweets.ShouldBe(100_000);
            read.ShouldBeLessThan(1_000, "a cold read folds little more than what came since the last snapshot");
        }
    }

    [Fact]
    public async Task A_key_of_a_busy_thing_is_remembered_through_hundreds_of_others_and_a_restart()
    {
        var jar = new JarId("dee", "j");
        await using (var silos = await TwoSilos.Start(_folder))
            for (var i = 0; i < 600; i++)
                (await silos.One.Ask(new(jar, new Jar.Command.Put(1), Of(jar), $"k{i}")))
                    .ShouldBeOfType<Outcome.Done>();
        await using (var silos = await TwoSilos.Start(_folder))
            (await silos.One.Ask(new(jar, new Jar.Command.Put(1), Of(jar), "k0")))
                .ShouldBeOfType<Outcome.Done>().Version.ShouldBe(1);
    }

    // While it is in use files may be merged, and be gone before they are copied: then all of it is copied anew.
    static bool IsCopied(string from, string to)
    {
        if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
        Directory.CreateDirectory(to);
        try
        {
            foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
            return true;
        }
        catch (FileNotFoundException) { return false; }
    }

    [Fact]
    public async Task What_is_surely_new_is_known_at_once_after_an_end_in_order_and_never_wrongly()
    {
        var killed = TwoSilos.Folder();
        static JarId Nth(int i) => new($"o{i}", "j");
        try
        {
            await using (var silos = await TwoSilos.Start(_folder)) await Surely(silos.One, Put(0));
            await using (var silos = await TwoSilos.Start(_folder))
            {
                await Surely(silos.One, Put(1));
                silos.Store.Follower.Checkpoint();
                var copy = Path.Combine(killed, IndexFile.FolderName);
                while (!IsCopied(Path.Combine(_folder, IndexFile.FolderName), copy)) { }
            }
            foreach (var (folder, isKept) in ((string, bool)[])[(killed, false), (_folder, true)])
            {
                using var index = new IndexFile(Path.Combine(folder, IndexFile.FolderName), TwoSilos.Registry.Json);
                using var follower = new Follower(TwoSilos.Registry, index);
                follower.Known.IsKept.ShouldBe(isKept);
                await follower.Known.Learn();
                foreach (var old in (int[])[0, 1]) follower.Known.IsNew(Nth(old)).ShouldBeFalse();
                follower.Known.IsNew(Nth(2)).ShouldBeTrue();
            }
        }
        finally { Directory.Delete(killed, recursive: true); }

        static Ask Put(int i) => new(Nth(i), new Jar.Command.Put(1), Of(Nth(i)), $"k{i}");
    }

    [Fact]
    public void A_store_in_use_says_so()
    {
        using var store = new Store(_folder, TwoSilos.Registry, []);
        Should.Throw<StoreException>(() => new Store(_folder, TwoSilos.Registry, [])).Code.ShouldBe("store.in-use");
    }

    [Fact]
    public void A_store_of_a_newer_program_is_not_touched()
    {
        using (new Store(_folder, TwoSilos.Registry, [])) { }
        using (var db = new Db(Path.Combine(_folder, "journal.db"), durable: true))
            db.Execute("UPDATE meta SET value = '99' WHERE name = 'format'");
        Should.Throw<StoreException>(() => new Store(_folder, TwoSilos.Registry, []))
            .Code.ShouldBe("store.newer-version");
    }

    [Fact]
    public void What_is_no_store_at_all_is_said_to_be_unreadable()
    {
        File.WriteAllText(Path.Combine(_folder, "journal.db"), new string('x', 5_000));
        Should.Throw<StoreException>(() => new Store(_folder, TwoSilos.Registry, [])).Code.ShouldBe("store.unreadable");
    }

    sealed record Secret(string Name);

    [Fact]
    public void An_erased_persons_data_cant_be_opened_or_written_again()
    {
        using var store = new Store(_folder, TwoSilos.Registry, []);
        var data = store.People.Seal("buyer/eva", new Secret("Eva"));
        data.Cipher.ShouldNotContain("Eva");
        store.People.Open(data).ShouldBe(new Secret("Eva"));
        store.People.Erase("buyer/eva", Instant.FromUtc(2026, 1, 1, 0, 0)).ShouldBeTrue();
        store.People.Open(data).ShouldBeNull();
        Should.Throw<StoreException>(() => store.People.Seal("buyer/eva", new Secret("Eva")))
            .Code.ShouldBe("people.erased");
    }

    string Keys => Path.Combine(_folder, "people.db");

    [Fact]
    public async Task A_new_key_is_kept_before_what_was_sealed_with_it_is_recorded()
    {
        await using var silos = await TwoSilos.Start(_folder);
        var data = silos.Store.People.Seal("buyer/eva", new Secret("Eva"));
        silos.Store.People.Open(data).ShouldBe(new Secret("Eva"));
        var jar = new JarId("eva", "j");
        (await silos.One.Ask(new(jar, new Jar.Command.Put(1), Of(jar)))).ShouldBeOfType<Outcome.Done>();
        using var others = new KeyRing(Keys, TwoSilos.Registry.Json);
        others.Open(data).ShouldBe(new Secret("Eva"));
    }

    [Fact]
    public async Task Whoever_is_erased_elsewhere_before_their_key_was_kept_stays_erased()
    {
        using var ring = new KeyRing(Keys, TwoSilos.Registry.Json);
        using var others = new KeyRing(Keys, TwoSilos.Registry.Json);
        var data = ring.Seal("buyer/eva", new Secret("Eva"));
        others.Has("buyer/eva").ShouldBeFalse("nothing needs it yet");
        others.Erase("buyer/eva", Instant.FromUtc(2026, 1, 1, 0, 0));
        ring.Keep();
        for (var tries = 0; ring.Open(data) is not null && tries < 50; tries++) await Task.Delay(100);
        ring.Open(data).ShouldBeNull();
        others.Open(data).ShouldBeNull();
    }

    [Fact]
    public void What_bytes_are_sealed_with_is_kept_at_once()
    {
        using var ring = new KeyRing(Keys, TwoSilos.Registry.Json);
        var cipher = ring.SealBytes("buyer/eva", "Eva"u8);
        using var others = new KeyRing(Keys, TwoSilos.Registry.Json);
        others.OpenBytes("buyer/eva", cipher).ShouldBe("Eva"u8.ToArray());
    }

    [Theory]
    [InlineData("2026-11-28T00:06:50Z"), InlineData("2026-11-28T00:06:50.7Z")]
    [InlineData("2026-11-28T00:06:50.1234567Z"), InlineData("2026-11-28T00:06:50.123456789Z")]
    [InlineData("0001-01-01T00:00:00Z"), InlineData("-0043-03-15T12:00:00Z")]
    [InlineData("9999-12-31T23:59:59.999999999Z")]
    public void Instants_are_written_as_ISO_8601_has_them(string text)
    {
        var at = NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).Value;
        var json = TwoSilos.Registry.Json.Write(typeof(Instant), at);
        System.Text.Encoding.UTF8.GetString(json).ShouldBe($"\"{text}\"");
        TwoSilos.Registry.Json.Read(typeof(Instant), json).ShouldBe(at);
    }

    [Theory]
    [InlineData("2026-11-28T00:06Z"), InlineData("2026-11-28T00:06:50+00:00"), InlineData("2026-11-28 00:06:50Z")]
    [InlineData("2026-13-28T00:06:50Z"), InlineData("yesterday")]
    public void What_is_no_instant_is_none(string text) => Should.Throw<System.Text.Json.JsonException>(() =>
        TwoSilos.Registry.Json.Read(typeof(Instant), System.Text.Encoding.UTF8.GetBytes($"\"{text}\"")));
}
