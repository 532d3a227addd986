namespace Recourse.Web;

/// <summary>Where a page stood when it began to be read.</summary>
sealed record Since(string Mark);
