using Recourse.Orders;
using Recourse.Reviews;
namespace Recourse.Conversations;

/// <summary>What buyer and seller of an order write to each other: one for each order.</summary>
public readonly record struct ConversationId(SellerId Seller, string Code) : IId<ConversationId>
{
    /// <summary>That of an order.</summary>
    public static ConversationId Of(OrderId order) => new(order.Seller, order.Code);

    /// <summary>The order that it is about.</summary>
    public OrderId Order => new(Seller, Code);

    /// <inheritdoc/>
    public static bool TryParse(string? text, out ConversationId id)
    {
        var ok = Derived.Split(text, "conversation", 3) is [_, var s, var c] && Derived.IsCode(s) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var seller, var code] ? new(new(seller), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"conversation/{Seller.Code}/{Code}";
}

/// <summary>What somebody writes; only ever stored sealed, under the key of whoever wrote it.</summary>
public sealed record MessageWords(string Text);

/// <summary>A message.</summary>
/// <param name="Nth">Its number, from 1.</param>
/// <param name="By">Its buyer, its seller, or one of the platform's people.</param>
/// <param name="Offer">What is offered to the other side: one of the rulebook's; null: nothing.</param>
/// <param name="AgreedAt">When the other side accepted it (UTC); null: they haven't.</param>
/// <param name="To">The only one of the two who reads it; null: both do.</param>
/// <param name="Macro">Which macro its words come from; null: none.</param>
public sealed record Message(
    int Nth, Party By, Instant At, Sealed<MessageWords> Words, string? Offer = null, Instant? AgreedAt = null,
    Party? To = null, MacroUse? Macro = null)
{
    /// <summary>Whether that reader reads it: staff read all.</summary>
    public bool IsFor(Party reader) => To is null || To == reader || (reader & Party.Staff) != 0;
}

/// <summary>Buyer and seller talk about an order, and staff with them; what one offers and the other accepts is kept as
/// agreed.</summary>
public static partial class Conversation
{
    /// <summary>What can be asked.</summary>
    public closed record Command : ICommand<ConversationId>
    {
        /// <summary>One of them writes.</summary>
        /// <param name="Buyer">Whose order it is, as the order says.</param>
        /// <param name="Offer">What is offered with it; null: nothing.</param>
        /// <param name="To">Whom alone staff write to; null: both.</param>
        /// <param name="Macro">Which macro staff used; null: none.</param>
        public sealed record Write(
            Sealed<MessageWords> Words, Fact<BuyerId> Buyer, string? Offer = null, Party? To = null,
            MacroUse? Macro = null) : Command;

        /// <summary>The other side accepts what is offered.</summary>
        /// <param name="Nth">The number of the message.</param>
        public sealed record Accept(int Nth) : Command;

        /// <summary>Time; nothing waits here.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>What was written, the oldest first.</summary>
    public sealed record State(BuyerId Buyer, ImmutableArray<Message> Messages)
    {
        /// <summary>When its buyer first offered to end the order, or accepted that (UTC); null: they did neither.
        /// </summary>
        public Instant? EndWantedAt => Messages.Where(m => m.Offer is EndOrder)
            .Select(m => m.By is Party.Buyer ? m.At : m.AgreedAt).Min();
    }

    /// <summary>What is offered where the order is to end.</summary>
    public const string EndOrder = "offer.end-order";

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Somebody has written.</summary>
        /// <param name="IsAnswer">Staff have written before: it may be for them; null: they haven't.</param>
        public sealed record Written(BuyerId Buyer, Message What, bool? IsAnswer = null) : Event;

        /// <summary>The other side has accepted what was offered.</summary>
        /// <param name="By">Who offered it.</param>
        public sealed record Agreed(BuyerId Buyer, int Nth, Party By, string Offer, Instant At) : Event;
    }
}
