using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Validation;

/// <summary>The resource that a walk is in: what <c>%resource</c> and references mean there.</summary>
/// <param name="Resource">The nearest resource.</param>
/// <param name="Root">The resource that contains it, or itself where it is not contained.</param>
/// <param name="Contained">What the root contains.</param>
/// <param name="Bundle">The entries around it, or null outside a Bundle.</param>
/// <param name="FullUrl">The <c>fullUrl</c> of the Bundle entry that it is in.</param>
sealed record ResourceScope(
    Element Resource,
    Element Root,
    ContainedIndex Contained,
    BundleEntries? Bundle,
    string? FullUrl,
    FhirPathContext Context)
{
    readonly Dictionary<string, HashSet<object>> _selected = new(StringComparer.Ordinal);

    public bool IsContained => !ReferenceEquals(Resource, Root);

    /// <summary>What an expression selects in the resource, worked out once; elements compare by reference.</summary>
    /// <exception cref="FhirPathException">It does not compile, or fails.</exception>
    public HashSet<object> Selected(string expression) =>
        _selected.TryGetValue(expression, out var known)
            ? known
            : _selected[expression] =
                [.. FhirPathExpression.Compile(expression).Evaluate(Resource, Context)];
}
