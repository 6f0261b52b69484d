using System.Collections.Immutable;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>The constraints of definitions in FHIRPath —
/// https://hl7.org/fhir/R4/conformance-rules.html#constraints</summary>
/// <remarks>Only <c>false</c> breaks a constraint: an empty result says that the data do not decide it
/// (the precision of dates, a target that is not found, a value set that is not known). A few of R4's
/// rules mean to be broken then.</remarks>
static class Invariants
{
    public static void Check(Walk walk, Element element, Plan plan, ImmutableArray<ElementDefinition> profiles)
    {
        CheckNotEmpty(walk, element);
        foreach (var invariant in plan.Invariants)
        {
            Check(walk, element, invariant);
        }

        for (var i = 0; i < profiles.Length; i++)
        {
            foreach (var invariant in walk.Plans.For(profiles[i], element.Type).Invariants)
            {
                if (!plan.Invariants.Contains(invariant) && !IsInEarlier(walk, element, profiles, i, invariant))
                {
                    Check(walk, element, invariant);
                }
            }
        }
    }

    static bool IsInEarlier(
        Walk walk,
        Element element,
        ImmutableArray<ElementDefinition> profiles,
        int before,
        Invariant invariant)
    {
        for (var i = 0; i < before; i++)
        {
            if (walk.Plans.For(profiles[i], element.Type).Invariants.Contains(invariant))
            {
                return true;
            }
        }

        return false;
    }

    // ele-1: a value or children, an id alone does not count.
    static void CheckNotEmpty(Walk walk, Element element)
    {
        if (element.Value is null && !element.IsResource && element.Children is [] or [{ Name: "id" }])
        {
            walk.Error(IssueCode.Invariant, "ele-1", "ele-1: an element needs a value or children; remove it.");
        }
    }

    static void Check(Walk walk, Element element, Invariant invariant)
    {
        var (constraint, expression, fault) = invariant;
        try
        {
            if (expression is not null
                && !(expression.EvaluateBoolean(element, walk.Scope!.Context)
                    ?? !Invariant.EmptyBreaks(constraint.Key)))
            {
                Report(walk, constraint, IssueCode.Invariant, InvariantTexts.Of(constraint));
            }
        }
        catch (FhirPathException e) when (!walk.IsExhausted)
        {
            fault = e.Message;
        }

        if (fault is not null)
        {
            Report(
                walk,
                constraint,
                IssueCode.Processing,
                $"{constraint.Key} could not be evaluated: {fault}");
        }
    }

    static void Report(Walk walk, Constraint constraint, IssueCode code, string text) =>
        walk.Report(constraint.IsWarning ? IssueSeverity.Warning : IssueSeverity.Error, code, constraint.Key, text);
}
