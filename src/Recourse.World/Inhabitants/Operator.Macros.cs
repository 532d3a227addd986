using Recourse.Reviews;
namespace Recourse.World.Inhabitants;

public sealed partial class Operator
{
    /// <summary>The code of what agents tell whoever appeals, whatever it is about.</summary>
    public const string LookedAgain = "looked-again";

    /// <summary>The code of what agents write in the messages of an order.</summary>
    public const string StillLooking = "still-looking";

    static readonly ImmutableArray<(string Code, ImmutableArray<MacroText> Texts)> Kept =
    [
        (LookedAgain,
        [
            new("en", "Somebody who hadn\u2019t decided it looked at it again. It was decided on {decided}."),
            new("pt-BR", "Algu\u00e9m que n\u00e3o tinha decidido olhou de novo. A decis\u00e3o foi em {decided}."),
            new("es", "Alguien que no lo hab\u00eda decidido lo ha mirado de nuevo. Se decidi\u00f3 el {decided}."),
        ]),
        (StillLooking,
        [
            new("en", "We are looking into order {order} and write again as soon as we know more."),
            new("pt-BR", "Estamos olhando o pedido {order} e escrevemos de novo assim que soubermos mais."),
        ]),
        ("about-your-order",
        [
            new("en", "We read what you wrote about order {order}, which is about {amount}. The reason was: {reason}."),
            new("pt-BR", "Lemos o que voc\u00ea escreveu sobre o pedido {order}, de {amount}. O motivo: {reason}."),
        ]),
    ];

    /// <summary>Keeps words that agents use.</summary>
    public void KeepMacros()
    {
        foreach (var (code, texts) in Kept) Say(_who, new MacroId(code), new Macro.Command.Put(texts));
    }

    /// <summary>Puts other words, or tries some that can't be; for a while nobody can use it.</summary>
    public void ReviseMacro()
    {
        var id = new MacroId(LookedAgain);
        if (Luck(0.3)) Say(_who, id, new Macro.Command.Retire());
        Later(Duration.FromDays(1), () => Say(_who, id, new Macro.Command.Put(
            [new("en", Luck(0.8) ? $"It was decided on {{decided}}. {Chance.Next(9)}" : "By {nobody}.")])));
    }
}
