using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Search;

/// <summary>A code, identifier or truth value. Codes are case-sensitive.</summary>
/// <param name="System">Null where the element has none, and where it is implied but not known.</param>
/// <param name="ImpliesSystem">Whether the element is a plain value, whose system its definition implies.</param>
public sealed record TokenEntry(string Index, int Group, string? System, string Code, bool ImpliesSystem = false)
    : IndexEntry(Index, Group);

/// <summary>Which systems a token search accepts.</summary>
public enum TokenSystem
{
    /// <summary><c>code</c></summary>
    Any,

    /// <summary><c>|code</c></summary>
    None,

    /// <summary><c>system|code</c></summary>
    Given,
}

/// <param name="System">The system where it is <see cref="TokenSystem.Given"/>.</param>
/// <param name="Code">Null for <c>system|</c>: any code of that system.</param>
public sealed record TokenValue(TokenSystem Kind, string? System, string? Code) : SearchValue;

/// <summary>Any code of a list, which may be long: an expanded value set, or what is below a code.</summary>
/// <param name="System">Null for any system.</param>
public sealed record TokenSetValue(string? System, ImmutableArray<string> Codes) : SearchValue;

/// <summary>Token parameters — https://hl7.org/fhir/R4/search.html#token</summary>
static class TokenSearch
{
    public static IEnumerable<IndexEntry> Extract(string index, int group, object item, ImpliedSystem systems) =>
        item switch
        {
            bool truth => [new TokenEntry(index, group, null, truth ? "true" : "false", ImpliesSystem: true)],
            Element { Type.Name: "code", Value: { } code } element =>
                [new TokenEntry(index, group, systems.Of(element), code, ImpliesSystem: true)],
            Element element => Extract(index, group, element),
            _ => [],
        };

    static IEnumerable<IndexEntry> Extract(string index, int group, Element element) => element.Type.Name switch
    {
        "Coding" => Coding(index, group, element),
        "CodeableConcept" => element["coding"].SelectMany(c => Coding(index, group, c))
            .Concat(StringSearch.Entries(IndexKey.Text(index), group, element.ValueOf("text"))),
        "Identifier" => Identifier(index, group, element),
        "ContactPoint" => Entries(index, group, null, element.ValueOf("value")),
        _ when element.Type.IsPrimitive && element.Value is { } code =>
            [new TokenEntry(index, group, null, code, ImpliesSystem: true)],
        _ => [],
    };

    static IEnumerable<IndexEntry> Coding(string index, int group, Element coding) =>
        Entries(index, group, coding.ValueOf("system"), coding.ValueOf("code"))
            .Concat(StringSearch.Entries(IndexKey.Text(index), group, coding.ValueOf("display")));

    public static IEnumerable<IndexEntry> Identifier(string index, int group, Element identifier)
    {
        var value = identifier.ValueOf("value");
        var ofType = identifier["type"].SelectMany(t => t["coding"]).SelectMany(c => Entries(
            IndexKey.OfType(index), group, c.ValueOf("system"), OfType(c.ValueOf("code"), value)));
        return Entries(index, group, identifier.ValueOf("system"), value)
            .Concat(StringSearch.Entries(IndexKey.Text(index), group, identifier.At("type", "text")?.Value))
            .Concat(ofType);
    }

    static string? OfType(string? code, string? value) => code is null || value is null ? null : code + "|" + value;

    static IEnumerable<IndexEntry> Entries(string index, int group, string? system, string? code) =>
        code is null ? [] : [new TokenEntry(index, group, system, code)];

    /// <summary><c>code</c>, <c>system|code</c>, <c>|code</c> or <c>system|</c>, escapes still in it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SearchValue? value)
    {
        value = null;
        var parts = SearchText.Split(text, '|');
        if (parts.Length > 2 || !SearchText.TryUnescape(parts[0], out var first))
        {
            return false;
        }

        if (parts.Length == 1)
        {
            value = first.Length == 0 ? null : new TokenValue(TokenSystem.Any, null, first);
        }
        else if (SearchText.TryUnescape(parts[1], out var code))
        {
            value = (first, code) switch
            {
                ("", "") => null,
                ("", _) => new TokenValue(TokenSystem.None, null, code),
                (_, "") => new TokenValue(TokenSystem.Given, first, null),
                _ => new TokenValue(TokenSystem.Given, first, code),
            };
        }

        return value is not null;
    }

    /// <summary><c>system|code|value</c> of <c>:of-type</c>.</summary>
    public static bool TryParseOfType(string text, [NotNullWhen(true)] out SearchValue? value)
    {
        value = null;
        var parts = SearchText.Split(text, '|');
        if (parts.Length == 3 && SearchText.TryUnescape(parts[0], out var system) && system.Length > 0
            && SearchText.TryUnescape(parts[1], out var code) && code.Length > 0
            && SearchText.TryUnescape(parts[2], out var identifier) && identifier.Length > 0)
        {
            value = new TokenValue(TokenSystem.Given, system, OfType(code, identifier));
        }

        return value is not null;
    }
}
