using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recourse.Adapters.Evidence;
using Recourse.Runtime;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

/// <summary>Backups while it runs, erasures, and the way back.</summary>
public sealed class KeepingAStore : IDisposable
{
    readonly Folder _folder = new();
    readonly HttpClient _http = new();

    string Data => _folder.In("data");

    [Fact]
    [Trait("Capability", "OPS-2")]
    public async Task Restores_all_but_who_was_erased_since()
    {
        string buyer, seller, order, hers, theirs;
        var (file, keys) = (_folder.In("backup.db"), _folder.In("backup.db.keys"));
        await using (var platform = await RunningProgram.Start(null, "run", "--data", Data, "--urls",
            "http://127.0.0.1:0"))
        {
            (buyer, seller) = (await KeyOf("buyer:bea"), await KeyOf("seller:ana"));
            order = await Buy(platform.Address, buyer, seller);
            (await NameOn(platform.Address, seller, order)).ShouldBe("Bea Muster");
            (hers, theirs) = (HandedIn(Data, "buyer/bea"), HandedIn(Data, "seller/ana"));
            (await BuiltProgram.Run("backup", file, "--data", Data)).Code.ShouldBe(0);

            (await BuiltProgram.Run("erase", "buyer/bea", "--data", Data)).Code.ShouldBe(0);
            await Task.Delay(1_000);
            (await NameOn(platform.Address, seller, order)).ShouldBeNull();
            (await platform.Stop()).ShouldBe((0, ""));
        }
        (await BuiltProgram.Run("erase", "buyer/bea", "--data", Data)).Output.ShouldContain("already");
        var refused = await BuiltProgram.Run("restore", file, "--keys", keys, "--data", Data);
        (refused.Code, refused.Errors).ShouldBe((1, refused.Errors));
        refused.Errors.ShouldContain("restore.not-empty");

        // Without the folder that it came from nobody could know; with its keys elsewhere somebody has to say.
        File.Copy(Path.Combine(Data, "people.db"), _folder.In("people.db"));
        var restored = await BuiltProgram.Run("restore", file, "--keys", keys, "--data", _folder.In("new"), "--json");
        restored.Code.ShouldBe(0, restored.Errors + restored.Output);
        restored.Json["erased"]!.AsArray().Single()!.ToString().ShouldBe("buyer/bea");
        await Shows(_folder.In("new"), seller, order, null);

        Directory.Delete(Data, recursive: true);
        var late = await BuiltProgram.Run("restore", file, "--keys", keys, "--data", Data, "--json",
            "--erasures", _folder.In("people.db"));
        late.Json["erased"]!.AsArray().Count.ShouldBe(1);
        var again = await BuiltProgram.Run("restore", file, "--keys", keys, "--data", Data, "--force");
        again.Code.ShouldBe(0, again.Errors);
        File.Delete($"{file}.files");
        (await BuiltProgram.Run("restore", file, "--keys", keys, "--data", Data, "--force")).Code.ShouldBe(0);
        await Shows(Data, seller, order, null);
        foreach (var folder in (string[])[Data, _folder.In("new")])
        {
            using var ring = RingOf(folder);
            var evidence = new EvidenceFolder(Path.Combine(folder, EvidenceFolder.FolderName), ring);
            evidence.Open("seller/ana", theirs).ShouldBe(Proof);
            evidence.Open("buyer/bea", hers).ShouldBeNull("she was erased");
        }
    }

    static readonly byte[] Proof = [.. "%PDF-1.7 of somebody"u8];

    static KeyRing RingOf(string data) => new(Path.Combine(data, "people.db"), new Registry(Modules.Kinds).Json);

    static string HandedIn(string data, string person)
    {
        using var ring = RingOf(data);
        return new EvidenceFolder(Path.Combine(data, EvidenceFolder.FolderName), ring).Keep(person, Proof);
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_and_replaces_nothing()
    {
        (await BuiltProgram.Run("import", "olist", MadeUpHistory.Write(_folder), "--data", Data)).Code.ShouldBe(0);
        var file = _folder.In("backup.db");
        (await BuiltProgram.Run("backup", file, "--data", Data)).Code.ShouldBe(0);
        (await BuiltProgram.Run("backup", file, "--data", Data)).Errors.ShouldContain("backup.exists");
        var bytes = await File.ReadAllBytesAsync(file);
        new Random(1).NextBytes(bytes.AsSpan(8_192, 20_000));
        await File.WriteAllBytesAsync(_folder.In("bad.db"), bytes);
        var restored = await BuiltProgram.Run(
            "restore", _folder.In("bad.db"), "--keys", $"{file}.keys", "--data", Data, "--force");
        restored.Code.ShouldBe(2, restored.Errors);
        restored.Errors.ShouldContain("backup.unreadable");
        (await BuiltProgram.Run("verify", "--data", Data)).Code.ShouldBe(0);
    }

    async Task Shows(string data, string seller, string order, string? name)
    {
        (await BuiltProgram.Run("verify", "--data", data)).Code.ShouldBe(0);
        await using var platform = await RunningProgram.Start(null, "run", "--data", data, "--urls",
            "http://127.0.0.1:0");
        (await NameOn(platform.Address, seller, order)).ShouldBe(name);
        (await platform.Stop()).Code.ShouldBe(0);
    }

    async Task<string> KeyOf(string who)
    {
        var made = await BuiltProgram.Run("key", "--as", who, "--data", Data);
        made.Code.ShouldBe(0, made.Errors);
        return made.Output.Trim();
    }

    async Task<string?> NameOn(Uri address, string key, string order) =>
        (await Say(address, key, HttpMethod.Get,
            $"/v1/orders/{order["order/".Length..]}"))["shipTo"]?["name"]?.ToString();

    async Task<string> Buy(Uri address, string buyer, string seller)
    {
        await Say(address, seller, HttpMethod.Put, "/v1/listings/ana/mug", new
        {
            title = "Mug", shipsFrom = "DE",
            variants = new[] { new { sku = "red", price = new { minor = 1250, currency = "EUR" } } },
            shipsTo = new[] { new { country = "DE", shippingPerUnit = new { minor = 400, currency = "EUR" } } },
        });
        await Say(address, seller, HttpMethod.Post, "/v1/stock/ana/red/receipts", new { location = "main", units = 5 });
        var checkout = await Say(address, buyer, HttpMethod.Post, "/v1/checkouts", new
        {
            lines = new[] { new { listing = "listing/ana/mug", sku = "red", quantity = 1 } },
            country = "DE", method = "pm_card_visa",
            shipTo = new
            {
                name = "Bea Muster", lines = new[] { "Hauptstr. 1" }, city = "Berlin", postcode = "10115",
                    country = "DE",
            },
        });
        return checkout["orders"]![0]!["order"]!.ToString();
    }

    async Task<JsonNode> Say(Uri address, string key, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        request.Headers.Authorization = new("Bearer", key);
        request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid():n}");
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }
}
