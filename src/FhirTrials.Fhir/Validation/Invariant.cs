using System.Collections.Frozen;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Validation;

/// <summary>A constraint with its compiled expression, or with the reason why it does not compile.</summary>
sealed record Invariant(Constraint Constraint, FhirPathExpression? Expression, string? Fault)
{
    // Decided by rules in code: they are on every element or resource, where an expression would cost the most; or
    // (bdl-3, bdl-4) their expressions search the whole Bundle for its type again for each entry.
    static readonly FrozenSet<string> Native = FrozenSet.ToFrozenSet(
        ["ele-1", "ext-1", "dom-2", "dom-3", "dom-4", "dom-5", "dom-6", "ref-1", "txt-1", "txt-2", "bdl-3", "bdl-4"],
        StringComparer.Ordinal);

    // R4 asks for the type Boolean of FHIRPath where it means FHIR's boolean, which is never of that type.
    static readonly FrozenDictionary<(string Key, string Expression), string> Corrections =
        new Dictionary<(string Key, string Expression), string>
        {
            [("que-7", "operator = 'exists' implies (answer is Boolean)")] =
                "operator = 'exists' implies (answer is boolean)",
        }.ToFrozenDictionary();

    // Their authors took what is absent for false: repeats = true, type.code in (...), '3x'.toInteger() > 0.
    static readonly FrozenSet<string> BrokenByEmpty = FrozenSet.ToFrozenSet(
        ["eld-3", "md-1", "opd-2", "que-13", "ras-1", "sdf-1", "tst-7"], StringComparer.Ordinal);

    /// <summary>Whether a rule of R4 is broken where its expression gives nothing.</summary>
    public static bool EmptyBreaks(string key) => BrokenByEmpty.Contains(key);

    public static bool IsNative(string key) => Native.Contains(key);

    public static Invariant Compile(Constraint constraint)
    {
        try
        {
            var written = constraint.Expression;
            var expression = Corrections.GetValueOrDefault((constraint.Key, written), written);
            return new Invariant(constraint, FhirPathExpression.Compile(expression), null);
        }
        catch (FhirPathException e)
        {
            return new Invariant(constraint, null, e.Message);
        }
    }
}
