using Shouldly;
using Xunit;
namespace Recourse.Tests;

public sealed class WhatThePlatformPromises : IAsyncLifetime
{
    readonly string _folder = TwoSilos.Folder();
    TwoSilos _silos = null!;

    public async ValueTask InitializeAsync() => _silos = await TwoSilos.Start(_folder);

    public async ValueTask DisposeAsync()
    {
        await _silos.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    static Actor Of(JarId jar) => new Actor.Seller(new(jar.Owner));

    Task<Outcome> Ask(JarId jar, Jar.Command command, string? key = null, bool settled = false, int silo = 0) =>
        _silos.Platforms[silo].Ask(new(jar, command, Of(jar), key, settled));

    async Task<Jar.State?> Look(JarId jar, int silo = 0) =>
        (await _silos.Platforms[silo].Read(jar, Of(jar)))?.State as Jar.State;

    static async Task Until(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            tries.ShouldBeLessThan(200, "It never came to hold.");
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task What_is_answered_is_seen_from_either_silo()
    {
        for (var i = 0; i < 40; i++)
        {
            var jar = new JarId($"o{i}", "j");
            (await Ask(jar, new Jar.Command.Put(i + 1), silo: i % 2))
                .ShouldBeOfType<Outcome.Done>().Version.ShouldBe(1);
            (await Look(jar, silo: (i + 1) % 2))!.Sweets.ShouldBe(i + 1);
        }
        _silos.Platforms.ShouldAllBe(p => p.Here.Count() > 0);
    }

    [Fact]
    public async Task The_same_key_and_body_is_done_once_and_another_body_is_refused()
    {
        var jar = new JarId("kim", "j");
        var first = (await Ask(jar, new Jar.Command.Put(3), "k1")).ShouldBeOfType<Outcome.Done>();
        await Ask(jar, new Jar.Command.Put(4), "k2");
        var again = (await Ask(jar, new Jar.Command.Put(3), "k1", silo: 1)).ShouldBeOfType<Outcome.Done>();
        again.Version.ShouldBe(first.Version);
        (await Ask(jar, new Jar.Command.Put(5), "k1")).ShouldBeOfType<Outcome.Refused>()
            .Why[0].Code.ShouldBe("kernel.key-reused");
        (await Look(jar))!.Sweets.ShouldBe(7);
    }

    [Fact]
    public async Task A_stale_version_is_refused_with_the_new_one()
    {
        var jar = new JarId("lea", "j");
        await Ask(jar, new Jar.Command.Put(1));
        (await _silos.One.Ask(new(jar, new Jar.Command.Put(1), Of(jar), IfVersion: 0)))
            .ShouldBeOfType<Outcome.Refused>().Why[0].Code.ShouldBe("kernel.version-changed");
    }

    [Fact]
    public async Task A_stranger_learns_nothing_by_asking_or_reading()
    {
        var jar = new JarId("mo", "j");
        await Ask(jar, new Jar.Command.Put(1));
        Actor stranger = new Actor.Seller(new("eve"));
        (await _silos.Two.Ask(new(jar, new Jar.Command.Put(1), stranger))).ShouldBeOfType<Outcome.Refused>()
            .Why.ShouldBe([Refusal.NotFound]);
        (await _silos.One.Read(jar, stranger)).ShouldBeNull();
        (await _silos.One.History(jar, stranger)).ShouldBeNull();
    }

    [Fact]
    public async Task A_message_to_another_owner_arrives_and_a_refusal_comes_back()
    {
        for (var i = 0; i < 20; i++)
        {
            var (from, to) = (new JarId($"a{i}", "j"), new JarId($"b{i}", "j"));
            await Ask(from, new Jar.Command.Put(10));
            await Ask(from, new Jar.Command.Move(to, 4));
            await Until(async () => (await Look(to, 1))?.Sweets == 4);
            await Ask(to, new Jar.Command.Put(Jar.Most - 4));
            await Ask(from, new Jar.Command.Move(to, 6));
            await Until(async () => (await Look(from))!.Sweets == 6);
            (await Look(from))!.Refused.ShouldBe(["jar.full"]);
        }
    }

    [Fact]
    public async Task Siblings_change_together_or_not_at_all()
    {
        var (one, two) = (new JarId("nia", "one"), new JarId("nia", "two"));
        await Ask(one, new Jar.Command.Put(10));
        await Ask(one, new Jar.Command.Share(two, 3));
        ((await Look(one))!.Sweets, (await Look(two))!.Sweets).ShouldBe((7, 3));
        (await Ask(one, new Jar.Command.Share(two, Jar.Most))).ShouldBeOfType<Outcome.Refused>()
            .Why[0].Code.ShouldBe("jar.full");
        ((await Look(one))!.Sweets, (await Look(two))!.Sweets).ShouldBe((7, 3));
    }

    [Fact]
    public async Task A_message_that_breaks_its_receiver_is_parked_and_the_channel_goes_on()
    {
        var (from, to) = (new JarId("oda", "j"), new JarId("pam", "j"));
        await Ask(from, new Jar.Command.Put(10));
        await Ask(from, new Jar.Command.Curse(to));
        await Ask(from, new Jar.Command.Move(to, 1));
        await Until(async () => (await Look(to))?.Sweets == 1);
        (await Ask(from, new Jar.Command.Boom())).ShouldBeOfType<Outcome.Fault>().What.ShouldContain("breaks");
        _silos.Store.Journal.Read(0, 1000).Count(t => t.Turn.Fault is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Time_speaks_at_the_deadline_and_not_before()
    {
        var jar = new JarId("quy", "j");
        await Ask(jar, new Jar.Command.Later(Duration.FromHours(5)));
        await Task.Delay(1_200);
        (await Look(jar))!.Due.ShouldNotBeNull();
        _silos.Clock.Jump(Duration.FromHours(5));
        await Until(async () => (await Look(jar))!.Due is null);
    }

    [Fact]
    public async Task An_ask_can_wait_for_the_outside()
    {
        var jar = new JarId("ray", "j");
        var done = (await Ask(jar, new Jar.Command.Fill(), settled: true, silo: 1)).ShouldBeOfType<Outcome.Done>();
        ((Jar.State)done.State).Sweets.ShouldBe(100);
    }

    [Fact]
    public async Task A_reader_of_a_view_sees_what_it_just_wrote()
    {
        for (var i = 0; i < 30; i++)
        {
            var jar = new JarId($"s{i}", "j");
            var done = (Outcome.Done)await Ask(jar, new Jar.Command.Put(i), silo: i % 2);
            (await _silos.One.Views.CaughtUp(done.Position, TimeSpan.FromSeconds(5))).ShouldBeTrue();
            _silos.One.Views.Find(Jar.Sweets, jar.ToString())!.Sweets.ShouldBe(i);
        }
        _silos.One.Views.List(Jar.Sweets, "all", "all", limit: 10).ShouldSatisfyAllConditions(
            page => page.Rows.Length.ShouldBe(10),
            page => _silos.One.Views.List(Jar.Sweets, "all", "all", page.Next, 100).Rows.Length.ShouldBe(20));
    }

    [Fact]
    public async Task A_host_that_lost_its_partition_falls_silent_and_asks_go_to_the_new_one()
    {
        var jar = new JarId("tom", "j");
        await Ask(jar, new Jar.Command.Put(1));
        var partition = TwoSilos.Registry.PartitionOf(jar);
        var usurper = _silos.Platforms.First(p => !p.Here.Contains(partition));
        var shell = usurper.Enter(partition);                               // as a second activation would
        (await shell.Ask(new(jar, new Jar.Command.Put(1), Of(jar)))).ShouldBeOfType<Outcome.Done>();
        var old = _silos.Platforms.First(p => p != usurper);
        var answers = new List<Outcome>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add(await old.Ask(new(jar, new Jar.Command.Put(1), Of(jar))));
            await Task.Delay(200);
        }
        answers[0].ShouldBeOfType<Outcome.Unknown>();
        var done = answers.OfType<Outcome.Done>().Count();
        _silos.Store.Follower.Load(jar, _silos.Store.Journal).Version.ShouldBe(2 + done);
    }
}
