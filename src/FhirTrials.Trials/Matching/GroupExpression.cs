using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Matching;

/// <summary>All criteria of a Group as one FHIRPath expression, for HL7's <c>characteristicExpression</c>: true where
/// all hold that count for one of the arms or cohorts, false where one fails for each of them, else empty.</summary>
/// <remarks>Each criterion is asked once and gives a letter: <c>t</c>, <c>f</c>, or <c>u</c> where the record, or
/// FHIRPath, does not say. An arm is a pattern on those letters.</remarks>
public static class GroupExpression
{
    const string Unknown = "{}";

    public static string Of(StudyEligibility study)
    {
        var letters = string.Join(
            " & ", study.Criteria.Select((_, place) => $"({Met(study, place)}).aggregate(iif($this, 't', 'f'), 'u')"));
        var arms = ArmPlan.Of(study).SelectMany(arm => arm).Select(plan => Arm(plan, study.Criteria.Length)).Distinct();
        return study.Criteria.IsEmpty ? Unknown : $"({letters}).select({string.Join(" or ", arms)})";
    }

    static string Arm(ArmPlan plan, int count)
    {
        var places = plan.Criteria.ToHashSet();
        var all = string.Concat(Enumerable.Range(0, count).Select(place => places.Contains(place) ? 't' : '.'));
        var one = string.Join('|', plan.Criteria.Select(place => $".{{{place}}}f.{{{count - place - 1}}}"));
        return $"iif(matches('^{all}$'), true, iif(matches('^({one})$'), false, {Unknown}))";
    }

    static string Met(StudyEligibility study, int place)
    {
        var criterion = study.Criteria[place];
        var said = study.Expressions.GetValueOrDefault(criterion.Number)?.Text ?? ClauseFhirPath.Write(criterion.Clause)
            ?? Unknown;
        var met = criterion.Section switch
        {
            CriterionSection.Inclusion => said,
            CriterionSection.Exclusion => $"({said}).not()",
        };
        return criterion.Scope.Age is not { } band ? met
            : $"({ClauseFhirPath.Write(new Clause.Measured(band)) ?? Unknown}).not() or ({met})";
    }
}
