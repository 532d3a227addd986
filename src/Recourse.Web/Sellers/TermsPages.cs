using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>The page on which a seller declares to whom and where they sell, and when they work.</summary>
static class TermsPages
{
    public const string Path = "/terms";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Get).AsPage(Party.Seller);
        pages.MapPost(Path, Save).AsPage(Party.Seller);
    }

    static async Task<IResult> Get(Caller caller, IPlatform platform, string? done)
    {
        var id = ((Actor.Seller)caller.Who).Id;
        var body = TermsEndpoints.Of(id, await TermsEndpoints.Of(id, caller, platform));
        return Show(caller, platform, TermsForm.Of(body), [], null, 200, done is "saved");
    }

    static async Task<IResult> Save(FormWrite write, IPlatform platform)
    {
        var (by, form) = (write.By, TermsForm.Of(write));
        if (form.After(write["do"]) is { } changed) return Show(by, platform, changed, [], null, 200, false);
        form = form.WithoutBlanks();
        var (body, unreadable) = form.Read();
        var (terms, faults) = TermsEndpoints.Read(body);
        if (!unreadable.IsEmpty || !faults.IsEmpty)
            return Show(by, platform, form, [.. unreadable, .. faults], null, 422, false);
        var outcome = await platform.Ask(
            write.To(((Actor.Seller)by.Who).Id, new SellerAccount.Command.DeclareTerms(terms)), by.Cancel);
        if (outcome is Outcome.Done) return Results.LocalRedirect($"{Path}?done=saved");
        var problem = Problems.Of(outcome);
        return Show(
            by, platform, form, [.. problem.Why.Where(no => no.Field is not null)], problem, problem.Status, false);
    }

    static IResult Show(
        Caller caller, IPlatform platform, TermsForm form, ImmutableArray<Refusal> faults, Problem? refused, int status,
        bool done)
    {
        var reader = Reader.Of(caller.Http);
        return Pages.Show<TermsPage>(reader, new()
        {
            ["Form"] = form, ["Goods"] = ShippingEndpoints.Of(platform, reader.Texts).Goods, ["Done"] = done,
            ["Faults"] = faults.Select(f => Words.Of(f, reader.Texts)).ToImmutableArray(),
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, status);
    }
}
