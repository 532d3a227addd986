using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Macros at the API and as pages: operators keep them, staff use them.</summary>
static class MacroEndpoints
{
    public const string Path = "/macros";

    public static void Map(IEndpointRouteBuilder v1)
    {
        var macros = v1.MapGroup(Path).WithTags("Work");
        macros.MapGet("", List).For(Party.Staff).WithName("listMacros")
            .WithSummary("Words that staff use often, with places for facts, the newest first.");
        macros.MapGet("/{code}", (string code, Caller caller, MacroDesk desk) => desk.Get(code, caller))
            .For(Party.Staff).WithName("getMacro").WithSummary("One macro with all its versions.");
        macros.MapPut("/{code}", (string code, WriteOf<MacroRequest> write, MacroDesk desk) =>
            desk.Put(code, write.Body.Texts, write)).For(Party.Operator).WithName("putMacro")
            .WithSummary("Give a macro these words from now on; one that was retired is used again.");
        macros.MapPost("/{code}/retirement", (string code, BareWrite write, MacroDesk desk) =>
            desk.Retire(code, write)).For(Party.Operator).WithName("retireMacro")
            .WithSummary("Let nobody use a macro any more.");
        macros.MapGet("/{code}/preview", Preview).For(Party.Staff).WithName("previewMacro")
            .WithSummary("A macro as whoever it is written to would read it: their language, the facts of the case.");
    }

    static async Task<Answer<Rows<MacroBody>>> List(
        Caller caller, MacroDesk desk, string? after, int? limit, bool? used = null) =>
        await desk.List(caller, used is true, after, limit);

    /// <summary>Filled for an appeal, or for what is written about an order.</summary>
    /// <param name="for">The id of the appeal or the order, e.g. <c>appeal/ana/…</c>.</param>
    /// <param name="to">Of an order, who alone reads it: <c>buyer</c> or <c>seller</c>; left out: both.</param>
    static async Task<Answer<FilledMacroBody>> Preview(
        string code, string? @for, Caller caller, AppealDesk appeals, MacroDesk desk, IPlatform platform,
        string? to = null) =>
        AppealId.TryParse(@for, out var id) && await appeals.Read(id, caller) is { } seen
            ? await desk.Fill(code, MacroCase.Of(id, (Appeal.State)seen.State), caller)
        : OrderId.TryParse(@for, out var order)
            && await platform.Read(order, caller.Who, caller.Cancel) is { State: Order.State.Dealt sold }
            ? await desk.Fill(code, MacroCase.Of(order, sold, Words.PartyOf(to ?? "")), caller)
        : Problems.NotFound;

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, async (Caller caller, MacroDesk desk, string? after) => await ShowAll(
            caller, desk, after, null, null)).AsPage(Party.Staff);
        pages.MapPost(Path, async (FormWrite form, MacroDesk desk) =>
            await Put(form["code"], form, desk) is { Problem: { } no }
                ? await ShowAll(form.By, desk, null, no, form) : To(form["code"])).AsPage(Party.Operator);
        var one = pages.MapGroup($"{Path}/{{code}}");
        one.MapGet("", (string code, Caller caller, MacroDesk desk, string? done) =>
            Show(code, caller, desk, null, null, done)).AsPage(Party.Staff);
        one.MapPost("", async (string code, FormWrite form, MacroDesk desk) => await Put(code, form, desk) is
            { Problem: { } no } ? await Show(code, form.By, desk, no, form, null) : To(code)).AsPage(Party.Operator);
        one.MapPost("/retirement", async (string code, FormWrite form, MacroDesk desk) =>
            await desk.Retire(code, form) is { Problem: { } no } ? await Show(code, form.By, desk, no, form, null)
                : To(code)).AsPage(Party.Operator);
    }

    static IResult To(string code) => Results.LocalRedirect($"{Path}/{code}?done=1");

    // A language without words has none.
    static Task<Answer<MacroBody>> Put(string code, FormWrite form, MacroDesk desk) => desk.Put(code,
        [
            .. Texts.OfStatements.Select(l => new MacroTextBody(l, form[$"text-{l}"])).Where(t => t.Text is not ""),
        ], form);

    static async Task<IResult> ShowAll(
        Caller caller, MacroDesk desk, string? after, Problem? refused, FormWrite? form)
    {
        var reader = Reader.Of(caller.Http);
        return Pages.Show<MacrosPage>(reader, new()
        {
            ["Rows"] = await desk.List(caller, usedOnly: false, after, null), ["Sent"] = form?.Sent,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> Show(
        string code, Caller caller, MacroDesk desk, Problem? refused, FormWrite? form, string? done)
    {
        var found = await desk.Get(code, caller);
        if (found.Body is not { } body) return found;
        var reader = Reader.Of(caller.Http);
        return Pages.Show<MacroPage>(reader, new()
        {
            ["Body"] = body, ["Sent"] = form?.Sent, ["Done"] = done is not null,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }
}
