namespace Recourse.Web;

/// <summary>Whether an endpoint is called.</summary>
enum HookState
{
    /// <summary>It is.</summary>
    Active = 0,

    /// <summary>Its owner paused it.</summary>
    Paused = 1,

    /// <summary>It failed for so long that it is called no more until its owner resumes it.</summary>
    Failing = 2,
}

/// <summary>Where somebody wants to be told by machine.</summary>
/// <param name="Owner">A name as actors have it: whoever made it, and whose sight it has.</param>
/// <param name="Kinds">Codes of events; <c>*</c> for all that the owner may see.</param>
/// <param name="Secret">Sealed under the owner's key.</param>
/// <param name="Old">The secret before, while it counts too.</param>
/// <param name="Since">Since when it is in that state (UTC).</param>
/// <param name="Why">Why it was paused, where we did it.</param>
/// <param name="Key">The idempotency key of the last change of its secret.</param>
sealed record Hook(
    string Id, string Owner, string Url, ImmutableArray<string> Kinds, string Note, HookSecret Secret, HookSecret? Old,
    Instant? OldUntil, HookState State, Instant Since, HookWhy? Why, Instant CreatedAt, string Key)
{
    /// <summary>Whether its owner wants to hear of such events.</summary>
    public bool Wants(string kind) => Kinds.Contains("*") || Kinds.Contains(kind);
}

/// <summary>A secret, sealed.</summary>
sealed record HookSecret(string Cipher);

/// <summary>A secret, open.</summary>
sealed record OpenSecret(string Text);

/// <summary>Why an endpoint is called no more.</summary>
/// <param name="Code">Its words.</param>
/// <param name="Since">When what failed was to be delivered first.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Said">The last answer.</param>
sealed record HookWhy(string Code, Instant Since, int Tries, string Said);

/// <summary>What became of something that was to be delivered.</summary>
enum DeliveryState
{
    /// <summary>It is tried, or tried again.</summary>
    Waiting = 0,

    /// <summary>The endpoint has it.</summary>
    Delivered = 1,

    /// <summary>It was tried for three days.</summary>
    Failed = 2,
}

/// <summary>One event for one endpoint.</summary>
/// <param name="Id">The message's id for ever.</param>
/// <param name="Body">What is signed and sent, the same at every try.</param>
/// <param name="At">When it was first to be sent (UTC).</param>
/// <param name="Due">When it is tried next (UTC).</param>
/// <param name="Status">The last answer's; null: none came.</param>
/// <param name="Said">How the last answer starts.</param>
sealed record Delivery(
    string Id, string Hook, long Position, string Kind, byte[] Body, DeliveryState State, int Tries, Instant At,
    Instant Due, int? Status, int Took, string? Said, Instant? TriedAt);
