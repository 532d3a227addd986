using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What happened to somebody's access, for them to read.</summary>
public sealed partial class Accounts
{
    const int MostNoted = 500;

    readonly Prepared _note, _prune, _log;

    (Prepared, Prepared, Prepared) PrepareLog() => (
        _db.Prepare("INSERT INTO log(subject, at, what, about, source) VALUES(?1, ?2, ?3, ?4, ?5)"),
        _db.Prepare("""
            DELETE FROM log WHERE subject = ?1 AND number <=
                (SELECT number FROM log WHERE subject = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)
            """),
        _db.Prepare("""
            SELECT number, at, what, about, source FROM log WHERE subject = ?1 AND number < ?2
                ORDER BY number DESC LIMIT ?3
            """));

    /// <summary>The subject of a person's log.</summary>
    public static string LogOf(Person person) => $"person/{person.Id}";

    /// <summary>Notes something; of each subject the newest are kept.</summary>
    /// <param name="subject">Who can read it: a person, or a shop's owners.</param>
    public void Note(string subject, string what, string? about = null, string? from = null)
    {
        lock (_gate)
            Together(() =>
            {
                _note.Bind(1, subject).Bind(2, _clock.Now.ToUnixTimeTicks()).Bind(3, what).Bind(4, about)
                    .Bind(5, from).Run();
                _prune.Bind(1, subject).Bind(2, MostNoted).Run();
                return true;
            });
    }

    /// <summary>The newest first, from before a number on.</summary>
    public ImmutableArray<LogEntry> Log(string subject, long? before, int most)
    {
        lock (_gate)
        {
            List<LogEntry> all = [];
            _log.Bind(1, subject).Bind(2, before ?? long.MaxValue).Bind(3, most);
            while (_log.Step())
                all.Add(new(_log.Long(0), Instant.FromUnixTimeTicks(_log.Long(1)), _log.Text(2),
                    _log.IsNull(3) ? null : _log.Text(3), _log.IsNull(4) ? null : _log.Text(4)));
            return [.. all];
        }
    }
}
