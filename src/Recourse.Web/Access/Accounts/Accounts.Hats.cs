using System.Security.Cryptography;
using System.Text;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What people are here, and who is expected.</summary>
public sealed partial class Accounts
{
    readonly Prepared _putHat, _dropHat, _hats, _members, _someone;
    readonly Prepared _putInvitation, _dropInvitation, _invitation, _invitations;

    (Prepared, Prepared, Prepared, Prepared, Prepared) PrepareHats() => (
        _db.Prepare("REPLACE INTO hat VALUES(?1, ?2, ?3, ?4, ?5)"),
        _db.Prepare("DELETE FROM hat WHERE person = ?1 AND role = ?2 AND of = ?3"),
        _db.Prepare("SELECT role, of, staff FROM hat WHERE person = ?1"),
        _db.Prepare("SELECT person, role, of, staff, since FROM hat WHERE role = ?1 AND of = ?2"),
        _db.Prepare("SELECT person, role, of, staff, since FROM hat WHERE role = ?1"));

    (Prepared, Prepared, Prepared, Prepared) PrepareInvitations() => (
        _db.Prepare("REPLACE INTO invitation VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
        _db.Prepare("DELETE FROM invitation WHERE id = ?1"),
        _db.Prepare("SELECT id, mail, role, of, staff, by, at, until FROM invitation WHERE id = ?1"),
        _db.Prepare("SELECT id, mail, role, of, staff, by, at, until FROM invitation ORDER BY at, id"));

    /// <summary>
    /// Everything that somebody is, the most first. Whoever doesn't work for the platform buys: on both sides of a
    /// dispute there shall not be the same person.
    /// </summary>
    public ImmutableArray<Hat> HatsOf(string person)
    {
        lock (_gate)
        {
            List<Hat> all = [];
            _hats.Bind(1, person);
            while (_hats.Step()) all.Add(HatIn(_hats, 0));
            if (all.TrueForAll(h => (h.Role & Party.Staff) == 0)) all.Add(new(Party.Buyer, person));
            return [.. all.OrderBy(h => h.Rank).ThenBy(h => h.Of, StringComparer.Ordinal)];
        }
    }

    /// <summary>Gives somebody a hat. Of one shop they have one title, of the platform too.</summary>
    public void Give(string person, Hat hat)
    {
        lock (_gate)
            Together(() =>
            {
                foreach (var (role, of) in SameTeam(person, hat)) Drop(person, role, of);
                _putHat.Bind(1, person).Bind(2, AccessKeys.NameOf(hat.Role)).Bind(3, hat.Of)
                    .Bind(4, (long)hat.Right).Bind(5, _clock.Now.ToUnixTimeTicks()).Run();
                return true;
            });
    }

    /// <summary>Takes the hats of one team away.</summary>
    public void Take(string person, Hat hat)
    {
        lock (_gate)
            Together(() =>
            {
                foreach (var (role, of) in SameTeam(person, hat)) Drop(person, role, of);
                return true;
            });
    }

    static IEnumerable<(Party Role, string Of)> SameTeam(string person, Hat hat) =>
        (hat.Role & Party.Staff) != 0 ? [(Party.Agent, person), (Party.Operator, person)]
        : [(Party.Seller, hat.Of), (Party.Warehouse, hat.Of)];

    void Drop(string person, Party role, string of) =>
        _dropHat.Bind(1, person).Bind(2, AccessKeys.NameOf(role)).Bind(3, of).Run();

    /// <summary>The people of a shop; null: those of the platform.</summary>
    public ImmutableArray<Member> Members(string? seller)
    {
        lock (_gate)
        {
            List<(string Person, Hat Hat, Instant Since)> found = [];
            foreach (var role in seller is null ? (Party[])[Party.Operator, Party.Agent]
                : [Party.Seller, Party.Warehouse])
            {
                var query = seller is null ? _someone : _members;
                query.Bind(1, AccessKeys.NameOf(role));
                if (seller is not null) query.Bind(2, seller);
                while (query.Step())
                    found.Add((query.Text(0), HatIn(query, 1), Instant.FromUnixTimeTicks(query.Long(4))));
            }
            return [.. from f in found
                       let person = One(_byId.Bind(1, f.Person))
                       where person is not null
                       orderby f.Hat.Rank, -(int)f.Hat.Right, person.Name
                       select new Member(person, f.Hat, f.Since)];
        }
    }

    /// <summary>Whether anybody runs the platform from an account.</summary>
    public bool HasOperator
    {
        get
        {
            lock (_gate)
            {
                if (!_someone.Bind(1, AccessKeys.NameOf(Party.Operator)).Step()) return false;
                _someone.Reset();
                return true;
            }
        }
    }

    /// <summary>Expects somebody; returns the code that lets them in: the only time that it is seen.</summary>
    public string Invite(string? mail, Hat hat, string by, TimeSpan lasts)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var now = DateTimeOffset.UtcNow;
        lock (_gate)
            _putInvitation.Bind(1, IdOf(code)).Bind(2, mail).Bind(3, AccessKeys.NameOf(hat.Role)).Bind(4, hat.Of)
                .Bind(5, (long)hat.Right).Bind(6, by).Bind(7, now.ToUnixTimeMilliseconds())
                .Bind(8, (now + lasts).ToUnixTimeMilliseconds()).Run();
        return code;
    }

    /// <summary>The invitation of a code; null: there is none, or it is too old.</summary>
    public Invitation? Invited(string code)
    {
        lock (_gate)
        {
            if (!_invitation.Bind(1, IdOf(code)).Step()) return null;
            var found = InvitationIn(_invitation);
            _invitation.Reset();
            return found.Until > DateTimeOffset.UtcNow ? found : null;
        }
    }

    /// <summary>Who is expected in a shop; null: at the platform.</summary>
    public ImmutableArray<Invitation> Invitations(string? seller)
    {
        lock (_gate)
        {
            List<Invitation> all = [];
            while (_invitations.Step()) all.Add(InvitationIn(_invitations));
            return [.. all.Where(i => seller is null ? (i.Hat.Role & Party.Staff) != 0
                : (i.Hat.Role & Party.Staff) == 0 && i.Hat.Of == seller)];
        }
    }

    /// <summary>Ends an invitation; false if it had ended: whoever gets true may use it.</summary>
    public bool End(string id)
    {
        lock (_gate) return Changed(_dropInvitation.Bind(1, id));
    }

    static string IdOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    static Hat HatIn(Prepared row, int from) => new(
        AccessKeys.Roles.First(r => r.Name == row.Text(from)).Role, row.Text(from + 1), (Right)row.Long(from + 2));

    static Invitation InvitationIn(Prepared row) => new(
        row.Text(0), row.IsNull(1) ? null : row.Text(1), HatIn(row, 2), row.Text(5),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Long(6)), DateTimeOffset.FromUnixTimeMilliseconds(row.Long(7)));
}
