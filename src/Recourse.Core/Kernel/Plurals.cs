namespace Recourse.Kernel;

/// <summary>Which of a language's forms a number of things takes (CLDR, cardinal, whole numbers).</summary>
public static class Plurals
{
    /// <summary>The forms that a language has; the last one is for whatever the others aren't.</summary>
    public static ImmutableArray<string> FormsOf(string language) => language.Split('-')[0] switch
    {
        "ar" => ["zero", "one", "two", "few", "many", "other"],
        "zh" => ["other"],
        _    => ["one", "other"],
    };

    /// <summary>The form for so many.</summary>
    public static string FormOf(string language, long number)
    {
        var n = (UInt128)Int128.Abs(number);
        return language.Split('-')[0] switch
        {
            "ar" => n == 0 ? "zero" : n == 1 ? "one" : n == 2 ? "two"
                : n % 100 is var rest && rest >= 3 && rest <= 10 ? "few" : rest >= 11 ? "many" : "other",
            "pt" or "fr" => n <= 1 ? "one" : "other",
            "zh" => "other",
            _    => n == 1 ? "one" : "other",
        };
    }
}
