namespace System.Runtime.CompilerServices;

/// <summary>What the compiler marks a <c>closed</c> hierarchy with, until the framework ships its own.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class IsClosedTypeAttribute : Attribute;
