using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Why a purchase did not go on.</summary>
/// <param name="Text">The newest statement, or that nothing was decided against anybody.</param>
/// <param name="Statements">Every statement of reasons, oldest first.</param>
public sealed record CheckoutWhyBody(CheckoutId Checkout, string Text, ImmutableArray<StatementBody> Statements);

/// <summary>Why a checkout is as it is, for one reader in one language.</summary>
public static class CheckoutWhy
{
    /// <summary>From all that happened to it.</summary>
    public static CheckoutWhyBody Of(CheckoutId id, IEnumerable<object> events, Party reader, Texts texts)
    {
        ImmutableArray<Recourse.Kernel.Statement> said = [.. events.OfType<IAdverse>().Select(e => e.Why)];
        return new(
            id, said.IsEmpty ? texts.Reasons.Tell("order.nothing-against-anybody")
                : texts.Reasons.Tell(said[^1], reader),
            [.. said.Select(why => Words.Of(why, reader, texts))]);
    }

    /// <summary>The API's answer.</summary>
    internal static async Task<Answer<CheckoutWhyBody>> Get(
        string buyer, string code, Caller caller, IPlatform platform)
    {
        if (Languages.Unknown(caller.Http.Request) is { } unknown) return unknown;
        if (await CheckoutEndpoints.Find(buyer, code, caller, platform) is not { } seen) return Problems.NotFound;
        var texts = TextsOf(seen, caller);
        var said = await Said(seen, caller, platform);
        var statements = await Task.WhenAll(said.Select(r => AppealDesk.Told(
            Words.Of(((IAdverse)r.Event).Why, seen.As, texts, SubjectOf(r, seen)), caller, platform)));
        return Answer<CheckoutWhyBody>.Of(
            Of((CheckoutId)seen.Id, said.Select(r => r.Event), seen.As, texts) with { Statements = [.. statements] },
            seen);
    }

    /// <summary>The same for a page, the newest first.</summary>
    internal static async Task<ImmutableArray<Explained>> Explained(Seen seen, Caller caller, IPlatform platform)
    {
        var texts = TextsOf(seen, caller);
        return
        [
            .. await Task.WhenAll((await Said(seen, caller, platform)).Reverse().Select(async r =>
            {
                var reading = Reading.Of(((IAdverse)r.Event).Why, seen.As, texts, SubjectOf(r, seen));
                return new Explained(r.Position,
                    [reading with { Statement = await AppealDesk.Told(reading.Statement, caller, platform) }]);
            })),
        ];
    }

    static Texts TextsOf(Seen seen, Caller caller) =>
        caller.TextsIn(OrderWhy.ZoneOf(((Checkout.State)seen.State).Basket.Country, seen.Asked.InForce));

    static async Task<ImmutableArray<Recorded>> Said(Seen seen, Caller caller, IPlatform platform) =>
        [.. (await platform.History(seen.Id, caller.Who, caller.Cancel) ?? []).Where(r => r.Event is IAdverse)];

    static Subject? SubjectOf(Recorded r, Seen seen) => seen.As is Party.Buyer
        ? Subject.Of(r.Id, r.Event, new Actor.Buyer(((CheckoutId)seen.Id).Buyer)) : null;
}
