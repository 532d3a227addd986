using System.ComponentModel;
using Recourse.Runtime;
using Recourse.Web;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Makes an access key.</summary>
sealed class KeyCommand : Command<KeyCommand.Settings>
{
    /// <summary>For whom.</summary>
    public sealed class Settings : ReadingSettings
    {
        /// <summary>Role and id.</summary>
        [CommandOption("--as <ROLE:ID>", isRequired: true)]
        [Description("buyer:ID, seller:ID, warehouse:ID (its seller's), agent:ID, operator:ID, carrier:ID or "
            + "integration:ID.")]
        public string As { get; init; } = "";
    }

    sealed record Made(string Key, string Id, string Role, string Of);

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancel)
    {
        var (role, of) = Read(settings.As);
        using var keys = new AccessKeys(settings.Data, new RealClock());
        var token = keys.Create(role, of);
        if (settings.Json) Out.Json(new Made(token, AccessKeys.IdOf(token), AccessKeys.NameOf(role), of));
        else Out.Line(token);
        return 0;
    }

    static (Party Role, string Of) Read(string text)
    {
        var known = string.Join(", ", AccessKeys.Roles.Select(r => $"{r.Name}:ID"));
        if (text.Split(':') is not [var name, var of])
            throw new Trouble("cli.bad-role", $"\"{text}\" is no role and id. Say one of: {known}.", Trouble.BadInput);
        var role = AccessKeys.Roles.FirstOrDefault(r => r.Name == name).Role;
        if (role is Party.None)
            throw new Trouble("cli.no-such-role", $"There is no role \"{name}\". Say one of: {known}.",
                Trouble.BadInput);
        return Derived.IsCode(of) ? (role, of) : throw new Trouble("cli.bad-id",
            $"\"{of}\" is no id: lower-case letters, digits, dot, underscore and dash, at most {Derived.Longest}.",
            Trouble.BadInput);
    }
}
