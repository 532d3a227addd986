using Recourse.Buyers;
using Recourse.Disputes;
using Recourse.Reviews;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>Macros: keeps them for operators, and fills them for whoever writes to somebody.</summary>
sealed class MacroDesk(IPlatform platform, IAddressBook book)
{
    const int MostChosenFrom = 200;

    static readonly Remedy Choose = new("macro.choose");

    /// <summary>Those whose places a case's facts fill, by their codes.</summary>
    public async Task<ImmutableArray<string>> Usable(MacroCase about, Caller caller)
    {
        await Positions.AreShown(platform, caller);
        var language = await LanguageOf(about.Reader, caller);
        return
        [
            .. platform.Views.List(MacroList.View, MacroList.Used, Scope.All, null, MostChosenFrom).Rows
                .Where(r => Filled(new Macro.State(r.Version, r.Texts), language, about).Missing.IsEmpty)
                .Select(r => r.Macro.Split('/')[^1]).Order(StringComparer.Ordinal),
        ];
    }

    static (string Text, ImmutableArray<Refusal> Missing, string Language) Filled(
        Macro.State macro, string language, MacroCase about)
    {
        var words = macro.For(language);
        var texts = Texts.ForStatements(words.Language, DateTimeZone.Utc);
        var (text, missing) = Macro.Fill(words.Text, about.Facts(texts), texts);
        return (text, missing, words.Language);
    }

    /// <summary>A page of them, the newest first.</summary>
    public Task<Rows<MacroBody>> List(Caller caller, bool usedOnly, string? after, int? limit) => Positions.Page(
        platform, caller, MacroList.View, usedOnly ? MacroList.Used : Scope.Index, Scope.All, after, limit,
        row => new MacroBody(row.Macro.Split('/')[^1], row.Version, Of(row.Texts), row.IsRetired, row.At));

    /// <summary>One with all its versions.</summary>
    public async Task<Answer<MacroBody>> Get(string code, Caller caller) => IdOf(code) is { } id
        && await platform.Read(id, caller.Who, caller.Cancel) is { State: Macro.State state } seen
            ? Answer<MacroBody>.Of(await Of(id, state, caller), seen) : Problems.NotFound;

    /// <summary>It has these words from now on.</summary>
    public Task<Answer<MacroBody>> Put(string code, ImmutableArray<MacroTextBody> texts, Write write) =>
        Ask(code, new Macro.Command.Put(
            [.. (texts.IsDefault ? [] : texts).Select(t => new MacroText(t.Language, t.Text?.Trim() ?? ""))]), write);

    /// <summary>Nobody uses it any more.</summary>
    public Task<Answer<MacroBody>> Retire(string code, Write write) => Ask(code, new Macro.Command.Retire(), write);

    /// <summary>Which words were used.</summary>
    /// <param name="version">As they stood when they were filled in; null, or not to be had: as they stand now.</param>
    public async Task<Answer<MacroUsed>> Used(string code, int? version, Caller caller) => IdOf(code) is { } id
        && await platform.Read(id, caller.Who, caller.Cancel) is { State: Macro.State macro }
            ? new MacroUsed(new(code, version >= 1 && version <= macro.Version ? version.Value : macro.Version))
            : Problems.Of([Macro.NoSuchMacro(code)]);

    /// <summary>As whoever it is told to would read it.</summary>
    public async Task<Answer<FilledMacroBody>> Fill(string code, MacroCase about, Caller caller)
    {
        if (IdOf(code) is not { } id
            || await platform.Read(id, caller.Who, caller.Cancel) is not { State: Macro.State macro })
            return Problems.Of([Macro.NoSuchMacro(code)]);
        if (macro.IsRetired) return Problems.Of([Macro.IsRetired]);
        var (text, missing, language) = Filled(macro, await LanguageOf(about.Reader, caller), about);
        return missing.IsEmpty ? new FilledMacroBody(code, macro.Version, language, text) : Problems.Of(missing);
    }

    /// <summary>In which somebody reads what is written to them.</summary>
    async Task<string> LanguageOf(IId person, Caller caller)
    {
        var chosen = (await platform.Read(person, caller.Who, caller.Cancel))?.State switch
        {
            BuyerAccount.State { Notifications: { } chose }  => chose,
            SellerAccount.State { Notifications: { } chose } => chose,
            _ => Notifications.Everything,
        };
        return (await book.Find($"{person}", caller.Cancel))?.LanguageOf(chosen) ?? chosen.Language;
    }

    async Task<Answer<MacroBody>> Ask(string code, Macro.Command command, Write write)
    {
        if (IdOf(code) is not { } id)
            return Problems.Of([new Refusal("macro.bad-code", Choose, ("code", code)) { Field = "code" }]);
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        return outcome is Outcome.Done { State: Macro.State state } done
            ? Answer<MacroBody>.Of(await Of(id, state, write.By), done) : Problems.Of(outcome);
    }

    async Task<MacroBody> Of(MacroId id, Macro.State state, Caller caller)
    {
        List<MacroVersionBody> versions = [];
        var n = 0;
        var history = await platform.History(id, caller.Who, caller.Cancel) ?? [];
        foreach (var r in history)
            versions.Add(r.Event is Macro.Event.Put put ? new(++n, r.At, r.Who.Name, Of(put.Texts))
                : new(null, r.At, r.Who.Name, []));
        versions.Reverse();
        return new(id.Code, state.Version, Of(state.Texts), state.IsRetired, history[^1].At, [.. versions]);
    }

    static ImmutableArray<MacroTextBody> Of(ImmutableArray<MacroText> texts) =>
        [.. texts.Select(t => new MacroTextBody(t.Language, t.Text))];

    static MacroId? IdOf(string code) => MacroId.TryParse($"macro/platform/{code}", out var id) ? id : null;
}
