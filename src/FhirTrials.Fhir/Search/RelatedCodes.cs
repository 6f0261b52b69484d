using System.Collections.Immutable;

namespace FhirTrials.Fhir.Search;

/// <summary>What a server knows of a code in other code systems: the codes by which a search for
/// it finds resources as well.</summary>
/// <param name="parameter">The canonical of the search parameter.</param>
/// <param name="narrower">Whether narrower concepts count, as with <c>:below</c>.</param>
/// <returns>Codes by system; nothing for a code that says nothing to it.</returns>
public delegate IEnumerable<(string System, ImmutableArray<string> Codes)> RelatedCodes(
    string parameter, string system, string code, bool narrower);
