using System.Security.Cryptography;
using Recourse.Catalog;
using Recourse.Runtime;
using SkiaSharp;
namespace Recourse.Adapters.Pictures;

/// <summary>
/// Pictures of listings: drawn anew from what was sent, so that nothing else that the file held (where it was taken, or
/// worse) is kept or shown, in two sizes, and named by what they contain. They are for everybody to see.
/// </summary>
public sealed class PictureFolder(string path)
{
    /// <summary>The largest file that is taken, in bytes.</summary>
    public const int Largest = 4 << 20;

    /// <summary>The folder's name in a store's.</summary>
    public const string FolderName = "pictures";

    /// <summary>What pictures are kept and shown as.</summary>
    public const string MediaType = "image/webp";

    const int LongestSide = 960, SmallSide = 320, Least = 16, Quality = 82, SmallQuality = 74;
    const long MostPixels = 24_000_000;
    static readonly SKSamplingOptions Smoothly = new(SKFilterMode.Linear, SKMipmapMode.Linear);
    static readonly ImmutableArray<SKEncodedImageFormat> Taken =
        [SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp];

    /// <summary>In a platform's folder of data.</summary>
    public static PictureFolder In(string data) => new(Path.Combine(data, FolderName));

    // One at a time: a picture of many pixels takes a hundred megabytes for a moment.
    readonly Lock _drawing = new();

    /// <summary>Keeps a picture; null: it is none (JPEG, PNG or WebP), or none of a size that is taken.</summary>
    /// <param name="alt">What is to be seen on it.</param>
    public Picture? Keep(byte[] content, string alt)
    {
        lock (_drawing)
        {
            using var drawn = Draw(content);
            return drawn is null ? null : Keep(drawn, alt);
        }
    }

    /// <summary>Keeps what was drawn here.</summary>
    public Picture Keep(SKBitmap drawn, string alt)
    {
        using var large = Within(drawn, LongestSide);
        using var small = Within(drawn, SmallSide);
        using var bytes = large.Encode(SKEncodedImageFormat.Webp, Quality);
        var name = Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan()).AsSpan(0, Picture.NameLength / 2));
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(name, isSmall: false))!);
        using var fewer = small.Encode(SKEncodedImageFormat.Webp, SmallQuality);
        Write(FileOf(name, isSmall: true), fewer);
        Write(FileOf(name, isSmall: false), bytes);
        return new(name, alt, large.Width, large.Height);
    }

    /// <summary>A picture's file; null: there is none.</summary>
    public string? Find(string name, bool isSmall) =>
        Picture.IsName(name) && FileOf(name, isSmall) is var file && File.Exists(file) ? file : null;

    /// <summary>A picture that is kept, with these words; null: there is none.</summary>
    public Picture? Known(string name, string alt)
    {
        if (Find(name, isSmall: false) is not { } file) return null;
        using var codec = SKCodec.Create(file);
        return codec is null ? null : new(name, alt, codec.Info.Width, codec.Info.Height);
    }

    /// <summary>All that are kept.</summary>
    public IEnumerable<string> Names() => !Directory.Exists(path) ? []
        : Directory.EnumerateFiles(path, "*.webp", SearchOption.AllDirectories)
            .Select(f => Path.GetFileNameWithoutExtension(f)).Where(Picture.IsName);

    /// <summary>Notes that a picture is in use.</summary>
    public void Use(string name, Instant now)
    {
        if (Find(name, isSmall: false) is not { } file) return;
        try { File.SetLastWriteTimeUtc(file, now.ToDateTimeUtc()); }
        catch (FileNotFoundException) { }                                   // it has just gone
    }

    /// <summary>When a picture was last kept or in use; null: there is none.</summary>
    public Instant? LastUsed(string name) => Find(name, isSmall: false) is { } file
        ? Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(file)) : null;

    /// <summary>Removes a picture.</summary>
    public void Drop(string name)
    {
        lock (_drawing)
        {
            File.Delete(FileOf(name, isSmall: true));
            File.Delete(FileOf(name, isSmall: false));
        }
    }

    static SKBitmap? Draw(byte[] content)
    {
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data);
        if (codec is null || !Taken.Contains(codec.EncodedFormat)) return null;
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (Math.Min(width, height) < Least || (long)width * height > MostPixels) return null;
        using var raw = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(raw.Info, raw.GetPixels()) is not SKCodecResult.Success) return null;
        return Upright(raw, codec.EncodedOrigin);
    }

    /// <summary>As the camera was held, and on white where it lets something through.</summary>
    static SKBitmap Upright(SKBitmap raw, SKEncodedOrigin origin)
    {
        var isTurned = origin >= SKEncodedOrigin.LeftTop;
        var (w, h) = (raw.Width, raw.Height);
        var drawn = new SKBitmap(new SKImageInfo(isTurned ? h : w, isTurned ? w : h, SKColorType.Rgba8888));
        using var canvas = new SKCanvas(drawn);
        canvas.Clear(SKColors.White);
        canvas.Concat(origin switch
        {
            SKEncodedOrigin.TopRight    => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.BottomLeft  => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.LeftTop     => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop    => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
            SKEncodedOrigin.LeftBottom  => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
            _                           => SKMatrix.Identity,
        });
        canvas.DrawBitmap(raw, 0, 0);
        return drawn;
    }

    static SKBitmap Within(SKBitmap drawn, int longest)
    {
        var most = Math.Max(drawn.Width, drawn.Height);
        return most <= longest ? drawn.Copy() : drawn.Resize(
            new SKSizeI(Math.Max(1, drawn.Width * longest / most), Math.Max(1, drawn.Height * longest / most)),
            Smoothly);
    }

    static void Write(string file, SKData bytes)
    {
        if (File.Exists(file)) return;
        var next = $"{file}.{Guid.NewGuid():n}{Backup.Unfinished}";
        using (var stream = File.Create(next))
        {
            bytes.SaveTo(stream);
            stream.Flush(flushToDisk: true);
        }
        File.Move(next, file, overwrite: true);
    }

    string FileOf(string name, bool isSmall) =>
        Path.Combine(path, name[..2], $"{name}{(isSmall ? "-small" : "")}.webp");
}
