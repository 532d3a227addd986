namespace Recourse.Orders;

/// <summary>An order as another system kept it. Nothing in it is ours, and nothing is corrected.</summary>
/// <param name="Source">Whose history, e.g. <c>olist</c>.</param>
/// <param name="Number">The order's own number there.</param>
/// <param name="Part">Which of how many orders of ours hold its rows: a basket of several sellers is several.</param>
/// <param name="Status">The status there, in its own word.</param>
/// <param name="Buyer">Who bought.</param>
/// <param name="Findings">What in the data contradicts itself.</param>
public sealed record ImportedOrder(
    string Source, string Number, BasketPart Part, string Status, BuyerId Buyer, ImportedTimes Times,
    Currency Currency, ImmutableArray<ImportedItem> Items, ImmutableArray<ImportedPayment> Payments,
    ImmutableArray<ImportedReview> Reviews, ImmutableArray<Finding> Findings);

/// <summary>One of how many; rows of the whole basket (payments, reviews) stand on the first.</summary>
public sealed record BasketPart(int Nth, int Of);

/// <summary>When what happened there (UTC); null: the data has no such instant.</summary>
public sealed record ImportedTimes(
    Instant Purchased, Instant? Approved, Instant? HandedOver, Instant? Delivered, Instant? Promised);

/// <summary>One unit there.</summary>
public sealed record ImportedItem(int Number, string Product, Money Price, Money Freight, Instant? DispatchBy);

/// <summary>One payment there.</summary>
public sealed record ImportedPayment(int Number, string Method, int Instalments, Money Amount);

/// <summary>One review there, 1 to 5; its words as written.</summary>
public sealed record ImportedReview(
    string Number, int Score, string? Title, string? Message, Instant? Asked, Instant? Answered);

/// <summary>Something in taken-over data that doesn't fit, as facts.</summary>
public sealed record Finding(string Code, ImmutableArray<Named> Facts);
