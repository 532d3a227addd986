using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Xunit;
namespace Recourse.Tests;

/// <summary>Who may know whom: rooms (projects), and modules within Core.</summary>
public sealed class Architecture
{
    // What each room may see, directly or through another.
    static readonly Dictionary<string, string[]> MaySee = new()
    {
        ["Recourse.Core"] = [],
        ["Recourse.Client"] = [],
        ["Recourse.Runtime"] = ["Recourse.Core"],
        ["Recourse.Adapters"] = ["Recourse.Core", "Recourse.Runtime"],
        ["Recourse.World"] = ["Recourse.Core", "Recourse.Runtime", "Recourse.Client"],
        ["Recourse.Web"] = ["Recourse.Core", "Recourse.Runtime", "Recourse.Adapters"],
        ["Recourse.Cli"] =
            ["Recourse.Core", "Recourse.Runtime", "Recourse.Adapters", "Recourse.Web", "Recourse.World",
             "Recourse.Client"],
    };

    static IEnumerable<string> Rooms =>
        House.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && Path.GetExtension(f) is ".csproj");

    [Fact]
    public void Every_room_is_known() => House.Holds("Say in Architecture.cs what it may see:",
        Rooms.Select(r => Path.GetFileNameWithoutExtension(r)).Where(r => !MaySee.ContainsKey(r)));

    [Fact]
    public void A_room_sees_what_it_may() => House.Holds("Not an arrow of the house:",
        from room in Rooms
        let name = Path.GetFileNameWithoutExtension(room)
        from reference in XDocument.Parse(House.Read(room)).Descendants("ProjectReference")
        let other = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))
        where !MaySee[name].Contains(other)
        select $"{name} → {other}");

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var listed = XDocument.Parse(House.Read("Recourse.slnx")).Descendants("Project")
            .Select(p => p.Attribute("Path")!.Value).ToHashSet();
        House.Holds("Not in Recourse.slnx:", House.Files
            .Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !listed.Contains(f)));
    }

    [Fact]
    public void Core_stands_on_nothing_but_time_and_the_base_library() => House.Holds("Core must not refer to:",
        typeof(Kind).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(a => a is not "NodaTime" && !a.StartsWith("System.", StringComparison.Ordinal)));

    [Fact]
    public void Core_brings_no_package_but_NodaTime() => House.Holds("Core must not bring:",
        from package in XDocument.Parse(House.Read("src/Recourse.Core/Recourse.Core.csproj"))
            .Descendants("PackageReference")
        where package.Attribute("PrivateAssets")?.Value is not "all"
        where package.Attribute("Include")!.Value is not "NodaTime"
        select package.Attribute("Include")!.Value);

    [Fact]
    public void The_runtime_knows_no_module_by_name() => House.Holds("The runtime sees the kernel only, not:",
        MentionedOf(typeof(Recourse.Runtime.Ask).Assembly.Location, "Recourse.Core")
            .Where(t => !t.StartsWith("Recourse.Kernel.", StringComparison.Ordinal)));

    [Fact]
    public void The_model_of_Core_knows_every_name() => House.Holds("Unknown to the model:", CoreModel.Unknown);

    [Fact]
    public void The_kernel_knows_no_module() => House.Holds("The kernel mentions:",
        CoreModel.Arrows.Where(a => a.From == "Kernel").Select(a => $"{a.What} at {a.At}"));

    [Fact]
    public void A_module_keeps_its_state_and_its_rules_to_itself() => House.Holds(
        "Modules meet through ids, commands, events, intents and views; this is another's inside:",
        CoreModel.Arrows.Where(a => a.How is Mention.Inside).Select(a => $"{a.From} → {a.What} at {a.At}"));

    [Fact]
    public void What_modules_know_of_each_other_goes_in_no_circle()
    {
        var known = CoreModel.Arrows.Where(a => a.How is not Mention.Message && a.To != "Kernel").ToList();
        if (CoreModel.Circle(known) is not { } circle) return;
        House.Holds($"{string.Join(" → ", circle)} is a circle:",
            from step in circle.Zip(circle.Skip(1))
            from arrow in known
            where (arrow.From, arrow.To) == step
            select $"{arrow.From} → {arrow.What} at {arrow.At}");
    }

    // Types of one assembly that another mentions, nested ones by the name of the outermost.
    static IEnumerable<string> MentionedOf(string file, string assembly)
    {
        using var image = new PEReader(File.OpenRead(file));
        var meta = image.GetMetadataReader();
        return
        [
            .. from type in meta.TypeReferences.Select(meta.GetTypeReference)
               where type.ResolutionScope.Kind is HandleKind.AssemblyReference
               let source = meta.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope)
               where meta.GetString(source.Name) == assembly
               select $"{meta.GetString(type.Namespace)}.{meta.GetString(type.Name)}",
        ];
    }
}
