namespace Recourse.Web;

/// <summary>Every "no" about accounts, keys and teams, with the way out.</summary>
static class Refused
{
    static readonly Remedy Mend = new("access.mend"), TryOrReset = new("access.try-or-reset"),
        Wait = new("access.wait"), AskOperator = new("access.ask-operator"), AskAgain = new("access.ask-again"),
        AskInviter = new("access.ask-inviter"), LookAtPage = new("access.look-at-page"),
        ReadMail = new("access.read-mail"), HandOver = new("access.hand-over"), WaitForEnd = new("access.wait-for-end");

    public static readonly Refusal WrongEntry = new("access.wrong-entry", TryOrReset),
        WrongCode = new("access.wrong-code", Mend) { Field = "code" },
        WrongPassword = new("access.wrong-password", Mend) { Field = "password" },
        Blocked = new("access.blocked", AskOperator),
        Unconfirmed = new("access.unconfirmed", ReadMail),
        OldLink = new("access.old-link", AskAgain),
        OldInvitation = new("access.old-invitation", AskInviter),
        NotYourInvitation = new("access.not-your-invitation", AskInviter),
        WrongPasskey = new("access.wrong-passkey", TryOrReset),
        OldStep = new("access.old-step", AskAgain),
        NoAccount = new("access.no-account", AskOperator),
        BadMail = new("access.bad-mail", Mend) { Field = "mail" },
        MailTaken = new("access.mail-taken", Mend) { Field = "mail" },
        BadName = new("access.bad-name", Mend, ("most", LongestName)) { Field = "name" },
        BadKeyName = new("access.bad-key-name", Mend, ("most", LongestName)) { Field = "name" },
        BadKeyKind = new("access.bad-key-kind", Mend) { Field = "role" },
        BadKeyOf = new("access.bad-key-of", Mend) { Field = "of" },
        BadScopes = new("access.bad-scopes", Mend) { Field = "scopes" },
        ShortPassword = new("access.short-password", Mend, ("least", LeastPassword)) { Field = "password" },
        LongPassword = new("access.long-password", Mend, ("most", MostPassword)) { Field = "password" },
        EasyPassword = new("access.easy-password", Mend) { Field = "password" },
        NoSuchTitle = new("access.no-such-title", Mend) { Field = "title" },
        NotInTeam = new("access.not-in-team", LookAtPage),
        InTeamAlready = new("access.in-team-already", LookAtPage) { Field = "mail" },
        BuysHere = new("access.buys-here", AskInviter),
        LastOfTeam = new("access.last-of-team", HandOver),
        NotYourself = new("access.not-yourself", HandOver),
        NoSuchKey = new("access.no-such-key", LookAtPage),
        NoSuchSession = new("access.no-such-session", LookAtPage),
        NoSuchPerson = new("access.no-such-person", LookAtPage),
        NoSuchOrder = new("access.no-such-order", Mend) { Field = "order" },
        BadZone = new("access.bad-zone", Mend) { Field = "zone" },
        NotErased = new("access.erase-not-said", Mend) { Field = "sure" },
        ChangedMeanwhile = new("access.changed-meanwhile", LookAtPage);

    public const int LongestName = 80, LeastPassword = 10, MostPassword = 200;

    /// <summary>Too many tries from one place.</summary>
    public static Refusal TooOften(int seconds) => new("access.too-often", Wait, ("seconds", seconds));

    /// <summary>Too many wrong passwords: what, until when, and how it is lifted sooner.</summary>
    public static Refusal LockedOut(TimeSpan left) =>
        new("access.locked-out", TryOrReset, ("minutes", (long)Math.Ceiling(left.TotalMinutes)));

    /// <summary>What is under way needs to know who somebody is.</summary>
    public static Refusal StillOpen(int orders, int refunds) =>
        new("access.still-open", WaitForEnd, ("orders", orders), ("refunds", refunds));

    /// <summary>A shop or the platform would be left to nobody.</summary>
    public static Refusal LeavesTeam(string team) => new("access.leaves-team", HandOver, ("team", team));
}
