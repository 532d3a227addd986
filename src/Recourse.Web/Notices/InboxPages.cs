using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>The inbox as people see it, and what they chose.</summary>
static class InboxPages
{
    const int OnAPage = 30;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/inbox", Show).AsPage(InboxEndpoints.Readers);
        pages.MapPost("/inbox/read", Read).AsPage(InboxEndpoints.Readers);
        pages.MapGet("/me/notifications", Choices).AsPage(InboxEndpoints.Choosers);
        pages.MapPost("/me/notifications", Choose).AsPage(InboxEndpoints.Choosers);
    }

    /// <summary>What came to the mailbox of a demo.</summary>
    public static void MapMailbox(IEndpointRouteBuilder pages) => pages.MapGet("/demo/mailbox", Mailbox).AsPage();

    static async Task<IResult> Show(Caller caller, Inbox inbox, string? after) => Pages.Show<InboxPage>(
        Reader.Of(caller.Http), new() { ["Body"] = await inbox.Of(caller, after, OnAPage) });

    static IResult Read(FormWrite form, Inbox inbox)
    {
        if (long.TryParse(form["up-to"], out var upTo)) inbox.Read(form.By.Who, upTo);
        return Results.LocalRedirect("/inbox");
    }

    static async Task<IResult> Choices(
        Caller caller, IPlatform platform, NoticeFile file, IAddressBook book, string? done) =>
        Pages.Show<NotificationsPage>(Reader.Of(caller.Http), new()
        {
            ["Body"] = await InboxEndpoints.Of(caller, platform, file, book), ["Done"] = done is "saved",
        });

    static async Task<IResult> Choose(FormWrite form, IPlatform platform, NoticeFile file, IAddressBook book)
    {
        var choice = new Notifications(
            [.. Notifications.Topics.Where(t => Notifications.Always.Contains(t) || form[$"inbox-{t}"] is not "")],
            [.. Notifications.Topics.Where(t => form[$"mail-{t}"] is not "")], form["language"]);
        var outcome = await platform.Ask(InboxEndpoints.Choosing(form, choice), form.By.Cancel);
        if (outcome is Outcome.Done) return Results.LocalRedirect("/me/notifications?done=saved");
        var reader = Reader.Of(form.By.Http);
        var problem = Problems.Of(outcome);
        return Pages.Show<NotificationsPage>(reader, new()
        {
            ["Body"] = await InboxEndpoints.Of(form.By, platform, file, book),
            ["Refused"] = Problems.Body(problem, reader.Texts, form.By.Http),
        }, problem.Status);
    }

    static IResult Mailbox(HttpContext http, string? find, int? mail)
    {
        var all = http.RequestServices.GetRequiredService<Mailbox>().Sink?.Mails ?? [];
        var shown = string.IsNullOrWhiteSpace(find) ? all
            : [.. all.Where(m => $"{m.To} {m.Subject}".Contains(find.Trim(), StringComparison.OrdinalIgnoreCase))];
        return Pages.Show<MailboxPage>(Reader.Of(http), new()
        {
            ["Mails"] = shown.Take(100).ToImmutableArray(), ["Open"] = all.FirstOrDefault(m => m.Number == mail),
        });
    }
}
