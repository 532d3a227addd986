using System.Globalization;
using System.Text;
using ZXing.Common;
using ZXing.QrCode;
using ZXing.QrCode.Internal;
namespace Recourse.Adapters.Barcodes;

/// <summary>A QR code (ISO/IEC 18004) as a vector.</summary>
/// <param name="Size">Modules along an edge, the quiet zone of four on each side included.</param>
/// <param name="Path">The dark modules, as the data of an SVG path in units of one module.</param>
public sealed record QrCode(int Size, string Path)
{
    const int QuietZone = 4;

    /// <summary>The code of a text, with a quarter of it dispensable (level M is for screens).</summary>
    /// <exception cref="ZXing.WriterException">The text is longer than a code holds (2,331 bytes).</exception>
    public static QrCode Of(string text)
    {
        var matrix = new QRCodeWriter().encode(text, ZXing.BarcodeFormat.QR_CODE, 0, 0, new QrCodeEncodingOptions
        {
            ErrorCorrection = ErrorCorrectionLevel.M, Margin = QuietZone, CharacterSet = "UTF-8",
        }.Hints);
        return new(matrix.Width, PathOf(matrix));
    }

    static string PathOf(BitMatrix matrix)
    {
        var path = new StringBuilder();
        for (var y = 0; y < matrix.Height; y++)
            for (var x = 0; x < matrix.Width; x++)
            {
                if (!matrix[x, y]) continue;
                var from = x;
                while (x + 1 < matrix.Width && matrix[x + 1, y]) x++;
                path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from + 1}v1H{from}z");
            }
        return $"{path}";
    }
}
