using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Who reads a page: in which words, in which time zone, at what time.</summary>
/// <param name="Role">In which role; none: nobody has signed in.</param>
/// <param name="Code">Their code, e.g. of the buyer.</param>
/// <param name="Token">What a form must bring back to show that it is ours.</param>
/// <param name="Path">The page's own address.</param>
public sealed record Reader(
    Texts Texts, DateTimeZone Zone, Instant Now, Party Role, string? Code, string Token, string Path)
{
    /// <summary>How much they have not read.</summary>
    public int Unread { get; init; }

    /// <summary>Whose inbox they read; null: they have none.</summary>
    public string? InboxOf { get; init; }

    readonly CultureInfo _culture = CultureInfo.GetCultureInfo(Texts.Language);

    /// <summary>How many things are in their basket.</summary>
    public int InBasket { get; init; }

    /// <summary>Amounts in the currency that they chose to read in too; null: such readers choose none.</summary>
    public OwnMoney? Own { get; init; }

    /// <summary>What shops are called; null: nobody knows.</summary>
    internal Shops? Shops { get; init; }

    /// <summary>Where the page stands; changes after it are told to it. Null: to nobody.</summary>
    public string? Since { get; init; }

    /// <summary>What stands after the question mark of its address: filters, and where a list goes on.</summary>
    public ImmutableArray<(string Name, string Value)> Query { get; init; } = [];

    /// <summary>How they want to read.</summary>
    public Preferences Preferences { get; init; } = new();

    /// <summary>What they are called; without an account, their code.</summary>
    public string? Called { get; init; }

    /// <summary>For a seller's people, what they may do there.</summary>
    public Right Right { get; init; } = Right.Owner;

    /// <summary>At a shop's desks, the text of its id.</summary>
    public string Shop => $"seller/{Code}";

    /// <summary>Whether a single key acts.</summary>
    public bool SingleKeys => Preferences.SingleKeys;

    /// <summary>The same reader in the language in which they read statements of reasons.</summary>
    public Reader OfReasons => ReferenceEquals(Texts.Reasons, Texts) ? this : this with { Texts = Texts.Reasons };

    /// <summary>The reader of this request, in their own time zone; if nobody knows it, in the given one.</summary>
    public static Reader Of(HttpContext http, string zone = "UTC")
    {
        var visitor = http.Features.Get<Visitor>();
        var services = http.RequestServices;
        zone = Choices.ZoneOf(http) ?? zone;
        var tokens = services.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return new(
            Languages.Of(http.Request, zone), DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc,
            services.GetRequiredService<IPlatform>().Now, visitor?.Role ?? Party.None,
            visitor is null ? null : CodeOf(visitor.Who), tokens.RequestToken!, http.Request.Path)
        {
            Shops = services.GetRequiredService<Shops>(),
            InBasket = visitor?.Role is null or Party.Buyer ? services.GetRequiredService<Baskets>().Of(http).Units : 0,
            InboxOf = visitor is null ? null : Inbox.PersonOf(visitor.Who),
            Unread = visitor is null ? 0 : services.GetRequiredService<Inbox>().UnreadOf(visitor.Who),
            Since = http.Features.Get<Since>()?.Mark,
            Back = HttpMethods.IsGet(http.Request.Method) ? null : SignIn.PathOf(http.Request.Headers.Referer) ?? "/",
            Query = [.. http.Request.Query.SelectMany(q => q.Value, (q, v) => (q.Key, v ?? ""))],
            Preferences = Choices.Of(http), Own = OwnOf(http, visitor), Right = visitor?.Right ?? Right.Owner,
            Called = visitor is null ? null : visitor.Person?.Name ?? NameOf(visitor, services),
        };
    }

    static OwnMoney? OwnOf(HttpContext http, Visitor? visitor) => visitor?.Role is not (null or Party.Buyer) ? null
        : new(Currency.TryParse(Choices.Of(http).Money, out var own) ? own : null,
            http.RequestServices.GetRequiredService<RateFollower>().Good);

    /// <summary>Whoever came in with a key is called as their shop is, or as their demo calls them.</summary>
    static string NameOf(Visitor visitor, IServiceProvider services)
    {
        var code = CodeOf(visitor.Who);
        return (visitor.Role is Party.Seller or Party.Warehouse ? services.GetRequiredService<Shops>().NameOf(code)
            : services.GetService<Demo>()?.NameOf(visitor.Role, code)) ?? code;
    }

    /// <summary>
    /// What a shop is called: for the platform's people with its code beside it, without a name by its code.
    /// </summary>
    /// <param name="seller">The code of its seller, or the text of their id.</param>
    public string ShopOf(string seller)
    {
        var code = OrderTable.CodeOf(seller);
        return Shops?.NameOf(code) is not { } name ? code : IsStaff ? $"{name} ({code})" : name;
    }

    /// <summary>Where a form that is on every page leads back to; null: the page's own address does.</summary>
    public string? Back { get; init; }

    /// <summary>
    /// The page's address with something changed in it; null takes it out. What was done is never said twice.
    /// </summary>
    public string With(params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        List<(string Name, string Value)> query = [.. Query.Where(q => q is { Name: not "done", Value: not "" })];
        foreach (var (name, value) in changes)
        {
            query.RemoveAll(q => q.Name == name);
            if (value is { Length: > 0 }) query.Add((name, value));
        }
        return query is [] ? Path : $"{Path}?{string.Join('&', query.Select(
            q => $"{Uri.EscapeDataString(q.Name)}={Uri.EscapeDataString(q.Value)}"))}";
    }

    /// <summary>What the address says under a name; null: nothing.</summary>
    public string? Asked(string name) =>
        Query.FirstOrDefault(q => q.Name == name).Value is { Length: > 0 } v ? v : null;

    /// <summary>Words of the console.</summary>
    public string Say(string code, params ImmutableArray<Named> facts) => Texts.Fill($"console.{code}", facts);

    /// <summary>A word of a sentence as a title.</summary>
    public static string Capital(string text) => text is "" ? "" : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    /// <summary>Words of the console that may not exist for this case; then more general ones.</summary>
    public string Say(string special, string general) =>
        Texts.Has($"console.{special}") ? Say(special, []) : Say(general, []);

    /// <summary>"3 Dec".</summary>
    public string Day(Instant at) => At(at, IsThisYear(at) ? "format.short-day" : "format.day");

    /// <summary>"14:00".</summary>
    public string Time(Instant at) => At(at, "format.time");

    /// <summary>"3 Dec, 14:00".</summary>
    public string DayAndTime(Instant at) =>
        At(at, IsThisYear(at) ? "format.short-day-time" : "format.day-time");

    /// <summary>"today 14:00", "tomorrow 14:00", else "Thu 3 Dec, 14:00".</summary>
    public string When(Instant at)
    {
        var days = Period.DaysBetween(Now.InZone(Zone).Date, at.InZone(Zone).Date);
        var time = At(at, "format.time");
        return days is 0 ? Say("time.today", ("time", time)) : days is 1 ? Say("time.tomorrow", ("time", time))
            : IsThisYear(at) || Math.Abs(days) < 60 ? At(at, "format.weekday-time") : DayAndTime(at);
    }

    /// <summary>"in 28 s", "in 3 h 12 min", "20 min ago".</summary>
    public string Relative(Instant at)
    {
        if (at > Now && at - Now <= Duration.FromMinutes(1))
            return Say("time.in-seconds", ("s", (long)Math.Ceiling((at - Now).TotalSeconds)));
        var left = at > Now ? at - Now : Now - at;
        var way = at > Now ? "in" : "ago";
        return left < Duration.FromHours(1) ? Say($"time.{way}-minutes", ("m", Whole(left.TotalMinutes)))
            : left < Duration.FromHours(24)
                ? Say($"time.{way}-hours", ("h", Whole(left.TotalHours)), ("m", (long)left.Minutes))
            : Say($"time.{way}-days", ("d", Whole(left.TotalDays)));
    }

    /// <summary>As HTML has it.</summary>
    public static string Machine(Instant at) => NodaTime.Text.InstantPattern.General.Format(at);

    /// <summary>A party in their words: "You" for the reader.</summary>
    public string Who(string party) => Is(party) ? Say("you") : Say($"party.{party}", "party.platform");

    /// <summary>Whether the reader is that party.</summary>
    public bool Is(string party) => Role is not Party.None && Words.Of(Role) == party;

    /// <summary>Whether they are the platform's people.</summary>
    public bool IsStaff => (Role & Party.Staff) != 0;

    /// <summary>The desk that they sit at: it decides density and layout.</summary>
    public string Desk => Role switch
    {
        Party.Seller                    => "seller",
        Party.Warehouse                 => "warehouse",
        Party.Agent                     => "agent",
        Party.Operator                  => "operator",
        _                               => "buyer",
    };

    /// <summary>The order of words in their language.</summary>
    public StringComparer Alphabet => StringComparer.Create(_culture, ignoreCase: true);

    /// <summary>"Thu 3 Dec 2026, 14:00".</summary>
    public string Clock(Instant at) => At(at, "format.clock");

    /// <summary>
    /// How <see cref="Relative"/> says it, for the script that keeps it fresh: minutes, hours and days, ahead and past,
    /// and the last seconds.
    /// </summary>
    public string RelativeWords => string.Join('|', ((string[])["minutes", "hours", "days"]).SelectMany(
        unit => (string[])[$"time.in-{unit}", $"time.ago-{unit}"]).Append("time.in-seconds")
        .Select(code => Texts.Tell($"console.{code}")));

    /// <summary>The forms of what is counted there, as JSON.</summary>
    public string RelativeForms => JsonSerializer.Serialize(((string[])["seconds", "minutes", "days"]).ToDictionary(
        unit => unit, unit => Plurals.FormsOf(Texts.Language).ToDictionary(
            form => form, form => Texts.Tell($"plural.{unit}.{form}"))));

    string At(Instant at, string format) => Texts.Show(at, format, Zone);

    bool IsThisYear(Instant at) => at.InZone(Zone).Year == Now.InZone(Zone).Year;

    static long Whole(double number) => (long)Math.Floor(number);

    static string CodeOf(Actor who) => who switch
    {
        Actor.Buyer a       => a.Id.Code,
        Actor.Seller a      => a.Id.Code,
        Actor.Warehouse a   => a.Of.Code,
        Actor.Agent a       => a.Code,
        Actor.Operator a    => a.Code,
        Actor.Carrier a     => a.Code,
        Actor.Integration a => a.Code,
        Actor.Aggregate or Actor.Outside or Actor.Clock => "",
    };
}
