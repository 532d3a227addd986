namespace Recourse.Client;

/// <summary>An id as the API writes it, such as <c>order/ana/4x7zk2</c>.</summary>
public static class Id
{
    /// <summary>The two parts that calls take: whose it is (<c>ana</c>), and its code (<c>4x7zk2</c>).</summary>
    public static (string Owner, string Code) Split(string id) => id.Split('/') is [_, var owner, var code]
        ? (owner, code)
        : throw new FormatException($"'{id}' is no id such as order/ana/4x7zk2.");
}
