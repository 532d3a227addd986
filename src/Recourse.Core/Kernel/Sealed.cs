namespace Recourse.Kernel;

/// <summary>
/// Personal data under its person's key, made at the edge before the turn. Core never opens it; erasing the person
/// loses the key, and the journal keeps its shape.
/// </summary>
/// <param name="Person">Whose data it is: the text of a buyer's or seller's id.</param>
/// <param name="Cipher">AES-256-GCM, base64: nonce, text, tag.</param>
public sealed record Sealed<T>(string Person, string Cipher);
