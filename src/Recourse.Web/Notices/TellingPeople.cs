using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Puts inbox, mail and webhooks into the host.</summary>
public static class TellingPeople
{
    /// <summary>Its files in a store's folder: what was read, sent and chosen can't be folded out of the log again.
    /// </summary>
    public static readonly ImmutableArray<string> Files = [NoticeFile.FileName, HookFile.FileName];

    internal static void Add(IServiceCollection services, HostOptions options)
    {
        services.AddSingleton(s => new NoticeFile(
            options.DataFolder, s.GetRequiredService<Store>().Journal.Position, s.GetRequiredService<Registry>().Json));
        services.AddSingleton(s => new HookFile(options.DataFolder, s.GetRequiredService<Registry>().Json));
        services.AddSingleton<NoticeMeters>().AddSingleton<Inbox>().AddSingleton<Mailbox>()
            .AddSingleton<HookQueue>().AddSingleton<Hooks>();
        if (options.AddressBook is { } given) services.AddSingleton(given);
        else services.AddSingleton<IAddressBook, AddressBook>();
        services.AddSingleton<PostOffice>().AddSingleton<IMailer>(s => s.GetRequiredService<PostOffice>());
        services.AddSingleton<Herald>();
        services.AddHostedService(s => s.GetRequiredService<Herald>());
        services.AddHostedService(s => s.GetRequiredService<PostOffice>());
        services.AddHostedService<HookSender>();
    }

    internal static void Map(IEndpointRouteBuilder v1)
    {
        InboxEndpoints.Map(v1);
        HookEndpoints.Map(v1);
    }

    internal static void MapPages(IEndpointRouteBuilder pages, bool hasMailbox)
    {
        InboxPages.Map(pages);
        HookPages.Map(pages);
        if (hasMailbox) InboxPages.MapMailbox(pages);
    }
}
