using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Reasons;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>From the register into the form of the DSA Transparency Database.</summary>
public static class DsaForm
{
    /// <summary>So many at a time: what one call of the database takes.</summary>
    public const int Most = 100;

    const string Suspended = "DECISION_PROVISION_PARTIAL_SUSPENSION",
        Terminated = "DECISION_PROVISION_PARTIAL_TERMINATION";

    // The European Economic Area.
    static readonly ImmutableArray<string> Everywhere =
    [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI",
        "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    ];

    static readonly Texts English = Texts.In("en", DateTimeZone.Utc);

    static readonly JsonSerializerOptions Plain = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A decision in that form.</summary>
    /// <param name="about">What the views know of what it is about.</param>
    /// <param name="address">Where the platform is; null: nobody said.</param>
    /// <returns>Null: it holds nowhere in the European Economic Area, and the database takes no such.</returns>
    public static DsaRecord? Of(DecisionRow row, About about, Uri? address)
    {
        if (about.Countries is []) return null;
        var (category, more, isIllegal) = CategoryOf(row.Code);
        var isAccount = row.Kind is "person";
        return new()
        {
            DecisionVisibility = row.Kind is "listing" ? ["DECISION_VISIBILITY_CONTENT_DISABLED"] : null,
            DecisionMonetary = MonetaryOf(row), DecisionProvision = ProvisionOf(row),
            DecisionAccount = isAccount ? "DECISION_ACCOUNT_SUSPENDED" : null,
            AccountType = row.Kind switch
            {
                "listing" or "seller" or "earnings" => "ACCOUNT_TYPE_BUSINESS",
                "buyer" or "checkout" or "verification" or "person" => "ACCOUNT_TYPE_PRIVATE",
                _ => null,
            },
            DecisionGround = "DECISION_GROUND_INCOMPATIBLE_CONTENT",
            DecisionGroundReferenceUrl = address is null ? null
                : new Uri(address, $"/rulebook?version={row.Rulebook}#{row.Rule}").AbsoluteUri,
            IncompatibleContentGround = $"Rulebook, edition {row.Rulebook}, rule {row.Rule}",
            IncompatibleContentExplanation = English.TellReasonToEverybody(row.Code),
            IncompatibleContentIllegal = isIllegal ? "Yes" : "No",
            Category = category, CategorySpecification = more is null ? null : [more],
            ContentType = [row.Kind is "listing" ? "CONTENT_TYPE_PRODUCT" : "CONTENT_TYPE_OTHER"],
            ContentTypeOther = row.Kind is "listing" ? null : NameOf(row.Kind),
            ContentDate = Day(about.PlacedAt ?? row.IssuedAt), ApplicationDate = Day(row.IssuedAt),
            TerritorialScope = about.Countries,
            EndDateAccount = isAccount && row.Until is { } end ? Day(end) : null,
            EndDateService = ProvisionOf(row) is not null && row.Until is { } until ? Day(until) : null,
            DecisionFacts = English.TellEverybody(row.Code, row.Outcome, row.DecidedBy, row.Rule, row.Rulebook),
            SourceType = "SOURCE_VOLUNTARY",
            // What a person decides about a purchase, screening had brought to them.
            AutomatedDetection = row.DecidedBy is null || row.Kind is "checkout" ? "Yes" : "No",
            AutomatedDecision = row.DecidedBy is null ? "AUTOMATED_DECISION_FULLY"
                : row.Kind is "checkout" ? "AUTOMATED_DECISION_PARTIALLY" : "AUTOMATED_DECISION_NOT_AUTOMATED",
            Puid = $"recourse-{row.Uid}", PlatformUid = $"recourse-{row.Uid}",
        };
    }

    /// <summary>A record as the database's own API takes it.</summary>
    public static string Json(DsaRecord record) => JsonSerializer.Serialize(record, Plain);

    /// <summary>A whole file for its API: <c>{"statements": […]}</c>.</summary>
    public static string Json(IEnumerable<DsaRecord> records) =>
        $$"""{"statements":[{{string.Join(",\n", records.Select(Json))}}]}""";

    /// <summary>A table with the names of the database's own files; lists as JSON.</summary>
    public static string Csv(IEnumerable<DsaRecord> records)
    {
        var text = new StringBuilder().AppendJoin(',', Columns.Select(c => c.Name)).Append("\r\n");
        foreach (var record in records)
            text.AppendJoin(',', Columns.Select(c => Cell(c.Of(record)))).Append("\r\n");
        return text.ToString();
    }

    static readonly ImmutableArray<(string Name, Func<DsaRecord, object?> Of)> Columns =
    [
        .. from property in typeof(DsaRecord).GetProperties()
           let name = property.GetCustomAttributes(typeof(JsonPropertyNameAttribute), false)
               .Cast<JsonPropertyNameAttribute>().FirstOrDefault()?.Name
           where name is not null
           select (name, (Func<DsaRecord, object?>)(r => property.GetValue(r))),
    ];

    /// <summary>A value as a cell of such a table.</summary>
    public static string Cell(object? value) => value switch
    {
        null => "",
        ImmutableArray<string> some => Quoted(JsonSerializer.Serialize(some)),
        _ => Quoted($"{value}"),
    };

    static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;

    static string Day(Instant at) => at.InUtc().Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    static string? MonetaryOf(DecisionRow row) =>
        row.Kind is not "earnings" ? null
        : row.Outcome is "earnings.taken-off" ? "DECISION_MONETARY_TERMINATION" : "DECISION_MONETARY_SUSPENSION";

    static string? ProvisionOf(DecisionRow row) => row.Kind switch
    {
        "listing" or "person" or "earnings" => null,
        "order" or "plan" => Terminated,
        "checkout" when row.Outcome is "checkout.turned-down" => Terminated,
        _ => Suspended,
    };

    static string NameOf(string kind) => kind switch
    {
        "order"        => "Order",
        "checkout"     => "Purchase",
        "plan"         => "Instalments of an order",
        "buyer"        => "Use of payment methods, or buying",
        "person"       => "Account",
        "verification" => "Proof of identity",
        "earnings"     => "Payouts of a seller's earnings",
        _              => kind,
    };

    static (string Category, string? More, bool IsIllegal) CategoryOf(string code) => code switch
    {
        "listing.goods-not-sold" or "cancel.policy-breach" =>
            ("STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS", "KEYWORD_PROHIBITED_PRODUCTS", false),
        "listing.goods-named" =>
            ("STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS", "KEYWORD_REGULATED_GOODS_SERVICES", false),
        "cancel.fraud-confirmed" or "block.fraud" => ("STATEMENT_CATEGORY_SCAMS_AND_FRAUD", null, true),
        "block.taken-over" => ("STATEMENT_CATEGORY_SCAMS_AND_FRAUD", "KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING", false),
        "block.second-account" => ("STATEMENT_CATEGORY_SCAMS_AND_FRAUD", "KEYWORD_INAUTHENTIC_ACCOUNTS", false),
        "block.abuse" => ("STATEMENT_CATEGORY_CYBER_VIOLENCE", "KEYWORD_CYBER_HARASSMENT", false),
        _ when code.StartsWith("price.", StringComparison.Ordinal) =>
            ("STATEMENT_CATEGORY_CONSUMER_INFORMATION", "KEYWORD_NONCOMPLIANCE_PRICING", false),
        _ when code.StartsWith("risk.", StringComparison.Ordinal)
            || code.StartsWith("method.", StringComparison.Ordinal)
            || code.StartsWith("bulk.", StringComparison.Ordinal)
            || code.StartsWith("verification.", StringComparison.Ordinal) =>
            ("STATEMENT_CATEGORY_SCAMS_AND_FRAUD", null, false),
        _ => ("STATEMENT_CATEGORY_OTHER_VIOLATION_TC", null, false),
    };

    /// <summary>What a decision is about.</summary>
    /// <param name="PlacedAt">When the order was placed; null: it is about no order.</param>
    /// <param name="Countries">Of the EEA, those that it concerns: where the goods go, or can be sent. What is about
    /// somebody's account holds in all of them.</param>
    public sealed record About(Instant? PlacedAt, ImmutableArray<string> Countries)
    {
        /// <summary>Out of the views.</summary>
        public static About Of(DecisionRow row, IViews views)
        {
            if (OrderId.TryParse(row.Of, out var order))
                return views.Find(OrderList.View, OrderList.Key(order)) is { } placed
                    ? new(placed.PlacedAt, Among(placed.Country is { } to ? [to] : null)) : new(null, Everywhere);
            if (CheckoutId.TryParse(row.Of, out var checkout))
                return new(null, Among(
                    views.Find(CheckoutList.View, CheckoutList.Key(checkout))?.Country is { } to ? [to] : null));
            return new(null, Among(row.Kind is not "listing" ? null
                : views.Find(ShopWindow.View, row.Of)?.Offer.ShipsTo.Select(s => s.Country)));
        }

        // Where it isn't known, it may be anywhere.
        static ImmutableArray<string> Among(IEnumerable<string>? countries) =>
            countries is null ? Everywhere : [.. Everywhere.Intersect(countries)];
    }
}
