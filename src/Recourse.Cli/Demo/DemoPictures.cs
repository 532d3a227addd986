using Recourse.Adapters.Pictures;
using Recourse.Catalog;
using Recourse.World.Demo;
using SkiaSharp;
namespace Recourse.Cli;

/// <summary>Pictures of what a demo's shops sell, drawn: each thing in each colour looks the same everywhere.</summary>
sealed class DemoPictures(PictureFolder folder)
{
    const int Width = 512, Height = 384, Grid = 100;
    const float Scale = 3.36f;

    static readonly Dictionary<string, uint> Colours = new()
    {
        ["sand"] = 0xFFD9C09A, ["ink"] = 0xFF35415F, ["moss"] = 0xFF74855A, ["brick"] = 0xFFB85C43,
        ["snow"] = 0xFFF4F2EC,
    };

    // Two ends of the wall behind, and the table.
    static readonly (uint Wall, uint Table)[] Rooms =
    [
        (0xFFF3E9DC, 0xFFDCC7AE), (0xFFE6ECEC, 0xFFC4CFCD), (0xFFF1E4E1, 0xFFDDC3BC), (0xFFEBEDE0, 0xFFCFD3B9),
        (0xFFE5E9F2, 0xFFC3CADB), (0xFFF4EFE3, 0xFFDFD3B8),
    ];

    readonly Dictionary<(string, string), Picture> _drawn = [];

    /// <summary>What is to be seen of a thing in that colour.</summary>
    public Picture Of(string thing, string colour) => _drawn.TryGetValue((thing, colour), out var known) ? known
        : _drawn[(thing, colour)] = folder.Keep(Draw(thing, colour), $"{Capital(colour)} {thing} on a table");

    static string Capital(string word) => $"{char.ToUpperInvariant(word[0])}{word[1..]}";

    static SKBitmap Draw(string thing, string colour)
    {
        var bitmap = new SKBitmap(Width, Height);
        using var canvas = new SKCanvas(bitmap);
        var room = Rooms[thing.Sum(c => c) % Rooms.Length];
        canvas.Clear(new(room.Wall));
        using var paint = new SKPaint { IsAntialias = true, Color = new(room.Table) };
        canvas.DrawRect(0, Height * .68f, Width, Height * .32f, paint);
        paint.Color = new(0x22000000);
        canvas.DrawOval(Width / 2f, Height * .86f, 120, 14, paint);
        canvas.Translate((Width - Grid * Scale) / 2, Height * .87f - Grid * Scale * .94f);
        canvas.Scale(Scale);
        var main = new SKColor(Colours[colour]);
        foreach (var (role, data) in DemoShapes.Of(thing))
        {
            using var path = SKPath.ParseSvgPathData(data);
            paint.Color = role switch
            {
                'd' or 't' => Mixed(main, 0, .34f),
                'l'        => Mixed(main, 255, .42f),
                'w'        => new(0xFFFBFAF6),
                'k' or 'n' => new(0xFF3B352F),
                'o' or 'p' => new(0xFFA9814F),
                _          => main,
            };
            paint.Style = role is 's' or 't' or 'n' or 'p' ? SKPaintStyle.Stroke : SKPaintStyle.Fill;
            paint.StrokeWidth = role is 's' ? 6 : role is 'p' ? 4.5f : 1.6f;
            (paint.StrokeCap, paint.StrokeJoin) = (SKStrokeCap.Round, SKStrokeJoin.Round);
            canvas.DrawPath(path, paint);
        }
        return bitmap;
    }

    static SKColor Mixed(SKColor c, byte with, float share) => new(
        (byte)(c.Red + (with - c.Red) * share), (byte)(c.Green + (with - c.Green) * share),
        (byte)(c.Blue + (with - c.Blue) * share));
}
