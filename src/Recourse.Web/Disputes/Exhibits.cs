using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Recourse.Adapters.Evidence;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Reasons;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A file that is kept, and can be named as proof in what its owner says next.</summary>
/// <param name="File">Its name.</param>
/// <param name="MediaType">What it was found to be.</param>
public sealed record KeptFile(string File, string MediaType, long Bytes);

/// <summary>A file that was brought as proof.</summary>
/// <param name="File">Its name.</param>
/// <param name="Href">Where it is shown to those who may see it.</param>
public sealed record ExhibitBody(string File, string Href);

/// <summary>
/// Files that buyers and sellers bring as proof: kept sealed under their own key, named in what they say (a case, an
/// appeal, an answer), and shown in a sandbox to themselves and to staff alone.
/// </summary>
sealed class Exhibits(EvidenceFolder folder, IPlatform platform, Store store)
{
    /// <summary>At most so many of one statement.</summary>
    public const int Most = 5;

    /// <summary>What a browser's field takes.</summary>
    public const string Accepts = "image/jpeg,image/png,image/webp,application/pdf";

    static readonly Remedy Bring = new("evidence.bring");

    static readonly Refusal NotTaken = new("evidence.not-taken", Bring) { Field = "file" };

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapPost("/evidence", (FileWrite write, Exhibits exhibits) => exhibits.Keep(write))
            .For(AppealEndpoints.Lodgers).WithName("keepEvidence").WithTags("Evidence")
            .WithMetadata(new RequestSizeLimitAttribute(CsvWrite.MostSent))
            .WithSummary("Keep a picture or PDF, to name it as proof in a case, an appeal or an answer.");
        v1.MapGet("/orders/{seller}/{code}/files/{proof}", OfOrder).For(ReasonEndpoints.Readers).WithTags("Evidence")
            .WithName("getOrderEvidence").WithSummary("What a seller brought as proof when they gave an order up.")
            .Produces<byte[]>(200, "application/octet-stream");
        v1.MapGet("/appeals/{owner}/{code}/files/{exhibit}", OfAppeal).For(AppealEndpoints.Readers).WithTags("Evidence")
            .WithName("getAppealEvidence").WithSummary("What somebody brought as proof with an appeal, or against it.")
            .Produces<byte[]>(200, "application/octet-stream");
        v1.MapGet("/reasons/{seller}/{code}/files/{brought}", OfReason).For(ReasonEndpoints.Readers)
            .WithTags("Evidence")
            .WithName("getReasonEvidence").WithSummary("What a seller brought as proof for a reason of theirs.")
            .Produces<byte[]>(200, "application/octet-stream");
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/orders/{seller}/{code}/files/{proof}", OfOrder).AsPage(ReasonEndpoints.Readers);
        pages.MapGet("/appeals/{owner}/{code}/files/{exhibit}", OfAppeal).AsPage(AppealEndpoints.Readers);
        pages.MapGet("/reasons/{seller}/{code}/files/{brought}", OfReason).AsPage(ReasonEndpoints.Readers);
    }

    /// <summary>Where a file is shown, beside what it belongs to.</summary>
    public static ImmutableArray<ExhibitBody> Of(string href, ImmutableArray<string>? files) =>
        [.. (files ?? []).Select(f => new ExhibitBody(f, $"{href}/files/{f}"))];

    /// <summary>Keeps a file under its sender's own key.</summary>
    public Answer<KeptFile> Keep(FileWrite write)
    {
        if (Kept(write.By, write.Bytes, write.Bytes.Length, out var file) is { } no) return no;
        return new KeptFile(file!, EvidenceFolder.MediaTypeOf(write.Bytes)!, write.Bytes.Length);
    }

    /// <summary>The file that was chosen on a page is kept; null and no name: none was chosen.</summary>
    public Problem? Kept(FormUpload form, out string? file)
    {
        file = null;
        return form.File is { } sent ? Kept(form.By, sent.Bytes, sent.Size, out file) : null;
    }

    Problem? Kept(Caller by, byte[] content, long size, out string? file)
    {
        file = null;
        if (size > EvidenceFolder.Largest) return Problems.TooLong(EvidenceFolder.Largest);
        if (EvidenceFolder.MediaTypeOf(content) is null) return new Problem(415, NotTaken);
        if (PersonOf(by.Who) is not { } person) return Problems.NotFound;
        file = folder.Keep(person, content);
        folder.Use(file, platform.Now);
        return null;
    }

    /// <summary>Names of files that whoever says something may use: their own. Null: they may.</summary>
    public Refusal? Fault(Actor who, ImmutableArray<string>? files, string field)
    {
        if (files is not { IsDefaultOrEmpty: false } named) return null;
        if (named.Length > Most) return new("evidence.too-many", Bring, ("most", Most)) { Field = field };
        if (PersonOf(who) is not { } person || !named.All(f => f is not null && folder.Open(person, f) is not null))
            return new("evidence.no-such-file", Bring) { Field = field };
        // Nothing of it goes while it is being said.
        foreach (var file in named) folder.Use(file, platform.Now);
        return null;
    }

    static string? PersonOf(Actor who) => who switch
    {
        Actor.Buyer b  => $"{b.Id}",
        Actor.Seller s => $"{s.Id}",
        _              => null,
    };

    static async Task<IResult> OfOrder(string seller, string code, string proof, Caller caller, Exhibits exhibits)
    {
        if (!OrderId.TryParse($"order/{seller}/{code}", out var id)
            || await exhibits.History(id, caller) is not { } history) return Problems.NotFound;
        return history.Any(r => Proof.FileIn(r.Event) == proof) ? exhibits.Show($"{id.Seller}", proof, caller)
            : Problems.NotFound;
    }

    static async Task<IResult> OfAppeal(string owner, string code, string exhibit, Caller caller, Exhibits exhibits)
    {
        if (AppealEndpoints.IdOf(owner, code) is not { } id
            || await exhibits.Read(id, caller) is not { State: Appeal.State state } seen) return Problems.NotFound;
        var other = (state as Appeal.State.Open)?.Hearing?.Words;
        var mine = AppealView.IsOther(seen) ? null : state.Complaint.Words;
        foreach (var words in (Sealed<AppealWords>?[])
            [mine, caller.IsStaff || AppealView.IsOther(seen) ? other : null])
            if (words is not null && exhibits.Says(words, w => w.Files, exhibit))
                return exhibits.Show(words.Person, exhibit, caller);
        return Problems.NotFound;
    }

    static async Task<IResult> OfReason(string seller, string code, string brought, Caller caller, Exhibits exhibits) =>
        ReasonEndpoints.IdOf(seller, code) is { } id
        && await exhibits.Read(id, caller) is { State: ReasonCase.State state }
        && ReasonView.WordsOf(state) is { } words && exhibits.Says(words, w => w.Files, brought)
            ? exhibits.Show(words.Person, brought, caller) : Problems.NotFound;

    Task<Seen?> Read(IId id, Caller caller) => platform.Read(id, caller.Who, caller.Cancel);

    async Task<IReadOnlyList<Recorded>?> History(IId id, Caller caller) =>
        await platform.History(id, caller.Who, caller.Cancel);

    bool Says<T>(Sealed<T> words, Func<T, ImmutableArray<string>?> files, string file) where T : class =>
        store.People.Open(words) is { } said && files(said) is { IsDefaultOrEmpty: false } named
        && named.Contains(file);

    /// <summary>As what it was found to be, and nothing in it is run.</summary>
    IResult Show(string person, string file, Caller caller)
    {
        if (folder.Open(person, file) is not { } content || EvidenceFolder.MediaTypeOf(content) is not { } type)
            return Problems.NotFound;
        caller.Http.Response.Headers.CacheControl = "no-store";
        caller.Http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        caller.Http.Response.Headers.ContentDisposition = "inline";
        return Results.Bytes(content, type);
    }
}
