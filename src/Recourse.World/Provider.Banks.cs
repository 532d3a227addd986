using Recourse.Payments;
using Recourse.Verifying;
namespace Recourse.World;

public sealed partial class Provider
{
    /// <summary>Banks' checks by the key that began them: what comes of each, and from when it is known.</summary>
    readonly Dictionary<string, (ChallengeAnswer Fate, Instant From)> _checks = [];

    /// <summary>A bank asks; some people never come to its page, and some answers are lost.</summary>
    void HearOfBank(ChallengeCall call, Action<object?> answer)
    {
        var reference = call is ChallengeCall.Look look ? look.Reference : $"seti_{Derived.Code(call.Key)}";
        if (!_checks.TryGetValue(reference, out var check))
            _checks[reference] = check = (FateOf(reference), door.Now + Duration.FromMinutes(Chance.Next(0, 20)));
        var isLost = Luck(0.15, "answer about a bank's check lost");
        var said = isLost ? new ChallengeAnswer.Unknown("network: no answer in time")
            : check.From <= door.Now ? check.Fate : Page(reference);
        After(isLost ? TimeOut : Duration.FromSeconds(2), () =>
            answer(new Verification.Command.HearChallenge(call, said)));
        if (Luck(0.05, "answer about a bank's check doubled"))
            After(Duration.FromMinutes(40), () => answer(new Verification.Command.HearChallenge(call, said)));
    }

    ChallengeAnswer FateOf(string reference) => Chance.Next(10) switch
    {
        < 6 => new ChallengeAnswer.Authenticated(reference, ShiftsLiability: true),
        < 8 => new ChallengeAnswer.Failed(reference, "setup_intent_authentication_failure"),
        _   => Page(reference),                                             // they never come there
    };

    static ChallengeAnswer Page(string reference) =>
        new ChallengeAnswer.Waiting(reference, $"https://bank.example/{reference}");
}
