namespace Recourse.Web;

/// <summary>The sign of a sort of goods, for eyes that look from far away; never instead of words.</summary>
static class GoodsLooks
{
    public static string OfCategory(string category) => category switch
    {
        "kitchen"     => "coffee",
        "home"        => "lamp",
        "clothes"     => "shirt",
        "books"       => "book-open",
        "paper"       => "file-text",
        "garden"      => "sprout",
        "toys"        => "puzzle",
        "sport"       => "bike",
        "music"       => "music",
        "electronics" => "cable",
        "beauty"      => "sparkles",
        "office"      => "paperclip",
        "photo"       => "camera",
        _             => "package",
    };
}
