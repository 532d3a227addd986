using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Every decision that can be appealed, for everybody and for the DSA Transparency Database.</summary>
[Trait("Capability", "POL-3")]
public sealed class TheRegister(Market market) : IClassFixture<Market>
{
    // The database's own vocabulary: its API documentation, and its categories since July 2025.
    static readonly Dictionary<string, string[]> Vocabulary = new()
    {
        ["decision_visibility"] = ["DECISION_VISIBILITY_CONTENT_REMOVED", "DECISION_VISIBILITY_CONTENT_DISABLED",
            "DECISION_VISIBILITY_CONTENT_DEMOTED", "DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED",
            "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED", "DECISION_VISIBILITY_CONTENT_LABELLED",
            "DECISION_VISIBILITY_OTHER"],
        ["decision_monetary"] = ["DECISION_MONETARY_SUSPENSION", "DECISION_MONETARY_TERMINATION",
            "DECISION_MONETARY_OTHER"],
        ["decision_provision"] = ["DECISION_PROVISION_PARTIAL_SUSPENSION", "DECISION_PROVISION_TOTAL_SUSPENSION",
            "DECISION_PROVISION_PARTIAL_TERMINATION", "DECISION_PROVISION_TOTAL_TERMINATION"],
        ["decision_account"] = ["DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED"],
        ["account_type"] = ["ACCOUNT_TYPE_BUSINESS", "ACCOUNT_TYPE_PRIVATE"],
        ["decision_ground"] = ["DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT"],
        ["incompatible_content_illegal"] = ["Yes", "No"],
        ["category"] = ["STATEMENT_CATEGORY_ANIMAL_WELFARE", "STATEMENT_CATEGORY_CONSUMER_INFORMATION",
            "STATEMENT_CATEGORY_CYBER_VIOLENCE", "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN",
            "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
            "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
            "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
            "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE", "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
            "STATEMENT_CATEGORY_PROTECTION_OF_MINORS", "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY",
            "STATEMENT_CATEGORY_SCAMS_AND_FRAUD", "STATEMENT_CATEGORY_SELF_HARM",
            "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS", "STATEMENT_CATEGORY_VIOLENCE"],
        ["category_specification"] = ["KEYWORD_PROHIBITED_PRODUCTS", "KEYWORD_REGULATED_GOODS_SERVICES",
            "KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING", "KEYWORD_INAUTHENTIC_ACCOUNTS", "KEYWORD_CYBER_HARASSMENT",
            "KEYWORD_NONCOMPLIANCE_PRICING"],
        ["content_type"] = ["CONTENT_TYPE_APP", "CONTENT_TYPE_AUDIO", "CONTENT_TYPE_IMAGE", "CONTENT_TYPE_PRODUCT",
            "CONTENT_TYPE_SYNTHETIC_MEDIA", "CONTENT_TYPE_TEXT", "CONTENT_TYPE_VIDEO", "CONTENT_TYPE_OTHER"],
        ["territorial_scope"] = ["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
            "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"],
        ["source_type"] = ["SOURCE_ARTICLE_16", "SOURCE_TRUSTED_FLAGGER", "SOURCE_TYPE_OTHER_NOTIFICATION",
            "SOURCE_VOLUNTARY"],
        ["automated_detection"] = ["Yes", "No"],
        ["automated_decision"] = ["AUTOMATED_DECISION_FULLY", "AUTOMATED_DECISION_PARTIALLY",
            "AUTOMATED_DECISION_NOT_AUTOMATED"],
    };

    static readonly string[] Required =
    [
        "decision_ground", "content_type", "category", "territorial_scope", "content_date", "application_date",
        "decision_facts", "source_type", "automated_detection", "automated_decision", "puid", "platform_uid",
        "platform_name", "incompatible_content_ground", "incompatible_content_explanation",
    ];

    static readonly string[] Decisions =
        ["decision_visibility", "decision_monetary", "decision_provision", "decision_account"];

    /// <summary>What the database would say of a record; nothing: it takes it.</summary>
    static IEnumerable<string> FaultsOf(JsonObject record)
    {
        foreach (var name in Required)
            if (record[name]?.ToString() is null or "") yield return $"{name} is required";
        if (Decisions.All(d => record[d] is null)) yield return "one of the decisions is required";
        foreach (var (name, values) in Vocabulary)
            foreach (var value in record[name] is JsonArray some ? some.Select(v => $"{v}")
                : record[name] is { } one ? [$"{one}"] : [])
                if (!values.Contains(value)) yield return $"{name} {value} is no value";
        foreach (var name in (string[])["content_type", "territorial_scope", "decision_visibility"])
            if (record[name] is not (null or JsonArray { Count: > 0 })) yield return $"{name} is no list";
        if (record["content_type"]!.AsArray().Any(t => $"{t}" is "CONTENT_TYPE_OTHER")
            != record["content_type_other"] is not null) yield return "content_type_other";
        foreach (var (name, most) in ((string, int)[])[("incompatible_content_ground", 500),
            ("incompatible_content_explanation", 2_000), ("decision_facts", 5_000), ("content_type_other", 500),
            ("puid", 500)])
            if (record[name]?.ToString().Length > most) yield return $"{name} is too long";
        if (!Regex.IsMatch($"{record["puid"]}", "^[A-Za-z0-9_-]+$")) yield return "puid has other characters";
        foreach (var name in record.Select(p => p.Key).Where(k => k.Contains("date", StringComparison.Ordinal)))
            if (!DateOnly.TryParseExact($"{record[name]}", "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var day) || day < new DateOnly(2020, 1, 1)) yield return $"{name} is no day";
    }

    /// <summary>The number of a decision in the register, once there is one.</summary>
    internal static async Task<string> FirstIn(Market market)
    {
        var uid = default(string);
        await Market.Until(async () => (uid = (await market.Stranger().Get("/v1/decisions")).Json["items"]!.AsArray()
            .FirstOrDefault()?["uid"]!.ToString()) is not null, "a decision in the register");
        return uid!;
    }

    async Task<(string Buyer, string Ana, string Order)> SomeDecisions()
    {
        var (ana, seller) = await market.Seller();
        var name = market.Fresh("bea");
        var (buyer, order) = await market.Bought(ana, buyer: name);
        var (_, own) = await market.Bought(ana, buyer: name);
        await seller.Post($"{order}/cancellation", Market.OutOfStock);
        await buyer.Post($"{own}/cancellation", new { reason = "cancel.changed-mind" });
        var (_, wrong) = await market.Bought(ana, buyer: name);
        market.Clock.Pass(Duration.FromHours(25));
        await market.EndedFor("cancel.policy-breach", wrong, market.As(Party.Agent, "gil"));
        var until = NodaTime.Text.InstantPattern.ExtendedIso.Format(market.Clock.Now + Duration.FromDays(3));
        await market.As(Party.Agent, "lia").Post(
            $"/v1/buyers/{name}/blocks", new { reason = "method.unusual-use", until });
        await seller.Put($"/v1/listings/{ana}/mug", Market.Mug(price: 125_000));
        var all = default(JsonArray);
        await Market.Until(async () =>
        {
            all = (await market.As(Party.Agent, "gil").Get("/v1/decisions?limit=200")).Json["items"]!.AsArray();
            return all.Count(i => $"{i!["of"]}".Contains(ana) || $"{i["of"]}".Contains(name)) >= 4;
        }, "four decisions");
        return (name, ana, order);
    }

    [Fact]
    public async Task Leads_to_nobody_and_is_open_to_everybody()
    {
        var (name, ana, order) = await SomeDecisions();
        foreach (var language in Texts.OfStatements)
        {
            var open = await market.Stranger().Get($"/v1/decisions?limit=200&lang={language}");
            open.Status.ShouldBe(HttpStatusCode.OK, open.Text);
            open.Text.ShouldNotContain(name);
            open.Text.ShouldNotContain(ana);
            open.Text.ShouldNotContain(order.Split('/')[^1]);
            open.Text.ShouldNotContain("EUR", Case.Sensitive);
            open.Json["items"]!.AsArray().ShouldAllBe(i => i!["language"]!.ToString() == language
                && i["text"]!.ToString().Length > 10 && !i["text"]!.ToString().Contains('{'));
        }
        var codes = (await market.Stranger().Get("/v1/decisions?limit=200")).Json["items"]!.AsArray()
            .Select(i => $"{i!["code"]}").ToList();
        codes.ShouldContain("cancel.out-of-stock");
        codes.ShouldNotContain("cancel.changed-mind", "what a buyer wished themselves is no decision against them");
        (await market.As(Party.Agent, "gil").Get("/v1/decisions")).Json["items"]![0]!["of"].ShouldNotBeNull();
        (await market.Stranger().Get("/v1/decisions?code=cancel.out-of-stock")).Json["items"]!.AsArray()
            .ShouldAllBe(i => i!["code"]!.ToString() == "cancel.out-of-stock");
        (await market.Stranger().Get("/v1/decisions/counts")).Text.ShouldContain("method.unusual-use");
        (await market.Stranger().Get("/v1/decisions?code=a.b&about=order")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await market.Stranger().Get("/v1/decisions?lang=xx")).Code.ShouldBe("api.no-such-language");
        using var reader = market.App.Stranger();
        var page = await reader.Open("/decisions?lang=fr");
        page.Text.ShouldContain("épuisé");
        page.Text.ShouldNotContain(name);
    }

    [Fact]
    public async Task Is_taken_by_the_databases_own_rules()
    {
        var (name, ana, _) = await SomeDecisions();
        var opal = market.As(Party.Operator, "opal");
        var file = await opal.Get("/v1/decisions/export");
        var records = file.Json["statements"]!.AsArray();
        records.ShouldNotBeEmpty();
        records.SelectMany(r => FaultsOf(r!.AsObject())).Distinct().ShouldBeEmpty();
        records.Select(r => $"{r!["puid"]}").Distinct().Count().ShouldBe(records.Count);
        file.Text.ShouldNotContain(name);
        file.Text.ShouldNotContain(ana);
        records.ShouldContain(r => $"{r!["content_type_other"]}" == "Order"
            && string.CompareOrdinal($"{r["content_date"]}", $"{r["application_date"]}") < 0, "it was placed before");
        records.ShouldContain(r => $"{r!["category"]}" == "STATEMENT_CATEGORY_CONSUMER_INFORMATION"
            && $"{r["decision_visibility"]![0]}" == "DECISION_VISIBILITY_CONTENT_DISABLED");
        records.ShouldContain(r => $"{r!["decision_facts"]}".Contains("may not be sold")
            || $"{r["category"]}" == "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS");
        file.Text.ShouldNotContain("out of stock", Case.Sensitive, "a seller's own decision is not the platform's");

        var page = (await opal.Get("/v1/decisions/dsa")).Json;
        page["statements"]!.AsArray().SelectMany(r => FaultsOf(r!.AsObject())).Distinct().ShouldBeEmpty();
        var table = await opal.Get("/v1/decisions/export?format=csv");
        table.Text.TrimStart('\ufeff').Split("\r\n")[0].ShouldContain("decision_visibility,decision_monetary");
        table.Text.Split("\r\n").Length.ShouldBe(records.Count + 2, "a head, a line each, and an end");
    }

    [Fact]
    public async Task Tells_only_the_countries_concerned_and_nothing_of_elsewhere()
    {
        var (ana, seller) = await market.Seller();
        var (nil, elsewhere) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        market.Clock.Pass(Duration.FromHours(25));
        await market.As(Party.Agent, "gil").Post($"{order}/cancellation", new { reason = "cancel.fraud-confirmed" });
        await elsewhere.Put($"/v1/listings/{nil}/mug", Market.Mug(price: 1_250, country: "BR"));
        await elsewhere.Put($"/v1/listings/{nil}/mug", Market.Mug(price: 125_000, country: "BR"));
        await seller.Put($"/v1/listings/{ana}/mug", Market.Mug(price: 125_000));
        var rows = default(JsonArray);
        await Market.Until(async () =>
        {
            rows = (await market.As(Party.Agent, "gil").Get("/v1/decisions?limit=200")).Json["items"]!.AsArray();
            return rows.Count(r => $"{r!["of"]}".Contains($"/{ana}/")) >= 2
                && rows.Any(r => $"{r!["of"]}".Contains($"/{nil}/"));
        }, "all three decisions");
        var records = (await market.As(Party.Operator, "opal").Get("/v1/decisions/export")).Json["statements"]!
            .AsArray().ToDictionary(r => $"{r!["puid"]}", r => r!["territorial_scope"]!.AsArray().Select(c => $"{c}"));
        foreach (var row in rows!.Where(r => $"{r!["of"]}".Contains($"/{ana}/")))
            records[$"recourse-{row!["uid"]}"].ShouldBe(["DE"], $"{row["of"]}");
        rows!.Where(r => $"{r!["of"]}".Contains($"/{nil}/"))
            .ShouldAllBe(r => !records.ContainsKey($"recourse-{r!["uid"]}"));
    }

    [Fact]
    public async Task Is_exported_by_day_to_operators_alone_and_says_what_is_wrong()
    {
        await SomeDecisions();
        var opal = market.As(Party.Operator, "opal");
        var day = market.Clock.Now.InUtc().Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
        (await opal.Get($"/v1/decisions/export?from={day}&until={day}")).Json["statements"]!.AsArray()
            .ShouldNotBeEmpty();
        (await opal.Get("/v1/decisions/export?until=2001-01-01")).Json["statements"]!.AsArray().ShouldBeEmpty();
        (await opal.Get("/v1/decisions/export?from=-0044-03-15&until=9999-12-31")).Json["statements"]!.AsArray()
            .ShouldNotBeEmpty("the calendar's ends are days too");
        foreach (var (query, field) in ((string, string)[])[("format=xml", "format"), ("from=soon", "from"),
            ("until=2026-13-01", "until"), ("from=2026-02-02&until=2026-02-01", "until")])
        {
            var no = await opal.Get($"/v1/decisions/export?{query}");
            (no.Status, no["field"]).ShouldBe((HttpStatusCode.BadRequest, field), query);
        }
        (await market.As(Party.Agent, "gil").Get("/v1/decisions/export")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var reader = await market.Browse(Party.Operator, "opal");
        (await reader.Open("/decisions")).Html.ShouldContain("action=\"/decisions/export\"");
    }
}
