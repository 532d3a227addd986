using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Recourse.Web;
namespace Recourse.Tests;

/// <summary>Where letters arrive in a test.</summary>
public sealed partial class Letterbox : IMailer
{
    readonly ConcurrentQueue<Letter> _letters = [];

    /// <inheritdoc/>
    public Task Send(Letter letter, CancellationToken stop)
    {
        _letters.Enqueue(letter);
        return Task.CompletedTask;
    }

    /// <summary>All that came to an address, the oldest first.</summary>
    public List<Letter> To(string address) => [.. _letters.Where(l => l.To == address)];

    /// <summary>The nth letter to an address, once it is there.</summary>
    public async Task<Letter> Nth(string address, int nth = 1)
    {
        await Market.Until(() => Task.FromResult(To(address).Count >= nth), $"letter {nth} to {address}");
        return To(address)[nth - 1];
    }

    /// <summary>The path of the first link in the nth letter to an address.</summary>
    public async Task<string> Link(string address, int nth = 1) =>
        new Uri(Address().Match((await Nth(address, nth)).Text).Value).PathAndQuery;

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}
