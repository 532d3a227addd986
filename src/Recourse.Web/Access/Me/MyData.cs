using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Recourse.Catalog;
using Recourse.Disputes;
using Recourse.Instalments;
using Recourse.Orders;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Everything that is kept about somebody, for them to take away.</summary>
/// <param name="Orders">What they bought.</param>
/// <param name="Plans">What they have yet to get in instalments.</param>
/// <param name="Business">For which business they buy; left out: they didn't say.</param>
/// <param name="Messages">What they and sellers wrote to each other.</param>
public sealed record MyDataBody(
    Instant At, MyAccountBody Account, ImmutableArray<MyHatBody> Hats, ImmutableArray<string> Passkeys,
    ImmutableArray<LogEntry> AccessLog, ImmutableArray<MySessionBody> Sessions, ImmutableArray<OrderBody> Orders,
    ImmutableArray<RefundBody> Refunds, ImmutableArray<AppealBody> Appeals, ImmutableArray<PlanBody> Plans,
    BusinessBody? Business, ImmutableArray<ConversationBody> Messages);

/// <summary>The account itself; the password is kept as a hash, and no hash is given away.</summary>
public sealed record MyAccountBody(
    string Id, string Name, string Mail, Instant Since, bool SecondFactor, string? Language, string? TimeZone,
    string? Theme, bool SingleKeys, string? Money);

/// <summary>Where they have signed in.</summary>
/// <param name="From">Address and program.</param>
public sealed record MySessionBody(Instant Begun, Instant Seen, string From);

/// <summary>What somebody is here.</summary>
public sealed record MyHatBody(string Title, string Of);

/// <summary>Taking one's data away, and having it erased.</summary>
sealed class MyData(Accounts accounts, UserManager<Person> people, AccessKeys keys, IPlatform platform, Store store,
    Shops shops)
{
    const int Page = 200;

    /// <summary>All of it.</summary>
    public async Task<MyDataBody> Of(Person person, HttpContext http)
    {
        await Positions.AreShown(platform, http.RequestAborted);
        var hats = accounts.HatsOf(person.Id);
        // Read as their buyer, whatever they are here as now: it is the same person.
        http.Features.Set(Visitor.As(person, new(Party.Buyer, person.Id)));
        var (caller, orders) = (new Caller(http), ImmutableArray.CreateBuilder<OrderBody>());
        List<ConversationBody> messages = [];
        foreach (var row in Rows(OrderList.View, person))
            if (OrderId.TryParse(row.Id, out var id) && await platform.Read(id, caller.Who, caller.Cancel) is { } seen)
            {
                orders.Add(OrderView.Of(seen, caller, store.People));
                var talk = await ConversationEndpoints.Of(id, caller, platform, store.People);
                if (!talk.Messages.IsEmpty) messages.Add(talk);
            }
        var p = person.Preferences;
        return new(platform.Now,
            new(person.Id, person.Name, person.Mail, Instant.FromDateTimeOffset(person.CreatedAt),
                person.HasSecondFactor, p.Language, p.Zone, p.Theme, p.SingleKeys, p.Money),
            [.. hats.Select(h => new MyHatBody(h.Title, h.Of))],
            [.. (await people.GetPasskeysAsync(person)).Select(k => k.Name ?? "")],
            accounts.Log(Accounts.LogOf(person), null, 1_000),
            [.. accounts.SessionsOf(person.Id).Select(s => new MySessionBody(
                Instant.FromDateTimeOffset(s.Begun), Instant.FromDateTimeOffset(s.Seen), s.From))],
            orders.ToImmutable(), [.. await RefundsOf(person, caller)],
            [.. await AppealsOf(person, caller)], [.. await PlansOf(person, caller)],
            await BusinessEndpoints.Of(new(person.Id), Party.Buyer, platform, store.People, caller.Cancel),
            [.. messages]);
    }

    async Task<List<PlanBody>> PlansOf(Person person, Caller caller)
    {
        List<PlanBody> all = [];
        foreach (var row in Rows(PlanList.View, person))
            if (SupplyPlanId.TryParse(row.Plan, out var id)
                && await platform.Read(id, caller.Who, caller.Cancel) is { } seen)
                all.Add(PlanEndpoints.Of(seen, caller.Texts));
        return all;
    }

    async Task<List<AppealBody>> AppealsOf(Person person, Caller caller)
    {
        List<AppealBody> all = [];
        foreach (var row in Rows(AppealList.View, person))
            if (AppealId.TryParse(row.Appeal, out var id)
                && await platform.Read(id, caller.Who, caller.Cancel) is { } seen)
                all.Add(AppealView.Of(seen, caller.Texts, store.People));
        return all;
    }

    async Task<List<RefundBody>> RefundsOf(Person person, Caller caller)
    {
        List<RefundBody> all = [];
        foreach (var row in Rows(RefundList.View, person))
            if (RefundId.TryParse(row.Refund, out var id)
                && await platform.Read(id, caller.Who, caller.Cancel) is { } seen)
                all.Add(RefundEndpoints.Of(seen, caller.Texts));
        return all;
    }

    IEnumerable<T> Rows<T>(View<T> view, Person person) where T : class => Rows(view, $"buyer/{person.Id}");

    IEnumerable<T> Rows<T>(View<T> view, string scope) where T : class
    {
        string? after = null;
        do
        {
            var page = platform.Views.List(view, Scope.Index, scope, after, Page);
            foreach (var row in page.Rows) yield return row;
            after = page.Next;
        } while (after is not null);
    }

    /// <summary>Why somebody can't be erased now; none: they can.</summary>
    public async Task<ImmutableArray<Refusal>> Hindrances(Person person, CancellationToken cancel)
    {
        // An order of a moment ago counts too; a list that is late can't say that there is none.
        if (!await Positions.AreShown(platform, cancel)) return [Refused.ChangedMeanwhile];
        var orders = Rows(OrderList.View, person).Count(o => o.Awaited is not null);
        var refunds = Rows(RefundList.View, person).Count(r => r.WaitsFor is not null);
        var left = from hat in accounts.HatsOf(person.Id)
                   where hat.Role is not Party.Buyer && IsNeeded(hat)
                   select Refused.LeavesTeam(TeamOf(hat).NameIn(shops));
        return [.. orders + refunds > 0 ? [Refused.StillOpen(orders, refunds)] : Array.Empty<Refusal>(), .. left];
    }

    static Team TeamOf(Hat hat) => new((hat.Role & Party.Staff) != 0 ? null : hat.Of);

    /// <summary>Whether a team that still does something would be left to nobody.</summary>
    bool IsNeeded(Hat hat)
    {
        var team = TeamOf(hat);
        var members = accounts.Members(team.Seller);
        if (!team.IsHighest(hat) || members.Count(m => team.IsHighest(m.Hat)) > 1) return false;
        return members.Length > 1 || team.Seller is null
            || !platform.Views.List(ShopWindow.View, ShopWindow.BySeller, $"seller/{hat.Of}", null, 1).Rows.IsEmpty
            || Rows(OrderList.View, $"seller/{hat.Of}").Any(o => o.Awaited is not null);
    }

    /// <summary>
    /// Erases somebody: account, log and passkeys are gone, and the key of all that was sealed about them is lost.
    /// Orders and money stay, without a name.
    /// </summary>
    public async Task<ImmutableArray<Refusal>> Erase(Person person, CancellationToken cancel)
    {
        if (await Hindrances(person, cancel) is not [] and var why) return why;
        store.People.Erase($"buyer/{person.Id}", platform.Now);
        foreach (var key in keys.Of(Party.Buyer, person.Id)) keys.Revoke(key.Id);
        foreach (var shop in accounts.HatsOf(person.Id).Where(h => h.Role is Party.Seller && h.Right is Right.Owner))
            if (accounts.Members(shop.Of).Length == 1) Close(shop.Of);
        accounts.Forget([$"buyer/{person.Id}"]);
        return [];
    }

    void Close(string shop)
    {
        foreach (var key in keys.Of(Party.Seller, shop)) keys.Revoke(key.Id);
        store.People.Erase($"seller/{shop}", platform.Now);
    }
}
