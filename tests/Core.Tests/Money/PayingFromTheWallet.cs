using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Payouts;
using Recourse.Refunds;
using Recourse.Wallets;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

[Trait("Capability", "PAY-3")]
public sealed class PayingFromTheWallet
{
    static readonly WalletId Own = WalletId.Of(Ana, Currency.Eur);
    static readonly Life Empty = new(Wallet.Kind, Own, null, Wednesday);
    static readonly Life Filled = Empty.When(OfPayment, new Wallet.Command.Receive("c0", Eur(30_00)));
    static readonly ImmutableArray<Share> Shares = [new(Cups, CupsTotal), new(Lamp, LampTotal)];

    static readonly Statement Why = new(
        "cancel.changed-mind", "order.cancelled", [new("amount", Eur(1), Party.Everyone)], "orders.reasons", 1,
        new DecidedBy.Person(Party.Buyer), [new("order.buy-again")], Wednesday, Wednesday + Duration.FromDays(184));

    static Payment.Command Pay(long wallet) =>
        new Payment.Command.Authorise(1, "card-1", "BR", Shares, Wallet: Eur(wallet));

    static Payment.Command Back(OrderId order, int nth, long cents) =>
        new Payment.Command.GiveBack(new(order, nth, Eur(cents), Why));

    static Wallet.Command Withdraw(long cents, bool verified = true) => new Wallet.Command.Withdraw(
        Eur(cents), new($"{Ana}", "sealed"), new("DE", "3000"), new(verified, Wednesday, "partition/verification"));

    static Life Paid(long wallet)
    {
        var asked = NewPayment.When(OfCheckout, Pay(wallet));
        return asked.Call<ProviderCall.Authorise>().Amount.Minor == Total.Minor - wallet
            ? asked.When(Provider, PayingOnce.Answer(asked, new ProviderAnswer.Done("pi-1")))
            : throw new InvalidOperationException("The provider is asked for another amount.");
    }

    [Fact]
    public void Keeps_what_is_to_be_paid_and_never_more_than_there_is()
    {
        var kept = Filled.When(OfCheckout, new Wallet.Command.Keep(TheCheckout, Eur(20_00)));
        Assert.Equal((10_00, 20_00), (kept.At("buyer/ana/wallet") , kept.At("buyer/ana/held/c1")));
        kept.When(OfCheckout, new Wallet.Command.Keep(TheCheckout, Eur(20_00))).ThenNothing();
        kept.When(House(new CheckoutId(Ana, "c2")), new Wallet.Command.Keep(new(Ana, "c2"), Eur(10_01)))
            .ThenRefused("wallet.not-enough");
        Empty.When(OfCheckout, new Wallet.Command.Keep(TheCheckout, Eur(1))).ThenRefused("wallet.not-enough");
        Filled.When(Stranger, Withdraw(1)).ThenRefused("kernel.not-found");
        Filled.When(House(new CheckoutId(new("eve"), "c1")), new Wallet.Command.Keep(TheCheckout, Eur(1)))
            .ThenRefused("kernel.not-found");
        // An order compensates, and reaches nothing else of a wallet.
        Filled.When(House(Cups), new Wallet.Command.Keep(TheCheckout, Eur(1))).ThenRefused("kernel.not-found");

        var less = kept.When(OfCheckout, new Wallet.Command.KeepLess(TheCheckout, Eur(5_00)));
        Assert.Equal((25_00, 5_00), (less.At("buyer/ana/wallet"), less.At("buyer/ana/held/c1")));
        Assert.Empty(less.When(OfCheckout, new Wallet.Command.KeepLess(TheCheckout, Eur(0))).In<Wallet.State>().Kept);
    }

    [Fact]
    public void Of_a_withdrawal_and_a_purchase_at_one_moment_one_is_refused()
    {
        var bought = Filled.When(OfCheckout, new Wallet.Command.Keep(TheCheckout, Eur(25_00)));
        bought.When(Buyer, Withdraw(25_00)).ThenRefused("wallet.not-enough");
        var withdrawn = Filled.When(Buyer, Withdraw(25_00));
        withdrawn.When(OfCheckout, new Wallet.Command.Keep(TheCheckout, Eur(25_00))).ThenRefused("wallet.not-enough");
        Assert.Equal(5_00, withdrawn.In<Wallet.State>().Balance.Minor);
    }

    [Fact]
    public void Is_withdrawn_by_who_has_shown_who_they_are_and_comes_back_if_the_account_is_closed()
    {
        Filled.When(Buyer, Withdraw(1_00, verified: false)).ThenRefused("wallet.verify-first");
        Filled.When(Buyer, Withdraw(0)).ThenRefused("wallet.bad-amount");
        Filled.When(Buyer, Withdraw(30_01)).ThenRefused("wallet.not-enough");
        var withdrawn = Filled.When(Buyer, Withdraw(12_00));
        var (to, open) = Assert.Single(withdrawn.Sent<Payout.Command.Open>());
        var payout = new Life(Payout.Kind, to, null, Wednesday).When(House(Own), open)
            .When(Operator, new Payout.Command.Send("file-1"));
        Assert.Equal(Party.Operator, payout.In<Payout.State.Sent>().Deadline.Owner);

        var closed = payout.When(Operator, new Payout.Command.Return("AC04"));
        Assert.Equal("payout.account-closed", closed.Then<Payout.Event.Rejected>().Why.Code);
        var (wallet, back) = Assert.Single(closed.Sent<Wallet.Command.Receive>());
        Assert.Equal(30_00, (withdrawn with { Id = wallet }).When(House(to), back).In<Wallet.State>().Balance.Minor);

        var paid = payout.When(Operator, new Payout.Command.Confirm("bank-1"));
        Assert.Equal(12_00, paid.At($"platform/bank/ana/{((PayoutId)to).Code}"));
        var late = paid.When(Operator, new Payout.Command.Return("AC04"));
        Assert.All(late.Balances.Values, b => Assert.Equal(0, b));
        late.When(Operator, new Payout.Command.Return("AC04")).ThenNothing();
        payout.When(Operator, new Payout.Command.Return("closed")).ThenRefused("payout.bad-reason");
        Assert.Equal(Party.Operator, payout.WhenDue().Then<Payout.Event.Escalated>().Deadline.Owner);
    }

    [Fact]
    public void Together_with_a_card_asks_the_card_for_the_rest_and_gives_back_in_proportion()
    {
        var paid = Paid(20_00);
        Assert.Equal((-50_98, -20_00), (paid.At("provider/authorised/ana/c1"), paid.At("buyer/ana/held/c1")));
        Assert.Single(paid.Sent<Wallet.Command.Spend>());

        var released = paid.When(OfCups, Back(Cups, 1, 10_00));
        var toWallet = Assert.Single(released.Sent<Wallet.Command.Receive>()).Command.Amount;
        Assert.Equal(Eur(2_82), toWallet);                          // 20.00 of 70.98, and the odd cent to the wallet
        var captured = released.WhenDue();
        Assert.Equal(Eur(50_98 - 7_18), captured.Call<ProviderCall.Capture>().Amount);

        var done = captured.When(Provider, PayingOnce.Answer(captured, new ProviderAnswer.Done("pi-1")));
        var all = done.When(OfCups, Back(Cups, 2, 15_98)).When(OfLamp, Back(Lamp, 1, 45_00));
        Assert.Equal(-43_80, all.At("provider/clearing/ana/c1"));
        var lamp = Assert.Single(all.Sent<Refund.Command.Open>()).Command;
        Assert.Equal((Eur(45_00), Eur(12_68)), (lamp.Return.Amount, lamp.ToWallet));
    }

    [Fact]
    public void Alone_asks_no_provider_and_goes_back_to_the_wallet()
    {
        var paid = NewPayment.When(OfCheckout, Pay(Total.Minor));
        Assert.Equal(Payment.FromWallet, paid.ThenAlso<Payment.Event.Authorised>().Intent);
        Assert.Empty(paid.Wants.OfType<Intent.Call>());
        var captured = paid.WhenDue();
        Assert.Empty(captured.Wants.OfType<Intent.Call>());
        var refund = Assert.Single(captured.When(OfCups, Back(Cups, 1, 5_00)).Sent<Refund.Command.Open>());
        var opened = (NewRefund with { Id = refund.To }).When(OfPayment, refund.Command);
        Assert.Equal(Eur(5_00), Assert.Single(opened.Sent<Wallet.Command.Receive>()).Command.Amount);
        Assert.Empty(opened.Wants.OfType<Intent.Call>());
        opened.In<Refund.State.InWallet>();
        var voided = paid.When(OfCups, Back(Cups, 1, CupsTotal.Minor)).When(OfLamp, Back(Lamp, 1, LampTotal.Minor));
        voided.In<Payment.State.Voided>();
        Assert.Empty(voided.Wants.OfType<Intent.Call>());
    }

    [Fact]
    public void Pays_a_checkout_whole_without_any_method_and_a_part_only_with_one()
    {
        var basket = BasketOf(SixCups) with { Method = Payment.FromWallet, Wallet = Eur(100_00) };
        var opened = NewCheckout.When(Buyer, Open(basket));
        var kept = Assert.Single(opened.Sent<Wallet.Command.Keep>()).Command.Amount;
        Assert.Equal(opened.Sent<Order.Command.Place>().Single().Command.Request.Total, kept);
        NewCheckout.When(Buyer, Open(basket with { Wallet = kept - Eur(1) }))
            .ThenRefused("checkout.method-for-the-rest");
        NewCheckout.When(Buyer, Open(basket with { Wallet = null })).ThenRefused("checkout.method-for-the-rest");
        NewCheckout.When(Buyer, Open(basket with { Wallet = kept })).In<Checkout.State.Reserving>();
        opened.When(Buyer, new Checkout.Command.Pay(Payment.FromWallet)).ThenRefused("checkout.no-method");
    }

    [Fact]
    public void Of_which_the_card_is_not_needed_any_more_lets_go_of_the_card()
    {
        // All but a cent from the wallet: the cent is of the cups' share.
        var paid = Paid(Total.Minor - 1);
        var waits = paid.When(OfCups, Back(Cups, 1, CupsTotal.Minor)).WhenDue();
        Assert.Equal("pi-1", waits.Call<ProviderCall.Void>().Intent);
        var done = waits.When(Provider, PayingOnce.Answer(waits, new ProviderAnswer.Done("pi-1")));
        Assert.Equal(Eur(0), done.In<Payment.State.Captured>().Taken);
        Assert.Equal(0, done.At("provider/authorised/ana/c1"));
        waits.When(Provider, PayingOnce.Answer(waits, new ProviderAnswer.Declined("pi-1", "odd")))
            .Then<Payment.Event.Unanswered>();
    }

    [Fact]
    public void Refunds_go_to_the_wallet_where_the_buyer_says_so()
    {
        var chosen = PayingOnce.Captured.When(Buyer, new Payment.Command.ChooseReturns(true));
        chosen.When(Buyer, new Payment.Command.ChooseReturns(true)).ThenNothing();
        var open = Assert.Single(chosen.When(OfCups, Back(Cups, 1, 5_00)).Sent<Refund.Command.Open>()).Command;
        Assert.Equal(Eur(5_00), open.ToWallet);
        chosen.When(Stranger, new Payment.Command.ChooseReturns(false)).ThenRefused("kernel.not-found");
    }
}
