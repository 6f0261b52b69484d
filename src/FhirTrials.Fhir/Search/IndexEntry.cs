using System.Globalization;

namespace FhirTrials.Fhir.Search;

/// <summary>What a resource can be found by: one value of one search parameter.</summary>
public abstract record IndexEntry
{
    private protected IndexEntry(string index, int group) => (Index, Group) = (index, group);

    /// <summary>Which values belong together: a parameter's URL, or a facet of it (<see cref="IndexKey"/>).</summary>
    public string Index { get; init; }

    /// <summary>Entries of a composite parameter that come from the same element share a number; 0 otherwise.</summary>
    public int Group { get; init; }
}

/// <summary>Keys of index entries. Most are the parameter's URL; some parameters are
/// indexed in further facets.</summary>
public static class IndexKey
{
    /// <summary>The human text of a token, for <c>:text</c>.</summary>
    public static string Text(string parameter) => parameter + "#text";

    /// <summary>The identifier of a reference, for <c>:identifier</c>.</summary>
    public static string Identifier(string parameter) => parameter + "#identifier";

    /// <summary>The identifier with its type, for <c>:of-type</c>.</summary>
    public static string OfType(string parameter) => parameter + "#of-type";

    /// <summary>A component of a composite, from 0.</summary>
    public static string Component(string parameter, int component) =>
        string.Create(CultureInfo.InvariantCulture, $"{parameter}#{component}");
}
