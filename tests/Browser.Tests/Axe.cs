using Deque.AxeCore.Commons;
namespace Recourse.Tests;

/// <summary>The rules of accessibility that a machine can check.</summary>
static class Axe
{
    static readonly string Itself = new BundledAxeScriptProvider().GetScript();

    // What a width or a colour scheme can change; the other rules are about the document, which is the same in each.
    static readonly ImmutableArray<string> OfLooks =
    [
        "color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "aria-hidden-focus",
        "button-name", "link-name", "label", "region", "landmark-one-main", "page-has-heading-one",
    ];

    static readonly ImmutableArray<string> All =
        ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    /// <summary>Which of them an open page breaks.</summary>
    /// <param name="again">Only what another look may have changed.</param>
    /// <param name="isGallery">It shows parts again and again, each named as where it stands alone.</param>
    public static async Task<string[]> Of(IPage page, bool again, bool isGallery)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window")) await page.EvaluateAsync(Itself);
        return await page.EvaluateAsync<string[]>(Scripts.Axe, new
        {
            runOnly = again ? new { type = "rule", values = OfLooks } : new { type = "tag", values = All },
            rules = again ? null : new Dictionary<string, object>
            {
                ["target-size"] = new { enabled = true }, ["landmark-unique"] = new { enabled = !isGallery },
            },
        });
    }
}
