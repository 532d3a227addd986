using Recourse.Conversations;
using Recourse.Reviews;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>Buyer and seller of an order write to each other; what both agree on is kept, and nobody else reads it.
/// </summary>
[Trait("Capability", "CAN-5")]
public sealed class TalkingAboutAnOrder
{
    static readonly ConversationId Talk = ConversationId.Of(Sold);

    static Decision<Conversation.Event> Ask(
        Conversation.State? state, Conversation.Command command, Actor who, Instant? at = null) =>
        Conversation.Decide(Talk, state, command, new(who, at ?? Wednesday, Published));

    static Conversation.Command Write(Actor who, string? offer = null, BuyerId? of = null) =>
        new Conversation.Command.Write(new(who.Name, "c2VhbGVk"), new(of ?? Ana, Wednesday, "partition/order"), offer);

    static Conversation.State After(Conversation.State? state, Conversation.Command command, Actor who) =>
        Conversation.Evolve(state, Ask(state, command, who).Events.ShouldHaveSingleItem());

    static Conversation.State Offered =>
        After(After(null, Write(Buyer), Buyer), Write(Seller, "offer.send-later"), Seller);

    static string Refused(Decision<Conversation.Event> decision) => decision.Refusals.ShouldHaveSingleItem().Code;

    [Fact]
    public void Either_of_them_begins_and_the_other_is_told_without_the_words()
    {
        var e = Ask(null, Write(Buyer), Buyer).Events.ShouldHaveSingleItem();
        var told = Conversation.Notices(Talk, null, e).ShouldHaveSingleItem();
        (told.Code, told.To, told.Facts.IsEmpty).ShouldBe(("message-written", $"{Shop}", true));
        e = Ask(null, Write(Seller, "offer.end-order"), Seller).Events.ShouldHaveSingleItem();
        told = Conversation.Notices(Talk, null, e).ShouldHaveSingleItem();
        (told.Code, told.To).ShouldBe(("message-offers", $"{Ana}"));
    }

    [Fact]
    public void Nobody_else_writes_nor_reads_and_nobody_in_anothers_name()
    {
        Actor eve = new Actor.Buyer(new("eve"));
        Refused(Ask(null, Write(eve), eve)).ShouldBe("kernel.not-found");
        Refused(Ask(Offered, Write(Buyer), eve)).ShouldBe("kernel.not-found");
        Refused(Ask(Offered, Write(Buyer), Seller)).ShouldBe("kernel.not-found");
        Refused(Ask(Offered, Write(Seller, of: new("eve")), Seller)).ShouldBe("kernel.not-found");
        Conversation.PartyOf(Talk, Offered, new Actor.Warehouse(Shop)).ShouldBeNull();
        Conversation.PartyOf(Talk, Offered, new Actor.Seller(new("other"))).ShouldBeNull();
        Conversation.PartyOf(Talk, Offered, Agent).ShouldBe(Party.Agent);
    }

    static Conversation.Command Tell(Party? to, MacroUse? macro = null, string? offer = null) =>
        new Conversation.Command.Write(
            new(Agent.Name, "c2VhbGVk"), new(Ana, Wednesday, "partition/order"), offer, to, macro);

    [Fact]
    public void Staff_write_to_both_or_to_one_alone_and_which_macro_they_used_is_kept()
    {
        foreach (var (to, told) in ((Party?, string[])[])[
            (null, [$"{Ana}", $"{Shop}"]), (Party.Buyer, [$"{Ana}"]), (Party.Seller, [$"{Shop}"])])
        {
            var e = Ask(null, Tell(to, new("still-looking", 3)), Agent).Events.ShouldHaveSingleItem();
            var message = e.ShouldBeOfType<Conversation.Event.Written>().What;
            (message.By, message.Macro).ShouldBe((Party.Agent, new MacroUse("still-looking", 3)));
            ((Party[])[Party.Buyer, Party.Seller, Party.Agent, Party.Operator]).Where(message.IsFor).ShouldBe(
                to is { } one ? [one, Party.Agent, Party.Operator]
                    : [Party.Buyer, Party.Seller, Party.Agent, Party.Operator]);
            var notices = Conversation.Notices(Talk, null, e).ToList();
            notices.Select(n => n.To).Order(StringComparer.Ordinal).ShouldBe(told);
            notices.ShouldAllBe(n => n.Code == "message-from-staff");
        }
    }

    [Fact]
    public void Who_is_written_to_by_staff_answers_them_too()
    {
        var asked = After(null, Tell(Party.Buyer), Agent);
        var answer = Ask(asked, Write(Buyer), Buyer).Events.ShouldHaveSingleItem();
        Conversation.Notices(Talk, null, answer).Select(n => n.To)
            .ShouldBe([$"{Shop}", Notice.Staff]);
    }

    [Fact]
    public void Staff_offer_nothing_and_the_two_hide_nothing_from_each_other()
    {
        Refused(Ask(null, Tell(null, offer: "offer.end-order"), Agent)).ShouldBe("conversation.only-the-two");
        Refused(Ask(null, Tell(Party.Warehouse), Agent)).ShouldBe("conversation.only-the-two");
        var hidden = (Conversation.Command.Write)Write(Buyer);
        Refused(Ask(null, hidden with { To = Party.Buyer }, Buyer)).ShouldBe("conversation.only-the-two");
        Refused(Ask(null, hidden with { Macro = new("x", 1) }, Buyer)).ShouldBe("conversation.only-the-two");
    }

    [Fact]
    public void What_one_offers_the_other_accepts_once()
    {
        Refused(Ask(Offered, new Conversation.Command.Accept(2), Seller)).ShouldBe("conversation.your-own-offer");
        Refused(Ask(Offered, new Conversation.Command.Accept(1), Seller)).ShouldBe("conversation.nothing-offered");
        Refused(Ask(Offered, new Conversation.Command.Accept(9), Buyer)).ShouldBe("conversation.nothing-offered");
        Refused(Ask(Offered, new Conversation.Command.Accept(2), Agent)).ShouldBe("conversation.only-the-two");
        Refused(Ask(Offered, Write(Buyer, "offer.my-soul"), Buyer)).ShouldBe("conversation.no-such-offer");
        var agreed = After(Offered, new Conversation.Command.Accept(2), Buyer);
        agreed.Messages[1].AgreedAt.ShouldBe(Wednesday);
        Ask(agreed, new Conversation.Command.Accept(2), Buyer).Events.ShouldBeEmpty();
        var told = Conversation.Notices(Talk, agreed, Ask(Offered, new Conversation.Command.Accept(2), Buyer).Events[0])
            .ShouldHaveSingleItem();
        (told.Code, told.To).ShouldBe(("message-agreed", $"{Shop}"));
    }

    [Fact]
    public void So_many_an_hour_of_each_side_and_no_more_than_an_order_bears()
    {
        var state = Offered;
        for (var n = 0; n < 19; n++) state = After(state, Write(Buyer), Buyer);
        Refused(Ask(state, Write(Buyer), Buyer)).ShouldBe("conversation.too-often");
        Ask(state, Write(Seller), Seller).Events.ShouldHaveSingleItem();
        Ask(state, Write(Buyer), Buyer, Wednesday + Duration.FromHours(1)).Events.ShouldHaveSingleItem();
        var full = state with { Messages = [.. Enumerable.Repeat(state.Messages[0], 200)] };
        Refused(Ask(full, Write(Seller), Seller)).ShouldBe("conversation.full");
    }
}
