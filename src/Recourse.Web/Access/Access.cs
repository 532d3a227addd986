using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>Who may call an endpoint. One without it lets nobody in, and keeps the platform from starting.</summary>
/// <param name="Roles">Any of these; none: no key is needed.</param>
/// <param name="IsLimited">Callers without a key are counted by where they come from.</param>
/// <param name="IsPage">
/// For people with a browser: they come in with a session and never with a key, programs the other way round, so that
/// no page of another site can speak to the API in somebody's name.
/// </param>
/// <param name="LetsStrangersIn">Also whoever comes without a key, as nobody in particular.</param>
public sealed record Access(
    Party Roles, bool IsLimited = true, bool IsPage = false, bool LetsStrangersIn = false)
{
    /// <summary>Everybody who has a key.</summary>
    public const Party AnyKey =
        Party.Buyer | Party.Seller | Party.Warehouse | Party.Staff | Party.Carrier | Party.Integration;

    /// <summary>Needs no key.</summary>
    public bool IsOpen => Roles is Party.None;
}

/// <summary>With which right at least one of a seller's people is let in.</summary>
public sealed record Needs(Right Least)
{
    /// <summary>Looking is for all of a shop, doing for those who run it; an endpoint may say otherwise.</summary>
    public static Right Of(Endpoint endpoint, bool reads) =>
        endpoint.Metadata.GetMetadata<Needs>()?.Least ?? (reads ? Right.Support : Right.Manager);
}

/// <summary>Declares who may call.</summary>
public static class AccessDeclarations
{
    /// <summary>Only these roles.</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoint, Party roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Access(roles));

    /// <summary>These roles, and whoever comes without a key.</summary>
    public static TBuilder ForAlsoStrangers<TBuilder>(this TBuilder endpoint, Party roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Access(roles, LetsStrangersIn: true));

    /// <summary>A page for these roles, and for whoever has not signed in.</summary>
    public static TBuilder AsPageAlsoForStrangers<TBuilder>(this TBuilder endpoint, Party roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Access(roles, IsPage: true, LetsStrangersIn: true));

    /// <summary>Anybody, without a key.</summary>
    public static TBuilder ForAnybody<TBuilder>(this TBuilder endpoint, bool limited = true)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Access(Party.None, limited));

    /// <summary>A page for whoever has signed in with one of these roles; none: for anybody.</summary>
    public static TBuilder AsPage<TBuilder>(this TBuilder endpoint, Party roles = Party.None)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Access(roles, IsPage: true));

    /// <summary>Of a seller's people, only those with this right or a higher one.</summary>
    public static TBuilder Needing<TBuilder>(this TBuilder endpoint, Right least)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Needs(least));

    /// <summary>Endpoints that nobody declared anything for.</summary>
    public static IEnumerable<string> Undeclared(IEndpointRouteBuilder app) =>
        app.DataSources.SelectMany(s => s.Endpoints).Where(e => e.Metadata.GetMetadata<Access>() is null)
            .Select(e => e.DisplayName ?? "?");
}
