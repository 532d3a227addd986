namespace Recourse.Buyers;

/// <summary>A record as another system kept it.</summary>
public sealed record ImportedRecord(string Source, string Record, Sealed<ImportedPlace> Place)
{
    const int LongestNumber = 100;

    internal static readonly Remedy Look = new("account.look");

    /// <summary>What is wrong with it; null: nothing. Its place must be under the key of whom it is about.</summary>
    internal static Refusal? Fault(IId about, string source, string record, Sealed<ImportedPlace> place) =>
        !Derived.IsCode(source) || string.IsNullOrWhiteSpace(record) || record.Length > LongestNumber
        || place is null || place.Person != about.ToString()
            ? new("account.bad-record", new("account.mend"), ("source", source ?? ""), ("record", record ?? ""))
            : null;
}

/// <summary>Where somebody lives or trades, as another system kept it; only ever stored sealed.</summary>
public sealed record ImportedPlace(string Postcode, string City, string Region);
