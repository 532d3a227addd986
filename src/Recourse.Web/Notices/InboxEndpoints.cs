using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Buyers;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>Up to where the reader has read.</summary>
/// <param name="UpTo">A position, as the newest item that they have read has it.</param>
public sealed record InboxReadRequest(long UpTo);

/// <summary>What is left to read.</summary>
/// <param name="ReadUpTo">Up to which position everything was read.</param>
public sealed record InboxReadBody(int Unread, long ReadUpTo);

/// <summary>What somebody is told by which way.</summary>
/// <param name="Inbox">Topics that the inbox shows: money and decisions always.</param>
/// <param name="Mail">Topics that are mailed.</param>
/// <param name="Language">The language of mail.</param>
/// <param name="Topics">All that there is to choose from.</param>
/// <param name="Always">What the inbox shows in any case.</param>
/// <param name="MailTo">Where mail goes; left out: no address is known.</param>
/// <param name="LastLost">The last letter that could not be delivered; left out: all arrived.</param>
public sealed record NotificationsBody(
    ImmutableArray<Matter> Inbox, ImmutableArray<Matter> Mail, string Language, ImmutableArray<Matter> Topics,
    ImmutableArray<Matter> Always, ImmutableArray<string> Languages, string? MailTo, LostMailBody? LastLost);

/// <summary>A letter that could not be delivered.</summary>
/// <param name="Trouble">What the mail server said.</param>
public sealed record LostMailBody(Instant At, string Trouble);

/// <summary>A choice of what is told by which way.</summary>
public sealed record NotificationsRequest(ImmutableArray<Matter> Inbox, ImmutableArray<Matter> Mail, string Language);

/// <summary>The inbox, and the choice of what comes into it.</summary>
static class InboxEndpoints
{
    /// <summary>Who has an inbox.</summary>
    public const Party Readers = Party.Buyer | Party.Seller | Party.Staff;

    /// <summary>Who chooses: staff are told what their work is.</summary>
    public const Party Choosers = Party.Buyer | Party.Seller;

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/inbox", async (Caller caller, Inbox inbox, string? after, int? limit) =>
                (Answer<InboxBody>)await inbox.Of(caller, after, limit))
            .For(Readers).WithName("listInbox").WithTags("Inbox")
            .WithSummary("What you are told, the newest first; cursor pages.");
        v1.MapPost("/inbox/read", (WriteOf<InboxReadRequest> write, Inbox inbox) =>
                (Answer<InboxReadBody>)inbox.Read(write.By.Who, write.Body.UpTo))
            .For(Readers).WithName("readInbox").WithTags("Inbox")
            .WithSummary("Everything up to a position was read.");
        v1.MapGet("/me/notifications", Get).For(Choosers).WithName("getNotifications").WithTags("Inbox")
            .WithSummary("What you are told by which way.");
        v1.MapPut("/me/notifications", Put).For(Choosers).WithName("chooseNotifications").WithTags("Inbox")
            .WithSummary("Choose what you are told by which way, and in which language.");
    }

    static async Task<Answer<NotificationsBody>> Get(
        Caller caller, IPlatform platform, NoticeFile file, IAddressBook book) =>
        await Of(caller, platform, file, book);

    static async Task<Answer<NotificationsBody>> Put(
        WriteOf<NotificationsRequest> write, IPlatform platform, NoticeFile file, IAddressBook book)
    {
        var choice = new Notifications(
            OrNone(write.Body.Inbox), OrNone(write.Body.Mail), write.Body.Language);
        var outcome = await platform.Ask(Choosing(write, choice), write.By.Cancel);
        return outcome is Outcome.Done done
            ? Answer<NotificationsBody>.Of(await Of(write.By, platform, file, book), done) : Problems.Of(outcome);
    }

    static ImmutableArray<Matter> OrNone(ImmutableArray<Matter> some) => some.IsDefault ? [] : some;

    /// <summary>The ask that a choice becomes.</summary>
    public static Ask Choosing(Write write, Notifications choice) => write.By.Who switch
    {
        Actor.Buyer a  => write.To(a.Id, new BuyerAccount.Command.ChooseNotifications(choice)),
        Actor.Seller a => write.To(a.Id, new SellerAccount.Command.ChooseNotifications(choice)),
        _ => throw new InvalidOperationException("Only buyers and sellers choose."),
    };

    /// <summary>What somebody has chosen.</summary>
    public static async Task<NotificationsBody> Of(
        Caller caller, IPlatform platform, NoticeFile file, IAddressBook book)
    {
        var person = Inbox.PersonOf(caller.Who)!;
        var chosen = await ChoiceOf(caller, platform);
        var lost = file.LastLost(person);
        return new(
            chosen.Inbox, chosen.Mail, chosen.Language, Notifications.Topics, Notifications.Always, Texts.OfStatements,
            (await book.Find(person, caller.Cancel))?.Mail, lost is null ? null : new(lost.At, lost.Trouble));
    }

    static async Task<Notifications> ChoiceOf(Caller caller, IPlatform platform)
    {
        IId id = caller.Who switch
        {
            Actor.Buyer a  => a.Id,
            Actor.Seller a => a.Id,
            _ => throw new InvalidOperationException("Only buyers and sellers choose."),
        };
        return (await platform.Read(id, caller.Who, caller.Cancel))?.State switch
        {
            BuyerAccount.State { Notifications: { } chosen }  => chosen,
            SellerAccount.State { Notifications: { } chosen } => chosen,
            _ => Notifications.Everything,
        };
    }
}
