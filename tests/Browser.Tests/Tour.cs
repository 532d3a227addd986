using System.Text;
namespace Recourse.Tests;

/// <summary>A picture of the tour, and how one comes to it.</summary>
/// <param name="Name">The file's name, without its end.</param>
/// <param name="Shows">What is to be seen, for whoever can't see it.</param>
/// <param name="Go">From the page before; none: it is the persona's first.</param>
/// <param name="Look">Null: as the desk is usually looked at.</param>
sealed record Picture(string Name, string Shows, Func<Walker, Task>? Go = null, Look? Look = null);

/// <summary>Who walks, and where.</summary>
/// <param name="Of">The code of the persona that they are.</param>
sealed record Walker(TheDemo Demo, Guest Guest, string Of);

/// <summary>A part of the tour: what is told, and the pictures that go with it.</summary>
sealed record Stop(string Title, string Text, params ImmutableArray<Picture> Pictures);

/// <summary>A desk of the tour.</summary>
/// <param name="Desk">As the demo calls it; null: nobody has come in yet.</param>
sealed record Leg(string? Desk, string Title, string Text, Look Look, params ImmutableArray<Stop> Stops);

/// <summary>Walks through the desks, and writes down what was seen.</summary>
sealed class Tour(TheDemo demo, string? folder)
{
    const int Quality = 82;

    /// <summary>Walks all of it; with a folder, takes pictures.</summary>
    public async Task Walk()
    {
        foreach (var leg in Stops.All)
        {
            var walker = await Arrive(leg);
            await using var guest = walker.Guest;
            foreach (var picture in leg.Stops.SelectMany(s => s.Pictures)) await Take(walker, leg, picture);
            guest.Wrong.ShouldBeEmpty(leg.Title);
        }
    }

    async Task<Walker> Arrive(Leg leg)
    {
        var persona = leg.Desk is { } desk ? demo.At(desk) : null;
        var guest = persona is null ? await demo.Visit(leg.Look) : await demo.Visit(persona, leg.Look);
        await guest.Open(persona is null ? "/sign-in" : "/");
        return new(demo, guest, persona?.Of ?? "");
    }

    async Task Take(Walker walker, Leg leg, Picture picture)
    {
        var guest = walker.Guest;
        if (picture.Go is not null) await picture.Go(walker);
        await (picture.Look ?? leg.Look).Take(guest.Page);
        await Assertions.Expect(guest.Page.Locator("h1")).ToBeVisibleAsync();
        await guest.Page.EvaluateAsync("document.fonts.ready.then(() => 1)");
        if (folder is null) return;
        var wire = await guest.Page.Context.NewCDPSessionAsync(guest.Page);
        var shot = await wire.SendAsync("Page.captureScreenshot", new()
        {
            ["format"] = "webp", ["quality"] = Quality,
        });
        await wire.DetachAsync();
        await File.WriteAllBytesAsync(
            Path.Combine(folder, $"{picture.Name}.webp"), shot!.Value.GetProperty("data").GetBytesFromBase64());
    }

    /// <summary>The tour as it is read.</summary>
    public static string Text()
    {
        var text = new StringBuilder("""
            # A tour of the five desks

            This is what you see when you start the demo with `./recourse` and open the address that it prints. Every
            picture is taken from a demo that runs, by `scripts/tour.sh`: nothing here is drawn or retouched, and a
            test fails when a page of this tour can't be come to any more. The people and their orders are made up,
            from a seed; yours will have other dates.


            """);
        foreach (var leg in Stops.All)
        {
            text.AppendLine($"## {leg.Title}").AppendLine(leg.Text).AppendLine();
            foreach (var stop in leg.Stops)
            {
                text.AppendLine($"### {stop.Title}").AppendLine(stop.Text).AppendLine();
                foreach (var picture in stop.Pictures) text.AppendLine(Shown(picture, leg));
                text.AppendLine();
            }
        }
        return $"{text.ToString().ReplaceLineEndings("\n").TrimEnd()}\n";
    }

    static string Shown(Picture picture, Leg leg) => (picture.Look ?? leg.Look).Width is < 600 and var width
        ? $"<img src=\"tour/{picture.Name}.webp\" width=\"{width * 3 / 4}\" alt=\"{picture.Shows}\">"
        : $"![{picture.Shows}](tour/{picture.Name}.webp)";
}
