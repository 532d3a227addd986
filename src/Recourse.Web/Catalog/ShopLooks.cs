namespace Recourse.Web;

/// <summary>How a category is drawn: listings have no pictures, and a drawing says as much as is known.</summary>
static class ShopLooks
{
    /// <summary>Its sign, and which of the calm grounds it stands on.</summary>
    public static (string Glyph, int Ground) Of(string category) => category switch
    {
        "kitchen" => ("coffee", 0),
        "home"    => ("lamp", 1),
        "clothes" => ("shirt", 2),
        "toys"    => ("toy-brick", 3),
        "sport"   => ("dumbbell", 4),
        "paper"   => ("notebook-pen", 5),
        "garden"  => ("sprout", 4),
        "music"   => ("music", 2),
        _         => ("gift", 5),
    };

    /// <summary>What it is called; a category without words is called by its code.</summary>
    public static string NameOf(string category, Reader reader) =>
        reader.Texts.Has($"category.{category}") ? reader.Texts.Tell($"category.{category}")
        : category is "" ? "" : $"{char.ToUpperInvariant(category[0])}{category[1..].Replace('-', ' ')}";

    /// <summary>All countries, in the order of their names.</summary>
    public static IEnumerable<(string Code, string Name)> Countries(Reader reader) =>
        Kernel.Countries.All.Select(c => (c, CountryOf(c, reader))).OrderBy(c => c.Item2, reader.Alphabet);

    /// <summary>A country's name.</summary>
    public static string CountryOf(string code, Reader reader) =>
        reader.Texts.Has($"country.{code}") ? reader.Texts.Tell($"country.{code}") : code;
}
