using System.Net.Sockets;
using Recourse.Runtime;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>What a command can't do, as one sentence with a code.</summary>
sealed class Trouble(string code, string sentence, int exit) : Exception(sentence)
{
    /// <summary>Refused, or something doesn't hold.</summary>
    public const int Refused = 1;

    /// <summary>What was said can't be used.</summary>
    public const int BadInput = 2;

    /// <summary>The store is in use, or can't be read.</summary>
    public const int Store = 3;

    const int Bug = 70, Stopped = 130;

    /// <summary>Stable: <c>area.kebab-phrase</c>.</summary>
    public string Code => code;

    /// <summary>Runs a command; trouble becomes a sentence on the error stream, and an exit code.</summary>
    public static async Task<int> Told(Func<Task<int>> command)
    {
        try { return await command(); }
        catch (Trouble t) { return Tell(t.Code, t.Message, t.Exit); }
        catch (StoreException e) { return Tell(e.Code, e.Message, ExitOf(e.Code)); }
        catch (CommandAppException e) { return Tell("cli.bad-input", $"{e.Message} See --help.", BadInput); }
        catch (OperationCanceledException) { return Stopped; }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            return Tell("store.unreadable", $"A file of the store can't be used: {e.Message}", Store);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            return Tell("cli.not-possible", e.Message, Refused);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Tell("cli.bug", $"This is a bug of ours: {e}", Bug);
        }
    }

    int Exit => exit;

    static int ExitOf(string code) => code switch
    {
        _ when code.StartsWith("store.", StringComparison.Ordinal) => Store,
        "backup.missing" or "backup.unreadable" or "backup.not-a-journal" => BadInput,
        _ => Refused,
    };

    static int Tell(string code, string sentence, int exit)
    {
        Console.Error.WriteLine($"recourse: {code}: {sentence}");
        return exit;
    }
}
