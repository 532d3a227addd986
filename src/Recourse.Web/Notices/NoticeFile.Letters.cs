using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Something that is still to be mailed.</summary>
/// <param name="Id">The letter's id for ever.</param>
/// <param name="Person">Whom; null: it has an address.</param>
/// <param name="Letter">As it was given; null: it is told when it is sent.</param>
sealed record QueuedLetter(
    string Id, string? Person, NoticePlace What, Letter? Letter, int Tries, Instant At);

/// <summary>What became of the last letter to somebody that could not be delivered.</summary>
sealed record LostLetter(Instant At, string Trouble);

sealed partial class NoticeFile
{
    const int Waiting = 0, Done = 1, Lost = 2, NoAddress = 3;
    static readonly Duration KeptFor = Duration.FromDays(30);

    static readonly string[] LetterTables =
    [
        """
        CREATE TABLE IF NOT EXISTS letter(id TEXT PRIMARY KEY, person TEXT, position INTEGER NOT NULL,
            nth INTEGER NOT NULL, part INTEGER NOT NULL, address TEXT, subject TEXT, body TEXT, state INTEGER NOT NULL,
            tries INTEGER NOT NULL, at INTEGER NOT NULL, due INTEGER NOT NULL, trouble TEXT) WITHOUT ROWID
        """,
        "DROP INDEX IF EXISTS letter_due",
        "CREATE INDEX IF NOT EXISTS letter_next ON letter(person IS NOT NULL, due) WHERE state = 0",
        "CREATE INDEX IF NOT EXISTS letter_lost ON letter(person, at) WHERE state = 2",
    ];

    Prepared _post = null!, _give = null!, _due = null!, _mark = null!, _waiting = null!, _lost = null!,
        _prune = null!;

    void PrepareLetters()
    {
        const string put = "INSERT OR IGNORE INTO letter VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, ?9, ?9, NULL)";
        (_post, _give) = (_log.Prepare(put), _own.Prepare(put));
        // Whoever registers or has lost their password waits for a letter that isn't about anything of theirs yet.
        _due = _log.Prepare("""
            SELECT id, person, position, nth, part, address, subject, body, tries, at FROM letter
            WHERE state = 0 AND due <= ?1 ORDER BY person IS NOT NULL, due LIMIT ?2
            """);
        // What was sent needs to be remembered only as far as its id.
        _mark = _log.Prepare("""
            UPDATE letter SET state = ?2, tries = tries + 1, due = ?3, trouble = ?4,
                body = CASE WHEN ?2 = 0 THEN body END, subject = CASE WHEN ?2 = 0 THEN subject END WHERE id = ?1
            """);
        _waiting = _own.Prepare("SELECT count(*), min(at) FROM letter WHERE state = 0");
        _lost = _own.Prepare(
            "SELECT at, trouble FROM letter WHERE state = 2 AND person = ?1 ORDER BY at DESC LIMIT 1");
        _prune = _log.Prepare("DELETE FROM letter WHERE state <> 0 AND at < ?1");
    }

    void Post(string person, NoticePlace what, Instant at, Instant now) => _post
        .Bind(1, Derived.Code($"{person} {what} {at.ToUnixTimeTicks()}")).Bind(2, person).Bind(3, what.Position)
        .Bind(4, what.Nth).Bind(5, what.Part).Null(6).Null(7).Null(8).Bind(9, now.ToUnixTimeTicks()).Run();

    /// <summary>Takes a letter in; it is durable when this returns.</summary>
    public void Give(Letter letter, Instant now)
    {
        lock (_ownGate)
            _give.Bind(1, letter.MessageId).Null(2).Bind(3, 0).Bind(4, 0).Bind(5, 0).Bind(6, letter.To)
                .Bind(7, letter.Subject).Bind(8, letter.Text).Bind(9, now.ToUnixTimeTicks()).Run();
    }

    /// <summary>Letters whose time has come.</summary>
    public List<QueuedLetter> DueLetters(Instant now, int limit)
    {
        List<QueuedLetter> all = [];
        lock (_logGate)
        {
            _due.Bind(1, now.ToUnixTimeTicks()).Bind(2, limit);
            while (_due.Step())
                all.Add(new(
                    _due.Text(0), _due.IsNull(1) ? null : _due.Text(1),
                    new(_due.Long(2), (int)_due.Long(3), (int)_due.Long(4)),
                    _due.IsNull(5) ? null : new(_due.Text(5), _due.Text(6), _due.Text(7), _due.Text(0)),
                    (int)_due.Long(8), Instant.FromUnixTimeTicks(_due.Long(9))));
        }
        return all;
    }

    /// <summary>The server has it.</summary>
    public void Sent(string id) => Mark(id, Done, default, null);

    /// <summary>Nobody knows where it should go, or there is nothing to say any more.</summary>
    public void NeedNotBeSent(string id) => Mark(id, NoAddress, default, null);

    /// <summary>It is tried again then.</summary>
    public void Later(string id, Instant due, string trouble) => Mark(id, Waiting, due, trouble);

    /// <summary>It will never arrive.</summary>
    public void GiveUp(string id, string trouble) => Mark(id, Lost, default, trouble);

    void Mark(string id, int state, Instant due, string? trouble)
    {
        lock (_logGate)
            _mark.Bind(1, id).Bind(2, state).Bind(3, due.ToUnixTimeTicks()).Bind(4, trouble).Run();
    }

    /// <summary>How many wait, and since when the oldest does.</summary>
    public (long Count, Instant? Oldest) Letters()
    {
        lock (_ownGate)
        {
            _waiting.Step();
            var found = (_waiting.Long(0), _waiting.IsNull(1) ? (Instant?)null
                : Instant.FromUnixTimeTicks(_waiting.Long(1)));
            _waiting.Reset();
            return found;
        }
    }

    /// <summary>The last letter to somebody that got lost; null: none did of late.</summary>
    public LostLetter? LastLost(string person)
    {
        lock (_ownGate)
        {
            if (!_lost.Bind(1, person).Step()) return null;
            var found = new LostLetter(Instant.FromUnixTimeTicks(_lost.Long(0)), _lost.Text(1));
            _lost.Reset();
            return found;
        }
    }

    /// <summary>Forgets what has been over for a month.</summary>
    public void Prune(Instant now)
    {
        lock (_logGate) _prune.Bind(1, (now - KeptFor).ToUnixTimeTicks()).Run();
    }
}
