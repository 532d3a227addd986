using System.Collections.Concurrent;
using Recourse.Runtime;
using Db = Recourse.Runtime.Db;
namespace Recourse.Web;

/// <summary>What makes a platform a demo: a clock with a pace, and people of its own.</summary>
/// <param name="NameOf">What a person is called, by role and code; shops have names of their own.</param>
/// <param name="PlaceOf">Where they live.</param>
public sealed record Demo(DemoClock Clock, Func<Party, string, string> NameOf, Func<Party, string, string> PlaceOf)
{
    // Of real time: days there.
    internal static readonly Duration RefundsTake = Duration.FromMinutes(5);

    /// <summary>Its people's keys, once the store is open.</summary>
    public DemoKeys? Keys { get; set; }

    (ImmutableArray<Persona> Found, long At) _personas;

    /// <summary>Whom to meet, as of a moment ago: whoever reloads a sign-in page searches nothing.</summary>
    internal ImmutableArray<PersonaBody> Personas(IPlatform platform, Store store, Shops shops, Texts texts)
    {
        if (Keys is null) return [];
        lock (Clock)
        {
            if (_personas.Found.IsDefaultOrEmpty || Environment.TickCount64 - _personas.At > FreshForMilliseconds)
                _personas = (Web.Personas.Of(platform, store), Environment.TickCount64);
            return [.. _personas.Found.Select(p => Web.Personas.Tell(p, this, shops, texts))];
        }
    }

    const long FreshForMilliseconds = 2_000;

    // An open page asks anew every five minutes.
    const long AwayAfterMilliseconds = 6 * 60_000;

    readonly ConcurrentDictionary<Party, long> _seen = [];

    /// <summary>Somebody looks at a page as that.</summary>
    public void Saw(Party role) => _seen[role] = Environment.TickCount64;

    /// <summary>Whether a person sits at that desk: then those who live there leave it to them.</summary>
    public bool IsAttended(Party role) =>
        _seen.TryGetValue(role, out var at) && Environment.TickCount64 - at < AwayAfterMilliseconds;

    /// <summary>It has grown as far as it may: people begin nothing new.</summary>
    public bool IsFull
    {
        get;
        set
        {
            if (field == value) return;
            field = value;
            Clock.Changed?.Invoke();
        }
    }
}

/// <summary>For whom a demo's key is.</summary>
public enum KeyHolder
{
    /// <summary>Someone who lives in the demo.</summary>
    Inhabitant,

    /// <summary>A visitor who looks through someone's eyes.</summary>
    Visitor,
}

/// <summary>
/// Keys of a demo's people, made when they are first needed. Kept as they are, in a file beside the store: a demo has
/// no secrets.
/// </summary>
public sealed class DemoKeys : IDisposable
{
    /// <summary>The file's name in a store's folder.</summary>
    public const string FileName = "demo.db";

    readonly Lock _gate = new();
    readonly AccessKeys _keys;
    readonly Db _db;
    readonly Prepared _put;
    readonly ConcurrentDictionary<(KeyHolder, Party, string), string> _known = [];
    readonly ConcurrentDictionary<string, bool> _inhabitants = [];

    /// <summary>Opens or creates it.</summary>
    public DemoKeys(string folder, AccessKeys keys)
    {
        _keys = keys;
        _db = new(Path.Combine(folder, FileName), durable: false);
        _db.Execute("""
            CREATE TABLE IF NOT EXISTS token(holder INTEGER, role INTEGER, of TEXT, token TEXT NOT NULL,
                PRIMARY KEY(holder, role, of)) WITHOUT ROWID
            """);
        _put = _db.Prepare("REPLACE INTO token VALUES(?1, ?2, ?3, ?4)");
        using var all = _db.Prepare("SELECT holder, role, of, token FROM token");
        while (all.Step()) Know((KeyHolder)all.Long(0), (Party)all.Long(1), all.Text(2), all.Text(3));
    }

    void Know(KeyHolder holder, Party role, string of, string token)
    {
        _known[(holder, role, of)] = token;
        if (holder is KeyHolder.Inhabitant) _inhabitants[token] = true;
    }

    /// <summary>Someone's key.</summary>
    public string Of(KeyHolder holder, Party role, string of)
    {
        if (_known.TryGetValue((holder, role, of), out var known)) return known;
        lock (_gate)
        {
            if (_known.TryGetValue((holder, role, of), out known)) return known;
            var token = _keys.Create(role, of);
            _put.Bind(1, (long)holder).Bind(2, (long)role).Bind(3, of).Bind(4, token).Run();
            Know(holder, role, of, token);
            return token;
        }
    }

    /// <summary>Whether the key is of someone who lives there.</summary>
    public bool IsInhabitants(string token) => _inhabitants.ContainsKey(token);

    /// <inheritdoc/>
    public void Dispose() => _db.Dispose();
}
