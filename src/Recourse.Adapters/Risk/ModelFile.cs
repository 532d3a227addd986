using System.Security.Cryptography;
using System.Text.Json;
using NodaTime.Serialization.SystemTextJson;
using Recourse.Risk;
namespace Recourse.Adapters.Risk;

/// <summary>A learned model as a file: JSON, with the version that follows from its contents.</summary>
public static class ModelFile
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int Largest = 1 << 20;

    const int MostSteps = 1_024, HeaviestWeight = 100_000, VersionBytes = 8;

    static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, WriteIndented = true,
        MaxDepth = 16,
    }.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);

    sealed record Kept(string Version, RiskModel Model);

    /// <summary>A model with the version that follows from its contents.</summary>
    public static RiskModel Named(RiskModel model) => new(model, VersionOf(model));

    /// <summary>The file's contents; the same for the same model.</summary>
    public static byte[] Write(RiskModel model) => JsonSerializer.SerializeToUtf8Bytes(
        new Kept(model.Version, model), Json);

    /// <summary>A model, or what is wrong with the file, in a sentence.</summary>
    public static (RiskModel? Model, string? Problem) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Largest) return (null, $"Is larger than {Largest >> 10} KB.");
        try
        {
            if (JsonSerializer.Deserialize<Kept>(bytes, Json) is not { } kept) return (null, "Is empty.");
            if (ProblemOf(kept.Model) is { } problem) return (null, problem);
            var model = Named(kept.Model);
            return model.Version == kept.Version
                ? (model, null) : (null, "Was changed since it was written: its version doesn't fit its contents.");
        }
        catch (JsonException e)
        {
            return (null, $"Is no model: it can't be read at {e.Path ?? "$"}, line {(e.LineNumber ?? 0) + 1}.");
        }
    }

    static string VersionOf(RiskModel model) => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new Kept("", new(model, "")), Json))
            .AsSpan(0, VersionBytes));

    static string? ProblemOf(RiskModel model)
    {
        if (model.Features.IsDefaultOrEmpty) return "Looks at no fact.";
        if (Math.Abs((long)model.Bias) > HeaviestWeight) return $"The bias is beyond {HeaviestWeight}.";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var feature in model.Features)
        {
            if (feature.Place < 0 || !RiskInput.IsLearnedFrom(feature.Fact))
                return $"Asks for \"{feature.Fact}\", which is no fact that models may look at.";
            if (!seen.Add(feature.Fact)) return $"Asks for {feature.Fact} twice.";
            if (feature.UpTo.IsDefault || feature.Weights.IsDefault || feature.UpTo.Length >= MostSteps
                || feature.Weights.Length != feature.UpTo.Length + 1)
                return $"{feature.Fact} must have one weight more than steps, and less than {MostSteps} steps.";
            for (var i = 1; i < feature.UpTo.Length; i++)
                if (feature.UpTo[i] <= feature.UpTo[i - 1]) return $"The steps of {feature.Fact} don't ascend.";
            if (feature.Weights.Any(w => Math.Abs((long)w) > HeaviestWeight))
                return $"A weight of {feature.Fact} is beyond {HeaviestWeight}.";
        }
        return model.Measured is { Bands.IsDefault: true } ? "Its measure has no bands." : null;
    }
}
