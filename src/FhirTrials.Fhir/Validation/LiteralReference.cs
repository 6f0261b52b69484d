namespace FhirTrials.Fhir.Validation;

/// <summary>The parts of <c>Reference.reference</c> — https://hl7.org/fhir/R4/references.html#literal</summary>
/// <param name="Base">The server's base with its last slash; null for a relative reference and for a URN.</param>
/// <param name="Type">The resource type it names; null where it names none (a fragment, a URN, another URL).</param>
/// <param name="Id">The logical id, or for a fragment what follows <c>#</c>.</param>
readonly record struct LiteralReference(string? Base, string? Type, string? Id)
{
    public bool IsFragment { get; private init; }

    public bool IsUrn { get; private init; }

    /// <summary>A search instead of an id, as transactions may have: <c>Patient?identifier=…</c>.</summary>
    public bool IsConditional { get; private init; }

    public bool IsRelative => Type is not null && Base is null;

    public static LiteralReference Parse(string text)
    {
        if (text.StartsWith('#'))
        {
            return new LiteralReference(null, null, text[1..]) { IsFragment = true };
        }

        if (text.StartsWith("urn:", StringComparison.Ordinal))
        {
            return new LiteralReference(null, null, null) { IsUrn = true };
        }

        var query = text.IndexOf('?', StringComparison.Ordinal);
        return query >= 0 ? Conditional(text[..query]) : Restful(text);
    }

    static LiteralReference Conditional(string path) =>
        new(null, IsTypeName(path) ? path : null, null) { IsConditional = IsTypeName(path) };

    static LiteralReference Restful(string text)
    {
        var fragment = text.IndexOf('#', StringComparison.Ordinal);
        var path = fragment < 0 ? text : text[..fragment];
        var history = path.IndexOf("/_history/", StringComparison.Ordinal);
        path = history < 0 ? path : path[..history];
        var idAt = path.LastIndexOf('/');
        if (idAt <= 0)
        {
            return new LiteralReference(null, null, null);
        }

        var typeAt = path.LastIndexOf('/', idAt - 1) + 1;
        var type = path[typeAt..idAt];
        return IsTypeName(type)
            ? new LiteralReference(typeAt == 0 ? null : path[..typeAt], type, path[(idAt + 1)..])
            : new LiteralReference(null, null, null);
    }

    static bool IsTypeName(string text) =>
        text.Length > 0 && char.IsAsciiLetterUpper(text[0]) && text.AsSpan().IndexOfAnyExcept(Letters) < 0;

    static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}
