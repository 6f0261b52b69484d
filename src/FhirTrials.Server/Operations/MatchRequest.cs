using System.Collections.Immutable;
using System.Globalization;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Matching;

namespace FhirTrials.Server.Operations;

/// <summary>What a $match asks: CodeX's parameters, or a bare Bundle of the patient's record —
/// https://build.fhir.org/ig/standardhealth/fsh-pct/OperationDefinition-ClinicalTrialMatchService.html</summary>
/// <param name="Record">The patient's record.</param>
/// <param name="Options">Which studies are asked for.</param>
/// <param name="ReferenceDate">The day that ages and windows count from; null for today. Ours.</param>
/// <param name="AsParameters">Whether the answer is a Parameters resource, as CodeX has it, or the Bundle
/// alone.</param>
/// <param name="Warnings">What was asked but cannot be answered.</param>
sealed record MatchRequest(
    Element Record,
    MatchOptions Options,
    DateOnly? ReferenceDate,
    bool AsParameters,
    ImmutableArray<Issue> Warnings)
{
    const string ClinicalData = "trialMatchClinicalData";

    /// <summary>Throws (400, 422) for a body that is neither.</summary>
    public static MatchRequest Of(Element body) => body.Type.Name switch
    {
        "Bundle" => new MatchRequest(body, MatchOptions.All, null, false, []),
        "Parameters" => OfParameters(body),
        _ => throw new FhirException(Issue.Error(
            IssueCode.Invalid,
            $"$match takes a Bundle with the patient's record, or Parameters with {ClinicalData}.",
            body.Type.Name)),
    };

    static MatchRequest OfParameters(Element parameters)
    {
        var given = parameters["parameter"].ToLookup(p => p.ValueOf("name") ?? "", StringComparer.Ordinal);
        var record = given[ClinicalData].FirstOrDefault()?.Child("resource")
            ?? throw new FhirException(Issue.Error(
                IssueCode.Required,
                $"The parameter {ClinicalData} is missing: a Bundle with the patient's record.",
                $"Parameters.parameter.where(name = '{ClinicalData}')"));
        return new MatchRequest(
            record,
            new() { Phase = Value(given, "phase"), RecruitmentStatus = Value(given, "recruitmentStatus") },
            Value(given, "referenceDate") is { } day ? ParseDate(day) : null,
            true,
            [.. Warn(given)]);
    }

    static IEnumerable<Issue> Warn(ILookup<string, Element> given)
    {
        foreach (var name in given.Select(g => g.Key))
        {
            switch (name)
            {
                case "zipCode" or "travelRadius":
                    yield return Issue.Warning(
                        IssueCode.NotSupported,
                        $"{name} was not applied: the sites' records hold no positions, so no study is left out for its distance.",
                        $"Parameters.parameter.where(name = '{name}')");
                    break;
                case "phase" or "recruitmentStatus" or "referenceDate" or ClinicalData:
                    break;
                default:
                    yield return Issue.Warning(
                        IssueCode.NotSupported,
                        "A parameter that $match does not know was ignored.",
                        "Parameters.parameter.name");
                    break;
            }
        }
    }

    static string? Value(ILookup<string, Element> given, string name) =>
        given[name].FirstOrDefault()?.Child("value")?.Value is { } value && value.Trim().Length > 0 ? value : null;

    static DateOnly ParseDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new FhirException(Issue.Error(
                IssueCode.Value,
                "referenceDate must be a day: YYYY-MM-DD.",
                "Parameters.parameter.where(name = 'referenceDate')"));
}
