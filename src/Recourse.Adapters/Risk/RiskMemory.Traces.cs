using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Recourse.Risk;
namespace Recourse.Adapters.Risk;

public sealed partial class RiskMemory
{
    /// <summary>What was tried.</summary>
    enum Try : uint
    {
        Purchase,

        /// <summary>Another card or address in a purchase that is known.</summary>
        Further,

        /// <summary>A bank said no.</summary>
        Declined,

        /// <summary>It said that the card is never good again.</summary>
        DeclinedHard,
    }

    /// <summary>A try, which stands in two bits beside the account. Numbers are places; 0: there is none.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    struct Trace
    {
        const int TryShift = 30;
        const uint MostAccounts = (1U << TryShift) - 1;

        public uint At, Card, BeforeOfAccount;
        public Before Before;
        uint _what;

        public readonly uint Account => _what & MostAccounts;
        public readonly Try Try => (Try)(_what >> TryShift);
        public readonly bool IsDecline => Try is Try.Declined or Try.DeclinedHard;

        public void Is(Try what, uint account) => _what = ((uint)what << TryShift) | (account & MostAccounts);
    }

    /// <summary>The purchase before it over each link.</summary>
    [InlineArray(Links)]
    struct Before
    {
        uint _first;
    }

    /// <summary>What is known of an account for ever.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    struct Past
    {
        public uint Last;
        public ushort Honest, Counted;
        public byte NonPayments, Cancelled;
        public ushort Currency;
        public long Sum;
    }

    /// <summary>A purchase by its hashes; 0: there is no such link.</summary>
    readonly ref struct Hashed
    {
        public readonly ulong Account;
        public readonly ReadOnlySpan<ulong> Of;

        public Hashed(PurchaseAttempt attempt, Span<ulong> links)
        {
            Account = KeyTable.HashOf('u', attempt.Account);
            ReadOnlySpan<string?> texts = [attempt.Device, attempt.Ip, attempt.Card, attempt.Address];
            for (var i = 0; i < Links; i++)
                links[i] = string.IsNullOrEmpty(texts[i]) ? 0 : Math.Max(1, KeyTable.HashOf(Kinds[i], texts[i]!));
            Of = links;
        }
    }

    /// <summary>Counts by age.</summary>
    struct Counter
    {
        int _hour, _day, _week, _month;

        public static Counter Of(int all) => new() { _hour = all, _day = all, _week = all, _month = all };

        public readonly Recent Now => new(_hour, _day, _week, _month);
        public readonly Recent? Any => _month == 0 ? null : Now;

        public void Add(uint age)
        {
            _month++;
            if (age < Week) _week++;
            if (age < Day) _day++;
            if (age < Hour) _hour++;
        }
    }
}
