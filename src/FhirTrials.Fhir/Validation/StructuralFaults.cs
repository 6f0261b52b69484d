using System.Collections.Frozen;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation;

/// <summary>Tells which issues only follow from what a reader could not understand: it has reported these already, and
/// what is left of the resource lacks them.</summary>
sealed class StructuralFaults
{
    readonly FrozenSet<string> _places;
    readonly FrozenSet<string> _parents;

    public StructuralFaults(IEnumerable<Issue> structural)
    {
        _places = structural.Where(i => i.IsError).Select(i => i.Expression).OfType<string>()
            .ToFrozenSet(StringComparer.Ordinal);
        _parents = _places.Select(Parent).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>An issue at the place of a fault or below it; or a rule of the element around it, which has lost that
    /// part. A resource's own rules are told all the same.</summary>
    public bool Explain(Issue issue)
    {
        if (issue.Expression is not { } place)
        {
            return false;
        }

        if (issue.Code == IssueCode.Invariant && Parent(place) is not null && _parents.Contains(place))
        {
            return true;
        }

        for (var at = place; at is not null; at = Parent(at))
        {
            if (_places.Contains(at) && Parent(at) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>Patient.name[0]</c> of <c>Patient.name[0].family</c>; null for a root.</summary>
    static string? Parent(string expression) =>
        expression.LastIndexOf('.') is var dot and >= 0 ? expression[..dot] : null;
}
