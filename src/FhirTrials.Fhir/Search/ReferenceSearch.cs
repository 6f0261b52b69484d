using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Search;

/// <param name="Type">The target's type where the reference tells it.</param>
/// <param name="Target">The logical id where the target is on this server, otherwise
/// its whole URL without version.</param>
/// <param name="Version">The version of a canonical, or null.</param>
public sealed record ReferenceEntry(string Index, int Group, string? Type, string Target, string? Version)
    : IndexEntry(Index, Group);

/// <summary>Null parts match anything.</summary>
public sealed record ReferenceValue(string? Type, string Target, string? Version) : SearchValue;

/// <summary>Any resource of a list, which may be long.</summary>
public sealed record ReferenceSetValue(string Type, ImmutableArray<string> Ids) : SearchValue;

/// <summary>Any resource of a type.</summary>
public sealed record AnyReferenceValue(string Type) : SearchValue;

/// <summary>A resource and all that are below (or above) it in the hierarchy of its type.</summary>
/// <param name="Parent">The key of the entries that refer to the resource above.</param>
public sealed record HierarchyValue(string Type, string Id, string Parent, bool Below) : SearchValue;

/// <summary>Reference parameters — https://hl7.org/fhir/R4/search.html#reference</summary>
static class ReferenceSearch
{
    public static IEnumerable<IndexEntry> Extract(string index, int group, object item, FhirTypes types) => item switch
    {
        Element { Type.Name: "Reference" } reference => Entries(index, group, reference, types),
        Element { Type.IsPrimitive: true, Value: { } canonical } when !canonical.StartsWith('#') =>
            [Canonical(index, group, canonical)],
        _ => [],
    };

    static IEnumerable<IndexEntry> Entries(string index, int group, Element reference, FhirTypes types)
    {
        if (reference.ValueOf("reference") is { } text
            && Parse(text, types) is var (type, target, _) && target.Length > 0)
        {
            yield return new ReferenceEntry(index, group, type ?? NamedType(reference, types), target, null);
        }

        foreach (var identifier in reference["identifier"])
        {
            foreach (var token in TokenSearch.Identifier(IndexKey.Identifier(index), group, identifier)
                .OfType<TokenEntry>())
            {
                yield return token;
            }
        }
    }

    /// <summary>What <c>Reference.type</c> says, where that is a type: anything may stand there.</summary>
    static string? NamedType(Element reference, FhirTypes types) =>
        reference.ValueOf("type") is { } named && types.IsResource(named, out _) ? named : null;

    static ReferenceEntry Canonical(string index, int group, string canonical)
    {
        var (target, version) = SplitVersion(canonical);
        return new(index, group, null, target, version);
    }

    static (string Target, string? Version) SplitVersion(string canonical)
    {
        var bar = canonical.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 ? (canonical, null) : (canonical[..bar], canonical[(bar + 1)..]);
    }

    /// <summary>The type that a literal reference tells by its form (<c>Patient/1</c>,
    /// <c>http://x/fhir/Patient/1</c>), or null.</summary>
    public static string? TypeOf(string reference, FhirTypes types)
    {
        var segments = WithoutHistory(reference).Split('/');
        return segments.Length >= 2 && types.IsResource(segments[^2], out _) ? segments[^2] : null;
    }

    /// <summary><c>Type/id</c>, an absolute URL, <c>url|version</c> or a bare id; the target is empty for one inside
    /// the resource.</summary>
    static (string? Type, string Target, string? Version) Parse(string text, FhirTypes types)
    {
        if (text.StartsWith('#'))
        {
            return (null, "", null);
        }

        var (whole, version) = SplitVersion(text);
        var reference = WithoutHistory(whole);
        var type = TypeOf(reference, types);
        return reference.Contains(':', StringComparison.Ordinal) ? (type, reference, version)
            : type is null ? (null, reference, version)
            : (type, reference[(reference.LastIndexOf('/') + 1)..], version);
    }

    static string WithoutHistory(string reference)
    {
        var history = reference.IndexOf("/_history/", StringComparison.Ordinal);
        return history < 0 ? reference : reference[..history];
    }

    /// <param name="type">The type of a <c>:[type]</c> modifier, or null.</param>
    public static bool TryParse(string text, string? type, FhirTypes types, [NotNullWhen(true)] out SearchValue? value)
    {
        value = null;
        if (SearchText.TryUnescape(text, out var reference)
            && Parse(reference, types) is var (found, target, version) && target.Length > 0
            && (type is null || found is null || found == type))
        {
            // An absolute URL is the whole identity; its type may not be known on the resource's side.
            var isAbsolute = target.Contains(':', StringComparison.Ordinal);
            value = new ReferenceValue(isAbsolute ? null : found ?? type, target, version);
        }

        return value is not null;
    }
}
