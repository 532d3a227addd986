using Recourse.Adapters.Addresses;
using Recourse.World.Demo;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

/// <summary>The demo's buyers live where the post comes: nothing is found in their addresses.</summary>
[Trait("Capability", "CHK-3")]
public sealed class WhereTheDemoLives
{
    [Fact]
    public void Everybody_has_an_address_in_which_nothing_is_odd()
    {
        var world = new DemoWorld(new DemoPlan());
        foreach (var buyer in world.Buyers.Keys)
            AddressChecks.Of(world.HomeOf(buyer)).ShouldBeEmpty($"{world.HomeOf(buyer)}");
    }
}
