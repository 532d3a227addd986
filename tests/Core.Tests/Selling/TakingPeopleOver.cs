using Recourse.Buyers;
using Recourse.Sellers;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

[Trait("Capability", "OPS-1")]
public sealed class TakingPeopleOver
{
    static Sealed<ImportedPlace> Place(IId whose) => new($"{whose}", "c2VhbGVk");

    static Decision<BuyerAccount.Event> Take(
        BuyerAccount.State? state, string record, Actor? who = null, IId? whose = null) =>
        BuyerAccount.Decide(Ana, state, new BuyerAccount.Command.Import("olist", record, Place(whose ?? Ana)),
            new Asked(who ?? Import, Wednesday, Published));

    [Fact]
    public void A_person_may_have_several_records_each_once()
    {
        var one = BuyerAccount.Evolve(null, Assert.Single(Take(null, "r1").Events));
        Assert.True(Take(one, "r1") is { Events.IsEmpty: true, Refusals.IsEmpty: true });
        Assert.Equal(2, BuyerAccount.Evolve(one, Assert.Single(Take(one, "r2").Events)).Records.Length);
    }

    [Fact]
    public void Is_the_imports_work_and_read_by_the_person_and_staff_alone()
    {
        Assert.Equal("kernel.not-found", Assert.Single(Take(null, "r1", Buyer).Refusals).Code);
        Assert.Equal(Party.Buyer, BuyerAccount.PartyOf(Ana, null, Buyer));
        Assert.Equal(Party.Agent, BuyerAccount.PartyOf(Ana, null, Agent));
        Assert.Null(BuyerAccount.PartyOf(Ana, null, Stranger));
        Assert.Null(BuyerAccount.PartyOf(Ana, null, Seller));
        Assert.Equal(Party.Seller, SellerAccount.PartyOf(Shop, null, Seller));
        Assert.Null(SellerAccount.PartyOf(Shop, null, OtherSeller));
    }

    [Fact, Trait("Capability", "PRV-1")]
    public void Keeps_a_place_under_its_own_persons_key_only() =>
        Assert.Equal("account.bad-record", Assert.Single(Take(null, "r1", whose: new BuyerId("bob")).Refusals).Code);
}
