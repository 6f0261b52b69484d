using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>Relapsed, refractory, in remission: read from the clinical status, the code and the words of the
/// leukaemia's
/// Condition, or of another malignancy's where there is no leukaemia. A record of now denies no state of the
/// past.</summary>
static class DiseaseStates
{
    /// <summary>Blasts in the marrow that rule out a hematological remission.</summary>
    static readonly Measurement MarrowDisease =
        new(MeasurementKind.Lab,
            new Concept("bm-blasts", "blasts in bone marrow"), Comparator.GreaterOrEqual, 5, null, "%");

    public static Finding Evaluate(Clause.Present present, string key, RecordFacts facts)
    {
        var malignant = Malignancies("leukemia", facts) is { Length: > 0 } leukemias
            ? leukemias
            : Malignancies("malignancy", facts);
        var stated = malignant.Where(f => f.State != DiseaseState.Unstated).ToImmutableArray();
        if (stated.Any(f => f.State == DiseaseState.Remission)
            && MeasuredClause.Evaluate(MarrowDisease, facts) is { Value: true } blasts)
        {
            return Finding.Unknown(
                "agreement on remission: the marrow shows leukemia", [.. Evidence(stated), .. blasts.Evidence]);
        }

        if (stated.Select(f => Says(key, f)).Distinct().ToArray() is [{ } value]
            && (value || present.Status == FactStatus.Current))
        {
            return Finding.Of(value, Evidence(stated));
        }

        return Finding.Unknown($"no statement whether the disease is: {present.Concept.Text}", Evidence(malignant));
    }

    static bool? Says(string key, PatientFact disease) => (key, disease.State) switch
    {
        ("remission", DiseaseState.Remission) => true,
        ("remission", _) => false,
        ("relapsed" or "relapsed-refractory", DiseaseState.Relapsed or DiseaseState.Refractory) => true,
        ("refractory", DiseaseState.Refractory) => true,
        ("relapsed" or "refractory" or "relapsed-refractory", DiseaseState.Remission) => false,
        _ => null,
    };

    static ImmutableArray<PatientFact> Malignancies(string key, RecordFacts facts) =>
        [.. facts.Naming(key).Where(f => f is { Source: FactSource.Condition, Holds: true, Current: true })];

    static ImmutableArray<Evidence> Evidence(ImmutableArray<PatientFact> facts) => Finding.Told(facts, f => f.Evidence);
}
