using System.Collections.Immutable;
using System.Globalization;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Matching;

namespace FhirTrials.Server.Operations;

/// <summary>What a $match asks: CodeX's parameters, or a bare Bundle of the patient's record —
/// https://build.fhir.org/ig/standardhealth/fsh-pct/OperationDefinition-ClinicalTrialMatchService.html</summary>
/// <param name="Record">The patient's record.</param>
/// <param name="Options">Which studies are asked for.</param>
/// <param name="ReferenceDate">The day that ages and windows count from; null for today. Ours.</param>
/// <param name="AsParameters">Whether the answer is a Parameters resource, as CodeX
/// has it, or the Bundle alone.</param>
/// <param name="Warnings">What was asked but cannot be answered.</param>
sealed record MatchRequest(
    Element Record,
    MatchOptions Options,
    DateOnly? ReferenceDate,
    bool AsParameters,
    ImmutableArray<Issue> Warnings)
{
    const string ClinicalData = "trialMatchClinicalData";

    static readonly string[] Known =
    [
        ClinicalData,
        "referenceDate", "phase", "recruitmentStatus", "country", "condition", "zipCode", "travelRadius", "near",
        "unmentioned", "_count", "subject",
    ];

    /// <summary>Throws (400, 422) for a body that is neither.</summary>
    /// <param name="stored">The record of the <c>subject</c> asked for; null where none is.</param>
    public static MatchRequest Of(Element body, Element? stored = null) => body.Type.Name switch
    {
        "Bundle" => new MatchRequest(body, MatchOptions.All, null, false, []),
        "Parameters" => OfParameters(body, stored),
        _ => throw new FhirException(Issue.Error(
            IssueCode.Invalid,
            $"$match takes a Bundle with the patient's record, or Parameters with {ClinicalData}.",
            body.Type.Name)),
    };

    static MatchRequest OfParameters(Element parameters, Element? stored)
    {
        var given = parameters["parameter"].ToLookup(p => p.ValueOf("name") ?? "", StringComparer.Ordinal);
        var record = given[ClinicalData].FirstOrDefault()?.Child("resource") ?? stored
            ?? throw new FhirException(Issue.Error(
                IssueCode.Required,
                $"The parameter {ClinicalData} is missing: a Bundle with the patient's record.",
                Place(ClinicalData)));
        return new MatchRequest(
            record,
            new()
            {
                Phase = Value(given, "phase"),
                RecruitmentStatus = Value(given, "recruitmentStatus"),
                Country = Value(given, "country"),
                Condition = Value(given, "condition"),
                ZipCode = Value(given, "zipCode"),
                TravelRadius = Value(given, "travelRadius") is { } radius ? Kilometres(radius) : null,
                Near = Value(given, "near") is { } near ? Near(near) : null,
                Unmentioned = Value(given, "unmentioned") is { } unmentioned && Flag(unmentioned),
                Count = Value(given, "_count") is { } count ? Count(count) : null,
            },
            Value(given, "referenceDate") is { } day ? ParseDate(day) : null,
            true,
            [.. Warn(given)]);
    }

    static IEnumerable<Issue> Warn(ILookup<string, Element> given)
    {
        if (given.Any(g => !Known.Contains(g.Key)))
        {
            yield return Issue.Warning(
                IssueCode.NotSupported, "A parameter that $match does not know was ignored.",
                "Parameters.parameter.name");
        }

        if (given.Contains("travelRadius") && !given.Contains("zipCode"))
        {
            yield return Issue.Warning(
                IssueCode.Required, "travelRadius was not applied: it needs zipCode, the place that it counts from.",
                Place("travelRadius"));
        }
    }

    static string? Value(ILookup<string, Element> given, string name) =>
        given[name].FirstOrDefault()?.Child("value")?.Value is { } value && value.Trim().Length > 0
            ? value.Trim()
            : null;

    static DateOnly ParseDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Wrong("referenceDate", "must be a day: YYYY-MM-DD");

    static double Kilometres(string text) => TravelRadius.Kilometres(text)
        ?? throw Wrong("travelRadius", "must be a number of miles, or a number with its unit: 80 km");

    static NearValue Near(string text) => NearSearch.Parse(text)
        ?? throw Wrong("near", "must be latitude|longitude, or latitude|longitude|distance|unit: 48.1|11.6|100|km");

    static bool Flag(string text) =>
        bool.TryParse(text, out var flag) ? flag : throw Wrong("unmentioned", "must be true or false");

    static int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw Wrong("_count", "must be a number of studies, 0 or more");

    static FhirException Wrong(string name, string rule) =>
        new(Issue.Error(IssueCode.Value, $"{name} {rule}.", Place(name)));

    static string Place(string name) => $"Parameters.parameter.where(name = '{name}')";
}
