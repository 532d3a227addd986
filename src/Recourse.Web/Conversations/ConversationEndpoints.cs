using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Conversations;
using Recourse.Orders;
using Recourse.Reviews;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What buyer and seller of an order wrote to each other.</summary>
/// <param name="Messages">The oldest first.</param>
/// <param name="Offers">What can be offered with a message.</param>
/// <param name="Longest">A message has at most so many characters.</param>
/// <param name="MayWrite">Whether the reader can write.</param>
public sealed record ConversationBody(
    OrderId Order, ImmutableArray<MessageBody> Messages, ImmutableArray<ChoiceBody> Offers, int Longest, bool MayWrite);

/// <summary>A message.</summary>
/// <param name="By"><c>buyer</c>, <c>seller</c>, <c>agent</c> or <c>operator</c>.</param>
/// <param name="Text">What was written; left out: whoever wrote it was erased.</param>
/// <param name="Offer">What is offered with it, e.g. <c>offer.send-later</c>; left out: nothing.</param>
/// <param name="AgreedAt">When the other side accepted it (UTC); left out: they haven't.</param>
/// <param name="MayAccept">Whether the reader can accept it.</param>
public sealed record MessageBody(
    int Nth, string By, Instant At, string? Text, string? Offer, string? OfferText, Instant? AgreedAt, bool MayAccept)
{
    /// <summary>Who alone of the two reads it, <c>buyer</c> or <c>seller</c>; left out: both do.</summary>
    public string? To { get; init; }

    /// <summary>For staff, who of them wrote it, e.g. <c>agent/ines</c>; left out: none of them did.</summary>
    public string? Who { get; init; }

    /// <summary>For staff, which macro it comes from; left out: none.</summary>
    public MacroUse? Macro { get; init; }
}

/// <summary>A message to the other side.</summary>
/// <param name="Text">At most as long as the rulebook says.</param>
/// <param name="Offer">What is offered with it, one of the rulebook's; left out: nothing.</param>
/// <param name="To">For staff: who alone reads it, <c>buyer</c> or <c>seller</c>; left out: both.</param>
/// <param name="Macro">For staff: the code of a macro that is told before the text; left out: none.</param>
public sealed record MessageRequest(string? Text = null, string? Offer = null, string? To = null, string? Macro = null);

/// <summary>Buyer and seller of an order talk, and staff with them.</summary>
static class ConversationEndpoints
{
    const Party Talkers = Party.Buyer | Party.Seller, Writers = Talkers | Party.Staff;

    const string Source = "partition/order";

    public static void Map(IEndpointRouteBuilder v1)
    {
        var messages = v1.MapGroup("/orders/{seller}/{code}/messages").WithTags("Orders");
        messages.MapGet("", Get).For(Talkers | Party.Staff).WithName("listMessages")
            .WithSummary("What buyer and seller wrote to each other, staff to them, and what both agreed on.");
        messages.MapPost("", Post).For(Writers).Needing(Right.Support).WithName("writeMessage")
            .WithSummary("Write to the other side, and offer them something; staff, to both or to one alone.");
        messages.MapPost("/{nth:int}/acceptance", (
            string seller, string code, int nth, BareWrite write, IPlatform platform, Store store) =>
            Accept(seller, code, nth, write, platform, store)).For(Talkers).Needing(Right.Support)
            .WithName("acceptOffer").WithSummary("Accept what the other side offers: it is kept as agreed.");
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        var messages = pages.MapGroup("/orders/{seller}/{code}/messages");
        messages.MapPost("", async (
            string seller, string code, FormWrite form, IPlatform platform, Store store, MacroDesk macros) => After(
                seller, code, await Send(seller, code, form, platform, store, macros)))
            .AsPage(Writers).Needing(Right.Support);
        messages.MapPost("/{nth:int}/acceptance", async (
            string seller, string code, int nth, FormWrite form, IPlatform platform, Store store) => After(
                seller, code, await Accept(seller, code, nth, form, platform, store)))
            .AsPage(Talkers).Needing(Right.Support);
    }

    static IResult After(string seller, string code, Answer<ConversationBody> answer) =>
        answer.Problem is { } no ? no : Results.LocalRedirect($"/orders/{seller}/{code}?done=written#conversation");

    static async Task<Answer<ConversationBody>> Get(
        string seller, string code, Caller caller, IPlatform platform, Store store) =>
        await BuyerOf(seller, code, caller, platform) is { } order
            ? await Of(order.Id, caller, platform, store.People) : Problems.NotFound;

    /// <summary>The order, and whose it is; null: there is none for this reader, or it isn't one of ours.</summary>
    static async Task<(OrderId Id, BuyerId Buyer)?> BuyerOf(
        string seller, string code, Caller caller, IPlatform platform) =>
        await OrderEndpoints.Find(seller, code, caller, platform) is { State: Order.State.Dealt s } seen
            ? ((OrderId)seen.Id, s.Deal.Buyer) : null;

    /// <summary>As its reader may know it.</summary>
    public static async Task<ConversationBody> Of(OrderId order, Caller caller, IPlatform platform, KeyRing people)
    {
        var seen = await platform.Read(ConversationId.Of(order), caller.Who, caller.Cancel);
        var rules = RulebookEndpoints.Current(platform).Of<ConversationRules>();
        var texts = caller.Texts;
        return new(
            order,
            [
                .. ((seen?.State as Conversation.State)?.Messages ?? []).Where(m => m.IsFor(caller.Role))
                    .Select(m => Of(m, caller, people)),
            ],
            [.. caller.IsStaff ? [] : rules.Offers.Select(o => new ChoiceBody(o, texts.Tell(o), []))], rules.Longest,
            (caller.Role & Writers) != 0);
    }

    static MessageBody Of(Conversations.Message m, Caller caller, KeyRing people) => new(
        m.Nth, Words.Of(m.By), m.At, people.Open(m.Words)?.Text, m.Offer,
        m.Offer is { } offer ? caller.Texts.Tell(offer) : null, m.AgreedAt,
        m is { Offer: not null, AgreedAt: null } && (caller.Role & Talkers) != 0 && m.By != caller.Role)
    {
        To = m.To is { } to ? Words.Of(to) : null,
        Who = caller.IsStaff && (m.By & Party.Staff) != 0 ? m.Words.Person : null,
        Macro = caller.IsStaff ? m.Macro : null,
    };

    static async Task<Answer<ConversationBody>> Post(
        string seller, string code, WriteOf<MessageRequest> write, IPlatform platform, Store store, MacroDesk macros)
    {
        var (text, body) = (write.Body.Text, write.Body);
        if (body.To is not (null or "buyer" or "seller")) return Problems.BadParameter("to", body.To);
        Party? to = body.To is { } alone ? Words.PartyOf(alone) : null;
        if (body.Macro is not { Length: > 0 } macro)
            return await Write(seller, code, text, body.Offer, to, null, write, platform, store);
        if (!write.By.IsStaff) return Problems.Of([Conversation.OnlyTheTwo]);
        if (await Case(seller, code, to, write.By, platform) is not { } about) return Problems.NotFound;
        var filled = await macros.Fill(macro, about, write.By);
        return filled.Body is not { } words ? filled.Problem!
            : await Write(
                seller, code, string.IsNullOrWhiteSpace(text) ? words.Text : $"{words.Text}\n\n{text}", body.Offer, to,
                new(words.Code, words.Version), write, platform, store);
    }

    /// <summary>What a macro is filled for, where staff write about an order; null: there is none.</summary>
    public static async Task<MacroCase?> Case(
        string seller, string code, Party? to, Caller caller, IPlatform platform) =>
        await OrderEndpoints.Find(seller, code, caller, platform) is { State: Order.State.Dealt s } seen
            ? MacroCase.Of((OrderId)seen.Id, s, to) : null;

    /// <summary>What was filled in, and of staff from which macro and to whom.</summary>
    static async Task<Answer<ConversationBody>> Send(
        string seller, string code, FormWrite form, IPlatform platform, Store store, MacroDesk macros)
    {
        MacroUse? use = null;
        if (form.By.IsStaff && MacroChoice.UsedIn(form) is { } one)
        {
            var used = await macros.Used(one.Code, one.Version, form.By);
            if (used.Body is not { } known) return used.Problem!;
            use = known.Use;
        }
        return await Write(
            seller, code, form["text"], form["offer"] is { Length: > 0 } offer ? offer : null,
            form["to"] is "buyer" or "seller" ? Words.PartyOf(form["to"]) : null, use, form, platform, store);
    }

    static async Task<Answer<ConversationBody>> Write(
        string seller, string code, string? text, string? offer, Party? to, MacroUse? macro, Write write,
        IPlatform platform, Store store)
    {
        var longest = RulebookEndpoints.Current(platform).Of<ConversationRules>().Longest;
        if (string.IsNullOrWhiteSpace(text) || text.Length > longest)
            return Problems.Of([new Refusal("conversation.bad-text", new("conversation.mend"), ("most", longest))
                { Field = "text" }]);
        if (await BuyerOf(seller, code, write.By, platform) is not { } order) return Problems.NotFound;
        var command = new Conversation.Command.Write(
            store.People.Seal(write.By.Who.Name, new MessageWords(text.Trim())),
            new(order.Buyer, platform.Now, Source), offer, to, macro);
        return await Ask(order.Id, command, write, platform, store);
    }

    static async Task<Answer<ConversationBody>> Accept(
        string seller, string code, int nth, Write write, IPlatform platform, Store store) =>
        await BuyerOf(seller, code, write.By, platform) is { } order
            ? await Ask(order.Id, new Conversation.Command.Accept(nth), write, platform, store) : Problems.NotFound;

    static async Task<Answer<ConversationBody>> Ask(
        OrderId order, Conversation.Command command, Write write, IPlatform platform, Store store)
    {
        var outcome = await platform.Ask(write.To(ConversationId.Of(order), command), write.By.Cancel);
        return outcome is Outcome.Done done
            ? Answer<ConversationBody>.Of(await Of(order, write.By, platform, store.People), done)
            : Problems.Of(outcome);
    }
}
