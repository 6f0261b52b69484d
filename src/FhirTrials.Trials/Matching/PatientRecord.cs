using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Trials.Matching;

/// <summary>What a List resource states completely: what it does not name, the patient does not have.</summary>
public enum CompleteList
{
    /// <summary>Current conditions — LOINC 11450-4.</summary>
    Problems,

    /// <summary>Conditions of the past — LOINC 11348-0.</summary>
    PastIllnesses,

    /// <summary>Medications now and ever — LOINC 10160-0.</summary>
    Medications,

    /// <summary>Procedures ever — LOINC 47519-4.</summary>
    Procedures,

    /// <summary>Allergies and intolerances — LOINC 48765-2.</summary>
    Allergies,
}

/// <summary>A criterion answered by a person: an item of a study's screening questionnaire.</summary>
/// <param name="StudyId">The registry id of the study that was asked about.</param>
/// <param name="Text">The criterion's text, in comparable form (<see cref="ComparableText"/>).</param>
/// <param name="IsTrue">Whether what the text says is true of the patient.</param>
public sealed record ScreeningAnswer(string StudyId, string Text, bool IsTrue, Evidence Evidence);

/// <summary>One patient's record as the matcher sees it: immutable, read once from a Bundle, valid for one reference
/// date.</summary>
/// <param name="Bundle">The record itself, for criteria that are expressions only.</param>
/// <param name="Reference">The Patient, such as <c>Patient/p1</c>.</param>
/// <param name="Gender">FHIR's administrative gender, or null.</param>
/// <param name="ReferenceDate">The day that ages and windows count from.</param>
/// <param name="Complete">What the record states completely, with the List that says so.</param>
/// <param name="Notes">What was left out, and why: entered in error, dated in the future, of another subject. No
/// patient data.</param>
public sealed record PatientRecord(
    Element Bundle,
    string Reference,
    string? Gender,
    DateRange? BirthDate,
    DateOnly ReferenceDate,
    ImmutableArray<PatientFact> Facts,
    ImmutableArray<PatientResult> Results,
    ImmutableArray<ScreeningAnswer> Answers,
    ImmutableDictionary<CompleteList, Evidence> Complete,
    ImmutableArray<Issue> Notes)
{
    /// <summary>Resources that could not be read.</summary>
    public ImmutableArray<LostEntry> Lost { get; init; } = [];

    /// <summary>The patient as evidence.</summary>
    public Evidence Demographics(string text) => new(Reference, text);
}
