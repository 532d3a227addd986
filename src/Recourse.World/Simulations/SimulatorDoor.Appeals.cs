using System.Text;
using Recourse.Disputes;
using Recourse.Reviews;
using Recourse.Runtime;
namespace Recourse.World.Simulations;

public sealed partial class SimulatorDoor
{
    /// <summary>As the edge does: against the newest statement on record.</summary>
    void Lodge(Ask ask, Complaint complaint, Action<Outcome> reply)
    {
        if (!_decided.TryGetValue(complaint.About, out var last)
            || Subject.Of(complaint.About, last.Event, ask.Who) is not { } subject)
        {
            reply(new Outcome.Refused([Refusal.NotFound]));
            return;
        }
        var id = AppealId.Of(subject, last.Decision.Value.Why);
        var words = SealWords(id.Owner, new(complaint.Text));
        var hash = Platform.Hash(Encoding.UTF8.GetBytes($"{complaint}"));
        Pass(ask with
        {
            Target = id, RequestHash = hash,
            Command = complaint.Withdraws ? new Appeal.Command.Withdraw()
                : new Appeal.Command.Lodge(subject, last.Decision, words),
        }, hash, reply);
    }

    void Answer(Ask ask, Reply said, Action<Outcome> reply)
    {
        var hash = Platform.Hash(Encoding.UTF8.GetBytes($"{said}"));
        IId person = ask.Who is Actor.Seller { Id: var seller } ? seller : ((AppealId)ask.Target).Owner;
        var words = SealWords(person, new(said.Text));
        Pass(ask with { RequestHash = hash, Command = new Appeal.Command.Answer(words) }, hash, reply);
    }

    /// <summary>As the edge does: words that aren't kept any more refuse it.</summary>
    void Rule(Ask ask, Ruling said, Action<Outcome> reply)
    {
        Sealed<AppealWords>? words = null;
        if (said.Macro is { } code)
        {
            if (Peek(new MacroId(code)) is not Macro.State { IsRetired: false } macro)
            {
                reply(new Outcome.Refused([Macro.IsRetired]));
                return;
            }
            words = SealWords(((AppealId)ask.Target).Owner, new(macro.For(Macro.Always).Text));
        }
        var hash = Platform.Hash(Encoding.UTF8.GetBytes($"{said}"));
        Pass(ask with
        {
            RequestHash = hash, Command = new Appeal.Command.Decide(said.Verdict, said.Reason, words),
        }, hash, reply);
    }
}
