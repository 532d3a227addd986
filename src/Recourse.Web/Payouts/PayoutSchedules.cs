using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Payouts;
using Recourse.Rulebooks;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>When a seller wants to be paid.</summary>
/// <param name="Every"><c>daily</c>, <c>weekly</c> or <c>monthly</c>; a day on which no bank works: the next.</param>
/// <param name="Weekday">With <c>weekly</c>: e.g. <c>monday</c>.</param>
/// <param name="Day">With <c>monthly</c>: from 1; a month that has fewer days: its last.</param>
/// <param name="Above">Only from that amount on; left out: whatever is due.</param>
public sealed record PayoutScheduleBody(string Every, string? Weekday = null, int? Day = null, Money? Above = null);

/// <summary>When sellers want to be paid, at the API and in a form.</summary>
static class PayoutSchedules
{
    /// <summary>Days of the week, as programs write them.</summary>
    public static readonly ImmutableArray<string> Weekdays =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static void Map(IEndpointRouteBuilder v1, string path) =>
        v1.MapPut($"{path}/schedule", Put).For(Party.Seller).WithName("putPayoutSchedule").WithTags("Payouts")
            .WithSummary("Say when you want to be paid, and from which amount on.");

    static async Task<Answer<SellerPayoutsBody>> Put(
        string seller, string currency, WriteOf<PayoutScheduleBody> write, IPlatform platform) =>
        SellerPayoutEndpoints.IdOf(seller, currency, write.By) is { } id
            ? await Set(id, write, write.Body, platform) : Problems.NotFound;

    /// <summary>Says when they are paid.</summary>
    public static async Task<Answer<SellerPayoutsBody>> Set(
        EarningsId id, Write write, PayoutScheduleBody body, IPlatform platform) =>
        await SellerPayoutEndpoints.Ask(
            id, write, new Earnings.Command.Plan(new(Read(body)!, body.Above)), platform);

    // What there isn't is for the decider to refuse.
    static Rhythm? Read(PayoutScheduleBody body) => body.Every switch
    {
        "daily"   => new Rhythm.Daily(),
        "weekly"  => new Rhythm.Weekly((IsoDayOfWeek)(Weekdays.IndexOf(body.Weekday ?? "") + 1)),
        "monthly" => new Rhythm.Monthly(body.Day ?? 0),
        _         => null,
    };

    /// <summary>The same as a body.</summary>
    public static PayoutScheduleBody Of(PayoutSchedule s) => new(
        s.Every.Name, (s.Every as Rhythm.Weekly)?.On is { } on ? Weekdays[(int)on - 1] : null,
        (s.Every as Rhythm.Monthly)?.Day, s.Above);

    /// <summary>By when the bank shows what is paid at that instant; null: the rulebook promises nothing.</summary>
    public static Instant? Arrival(Instant paid, AccountSeen to, EarningsId id, IPlatform platform)
    {
        var book = RulebookEndpoints.Current(platform);
        var rules = book.Of<PayoutRules>();
        var within = BankAccount.IsSepa(id.Currency!.Value, to.Country) ? rules.ArriveWithin : rules.ArriveAbroadWithin;
        return within?.EndFrom(paid, rules.BanksOf(book.Of<Calendars>(), to.Country));
    }

    /// <summary>As a form has it.</summary>
    public static (PayoutScheduleBody Body, Refusal? Fault) Read(FormWrite form, Currency currency)
    {
        var (every, text) = (form["every"], form["above"].Trim());
        var body = new PayoutScheduleBody(
            every, every is "weekly" ? form["weekday"] : null,
            every is "monthly" && int.TryParse(form["day"], out var day) ? day : null);
        if (text.Length == 0) return (body, null);
        var (above, fault) = MoneyField.Read(text, currency, "above");
        return (body with { Above = above }, fault);
    }
}
