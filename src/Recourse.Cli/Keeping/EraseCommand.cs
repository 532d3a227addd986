using System.ComponentModel;
using Recourse.Runtime;
using Recourse.Web;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Erases a person.</summary>
sealed class EraseCommand : Command<EraseCommand.Settings>
{
    /// <summary>Whom.</summary>
    public sealed class Settings : ReadingSettings
    {
        /// <summary>The person.</summary>
        [CommandArgument(0, "<PERSON>"), Description("buyer/ID or seller/ID.")]
        public string Person { get; init; } = "";
    }

    sealed record Erased(string Person, Instant At, bool Before);

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancel)
    {
        var person = settings.Person;
        if (!BuyerId.TryParse(person, out _) && !SellerId.TryParse(person, out _))
            throw new Trouble("cli.bad-person", $"\"{person}\" is nobody: say buyer/ID or seller/ID.",
                Trouble.BadInput);
        var file = Path.Combine(settings.Data, "people.db");
        if (!File.Exists(file))
            throw new Trouble("cli.no-people", $"There is no store in {settings.Data}.", Trouble.Store);
        using var people = new KeyRing(file, Out.Registry.Json);
        var before = people.ErasedAt(person);
        using var accounts = new Accounts(settings.Data, new RealClock());
        var hasAccount = BuyerId.TryParse(person, out var buyer) && accounts.OfId(buyer.Code) is not null;
        if (before is null && !people.Has(person) && !hasAccount)
            throw new Trouble("people.unknown", $"Nothing personal is kept of {person}.", Trouble.Refused);
        var at = before ?? new RealClock().Now;
        if (before is null) people.Erase(person, at);
        accounts.Forget([person]);
        if (settings.Json) Out.Json(new Erased(person, at, before is not null));
        else Out.Line(before is null
            ? $"{person} is erased. Files of keys from before ({Backup.KeysSuffix}) still open what older backups "
                + $"hold: "
                + "destroy them when a newer one is made."
            : $"{person} was erased already, on {at:uuuu-MM-dd HH:mm} UTC.");
        return 0;
    }
}
