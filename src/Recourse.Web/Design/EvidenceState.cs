namespace Recourse.Web;

/// <summary>Whether a file can be opened.</summary>
public enum EvidenceState
{
    /// <summary>Nothing bad was found in it.</summary>
    Checked,

    /// <summary>It is being looked through.</summary>
    Checking,

    /// <summary>It is not kept.</summary>
    Refused,
}
