using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Adapters.Addresses;
using Recourse.Buyers;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A business that somebody buys for.</summary>
/// <param name="TaxId">By which its country's tax office knows it; left out where the reader may not know it.</param>
/// <param name="Purpose">What it needs so much for.</param>
public sealed record BusinessBody(string Name, string? TaxId, string Purpose)
{
    internal static BusinessBody? Of(Business? b, Party reader) => b is null ? null
        : new(b.Name, (reader & Party.Seller) != 0 ? null : b.TaxId, b.Purpose);
}

/// <summary>For which business somebody buys: said by them, kept under their own key.</summary>
static class BusinessEndpoints
{
    const int LongestName = 200, LongestTaxId = 40, LongestPurpose = 500;
    static readonly Actor Itself = new Actor.Operator("businesses");

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/buyers/{buyer}/business", Get).For(Party.Buyer | Party.Staff).WithTags("People")
            .WithName("getBusiness").WithSummary("For which business somebody buys.");
        v1.MapPut("/buyers/{buyer}/business", Put).For(Party.Buyer).WithTags("People").WithName("putBusiness")
            .WithSummary("Say for which business one buys: its name, its tax identifier and what it needs much for. "
                + "Whoever sells a large order sees name and purpose.");
    }

    public static void MapPages(IEndpointRouteBuilder pages) =>
        pages.MapPost($"{VerificationPages.Path}/business", PutOnPage).AsPage(Party.Buyer);

    /// <summary>As that reader may know it; null: nothing was said, or it was erased.</summary>
    public static async Task<BusinessBody?> Of(
        BuyerId buyer, Party reader, IPlatform platform, KeyRing people, CancellationToken cancel) =>
        (await platform.Read(buyer, Itself, cancel))?.State is BuyerAccount.State { Business: { } said }
            ? BusinessBody.Of(people.Open(said), reader) : null;

    static async Task<Answer<BusinessBody>> Get(string buyer, Caller caller, IPlatform platform, Store store) =>
        BuyerId.TryParse($"buyer/{buyer}", out var id) && await platform.Read(id, caller.Who, caller.Cancel) is not null
        && await Of(id, caller.Role, platform, store.People, caller.Cancel) is { } body ? body : Problems.NotFound;

    static async Task<Answer<BusinessBody>> Put(
        string buyer, WriteOf<BusinessBody> write, IPlatform platform, Store store) =>
        BuyerId.TryParse($"buyer/{buyer}", out var id) && write.By.Who is Actor.Buyer { Id: var who } && who == id
            ? await Say(id, write, write.Body, platform, store) : Problems.NotFound;

    static async Task<Answer<BusinessBody>> Say(
        BuyerId id, Write write, BusinessBody body, IPlatform platform, Store store)
    {
        ImmutableArray<Refusal> faults =
        [
            .. Faults("name", body.Name, LongestName), .. Faults("taxId", body.TaxId, LongestTaxId),
            .. Faults("purpose", body.Purpose, LongestPurpose),
        ];
        if (!faults.IsEmpty) return Problems.Of(faults);
        var said = store.People.Seal($"{id}", new Business(body.Name, body.TaxId!, body.Purpose));
        var outcome = await platform.Ask(write.To(id, new BuyerAccount.Command.SayBusiness(said)), write.By.Cancel);
        return outcome is Outcome.Done done ? Answer<BusinessBody>.Of(body, done) : Problems.Of(outcome);
    }

    static IEnumerable<Refusal> Faults(string field, string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > most || text.Any(char.IsControl))
            yield return Problems.BadField("buyer.bad-business", field, ("most", most));
        else if (CardNumbers.AreIn(text)) yield return Problems.BadField("api.card-number", field);
    }

    static async Task<IResult> PutOnPage(FormWrite form, IPlatform platform, Store store, Provider provider)
    {
        var answer = await Say(
            ((Actor.Buyer)form.By.Who).Id, form, new(form["name"], form["taxId"], form["purpose"]), platform, store);
        return answer.Problem is { } problem ? await VerificationPages.Own(form.By, platform, provider, store, problem)
            : Results.LocalRedirect(VerificationPages.Path);
    }
}
