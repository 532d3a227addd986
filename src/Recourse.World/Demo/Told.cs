using Recourse.Catalog;
using Recourse.Ways;
namespace Recourse.World.Demo;

/// <summary>What shops of a demo tell of their things, beside the title: the same of the same thing.</summary>
static class Told
{
    static readonly Dictionary<string, (string Story, string Material, ImmutableArray<Spec> Specs)> All = new()
    {
        ["kitchen"] = ("It is made in a small workshop and checked by hand. It is meant for every day.",
            "Stoneware and steel", [new("capacity", "0.4 l"), new("care", "Goes into the dishwasher")]),
        ["home"] = ("It looks well beside old things and new ones. All parts can be replaced, and we keep them.",
            "Beech, brass and wool", [new("care", "Wipe with a dry cloth")]),
        ["clothes"] = ("It is cut wide enough to move in and washes well. Colours may differ a little.",
            "Cotton and wool", [new("size", "M"), new("care", "Wash at 30 °C"), new("fit", "Regular")]),
        ["toys"] = ("It has no small parts and no sharp edges. The paint is safe for children of every age.",
            "Maple and cotton", [new("age", "From 3 years")]),
        ["sport"] = ("It is light to carry and made for rain. It should stand three years of use.",
            "Recycled nylon", [new("weight", "0.6 kg")]),
        ["paper"] = ("It lies flat when it is open, and ink doesn't come through. The cover stands a year in a bag.",
            "Paper without wood, linen", [new("pages", "144")]),
        ["garden"] = ("It can stay outside all year. The handle is made for hands of every size, left and right.",
            "Galvanised steel and ash", [new("weight", "1.1 kg")]),
        ["music"] = ("It is tuned before it leaves us and packed so that it arrives in tune. Spare parts come with it.",
            "Spruce and brass", [new("weight", "0.7 kg")]),
    };

    static (int Length, int Width, int Height) SizeOf(string thing)
    {
        var n = thing.Sum(c => c);
        return (80 + n % 37 * 10, 60 + n % 23 * 10, 40 + n % 17 * 10);
    }

    public static string Of(string category, string thing, IEnumerable<string> colours) =>
        $"One {thing}, in {string.Join(" or ", colours)}. {All[category].Story}";

    public static ImmutableArray<Spec> SpecsOf(string category, string thing)
    {
        var (length, width, height) = SizeOf(thing);
        return
        [
            new("material", All[category].Material),
            new("dimensions", $"{length / 10} × {width / 10} × {height / 10} cm"), .. All[category].Specs,
        ];
    }

    public static Measures MeasuresOf(string thing)
    {
        var (length, width, height) = SizeOf(thing);
        return new(Math.Max(100, length * width * height / 6_000), new(length + 40, width + 40, height + 40));
    }
}
