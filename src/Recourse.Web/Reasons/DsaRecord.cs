using System.Text.Json.Serialization;
using Recourse.Reasons;
namespace Recourse.Web;

/// <summary>
/// A statement of reasons in the form of the DSA Transparency Database: fields, values and lengths as its API
/// documentation has them (transparency.dsa.ec.europa.eu, "API documentation"; the categories of July 2025).
/// </summary>
/// <remarks>Regulation (EU) 2022/2065 Article 24(5): nothing in it is personal.</remarks>
public sealed record DsaRecord
{
    /// <summary>The platform's name in the database.</summary>
    public const string Platform = "Recourse";

    /// <summary>What visibility was restricted; none: it wasn't.</summary>
    [JsonPropertyName("decision_visibility")]
    public ImmutableArray<string>? DecisionVisibility { get; init; }

    /// <summary>Which payment was suspended or ended; null: none.</summary>
    [JsonPropertyName("decision_monetary")] public string? DecisionMonetary { get; init; }

    /// <summary>Which service was suspended or ended; null: none.</summary>
    [JsonPropertyName("decision_provision")] public string? DecisionProvision { get; init; }

    /// <summary>Whether an account was suspended or ended; null: it wasn't.</summary>
    [JsonPropertyName("decision_account")] public string? DecisionAccount { get; init; }

    /// <summary>Whose account it is: a business's or a private one.</summary>
    [JsonPropertyName("account_type")] public string? AccountType { get; init; }

    /// <summary>The law or the platform's terms.</summary>
    [JsonPropertyName("decision_ground")] public required string DecisionGround { get; init; }

    /// <summary>Where the rule can be read.</summary>
    [JsonPropertyName("decision_ground_reference_url")] public string? DecisionGroundReferenceUrl { get; init; }

    /// <summary>Which rule, to 500 characters.</summary>
    [JsonPropertyName("incompatible_content_ground")] public string? IncompatibleContentGround { get; init; }

    /// <summary>Why it applies, to 2,000 characters.</summary>
    [JsonPropertyName("incompatible_content_explanation")]
    public string? IncompatibleContentExplanation { get; init; }

    /// <summary>Whether it is unlawful too: <c>Yes</c> or <c>No</c>.</summary>
    [JsonPropertyName("incompatible_content_illegal")] public string? IncompatibleContentIllegal { get; init; }

    /// <summary>What kind of violation.</summary>
    [JsonPropertyName("category")] public required string Category { get; init; }

    /// <summary>Which one more exactly; none: nothing is said.</summary>
    [JsonPropertyName("category_specification")] public ImmutableArray<string>? CategorySpecification { get; init; }

    /// <summary>What kind of thing was restricted.</summary>
    [JsonPropertyName("content_type")] public required ImmutableArray<string> ContentType { get; init; }

    /// <summary>What, where it is none of the database's kinds; to 500 characters.</summary>
    [JsonPropertyName("content_type_other")] public string? ContentTypeOther { get; init; }

    /// <summary>In which language; null: it has none.</summary>
    [JsonPropertyName("content_language")] public string? ContentLanguage { get; init; }

    /// <summary>The day on which what was restricted was there, <c>2026-03-02</c>.</summary>
    [JsonPropertyName("content_date")] public required string ContentDate { get; init; }

    /// <summary>Countries of the EEA in which it holds.</summary>
    [JsonPropertyName("territorial_scope")] public required ImmutableArray<string> TerritorialScope { get; init; }

    /// <summary>From which day it holds.</summary>
    [JsonPropertyName("application_date")] public required string ApplicationDate { get; init; }

    /// <summary>Until which day the account is restricted; null: no end is set.</summary>
    [JsonPropertyName("end_date_account_restriction")] public string? EndDateAccount { get; init; }

    /// <summary>Until which day the service is restricted; null: no end is set.</summary>
    [JsonPropertyName("end_date_service_restriction")] public string? EndDateService { get; init; }

    /// <summary>What the decision rests on, in English, to 5,000 characters.</summary>
    [JsonPropertyName("decision_facts")] public required string DecisionFacts { get; init; }

    /// <summary>Who had noticed it.</summary>
    [JsonPropertyName("source_type")] public required string SourceType { get; init; }

    /// <summary>Whether a program had found it: <c>Yes</c> or <c>No</c>.</summary>
    [JsonPropertyName("automated_detection")] public required string AutomatedDetection { get; init; }

    /// <summary>How much of the decision was a program's.</summary>
    [JsonPropertyName("automated_decision")] public required string AutomatedDecision { get; init; }

    /// <summary>Its number at the platform, as the API takes it.</summary>
    [JsonPropertyName("puid")] public required string Puid { get; init; }

    /// <summary>The same, as the database's own files call it.</summary>
    [JsonPropertyName("platform_uid")] public required string PlatformUid { get; init; }

    /// <summary>The platform, as the database's own files call it.</summary>
    [JsonPropertyName("platform_name")] public string PlatformName { get; init; } = Platform;
}
