using Recourse.Runtime;
using Xunit;
namespace Recourse.Tests;

/// <summary>Two hosts claim one partition at the same moment.</summary>
public sealed class ClaimingAPartition
{
    sealed class Host : IShell
    {
        public List<Input> Heard { get; } = [];
        public int Number => 7;
        public void Post(Input input) => Heard.Add(input);
        public int Epoch => Assert.IsType<Input.Opened>(Assert.Single(Heard)).From.Epoch;
    }

    [Fact]
    public void Each_is_told_its_own_epoch()
    {
        var registry = Lives.Log.Value.Registry;
        var journal = new MemoryJournal(new(registry));
        using var follower = new Follower(registry, new IndexFile(null, registry.Json));
        Host first = new(), second = new();

        journal.Claim(first, aboveEpoch: 0);
        journal.Claim(second, aboveEpoch: 0);
        foreach (var tell in journal.Commit(follower, fails: false)) tell();

        Assert.Equal(1, first.Epoch);
        Assert.Equal(2, second.Epoch);
    }
}
