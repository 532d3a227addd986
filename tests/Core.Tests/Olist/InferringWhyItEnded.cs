using Recourse.Olist;
using Recourse.Orders;
using Xunit;
using static Recourse.Orders.InferredReason;
using static Recourse.Orders.Likelihood;
using static Recourse.Tests.SmallHistory;
namespace Recourse.Tests;

[Trait("Capability", "OPS-1")]
public sealed class InferringWhyItEnded
{
    const string Unsent = "canceled", After = "2018-01-24 00:00:00";

    static string Cancelled(string approved = "2018-01-05 11:00:00", string handed = "", string delivered = "") =>
        Order("o1", status: Unsent, approved: approved, handed: handed, delivered: delivered);

    public static TheoryData<string, int, string, InferredReason?, Likelihood> Ends => new()
    {
        // What the times say.
        { Order("o1", status: "unavailable", handed: "", delivered: ""), 1, "", OutOfStock, Likely },
        { Order("o1", status: "unavailable", approved: "", handed: "", delivered: ""), 1, "", OutOfStock, Possible },
        { Order("o1", status: "unavailable", delivered: ""), 1, "Sem estoque", null, default },
        { Cancelled(approved: ""), 1, "", PaymentNotCompleted, Likely },
        { Cancelled(approved: ""), 5, "", PaymentNotCompleted, Possible },
        { Cancelled(handed: "2018-01-08 09:00:00"), 1, "", NotDelivered, Likely },
        { Cancelled(handed: "2018-01-08 09:00:00", delivered: "2018-01-15 15:00:00"), 3, "", Returned, Likely },
        { Cancelled(), 1, "", NotSentInTime, Possible },
        { Cancelled(), 4, "", null, default },
        // What its buyer wrote.
        { Order("o1", status: "unavailable", handed: "", delivered: ""), 1, "Não tinham em estoque", OutOfStock,
            Written },
        { Cancelled(), 1, "Comprei e depois disseram que o produto está INDISPONÍVEL", OutOfStock, Written },
        { Cancelled(), 1, "Constava um no estoque, depois falaram que não tinha mais", OutOfStock, Written },
        { Order("o1", status: "unavailable", handed: "", delivered: ""), 5, "Muito bom, chegou antes", OutOfStock,
            Possible },
        { Cancelled(), 1, "Pedi o cancelamento depois que soube da falta de estoque", OutOfStock, Written },
        { Cancelled(), 2, "Demorou demais e desisti da compra", ChangedMind, Written },
        { Cancelled(), 1, "Consta como cancelei, mas eu não pedi nada", NotSentInTime, Possible },
        { Cancelled(), 1, "Ainda não recebi o produto", NotSentInTime, Likely },
        { Cancelled(), 5, "Produto muito bom, chegou antes", null, default },
        { Cancelled(handed: "2018-01-08 09:00:00"), 1, "O endereço estava incorreto", AddressUnusable, Written },
        { Cancelled(handed: "2018-01-08 09:00:00"), 1, "Não chegou no meu endereço", NotDelivered, Written },
        { Cancelled(handed: "2018-01-08 09:00:00"), 5, "Chegou tudo certo", null, default },
        { Cancelled(approved: ""), 1, "Veio o produto errado", WrongOrFaulty, Written },
        { Cancelled(approved: ""), 5, "Foi entregue, fácil de montar", null, default },
        { Cancelled(), 5, "Espero receber; mais atraso do que isso me faria desistir", NotSentInTime, Likely },
        { Cancelled(handed: "2018-01-08 09:00:00"), 1, "O objeto foi roubado, solicitei o cancelamento", NotDelivered,
            Written },
        { Cancelled(), 1, "Comprei dois produtos e nenhum foi entregue", NotSentInTime, Likely },
        { Cancelled(approved: ""), 5, "Entrega no prazo e em excelente estado", null, default },
        // What was told to be delivered.
        { Cancelled(handed: "2018-01-08 09:00:00", delivered: "2018-01-15 15:00:00"), 1,
            "Consta entregue e não chegou", NotDelivered, Possible },
        { Cancelled(handed: "2018-01-08 09:00:00", delivered: "2018-01-15 15:00:00"), 3, "Errei o número da casa",
            AddressUnusable, Possible },
        { Cancelled(handed: "2018-01-08 09:00:00", delivered: "2018-01-15 15:00:00"), 5, "Compraria de novo", null,
            default },
        // What did not end early.
        { Order("o1"), 1, "Produto com defeito", null, default },
        { Order("o1", status: "shipped", delivered: ""), 1, "Não recebi", null, default },
    };

    [Theory, MemberData(nameof(Ends))]
    public void Says_what_most_probably_ended_it_and_is_silent_where_the_data_is(
        string order, int score, string wrote, InferredReason? reason, Likelihood likelihood)
    {
        var end = InferredEnd.Of(Only(order, score, wrote));
        Assert.Equal(reason, end?.Reason);
        if (end is not null) Assert.Equal(likelihood, end.Likelihood);
    }

    [Fact]
    public void Tells_the_facts_that_it_rests_on()
    {
        var end = InferredEnd.Of(Only(Cancelled(), 1, "Ainda não recebi"))!;
        Assert.Equal(["status", "purchased", "approved", "send-by", "promised", "stars", "wrote"],
            end.Facts.Select(f => f.Name));
        var texts = Texts.In("en", DateTimeZone.Utc);
        Assert.All(end.Facts, f => Assert.True(texts.Has($"console.fact.{f.Name}"), f.Name));
    }

    [Fact]
    public void Hears_nothing_in_a_review_that_is_older_than_the_purchase()
    {
        var order = Assert.Single(Good.Only(OlistFile.Orders, Cancelled(approved: "")).Only(OlistFile.Reviews,
            "r1,o1,1,,Chegou quebrado,2017-12-01 00:00:00,2017-12-02 08:00:00").Orders());
        Assert.Equal((PaymentNotCompleted, Possible), Of(order));
        Assert.DoesNotContain(InferredEnd.Of(order)!.Facts, f => f.Name is "stars" or "wrote");
    }

    [Fact]
    public void Is_silent_while_the_sellers_time_is_not_over()
    {
        var early = Good.Only(OlistFile.Orders, Cancelled())
            .Only(OlistFile.Reviews, "r1,o1,1,,Não recebi,2018-01-08 00:00:00,2018-01-08 08:00:00").Orders();
        Assert.Null(InferredEnd.Of(Assert.Single(early)));
    }

    [Fact]
    public void Takes_a_payment_of_nothing_for_one_that_was_not_completed()
    {
        var order = Good.Only(OlistFile.Orders, Cancelled(approved: ""))
            .Only(OlistFile.Payments, "o1,1,not_defined,1,0")
            .Only(OlistFile.Reviews, $"r1,o1,1,,Veio outro produto,{After},{After}").Orders();
        Assert.Equal((PaymentNotCompleted, Likely), Of(Assert.Single(order)));
    }

    [Fact]
    public void Counts_each_order_there_once_and_those_of_which_nothing_can_be_said()
    {
        var tally = Good
            .With(OlistFile.Orders, Order("o2", status: "unavailable", handed: "", delivered: ""),
                Order("o3", status: Unsent, handed: "", delivered: ""))
            .With(OlistFile.Items, "o2,1,x1,s1,,1.00,1.00", "o2,2,x1,s2,,1.00,1.00", "o3,1,x1,s1,,1.00,1.00")
            .With(OlistFile.Payments, "o2,1,credit_card,1,4.00", "o3,1,credit_card,1,2.00").Plan().Tally;
        Assert.Equal(["inferred.out-of-stock 1"], tally.EarlyEndsByInference.Select(e => $"{e.Key} {e.Value}"));
        Assert.Equal(1, tally.EarlyEndsSilent);
    }

    public static TheoryData<string> Languages => [.. Texts.OfStatements];

    [Theory, MemberData(nameof(Languages))]
    public void Has_words_in_every_language_of_statements(string language)
    {
        var texts = Texts.ForStatements(language, DateTimeZone.Utc);
        ImmutableArray<string> codes =
        [
            .. InferredEnd.Codes,
            .. Enum.GetValues<Likelihood>().Select(l => new InferredEnd(default, l, []).LikelihoodCode),
        ];
        Assert.Equal([], codes.Except(texts.OwnCodes));
    }

    static ImportedOrder Only(string order, int score, string wrote) => Assert.Single(
        Good.Only(OlistFile.Orders, order)
            .Only(OlistFile.Reviews, $"r1,o1,{score},,\"{wrote}\",{After},{After}").Orders());

    static (InferredReason, Likelihood) Of(ImportedOrder order) =>
        InferredEnd.Of(order) is { } end ? (end.Reason, end.Likelihood) : throw new InvalidOperationException("silent");
}
