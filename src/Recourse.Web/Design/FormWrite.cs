using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// A write that a form of ours sent: its key was made with the form, so that sending it twice does it once.
/// </summary>
public class FormWrite : Write
{
    /// <summary>The field that shows that the form is ours.</summary>
    public const string TokenField = "form-token";

    /// <summary>The field with the idempotency key.</summary>
    public const string KeyField = "form-key";

    /// <summary>The field with the version that was looked at, where the form insists on it.</summary>
    public const string VersionField = "form-version";

    // A listing has up to 100 variants and 250 destinations, each with a few fields.
    private protected const int MostFields = 1_000, LongestField = 1 << 19;

    /// <summary>The field with the position that the form's page showed.</summary>
    public const string SeenField = "form-seen";

    static readonly Remedy OpenAgain = new("page.open-again"), AllowCookies = new("page.allow-cookies");

    IFormCollection _fields = FormCollection.Empty;

    /// <summary>What stands in a field, without blanks around it.</summary>
    public string this[string field] => _fields[field].ToString().Trim();

    /// <summary>All that was chosen under one name.</summary>
    public ImmutableArray<string> All(string field) => [.. _fields[field].OfType<string>()];

    /// <summary>What the page had shown; null: it didn't say.</summary>
    public long? Seen => long.TryParse(this[SeenField], out var position) ? position : null;

    /// <summary>Everything that was sent, to show it again.</summary>
    public ImmutableDictionary<string, string> Sent => _fields
        .Where(f => f.Key is not (TokenField or KeyField or VersionField or SeenField))
        .ToImmutableDictionary(f => f.Key, f => f.Value.ToString());

    /// <summary>
    /// What is chosen makes an act of its own of it: whoever goes back and chooses something else says nothing twice.
    /// </summary>
    public FormWrite Choosing(string what)
    {
        Key = $"{Key}.{Platform.Hash(Encoding.UTF8.GetBytes(what)):x16}";
        return this;
    }

    /// <summary>The same, by somebody who has shown who they are and was not let in.</summary>
    internal FormWrite From(Caller caller)
    {
        By = caller;
        return this;
    }

    /// <summary>A key for a new form.</summary>
    public static string NewKey() => $"{Guid.NewGuid():n}";

    /// <summary>Made for each request.</summary>
    public static async ValueTask<FormWrite?> BindAsync(HttpContext context)
    {
        var write = new FormWrite();
        await write.ReadForm(context);
        return write;
    }

    private protected async Task ReadForm(HttpContext http)
    {
        By = new(http);
        try
        {
            if (!http.Request.HasFormContentType) { Fault = Problems.Bad("page.no-form"); return; }
            _fields = await http.Request.ReadFormAsync(
                new() { ValueCountLimit = MostFields, ValueLengthLimit = LongestField }, http.RequestAborted);
            await http.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(http);
        }
        catch (AntiforgeryValidationException)
        {
            // Without any cookie of ours there is no telling whose form it is: the browser keeps none.
            var why = http.Request.Cookies.ContainsKey(Pages.FormCookie)
                ? new Refusal("page.form-is-old", OpenAgain) : new Refusal("page.no-cookies", AllowCookies);
            Fault = new(400, why) { Sent = Sent };
            return;
        }
        catch (InvalidDataException) { Fault = Problems.OfStatus(413); return; }
        Key = this[KeyField];
        if (Key is "" || Key.Length > LongestKey || Key.Any(c => c is <= ' ' or > '~'))
        {
            Fault = Problems.Bad("page.form-without-key");
            return;
        }
        if (long.TryParse(this[VersionField], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            IfVersion = version;
        var said = new StringBuilder($"{http.Request.Method} {http.Request.Path}\n");
        foreach (var (name, values) in _fields.OrderBy(f => f.Key, StringComparer.Ordinal))
            if (name is not TokenField) said.Append($"{name.Length}:{name}={Text(values).Length}:{Text(values)}\n");
        Hash = Platform.Hash(Encoding.UTF8.GetBytes(said.ToString()));
    }

    static string Text(StringValues values) => values.ToString();
}
