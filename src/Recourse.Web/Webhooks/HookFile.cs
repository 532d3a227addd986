using System.Collections.Immutable;
using System.Text.Json;
using Recourse.Runtime;
using Db = Recourse.Runtime.Db;
namespace Recourse.Web;

/// <summary>Endpoints and what is to be delivered to them, in a file of its own beside the store.</summary>
sealed partial class HookFile : IDisposable
{
    /// <summary>The file's name in a store's folder.</summary>
    public const string FileName = "webhooks.db";

    readonly Lock _gate = new();
    readonly StoreJson _json;
    readonly Db _db;
    readonly Prepared _put, _drop, _dropDeliveries;
    volatile ImmutableDictionary<string, Hook> _hooks = ImmutableDictionary<string, Hook>.Empty;

    /// <summary>Opens or creates it.</summary>
    public HookFile(string folder, StoreJson json)
    {
        _json = json;
        _db = new(Path.Combine(folder, FileName), durable: true, cacheMegabytes: 4);
        foreach (var table in (string[])[.. Tables, .. DeliveryTables]) _db.Execute(table);
        _put = _db.Prepare("REPLACE INTO hook VALUES(?1, ?2)");
        _drop = _db.Prepare("DELETE FROM hook WHERE id = ?1");
        _dropDeliveries = _db.Prepare("DELETE FROM delivery WHERE hook = ?1");
        PrepareDeliveries();
        using var rows = _db.Prepare("SELECT id, body FROM hook");
        while (rows.Step()) _hooks = _hooks.SetItem(rows.Text(0), (Hook)json.Read(typeof(Hook), rows.Bytes(1)));
    }

    static readonly string[] Tables =
        ["CREATE TABLE IF NOT EXISTS hook(id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID"];

    /// <summary>Every endpoint.</summary>
    public IEnumerable<Hook> Hooks => _hooks.Values;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _hooks.IsEmpty;

    /// <summary>An endpoint; null: there is none.</summary>
    public Hook? Find(string id) => _hooks.GetValueOrDefault(id);

    /// <summary>Somebody's endpoints, the oldest first.</summary>
    public ImmutableArray<Hook> Of(string owner) =>
        [.. _hooks.Values.Where(h => h.Owner == owner).OrderBy(h => h.CreatedAt).ThenBy(h => h.Id)];

    /// <summary>Changes an endpoint under the one lock; durable when this returns. Null makes none of it.</summary>
    public Hook? Change(string id, Func<Hook?, Hook?> change)
    {
        lock (_gate)
        {
            var before = Find(id);
            if (change(before) is not { } after) return null;
            if (ReferenceEquals(before, after)) return after;
            _put.Bind(1, id).Bind(2, _json.Write(typeof(Hook), after)).Run();
            _hooks = _hooks.SetItem(id, after);
            return after;
        }
    }

    /// <summary>Takes an endpoint away, with all that was delivered to it.</summary>
    public void Remove(string id)
    {
        lock (_gate)
        {
            InOne(() =>
            {
                _drop.Bind(1, id).Run();
                _dropDeliveries.Bind(1, id).Run();
            });
            _hooks = _hooks.Remove(id);
        }
    }

    void InOne(Action act)
    {
        _db.Execute("BEGIN IMMEDIATE");
        try
        {
            act();
            _db.Execute("COMMIT");
        }
        catch
        {
            _db.RollBack();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _db.Dispose();
    }
}
