using System.ComponentModel;
using Microsoft.Extensions.Hosting;
using Recourse.Web;
using Recourse.World.Demo;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>A marketplace that lives, until it is stopped.</summary>
sealed class DemoCommand : AsyncCommand<DemoCommand.Settings>
{
    /// <summary>How.</summary>
    public sealed class Settings : RunningSettings
    {
        /// <summary>How fast its clock runs.</summary>
        [CommandOption("--pace <DAYS>"), Description("Days that pass in a minute, at most 24; 1 in a new demo.")]
        public double? Pace { get; init; }

        /// <summary>Which world.</summary>
        [CommandOption("--seed <SEED>"), DefaultValue(7), Description("Which world a new demo is.")]
        public int Seed { get; init; } = 7;

        /// <summary>Not the whole world.</summary>
        [CommandOption("--small"), Description("A new demo is a village: a few shops and a short history.")]
        public bool Small { get; init; }
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancel)
    {
        if (settings.Pace is { } pace && !DemoClock.IsPace(pace))
            throw new Trouble("cli.bad-pace", $"--pace is above 0 and at most {DemoClock.MostPace} days a minute.",
                Trouble.BadInput);
        var urls = Addresses.Read(settings.Urls);
        var plan = (settings.Small ? DemoPlan.Small : new()) with { Seed = settings.Seed };
        if (!DemoStore.Exists(settings.Data))
            Console.Error.WriteLine($"Making a demo in {Path.GetFullPath(settings.Data)}: {plan.Sellers} sellers, "
                + $"{plan.Buyers:N0} buyers, {plan.History} days of history ...");
        DemoLife life;
        try { life = await DemoLife.Start(plan, settings.Data, urls, settings.Pace, settings.Verbose, null, cancel); }
        catch (IOException e) when (Addresses.IsInUse(e)) { throw Addresses.InUse(e); }
        await using (life)
        {
            if (life.History is { } history) Console.Error.WriteLine($"History: {history}.");
            using var here = new RunningAt(settings.Data, life.App.Urls.First());
            Out.Line($"""
                Recourse's demo runs at {string.Join(' ', life.App.Urls)} on {Path.GetFullPath(settings.Data)}
                  whom to meet  {life.App.Urls.First()}/sign-in
                  its clock     {life.Clock.Pace} days a minute; it is {life.Clock.Now.InUtc().Date:uuuu-MM-dd} there
                  it stops to grow at {plan.MostBytes >> 20:N0} MB
                  the API       {life.App.Urls.First()}/docs
                  stop          Ctrl+C
                """);
            await life.App.WaitForShutdownAsync(cancel);
        }
        return 0;
    }
}
