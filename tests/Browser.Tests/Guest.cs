namespace Recourse.Tests;

/// <summary>Somebody in front of a browser, who notes whatever goes wrong in it.</summary>
public sealed class Guest : IAsyncDisposable
{
    const int MostTabs = 200;

    readonly IBrowserContext _context;
    readonly string _address;
    readonly By _by;
    readonly List<string> _wrong = [], _expected = [];

    Guest(IBrowserContext context, IPage page, Uri address, By by) =>
        (_context, Page, _address, _by) = (context, page, $"{address}", by);

    /// <summary>What they look at.</summary>
    public IPage Page { get; }

    /// <summary>Opens a window.</summary>
    public static async Task<Guest> Arrive(IBrowser browser, Uri address, Look look, string? session)
    {
        var context = await browser.NewContextAsync(look.Options(address, session));
        var guest = new Guest(context, await context.NewPageAsync(), address, look.By);
        guest.Watch(guest.Page);
        return guest;
    }

    /// <summary>Another tab of the same browser.</summary>
    public async Task<Guest> Beside()
    {
        var guest = new Guest(_context, await _context.NewPageAsync(), new(_address), _by);
        guest.Watch(guest.Page);
        return guest;
    }

    void Watch(IPage page)
    {
        page.Console += (_, said) => { if (said.Type is "error") Note($"{said.Text} ({said.Location})"); };
        page.PageError += (_, error) => Note(error);
        page.Request += (_, asked) =>
        {
            if (!asked.Url.StartsWith(_address, StringComparison.Ordinal)) Note($"asks elsewhere: {asked.Url}");
        };
        page.Dialog += async (_, dialog) =>
        {
            Note($"script ran: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    void Note(string what)
    {
        lock (_wrong) _wrong.Add(what);
    }

    /// <summary>Errors with this in them are what the test is about.</summary>
    public void Expects(string what) => _expected.Add(what);

    /// <summary>Errors of the console, breaches of the content policy, dialogs, requests to others.</summary>
    public ImmutableArray<string> Wrong
    {
        get
        {
            lock (_wrong) return [.. _wrong.Where(w => !_expected.Any(w.Contains))];
        }
    }

    /// <summary>Goes to a page; its status.</summary>
    public async Task<int> Open(string path) => (await Page.GotoAsync(path))!.Status;

    /// <summary>The first of what a selector finds and can be seen.</summary>
    public ILocator Find(string selector) => Page.Locator($"{selector}:visible").First;

    /// <summary>Presses something.</summary>
    public Task Press(string selector) => Press(Find(selector));

    /// <inheritdoc cref="Press(string)"/>
    public async Task Press(ILocator what)
    {
        if (_by is By.Mouse) await what.ClickAsync();
        else if (_by is By.Touch) await what.TapAsync();
        else
        {
            await Reach(what);
            await Page.Keyboard.PressAsync("Enter");
        }
    }

    /// <summary>Writes into a field.</summary>
    public async Task Fill(string selector, string text)
    {
        if (_by is not By.Keyboard) { await Find(selector).FillAsync(text); return; }
        await Reach(Find(selector));
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync(text);
    }

    /// <summary>Chooses one of several.</summary>
    public async Task Choose(string radio)
    {
        var choice = Find(radio);
        if (_by is not By.Keyboard) { await choice.CheckAsync(); return; }
        var group = Page.Locator($"input[type=radio][name='{await choice.GetAttributeAsync("name")}']");
        await Reach(choice, group);
        for (var n = await group.CountAsync(); n > 0 && !await choice.IsCheckedAsync(); n--)
            await Page.Keyboard.PressAsync("ArrowDown");
        if (!await choice.IsCheckedAsync()) await Page.Keyboard.PressAsync("Space");
        (await choice.IsCheckedAsync()).ShouldBeTrue("the arrow keys never come to it");
    }

    /// <summary>Goes on with Tab until it has the focus, or one of its group has.</summary>
    async Task Reach(ILocator what, ILocator? group = null)
    {
        await what.WaitForAsync();
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            if (await what.EvaluateAsync<bool>("e => e === document.activeElement")) return;
            if (group is not null
                && await group.EvaluateAllAsync<bool>("all => all.includes(document.activeElement)")) return;
            await Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"The Tab key never comes to {what}.");
    }

    /// <summary>Waits until a text can be read.</summary>
    public async Task Sees(string text, float within = 5_000) =>
        await Assertions.Expect(Page.GetByText(text).Filter(new() { Visible = true }).First)
            .ToBeVisibleAsync(new() { Timeout = within });

    /// <summary>Pages don't renew themselves from now on.</summary>
    public async Task HoldStill()
    {
        foreach (var stream in (string[])["**/live?*", "**/control/changes*"])
            await Page.RouteAsync(stream, route => route.AbortAsync());
    }

    /// <summary>Loses what the browser kept of this site.</summary>
    public Task ForgetCookies() => _context.ClearCookiesAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
