namespace Recourse.Checkouts;

/// <summary>How much something stands in the way of a checkout.</summary>
public enum Gravity
{
    /// <summary>Worth knowing; the checkout goes on.</summary>
    Advice,

    /// <summary>The buyer puts it right, or says that it is right as it is.</summary>
    Step,

    /// <summary>It has to be put right.</summary>
    Blocking,
}

/// <summary>What can be odd about an address.</summary>
public enum AddressTrouble
{
    /// <summary>The country's post needs it.</summary>
    Missing,

    /// <summary>Signs that no label shows.</summary>
    Unprintable,

    /// <summary>Nobody is called so.</summary>
    NameImplausible,

    /// <summary>Initials or a title alone.</summary>
    NameIncomplete,

    /// <summary>The country has no such region.</summary>
    NoSuchRegion,

    /// <summary>No postcode of that country looks so.</summary>
    PostcodeForm,

    /// <summary>The postcode is another region's.</summary>
    PostcodeElsewhere,

    /// <summary>Nearly the name of a town of that region.</summary>
    TownMistyped,

    /// <summary>No phone number.</summary>
    PhoneForm,

    /// <summary>A phone number of another country.</summary>
    PhoneElsewhere,
}

/// <summary>Something odd about an address, as it is recorded: never what is written there.</summary>
/// <param name="Field">Where, as the request calls it, e.g. <c>postcode</c>.</param>
public sealed record AddressFault(AddressTrouble Trouble, string Field);

/// <summary>What a look at an address found.</summary>
/// <param name="PhoneCountry">Where the phone number is from, ISO 3166 alpha-2; null: none is written, or nobody can
/// say.</param>
public sealed record AddressCheck(ImmutableArray<AddressFault> Faults, string? PhoneCountry = null);

public static partial class Checkout
{
    /// <summary>Something that was found in a basket before it is paid.</summary>
    /// <param name="What">What is so and what would help; it is told as a refusal where it stops the checkout.</param>
    /// <param name="Of">What else must be the same for it to be the same finding; null: nothing.</param>
    public sealed record Finding(Refusal What, Gravity Gravity, string? Of = null)
    {
        /// <summary>The same as long as the same is found in the same place.</summary>
        public string Id => $"{What.Code}{(What.Field is { } at ? $":{at}" : "")}{(Of is { } of ? $"@{of}" : "")}";

        /// <summary>Whether that basket can't go on with it.</summary>
        public bool Stops(Basket basket) => Gravity switch
        {
            Gravity.Blocking => true,
            Gravity.Step     => !(basket.Confirmed?.Contains(Id) ?? false),
            Gravity.Advice   => false,
        };
    }

    /// <summary>All that is found in a basket, however little it weighs: nobody should mend it one by one.</summary>
    public static ImmutableArray<Finding> Findings(Basket basket, CheckoutFacts facts, Asked asked) =>
        [.. Findings(basket, facts, new Turn(Party.Buyer, asked.At, asked.InForce)), .. Foretold(facts, asked)];

    static IEnumerable<Finding> Findings(Basket basket, CheckoutFacts facts, Turn turn)
    {
        foreach (var fault in Faults(basket, facts, turn)) yield return new(fault, Gravity.Blocking);
        foreach (var found in FoundOfBuyer(facts, turn)) yield return found;
        if (IsIssuedElsewhere(facts, basket.Country) && facts.Method!.Value.Country is { } issued)
            yield return Weighed(turn, IssuedElsewhere(issued, basket.Country)) with { Of = issued };
        foreach (var fault in CouponFaults(basket, facts, turn)) yield return new(fault, Gravity.Blocking);
        if (AreQuoted(basket, facts))
            foreach (var found in FoundOfLines(basket, facts, turn)) yield return found;
        if (facts.ShipTo?.Value is not { Faults.IsDefault: false } look) yield break;
        foreach (var fault in look.Faults)
            yield return Weighed(turn, Told(fault, basket.Country));
    }

    /// <summary>What can only be looked for where every line has been looked up.</summary>
    static bool AreQuoted(Basket basket, CheckoutFacts facts) => !basket.Lines.IsDefault && !facts.Quotes.IsDefault
        && facts.Quotes.Length == basket.Lines.Length;

    static IEnumerable<Finding> FoundOfLines(Basket basket, CheckoutFacts facts, Turn turn)
    {
        var sendings = new Sendings(basket, facts, turn.Book, turn.At);
        return
        [
            .. ShippingFindings(basket, facts, sendings, turn), .. GoodsFindings(basket, facts, turn),
            .. TermsFindings(basket, facts, sendings, turn), .. Quantities(basket, facts, turn),
            .. LargeFindings(basket, facts, turn), .. ShareFindings(basket, facts),
            .. AcrossBorders(basket, facts, sendings, turn),
        ];
    }

    /// <summary>As the rulebook weighs it.</summary>
    /// <param name="otherwise">What it weighs where the rulebook says nothing.</param>
    static Finding Weighed(Turn turn, Refusal what, Gravity otherwise = Gravity.Advice) =>
        new(what, turn.Rules.GravityOf(what.Code, otherwise));

    /// <summary>Under which code something odd about an address is told.</summary>
    public static string CodeOf(AddressTrouble trouble) => Told(new(trouble, ""), "").Code;

    static Refusal Told(AddressFault fault, string country) => fault.Trouble switch
    {
        AddressTrouble.Missing           => Missing(fault.Field, country),
        AddressTrouble.Unprintable       => Unprintable(fault.Field),
        AddressTrouble.NameImplausible   => NameImplausible(fault.Field),
        AddressTrouble.NameIncomplete    => NameIncomplete(fault.Field),
        AddressTrouble.NoSuchRegion      => NoSuchRegion(fault.Field, country),
        AddressTrouble.PostcodeForm      => PostcodeForm(fault.Field, country),
        AddressTrouble.PostcodeElsewhere => PostcodeElsewhere(fault.Field),
        AddressTrouble.TownMistyped      => TownMistyped(fault.Field),
        AddressTrouble.PhoneForm         => PhoneForm(fault.Field),
        AddressTrouble.PhoneElsewhere    => PhoneElsewhere(fault.Field, country),
    };

    /// <summary>The card was issued in another country than where it goes. What isn't known is no conflict.</summary>
    public static bool IsIssuedElsewhere(CheckoutFacts facts, string? country) =>
        facts.Method?.Value.Country is { } issued && country is { Length: 2 } && issued != country;

    /// <summary>The card's country is not the one that it goes to.</summary>
    public const string CardElsewhere = "method.issued-elsewhere";

    static Refusal IssuedElsewhere(string issued, string country) =>
        new(CardElsewhere, MendOrOther, ("issued", issued), ("country", country)) { Field = "method" };

    static readonly Remedy MendOrOther = new("method.look-again");

    static readonly Remedy MendAddress = new("address.mend"), MendOrConfirm = new("address.mend-or-confirm");

    static Refusal Missing(string field, string country) =>
        new("address.missing", MendAddress, ("part", $"part-{field}"), ("country", country)) { Field = At(field) };

    static Refusal Unprintable(string field) =>
        new("address.unprintable", MendAddress, ("part", $"part-{field}")) { Field = At(field) };

    static Refusal NameImplausible(string field) =>
        new("address.name-implausible", MendOrConfirm) { Field = At(field) };

    static Refusal NameIncomplete(string field) => new("address.name-incomplete", MendOrConfirm) { Field = At(field) };

    static Refusal NoSuchRegion(string field, string country) =>
        new("address.no-such-region", MendOrConfirm, ("country", country)) { Field = At(field) };

    static Refusal PostcodeForm(string field, string country) =>
        new("address.postcode-form", MendOrConfirm, ("country", country)) { Field = At(field) };

    static Refusal PostcodeElsewhere(string field) =>
        new("address.postcode-elsewhere", MendOrConfirm) { Field = At(field) };

    static Refusal TownMistyped(string field) => new("address.town-mistyped", MendOrConfirm) { Field = At(field) };
    static Refusal PhoneForm(string field) => new("address.phone-form", MendOrConfirm) { Field = At(field) };

    static Refusal PhoneElsewhere(string field, string country) =>
        new("address.phone-elsewhere", MendOrConfirm, ("country", country)) { Field = At(field) };

    static string At(string field) => $"shipTo.{field}";
}
