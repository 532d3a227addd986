using System.Net;
using System.Security.Cryptography;
using System.Text;
namespace Recourse.Adapters.Payments.StandIn;

/// <summary>Parameters as <c>amount=5&amp;metadata[payment]=x</c>, from a body or a query.</summary>
internal sealed class Form
{
    /// <summary>Longest body, in bytes.</summary>
    public const int MostBytes = 64 * 1024;

    const int MostParameters = 200;

    readonly ImmutableSortedDictionary<string, string> _values;

    Form(ImmutableSortedDictionary<string, string> values) => _values = values;

    /// <summary>Null if the parameter isn't given, or is empty.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && value is not "" ? value : null;

    /// <summary>Whether anything is given under a name.</summary>
    public bool Has(string name) => _values.Keys.Any(k => k == name || k.StartsWith(name + "["));

    /// <summary>What is given as <c>name[x]</c>.</summary>
    public ImmutableSortedDictionary<string, string> Under(string name) =>
        (from pair in _values
         where pair.Key.StartsWith(name + "[") && pair.Key.IndexOf('[', name.Length + 1) < 0 && pair.Value is not ""
         select KeyValuePair.Create(pair.Key[(name.Length + 1)..^1], pair.Value))
        .ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The same for the same parameters in any order; says nothing about their contents.</summary>
    public string Fingerprint(string about)
    {
        var text = new StringBuilder(about);
        foreach (var (name, value) in _values) text.Append('\n').Append(name.Length).Append(name).Append(value);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Null if it can't be read, with the reason.</summary>
    public static Form? Read(string text, out string wrong)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = pair.IndexOf('=');
            var name = WebUtility.UrlDecode(cut < 0 ? pair : pair[..cut]);
            if (!IsName(name)) return Wrong("A parameter's name can't be read.", out wrong);
            values[name] = cut < 0 ? "" : WebUtility.UrlDecode(pair[(cut + 1)..]);
            if (values.Count > MostParameters) return Wrong("There are too many parameters.", out wrong);
        }
        wrong = "";
        return new(values.ToImmutable());
    }

    static Form? Wrong(string why, out string wrong)
    {
        wrong = why;
        return null;
    }

    /// <summary>A word, then any number of words in brackets.</summary>
    static bool IsName(string name)
    {
        var open = name.IndexOf('[');
        if (open < 0) open = name.Length;
        if (open is 0 || !name[..open].All(c => char.IsAsciiLetterOrDigit(c) || c is '_')) return false;
        for (var at = open; at < name.Length;)
        {
            var close = name[at] is '[' ? name.IndexOf(']', at) : -1;
            if (close < 0 || name.IndexOf('[', at + 1, close - at - 1) >= 0) return false;
            at = close + 1;
        }
        return true;
    }
}
