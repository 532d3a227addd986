using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
namespace Recourse.Orders;

/// <summary>
/// What the reviews of an order of a history say of its end, in Portuguese: only what can hardly mean anything else.
/// </summary>
/// <param name="At">When the newest was answered (UTC), else asked for; null: there is none.</param>
/// <param name="Score">Its score, 1 to 5; null: there is none.</param>
/// <param name="NoStock">The seller had none.</param>
/// <param name="OwnWish">They cancelled it themselves.</param>
/// <param name="NotReceived">They still wait for it.</param>
/// <param name="Received">They have it.</param>
/// <param name="IsOfAnother">There is one from before the purchase: about something else, whatever it says.</param>
partial record Says(
    Instant? At, int? Score, bool NoStock, bool Address, bool WrongOrFaulty, bool OwnWish, bool NotReceived,
    bool Received, bool IsOfAnother)
{
    /// <summary>The newest review; null: there is none.</summary>
    public static ImportedReview? Newest(ImportedOrder order) =>
        AboutIt(order).MaxBy(r => (r.Answered ?? r.Asked) ?? Instant.MinValue);

    static IEnumerable<ImportedReview> AboutIt(ImportedOrder order) =>
        order.Reviews.Where(r => !((r.Asked ?? r.Answered) < order.Times.Purchased));

    public static Says Of(ImportedOrder order)
    {
        var newest = Newest(order);
        var text = Plain(string.Join(". ", AboutIt(order).SelectMany(r => new[] { r.Title, r.Message })));
        var waits = NotReceivedWords().IsMatch(text);
        var wrong = WrongWords().IsMatch(text);
        return new(
            newest?.Answered ?? newest?.Asked, newest?.Score, NoStockWords().IsMatch(text),
            AddressWords().IsMatch(text), wrong, OwnWishWords().IsMatch(text) && !NotAskedWords().IsMatch(text), waits,
            !waits && (wrong || ReceivedWords().IsMatch(text)), AboutIt(order).Count() < order.Reviews.Length);
    }

    /// <summary>In small letters without accents, and one space between words.</summary>
    static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD).ToLowerInvariant())
            if (char.IsWhiteSpace(c)) plain.Append(plain is [.., ' '] ? "" : " ");
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark) plain.Append(c);
        return plain.ToString();
    }

    [GeneratedRegex(@"\b(sem|fora de|falta (de|do|no)|nao (tem|tinha\w*|ha|havia|possu\w+|consta\w*|ter))\b.{0,25}"
        + @"\bestoque|\bindisponi|\besgot(ad|ou)|\bem falta\b|\bfalta d[eo] (produto|mercadoria|item)"
        + @"|\bestoque\b.{0,60}\bnao (tem|tinha\w*|ha|havia) mais"
        + @"|\bnao (tem|tinha\w*|ha|havia|possu\w+|ter) (mais )?(o |este |esse |aquele |a )?(produto|mercadoria|item)")]
    private static partial Regex NoStockWords();

    [GeneratedRegex(@"\bendereco.{0,30}\b(incorret|errad|insuficient|incomplet|nao (foi )?(encontr|ach|localiz))"
        + @"|\bnao (encontr|ach|localiz)\w*.{0,20}\bendereco|\b(errei|dei)\b.{0,30}\b(endereco|numero|cep)\b")]
    private static partial Regex AddressWords();

    [GeneratedRegex(@"\b(produto|item|mercadoria|tamanho|cor|modelo|pedido|outro)\b.{0,30}\b(errad|diferente|trocad)"
        + @"|\b(veio|recebi|mandaram|entreg\w+|chegou)\b.{0,15}\boutr[oa]\b|\bdefeit|\bquebrad|\bdanificad|\bfals[oa]\b"
        + @"|\bfalsific|\bcaixa vazia|\barranh|\bveio\b.{0,12}\berrad")]
    private static partial Regex WrongWords();

    [GeneratedRegex(@"(?<!\bnao (eu )?)\b(cancelei|desisti\b|(pedi|solicitei|fiz|requeri)\b.{0,12}\bcancela"
        + @"|(quero|quis|preferi|resolvi|decidi|melhor) cancelar)")]
    private static partial Regex OwnWishWords();

    [GeneratedRegex(@"\b(sem|nao)( que)?( eu)?( ter)?( o)? (solicit|ped|cancelei|quis|autoriz)|\bcancelaram\b")]
    private static partial Regex NotAskedWords();

    [GeneratedRegex(@"\b(nao|nunca|nem)( \w+){0,2} (receb|cheg|entreg|veio|vei\b|envi|mandaram)"
        + @"|\bnenhum\w*( \w+){0,2} (receb|cheg|entreg|veio)|\broubad|\bfurtad|\bextravi"
        + @"|\baguard|\besperando|\bespero receber|\batras(o|ad|ou)\b|\bcade\b")]
    private static partial Regex NotReceivedWords();

    [GeneratedRegex(@"\b(recebi|chegou|foi entregue|veio|montar|embalad\w+"
        + @"|produto (e )?(muito )?(bom|otimo|excelente)|entreg\w+ (no|antes do|dentro do) prazo)\b")]
    private static partial Regex ReceivedWords();
}
