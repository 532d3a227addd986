using Xunit;
namespace Recourse.Tests;

/// <summary>The client that integrators get, written from the API's description.</summary>
public sealed class GeneratedClient
{
    [Fact]
    public async Task Speaks_the_API_as_it_is_described()
    {
        var text = await ClientCode.Write();
        if (House.Regenerates) File.WriteAllText(House.At(ClientCode.Path), text);
        var there = File.Exists(House.At(ClientCode.Path)) ? House.Read(ClientCode.Path) : "";
        if (there != text) Assert.Fail($"{ClientCode.Path} is older than {ClientCode.From}; ./test --regenerate.");
    }
}
