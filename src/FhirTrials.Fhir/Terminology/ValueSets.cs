using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Terminology;

/// <summary>Membership in the value sets of some definitions, without a terminology server —
/// https://hl7.org/fhir/R4/valueset.html#compositions</summary>
public sealed class ValueSets
{
    /// <summary>How deep value sets may import one another; deeper (or in a circle) is undecidable.</summary>
    const int MaxDepth = 16;

    /// <summary>How many codes a message may list.</summary>
    const int MaxListed = 12;

    static readonly ConditionalWeakTable<FhirDefinitions, ValueSets> Known = [];

    readonly FhirDefinitions _definitions;
    readonly ConcurrentDictionary<string, CompiledValueSet> _compiled = new(StringComparer.Ordinal);

    ValueSets(FhirDefinitions definitions) => _definitions = definitions;

    /// <summary>The value sets of these definitions; what is compiled for them is kept as long as they live.</summary>
    public static ValueSets Of(FhirDefinitions definitions) => Known.GetValue(definitions, d => new ValueSets(d));

    /// <summary>Whether the value set has that code in any system, as for elements of type <c>code</c>.</summary>
    /// <param name="valueSet">Canonical, <c>|version</c> allowed.</param>
    public Membership Contains(string valueSet, string code) => Contains(valueSet, null, code, 0);

    /// <summary>Whether the value set has that code of that system.</summary>
    public Membership Contains(string valueSet, string system, string code) => Contains(valueSet, system, code, 0);

    /// <summary>Whether the value set has that code, of that system or (null) of any; null
    /// where it cannot be decided.</summary>
    public bool? IsMember(string valueSet, string? system, string code) => Contains(valueSet, system, code, 0) switch
    {
        Membership.In => true,
        Membership.NotIn => false,
        Membership.Undecidable => null,
    };

    /// <summary>The codes of a small enumerated value set, in its order; empty where there are
    /// many or they are not known.</summary>
    public ImmutableArray<string> ListedCodes(string valueSet) =>
        Compiled(valueSet) is { Listed: { Length: <= MaxListed } listed } ? listed : [];

    internal Membership Contains(string valueSet, string? system, string code, int depth) =>
        depth < MaxDepth && Compiled(valueSet) is { } compiled
            ? compiled.Contains(this, system, code, depth)
            : Membership.Undecidable;

    // Value sets that R4 binds to by the address of the document that lists the codes.
    static ValueSet? Document(string canonical) => canonical == "http://www.rfc-editor.org/bcp/bcp13.txt"
        ? new ValueSet(canonical, null, "MimeTypes", [new ValueSetInclude("urn:ietf:bcp:13", null, [], [], [])], [], [])
        : null;

    // Only what exists is kept: the names of unknown value sets may come from outside, without end.
    CompiledValueSet? Compiled(string canonical)
    {
        if (_compiled.TryGetValue(canonical, out var compiled))
        {
            return compiled;
        }

        return (_definitions.ValueSet(canonical) ?? Document(canonical)) is { } valueSet
            ? _compiled.GetOrAdd(canonical, new CompiledValueSet(valueSet, _definitions))
            : null;
    }
}
