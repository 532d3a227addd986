using Recourse.Adapters.Webhooks;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>An endpoint of somebody, and how it is doing.</summary>
/// <param name="Events">Codes of events; <c>*</c> for all.</param>
/// <param name="State"><c>active</c>, <c>paused</c> (by its owner) or <c>failing</c> (by us: it failed for three days).
/// </param>
/// <param name="Since">Since when it is in that state (UTC).</param>
/// <param name="Why">Why we call it no more, and what can be done; left out: we do, or its owner paused it.</param>
/// <param name="Waiting">How many events wait for it.</param>
/// <param name="Failed">How many were given up and can be sent again.</param>
/// <param name="OldSecretUntil">Until when messages are signed with the secret before too.</param>
/// <param name="Secret">Only in the answer that makes it: it can't be seen again.</param>
public sealed record WebhookBody(
    string Id, string Url, ImmutableArray<string> Events, string Note, string State, Instant Since, string? Why,
    long Waiting, long Failed, Instant CreatedAt, Instant? OldSecretUntil, string? Secret);

/// <summary>Endpoints.</summary>
/// <param name="Kinds">Every event that can be chosen.</param>
public sealed record WebhooksBody(ImmutableArray<WebhookBody> Items, ImmutableArray<string> Kinds);

/// <summary>An endpoint as it is to be.</summary>
/// <param name="Events">Codes of events; <c>*</c> for all that you may see.</param>
/// <param name="Note">What it is for; at most 200 characters.</param>
public sealed record WebhookRequest(string Url, ImmutableArray<string> Events, string? Note = null);

/// <summary>What endpoints do for their owners: the same for API and pages.</summary>
sealed class Hooks(
    HookFile file, HookQueue queue, Store store, IPlatform platform, HostOptions options, NoticeFile notices,
    IMailer mailer, IAddressBook book)
{
    const int MostEndpoints = 20, LongestNote = 200;

    /// <summary>For how long two secrets count after a change.</summary>
    public static readonly Duration Overlap = Duration.FromHours(24);

    static readonly Remedy Mend = new("webhook.mend"), Fewer = new("webhook.remove-one"),
        Resume = new("webhook.resume-first");

    /// <summary>Everything of an owner.</summary>
    public WebhooksBody Of(string owner, Texts texts) =>
        new([.. file.Of(owner).Select(h => Body(h, texts))], queue.KindsFor(owner));

    /// <summary>An owner's endpoint; null: it is none of theirs.</summary>
    public Hook? Find(string owner, string id) => file.Find(id) is { } hook && hook.Owner == owner ? hook : null;

    /// <summary>Makes one. Said twice it is made once, and its secret is shown once.</summary>
    public (Hook? Hook, string? Secret, Problem? Problem) Make(string owner, WebhookRequest request, string key)
    {
        var id = Derived.Code($"webhook {owner} {key}");
        if (Find(owner, id) is { } known) return (known, null, null);
        ImmutableArray<Refusal> faults = [.. Faults(owner, request)];
        if (file.Of(owner).Length >= MostEndpoints) faults = faults.Add(TooMany);
        if (!faults.IsEmpty) return (null, null, Problems.Of(faults));
        var (secret, now) = (HookSignature.NewSecret(), platform.Now);
        var made = file.Change(id, before => before ?? new(
            id, owner, request.Url, Tidied(request.Events), request.Note ?? "", Seal(owner, secret), null, null,
            HookState.Active, now, null, now, key));
        return (made, secret, null);
    }

    /// <summary>Changes where it is and what it hears of.</summary>
    public (Hook? Hook, Problem? Problem) Change(Hook hook, WebhookRequest request)
    {
        ImmutableArray<Refusal> faults = [.. Faults(hook.Owner, request)];
        if (!faults.IsEmpty) return (null, Problems.Of(faults));
        return (file.Change(hook.Id, before => before is null ? null : before with
        {
            Url = request.Url, Kinds = Tidied(request.Events), Note = request.Note ?? "",
        }), null);
    }

    IEnumerable<Refusal> Faults(string owner, WebhookRequest request)
    {
        switch (HookAddress.FaultOf(request.Url, options.CallsThisMachine))
        {
            case HookFault.NoAddress: yield return NoAddress; break;
            case HookFault.Credentials: yield return HasCredentials; break;
            case HookFault.Unencrypted: yield return NotEncrypted; break;
            case HookFault.Private: yield return ClosedNetwork; break;
        }
        if (request.Note?.Length > LongestNote) yield return LongNote;
        var kinds = queue.KindsFor(owner);
        if (request.Events.IsDefaultOrEmpty) yield return NoEvents;
        else if (request.Events.FirstOrDefault(e => e is not "*" && !kinds.Contains(e)) is { } unknown)
            yield return NoSuchEvent(unknown);
    }

    static ImmutableArray<string> Tidied(ImmutableArray<string> kinds) =>
        kinds.Contains("*") ? ["*"] : [.. kinds.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A new secret; for a day the one before counts too.</summary>
    public (Hook Hook, string? Secret) Rotate(Hook hook, string key)
    {
        var (secret, now) = (HookSignature.NewSecret(), platform.Now);
        string? shown = null;
        var after = file.Change(hook.Id, before =>
        {
            if (before is null || before.Key == key) return before;         // said twice, done once
            shown = secret;
            return before with
            {
                Secret = Seal(before.Owner, secret), Old = before.Secret, OldUntil = now + Overlap, Key = key,
            };
        });
        return (after ?? hook, shown);
    }

    /// <summary>It is called no more, until it is resumed.</summary>
    public Hook Pause(Hook hook) => Move(hook, HookState.Paused, null);

    /// <summary>It is called again, beginning with what waits for it.</summary>
    public Hook Go(Hook hook)
    {
        if (hook.State is not HookState.Active) file.Renew(hook.Id, platform.Now);
        var after = Move(hook, HookState.Active, null);
        queue.Woken?.Invoke();
        return after;
    }

    Hook Move(Hook hook, HookState state, HookWhy? why) => file.Change(hook.Id, before =>
        before is null || before.State == state ? before
            : before with { State = state, Since = platform.Now, Why = why }) ?? hook;

    /// <summary>We call it no more, say why, and tell its owner.</summary>
    public void GiveUp(Hook hook, HookWhy why)
    {
        var after = Move(hook, HookState.Failing, why);
        if (after.Why == why) _ = TellOwner(after);
    }

    async Task TellOwner(Hook hook)
    {
        if (await book.Find(hook.Owner, default) is not { } addressee) return;
        var texts = Texts.In(addressee.LanguageOf(notices.ChoiceOf(hook.Owner)), DateTimeZone.Utc);
        await mailer.Send(new(
            addressee.Mail, texts.Tell("mail.webhook-paused"), $"{hook.Url}\n\n{WhyOf(hook, texts)}\n",
            $"{hook.Id}.{hook.Since.ToUnixTimeMilliseconds()}@recourse.example"), default);
    }

    /// <summary>Tries it; null: that is under way.</summary>
    public Problem? Test(Hook hook, string key)
    {
        if (hook.State is not HookState.Active) return Problems.Of([NotActive]);
        queue.Test(hook, key);
        return null;
    }

    /// <summary>Takes it away.</summary>
    public void Remove(Hook hook) => file.Remove(hook.Id);

    /// <summary>The secrets that count now, the newest first.</summary>
    public ImmutableArray<string> SecretsOf(Hook hook, Instant now)
    {
        var old = hook.OldUntil > now ? hook.Old : null;
        return [.. new[] { hook.Secret, old }.OfType<HookSecret>().Select(s => Open(hook.Owner, s)).OfType<string>()];
    }

    HookSecret Seal(string owner, string secret)
    {
        var cipher = store.People.Seal(owner, new OpenSecret(secret)).Cipher;
        store.People.Keep();
        return new(cipher);
    }

    string? Open(string owner, HookSecret secret) =>
        store.People.Open(new Sealed<OpenSecret>(owner, secret.Cipher))?.Text;

    /// <summary>As its owner reads it.</summary>
    public WebhookBody Body(Hook h, Texts texts, string? secret = null) => new(
        h.Id, h.Url, h.Kinds, h.Note, Words.StateOf($"{h.State}"), h.Since, WhyOf(h, texts),
        file.CountOf(h.Id, DeliveryState.Waiting), file.CountOf(h.Id, DeliveryState.Failed), h.CreatedAt,
        h.OldUntil > platform.Now ? h.OldUntil : null, secret);

    static string? WhyOf(Hook h, Texts texts) => h.Why is not { } why ? null : texts.Fill(why.Code,
        [("since", why.Since), ("tries", why.Tries), ("said", why.Said.Length > 200 ? why.Said[..200] : why.Said)]);

    static readonly Refusal NoAddress = new("webhook.no-address", Mend) { Field = "url" };
    static readonly Refusal HasCredentials = new("webhook.has-credentials", Mend) { Field = "url" };
    static readonly Refusal NotEncrypted = new("webhook.not-encrypted", Mend) { Field = "url" };
    static readonly Refusal ClosedNetwork = new("webhook.closed-network", Mend) { Field = "url" };
    static readonly Refusal NoEvents = new("webhook.no-events", Mend) { Field = "events" };
    static readonly Refusal NotActive = new("webhook.not-active", Resume);
    static readonly Refusal LongNote = new("webhook.long-note", Mend, ("most", LongestNote)) { Field = "note" };
    static readonly Refusal TooMany = new("webhook.too-many", Fewer, ("most", MostEndpoints));

    static Refusal NoSuchEvent(string code) =>
        new("webhook.no-such-event", Mend, ("event", code)) { Field = "events" };
}
