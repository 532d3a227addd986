namespace Recourse.Olist;

/// <summary>One of the history's files: its name, and the columns that its first line must name.</summary>
public sealed record OlistFile(string Name, ImmutableArray<string> Columns)
{
    /// <summary>Orders.</summary>
    public static readonly OlistFile Orders = new("olist_orders_dataset.csv",
    [
        "order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at",
        "order_delivered_carrier_date", "order_delivered_customer_date", "order_estimated_delivery_date",
    ]);

    /// <summary>Units of orders.</summary>
    public static readonly OlistFile Items = new("olist_order_items_dataset.csv",
    [
        "order_id", "order_item_id", "product_id", "seller_id", "shipping_limit_date", "price", "freight_value",
    ]);

    /// <summary>Payments of orders.</summary>
    public static readonly OlistFile Payments = new("olist_order_payments_dataset.csv",
    [
        "order_id", "payment_sequential", "payment_type", "payment_installments", "payment_value",
    ]);

    /// <summary>Reviews of orders.</summary>
    public static readonly OlistFile Reviews = new("olist_order_reviews_dataset.csv",
    [
        "review_id", "order_id", "review_score", "review_comment_title", "review_comment_message",
        "review_creation_date", "review_answer_timestamp",
    ]);

    /// <summary>Customers, one for each order.</summary>
    public static readonly OlistFile Customers = new("olist_customers_dataset.csv",
    [
        "customer_id", "customer_unique_id", "customer_zip_code_prefix", "customer_city", "customer_state",
    ]);

    /// <summary>Sellers.</summary>
    public static readonly OlistFile Sellers = new("olist_sellers_dataset.csv",
    [
        "seller_id", "seller_zip_code_prefix", "seller_city", "seller_state",
    ]);

    /// <summary>Products; two columns are misspelt there.</summary>
    public static readonly OlistFile Products = new("olist_products_dataset.csv",
    [
        "product_id", "product_category_name", "product_name_lenght", "product_description_lenght",
        "product_photos_qty", "product_weight_g", "product_length_cm", "product_height_cm", "product_width_cm",
    ]);

    /// <summary>The categories' English names.</summary>
    public static readonly OlistFile Categories = new("product_category_name_translation.csv",
    [
        "product_category_name", "product_category_name_english",
    ]);

    /// <summary>All eight.</summary>
    public static readonly ImmutableArray<OlistFile> All =
        [Orders, Items, Payments, Reviews, Customers, Sellers, Products, Categories];

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A file or a row that can't be read: nothing of it is in the history.</summary>
/// <param name="Line">The row's first line, from 1; 0: the whole file.</param>
/// <param name="Facts">For the sentence that is told; file and line among them.</param>
public sealed record OlistFault(string Code, string File, int Line, ImmutableArray<Named> Facts)
{
    internal static OlistFault Of(string code, OlistFile file, int line, params ReadOnlySpan<Named> more) =>
        new(code, file.Name, line, [("file", file.Name), ("line", line), .. more]);
}

/// <summary>How many rows a file has, and how many of them can't be read.</summary>
public sealed record OlistCount(int Rows, int Faulty);
