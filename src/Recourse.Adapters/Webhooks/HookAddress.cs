using System.Net;
using System.Net.Sockets;
namespace Recourse.Adapters.Webhooks;

/// <summary>
/// Which addresses are called at all: those of the open internet. What somebody writes into a field must not make this
/// machine call its neighbours.
/// </summary>
public static class HookAddress
{
    /// <summary>Longest address, in characters.</summary>
    public const int Longest = 2_000;

    // IANA special-purpose registries, read 2026-11-25: what is not globally reachable.
    static readonly ImmutableArray<IPNetwork> Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    static readonly IPNetwork Global = IPNetwork.Parse("2000::/3"), Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>What is wrong with an address as it is written; null: nothing so far.</summary>
    /// <param name="local">This machine itself may be called too, without encryption: in demos and tests.</param>
    public static HookFault? FaultOf(string? text, bool local)
    {
        if (text is null || text.Length > Longest || !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("https" or "http") || uri.Fragment is not "") return HookFault.NoAddress;
        if (uri.UserInfo is not "") return HookFault.Credentials;
        if (IPAddress.TryParse(uri.DnsSafeHost, out var address))
        {
            if (!IsOpen(address, local)) return HookFault.Private;
        }
        else if (uri.IsLoopback && !local) return HookFault.Private;
        return uri.Scheme is "https" || local && uri.IsLoopback ? null : HookFault.Unencrypted;
    }

    /// <summary>Whether this one may be called.</summary>
    public static bool IsOpen(IPAddress address, bool local)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (local && IPAddress.IsLoopback(address)) return true;
        if (address.AddressFamily is AddressFamily.InterNetworkV6)
        {
            if (Translated.Contains(address)) return IsOpen(new IPAddress(address.GetAddressBytes()[12..]), local);
            if (!Global.Contains(address)) return false;
        }
        return !Closed.Any(n => n.Contains(address));
    }
}

/// <summary>What is wrong with an address.</summary>
public enum HookFault
{
    /// <summary>It is none, or of another kind than http.</summary>
    NoAddress,

    /// <summary>It has a name and password in it.</summary>
    Credentials,

    /// <summary>It is not encrypted.</summary>
    Unencrypted,

    /// <summary>It leads into a network that is not open.</summary>
    Private,
}
