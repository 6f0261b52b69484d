using System.Collections.Frozen;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Validation;

/// <summary>A constraint with its compiled expression, or with the reason why it does not compile.</summary>
sealed record Invariant(Constraint Constraint, FhirPathExpression? Expression, string? Fault)
{
    // Decided by rules in code: they are on every element or resource, where an expression would cost the most.
    static readonly FrozenSet<string> Native = FrozenSet.ToFrozenSet(
        ["ele-1", "ext-1", "dom-2", "dom-3", "dom-4", "dom-5", "dom-6", "ref-1", "txt-1", "txt-2"],
        StringComparer.Ordinal);

    public static bool IsNative(string key) => Native.Contains(key);

    public static Invariant Compile(Constraint constraint)
    {
        try
        {
            return new Invariant(constraint, FhirPathExpression.Compile(constraint.Expression), null);
        }
        catch (FhirPathException e)
        {
            return new Invariant(constraint, null, e.Message);
        }
    }
}
