namespace Recourse.Web;

/// <summary>Addresses with what is chosen in them.</summary>
static class Query
{
    /// <summary>A path with those of the parts that are there.</summary>
    public static string To(string path, params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var query = "";
        foreach (var (name, value) in parts)
            if (!string.IsNullOrEmpty(value))
                query += $"{(query is "" ? '?' : '&')}{name}={Uri.EscapeDataString(value)}";
        return path + query;
    }
}
