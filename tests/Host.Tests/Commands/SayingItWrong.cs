using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

/// <summary>Every error is a sentence with a code, and loses nothing.</summary>
public sealed class SayingItWrong : IDisposable
{
    readonly Folder _folder = new();

    string Data => _folder.In("data");

    [Theory]
    [InlineData(2, "cli.bad-input", "serve")]
    [InlineData(2, "cli.bad-input", "orders", "--colour", "red")]
    [InlineData(2, "cli.bad-input", "orders", "--limit", "many")]
    [InlineData(2, "cli.bad-input", "key")]
    [InlineData(2, "cli.bad-role", "key", "--as", "buyer")]
    [InlineData(2, "cli.no-such-role", "key", "--as", "king:otto")]
    [InlineData(2, "cli.bad-id", "key", "--as", "buyer:Otto!")]
    [InlineData(2, "cli.bad-url", "run", "--urls", "somewhere")]
    [InlineData(2, "cli.no-such-reader", "why", "order/a/b", "--as", "king")]
    [InlineData(2, "cli.no-such-language", "why", "order/a/b", "--lang", "tlh")]
    [InlineData(2, "cli.not-for-sellers", "why", "checkout/a/b", "--as", "seller")]
    [InlineData(2, "cli.no-such-format", "reasons", "export", "--format", "xml")]
    [InlineData(2, "cli.bad-day", "reasons", "export", "--from", "soon")]
    [InlineData(2, "cli.ends-before-it-starts", "reasons", "export", "--from", "2026-02-02", "--until", "2026-02-01")]
    [InlineData(3, "cli.no-store", "reasons", "export")]
    [InlineData(2, "cli.bad-person", "erase", "otto")]
    [InlineData(2, "cli.bad-scenario", "simulate", "--seeds", "0")]
    [InlineData(2, "import.no-such-folder", "import", "olist", "nowhere")]
    [InlineData(2, "backup.missing", "restore", "nothing", "--keys", "nothing.keys")]
    [InlineData(3, "cli.no-store", "orders")]
    [InlineData(3, "cli.no-store", "verify", "--json")]
    [InlineData(3, "store.missing", "backup", "x.db")]
    public async Task Is_answered_with_a_code(int exit, string code, params string[] said)
    {
        var data = said is ["serve" or "simulate", ..] ? [] : (string[])["--data", Data];
        var ended = await BuiltProgram.Run([.. said, .. data]);
        ended.Code.ShouldBe(exit, ended.Errors);
        ended.Errors.ShouldStartWith($"recourse: {code}: ");
        ended.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_history_with_one_bad_row_is_not_taken_over_at_all()
    {
        var ended = await BuiltProgram.Run(
            "import", "olist", MadeUpHistory.Write(_folder, oddRow: "o1,2,\"credit_card,3,1.00"), "--data", Data);
        ended.Code.ShouldBe(2);
        ended.Errors.ShouldContain("olist_order_payments_dataset.csv:22: olist.quotes-unbalanced");
        ended.Errors.ShouldContain("import.unreadable");
        Directory.Exists(Data).ShouldBeFalse();
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_left_alone()
    {
        await Import();
        Change("UPDATE meta SET value = '99' WHERE name = 'format'");
        var ended = await BuiltProgram.Run("orders", "--data", Data);
        (ended.Code, ended.Errors[.."recourse: store.newer-version: ".Length])
            .ShouldBe((3, "recourse: store.newer-version: "));
    }

    [Fact]
    public async Task A_store_in_use_says_whom_to_ask_instead()
    {
        await using var platform =
            await RunningProgram.Start(null, "run", "--data", Data, "--urls", "http://127.0.0.1:0");
        var ended = await BuiltProgram.Run("orders", "--data", Data);
        ended.Code.ShouldBe(3);
        ended.Errors.ShouldStartWith("recourse: store.in-use: ");
        ended.Errors.ShouldContain(new Uri(platform.Address, "/v1/orders").ToString());
        (await BuiltProgram.Run("run", "--data", Data)).Code.ShouldBe(3);
    }

    [Fact]
    public async Task What_was_changed_behind_its_back_is_found()
    {
        await Import();
        Change("UPDATE turn SET body = replace(CAST(body AS TEXT), '\"minor\":10995', '\"minor\":10996') "
            + "WHERE CAST(body AS TEXT) LIKE '%order/s1/o4\"%'");
        var ended = await BuiltProgram.Run("verify", "--data", Data, "--json");
        ended.Code.ShouldBe(1, ended.Errors);
        ended.Json["sound"]!.GetValue<bool>().ShouldBeFalse();
        ended.Output.ShouldContain("audit.view-differs");
    }

    async Task Import()
    {
        var ended = await BuiltProgram.Run("import", "olist", MadeUpHistory.Write(_folder), "--data", Data);
        ended.Code.ShouldBe(0, ended.Errors);
    }

    void Change(string sql)
    {
        using var db = new SqliteConnection($"Data Source={Path.Combine(Data, "journal.db")};Pooling=False");
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery().ShouldBeGreaterThan(0);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
