using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Evidence;
using Recourse.Disputes;
using Recourse.People;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Where somebody reads why they are kept out, and appeals it: they have shown who they are, and stay outside.
/// </summary>
/// <param name="Pass">What shows that they have.</param>
sealed record AtTheDoor(string Pass) : IResult
{
    /// <summary>Where an appeal is sent to.</summary>
    public const string Path = $"{SignIn.Path}/appeal";

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext) =>
        await (await Show(httpContext, Pass, null, null, 422)).ExecuteAsync(httpContext);

    /// <summary>So much is read here, where nobody has come in: enough to say of a file that it is too large.</summary>
    public const int MostSent = 2 * EvidenceFolder.Largest;

    /// <summary>
    /// Lodges it. A file is kept only of somebody who has shown who they are, and as often as secrets are tried.
    /// </summary>
    public static async Task<IResult> Lodge(
        FormUpload form, HttpContext http, AppealDesk desk, Exhibits exhibits, IPlatform platform)
    {
        var entrance = http.RequestServices.GetRequiredService<Entrance>();
        if (entrance.TooOften(http) is { } tooOften) return SignIn.Page(http, null, tooOften);
        if (entrance.WithPass(form["pass"]) is not { } person
            || await PeopleDesk.WhyOf(person, platform, http.RequestAborted) is not { } why)
            return SignIn.Page(http, null, Refused.OldStep);
        var subject = new Subject.PersonBlock(new(person.Id));
        var write = form.From(CallerOf(http, person));
        var problem = exhibits.Kept(form, out var file) is { } no ? no : (await desk.Lodge(
            AppealId.Of(subject, why), $"{subject.About}", form["text"], file is null ? null : [file], write)).Problem;
        return await Show(http, form["pass"], problem, form["text"], 200);
    }

    static Caller CallerOf(HttpContext http, Person person) =>
        Caller.AtTheDoor(http, Visitor.As(person, new(Party.Buyer, person.Id, default)));

    /// <summary>Why, and room for what is wrong with it; or where an appeal of it stands.</summary>
    static async Task<IResult> Show(HttpContext http, string pass, Problem? refused, string? text, int status)
    {
        var services = http.RequestServices;
        var (platform, desk) = (services.GetRequiredService<IPlatform>(), services.GetRequiredService<AppealDesk>());
        if (services.GetRequiredService<Entrance>().WithPass(pass) is not { } person
            || await PeopleDesk.WhyOf(person, platform, http.RequestAborted) is not { } why)
            return SignIn.Page(http, null, Refused.OldStep);
        var (reader, caller) = (Reader.Of(http), CallerOf(http, person));
        var appeal = await desk.Read(AppealId.Of(new Subject.PersonBlock(new(person.Id)), why), caller);
        return Pages.Show<KeptOutPage>(reader, new()
        {
            ["Why"] = Words.Of(why, Party.Buyer, reader.Texts), ["Pass"] = pass, ["Text"] = text ?? "",
            ["Days"] = (long)desk.Rules.DecideWithin.TotalDays,
            ["Appeal"] = appeal is null or { State: Appeal.State.Withdrawn } ? null : desk.BodyOf(appeal, reader.Texts),
            ["Fault"] = refused is null ? null : Problems.Body(refused, reader.Texts, http),
        }, refused?.Status ?? status);
    }
}
