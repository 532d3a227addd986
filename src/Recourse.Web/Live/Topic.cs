using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Something that parts of pages show: when it changes, they are fetched again.</summary>
public readonly record struct Topic(string Text)
{
    /// <summary>The orders of the shop whose desk a page is.</summary>
    public static Topic OrdersOf(Reader shop) => Of(Orders.OrderList.View, Scope.Index, shop.Shop);

    /// <summary>The clock and the size of a demo.</summary>
    public static readonly Topic Demo = new("demo");

    /// <summary>Somebody's inbox: what came in, and what was read.</summary>
    /// <param name="person">As notices address them.</param>
    public static Topic Inbox(string person) => new($"inbox|{person}");

    /// <summary>An aggregate: whatever happens to it.</summary>
    public static Topic Of(IId id) => new($"{id}");

    /// <summary>Rows of a view under a value of an index, as <see cref="IViews.List"/> lists them.</summary>
    public static Topic Of(View view, string index, string value) => new($"{view.Name}|{index}|{value}");

    /// <summary>One row of a view, as <see cref="IViews.Find"/> finds it.</summary>
    public static Topic Of(View view, string key) => Of(view, View.ByKey, key);
}
