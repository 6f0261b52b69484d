using System.Collections.Immutable;

namespace FhirTrials.Fhir.Search;

/// <summary>A value for each component, in order; all must match on the same element. The component's entries stand
/// under <see cref="IndexKey.Component"/>.</summary>
public sealed record CompositeValue(ImmutableArray<SearchValue> Components) : SearchValue
{
    public bool Equals(CompositeValue? other) => other is not null && Components.SequenceEqual(other.Components);

    public override int GetHashCode() => Components.Length;
}
