using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;
namespace Recourse.Tests;

/// <summary>Faults of our own are told to whoever runs the platform, not to a log alone.</summary>
[Trait("Capability", "OPS-1")]
public sealed class WhatWentWrongWithUs : IAsyncLifetime
{
    readonly Market _market = new();

    Someone Operator => _market.As(Party.Operator, "it");

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => _market.InitializeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _market.DisposeAsync();

    async Task<int> Gauge()
    {
        await Task.Delay(1_100, TestContext.Current.CancellationToken);             // the room looks once a second
        return (await Operator.Get("/v1/control")).Json["gauges"]!.AsArray()
            .Single(g => g!["name"]!.ToString() == "faults")!["value"]!.GetValue<int>();
    }

    [Fact]
    public async Task Each_kind_is_told_once_with_how_often_and_where_and_without_what_people_wrote()
    {
        (await Gauge()).ShouldBe(0);
        using var desk = await _market.Browse(Party.Operator, "it");
        (await desk.Open("/control/faults")).Text.ShouldContain("Nothing has gone wrong since");

        var log = _market.App.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Recourse.Runtime.Shell");
        foreach (var nth in (int[])[1, 2])
            try { throw new InvalidOperationException("bea@example.com"); }
            catch (InvalidOperationException bug) { log.LogCritical(bug, "Partition {Partition} lost an input", nth); }
        log.LogWarning("No fault");

        (await Gauge()).ShouldBe(1);
        var told = (await Operator.Get("/v1/control/faults")).Json["items"]!.AsArray().Single()!;
        (told["text"]!.ToString(), told["times"]!.GetValue<int>()).ShouldBe(("Partition 2 lost an input", 2));
        told["problem"]!.ToString().ShouldStartWith($"{nameof(InvalidOperationException)}: Recourse.Tests.");
        told.ToJsonString().ShouldNotContain("bea@");
        (await desk.Open("/control/faults")).Text.ShouldContain("Partition 2 lost an input");
        (await desk.Open("/control")).Html.ShouldContain("href=\"/control/faults\"");
        (await _market.As(Party.Agent, "gil").Get("/v1/control/faults")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
