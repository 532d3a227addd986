using System.Collections.Frozen;
namespace Recourse.Kernel;

/// <summary>A currency in circulation, by its ISO 4217 code.</summary>
/// <remarks>Source: ISO 4217 list one as published by datasets/currency-codes (PDDL), read 2026-11-24.</remarks>
public readonly record struct Currency
{
    static readonly FrozenDictionary<string, int> DecimalsOf = new (int Decimals, string Codes)[]
    {
        (0, """
            BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF
            """),
        (2, """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE
            CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD
            HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK
            MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD
            RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH
            USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
            """),
        (3, """
            BHD IQD JOD KWD LYD OMR TND
            """),
        (4, """
            CLF UYW
            """),
    }.SelectMany(row => row.Codes.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        (row, code) => (code, row.Decimals)).ToFrozenDictionary(c => c.code, c => c.Decimals);

    readonly string? _code;

    Currency(string code) => _code = code;

    /// <summary>Three capital letters.</summary>
    public string Code => _code ?? throw new InvalidOperationException("No currency was given.");

    /// <summary>Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD.</summary>
    public int Decimals => DecimalsOf[Code];

    /// <summary>Euro.</summary>
    public static readonly Currency Eur = new("EUR");

    /// <summary>False for a code that isn't in circulation.</summary>
    public static bool TryParse(string? code, out Currency currency)
    {
        var known = code is not null && DecimalsOf.ContainsKey(code);
        currency = known ? new(string.Intern(code!)) : default;
        return known;
    }

    /// <summary>Throws for a code that isn't in circulation: for code and stored data, never for input.</summary>
    public static Currency Of(string code) =>
        TryParse(code, out var currency) ? currency : throw new FormatException($"{code} is no currency.");

    /// <inheritdoc/>
    public override string ToString() => Code;
}
