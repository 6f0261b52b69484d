using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;

namespace FhirTrials.Fhir.Tests.Search;

public sealed class SearchQueryParserTests
{
    static readonly SearchQueryParser Parser = new(FhirDefinitions.R4, new FixedClock(), "http://here.test/fhir");

    [Theory]
    [InlineData("Patient", "_id=a,b", "id in a or b")]
    [InlineData("Patient", "_id:not=a", "not id in a")]
    [InlineData("Patient", "gender=male,female", "Patient.gender in (any system)|male or (any system)|female")]
    [InlineData("Patient", "identifier=http://s|1,|2,http://t|",
        "Patient.identifier in http://s|1 or (no system)|2 or http://t|*")]
    [InlineData("Patient", @"identifier=a\,b,c\|d,e\\f",
        @"Patient.identifier in (any system)|a,b or (any system)|c|d or (any system)|e\f")]
    [InlineData("Patient", "gender:not=male", "not Patient.gender in (any system)|male")]
    [InlineData("Patient", "name=  MÜLLER  ", "Patient.name in StartsWith muller")]
    [InlineData("Patient", "name:contains=ß", "Patient.name in Contains ss")]
    [InlineData("Patient", "name:exact=Ann", "Patient.name in Exact Ann")]
    [InlineData("Patient", "birthdate:missing=true", "Patient.birthdate is missing")]
    [InlineData("Patient", "birthdate:missing=false", "Patient.birthdate is present")]
    [InlineData("Observation", "code:text=Haem", "Observation.code#text in StartsWith haem")]
    [InlineData("Observation", "subject=Patient/1/_history/2", "Observation.subject in Patient/1")]
    [InlineData("Observation", "subject=http://here.test/fhir/Patient/1", "Observation.subject in Patient/1")]
    [InlineData("Observation", "subject=http://there.test/fhir/Patient/1",
        "Observation.subject in */http://there.test/fhir/Patient/1")]
    [InlineData("Observation", "subject:Patient=1", "Observation.subject in Patient/1")]
    [InlineData("Observation", "subject=1", "Observation.subject in */1")]
    [InlineData("Observation", "subject:identifier=http://s|1", "Observation.subject#identifier in http://s|1")]
    [InlineData("Observation", "patient.name=ann", "Observation.patient -> Patient Patient.name in StartsWith ann")]
    [InlineData("Observation", "subject:Patient.organization.name=x",
        "Observation.subject -> Patient Patient.organization -> Organization Organization.name in StartsWith x")]
    [InlineData("Patient", "_has:Observation:patient:code=1",
        "Observation <- Observation.patient Observation.code in (any system)|1")]
    [InlineData("Observation", "code-value-quantity=a$gt5",
        "Observation.code-value-quantity in (any system)|a $ Gt 5 [4.5, 5.5) Any |")]
    [InlineData("ActivityDefinition", "url:below=http://a", "ActivityDefinition.url in Below http://a")]
    [InlineData("RiskAssessment", "probability=0.80", "RiskAssessment.probability in Eq 0.8 [0.795, 0.805)")]
    [InlineData("RiskAssessment", "probability=100", "RiskAssessment.probability in Eq 100 [99.5, 100.5)")]
    [InlineData("RiskAssessment", "probability=1e2", "RiskAssessment.probability in Eq 100 [95, 105)")]
    [InlineData("RiskAssessment", "probability=ap100", "RiskAssessment.probability in Ap 100 [90, 110)")]
    [InlineData("Observation", "value-quantity=le1|http://unitsofmeasure.org|g",
        "Observation.value-quantity in Le 1 [0.5, 1.5) Canonical http://unitsofmeasure.org|g")]
    [InlineData("Observation", "value-quantity=2|http://unitsofmeasure.org|kg",
        "Observation.value-quantity in Eq 2000 [1500, 2500) Canonical http://unitsofmeasure.org|g")]
    [InlineData("Observation", "value-quantity=5||mg", "Observation.value-quantity in Eq 5 [4.5, 5.5) CodeOrText |mg")]
    public void A_parameter_becomes_a_condition(string type, string parameter, string plan) =>
        Assert.Equal(plan, Condition(Parse(type, parameter).Query));

    [Theory]
    [InlineData("Patient", "nonsense=1", IssueCode.NotSupported)]
    [InlineData("Patient", "_filter=x", IssueCode.Value)]
    [InlineData("Patient", "_filter=x eq 1", IssueCode.NotSupported)]
    [InlineData("Patient", "_filter=name gt 1", IssueCode.NotSupported)]
    [InlineData("Patient", "_text:exact=x", IssueCode.NotSupported)]
    [InlineData("Patient", "_text=--", IssueCode.Value)]
    [InlineData("Patient", "gender:in=http://vs", IssueCode.NotSupported)]
    [InlineData("Patient", "name:fuzzy=x", IssueCode.NotSupported)]
    [InlineData("Patient", "birthdate:exact=1980", IssueCode.NotSupported)]
    [InlineData("Patient", "birthdate=yesterday", IssueCode.Value)]
    [InlineData("Patient", "birthdate=2024-13", IssueCode.Value)]
    [InlineData("Patient", "birthdate=2023-02-29", IssueCode.Value)]
    [InlineData("Patient", "birthdate=0000", IssueCode.Value)]
    [InlineData("Patient", "birthdate=2024-01-01T00:00:00+99:00", IssueCode.Value)]
    [InlineData("Patient", @"name=a\b", IssueCode.Value)]
    [InlineData("Patient", "name=a,,b", IssueCode.Value)]
    [InlineData("Patient", "identifier=a|b|c", IssueCode.Value)]
    [InlineData("Patient", "identifier=|", IssueCode.Value)]
    [InlineData("Patient", "name:missing=maybe", IssueCode.Value)]
    [InlineData("RiskAssessment", "probability=NaN", IssueCode.Value)]
    [InlineData("RiskAssessment", "probability=Infinity", IssueCode.Value)]
    [InlineData("RiskAssessment", "probability=1e999", IssueCode.Value)]
    [InlineData("RiskAssessment", "probability=1e-99999999999", IssueCode.Value)]
    [InlineData("RiskAssessment", "probability=1,000.0.0", IssueCode.Value)]
    [InlineData("Observation", "value-quantity=5|mg", IssueCode.Value)]
    [InlineData("Observation", "subject:Patient=Group/1", IssueCode.Value)]
    [InlineData("Observation", "subject=#contained", IssueCode.Value)]
    [InlineData("Observation", "subject:Nonsense=1", IssueCode.NotSupported)]
    [InlineData("Observation", "code-value-quantity=a", IssueCode.Value)]
    [InlineData("Observation", "code-value-quantity=a$b$c", IssueCode.Value)]
    [InlineData("Observation", "status.name=x", IssueCode.NotSupported)]
    [InlineData("Observation", "patient.nonsense=x", IssueCode.NotSupported)]
    [InlineData("Observation", "subject:Medication.code=x", IssueCode.NotSupported)]
    [InlineData("Patient", "_has:Observation:code:status=final", IssueCode.NotSupported)]
    [InlineData("Patient", "_has:Nonsense:patient:status=final", IssueCode.NotSupported)]
    [InlineData("Patient", "_has:Observation=final", IssueCode.NotSupported)]
    [InlineData("Organization", "partof.partof.partof.partof.partof.partof.partof.partof.partof.name=x",
        IssueCode.NotSupported)]
    [InlineData("Provenance", "target._id=x", IssueCode.NotSupported)]
    [InlineData("Location", "near=91|0", IssueCode.Value)]
    [InlineData("Location", "near=1|2|-3", IssueCode.Value)]
    [InlineData("Location", "near=1|2|3|parsec", IssueCode.Value)]
    [InlineData("Patient", "_count=-1", IssueCode.Value)]
    [InlineData("Patient", "_count=many", IssueCode.Value)]
    [InlineData("Patient", "_total=perhaps", IssueCode.Value)]
    [InlineData("Patient", "_sort=nonsense", IssueCode.NotSupported)]
    [InlineData("Patient", "_include=Patient", IssueCode.Value)]
    [InlineData("Patient", "_include=Nonsense:x", IssueCode.Value)]
    [InlineData("Patient", "_include=Patient:gender", IssueCode.NotSupported)]
    [InlineData("Patient", "_include:wild=Patient:organization", IssueCode.NotSupported)]
    public void What_is_not_understood_is_an_issue_that_names_the_parameter(
        string type, string parameter, IssueCode code)
    {
        var issue = Assert.Single(Parse(type, parameter).Issues);

        Assert.Equal((code, true), (issue.Code, issue.IsError));
        Assert.Equal("http." + parameter[..parameter.IndexOf('=', StringComparison.Ordinal)], issue.Expression);
    }

    [Fact]
    public void An_issue_never_repeats_a_value()
    {
        string[] parameters = [
            "birthdate=SECRET", "name:missing=SECRET", "_sort=SECRET", "_include=SECRET", "near=SECRET",
            "_count=SECRET",
        ];

        Assert.All(parameters, p => Assert.DoesNotContain(
            "SECRET", Assert.Single(Parse("Patient", p).Issues).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_parameter_is_left_out_with_a_warning_where_that_is_asked_for()
    {
        var parsed = Parser.Parse(
            "Patient", [new("nonsense", "1"), new("gender", "male"), new("birthdate", "x")], lenient: true);

        Assert.Equal(
            [(IssueSeverity.Warning, IssueCode.NotSupported), (IssueSeverity.Error, IssueCode.Value)],
            parsed.Issues.Select(i => (i.Severity, i.Code)));
        Assert.Equal([new("gender", "male")], parsed.Query.Used);
        Assert.Single(parsed.Query.Filters);
    }

    [Fact]
    public void Parameters_of_the_result_are_read_and_a_count_too_large_is_cut()
    {
        var parsed = Parse("Patient", "_sort=-birthdate,family", "_count=5000", "_total=accurate",
            "_include=Patient:organization", "_revinclude:iterate=Observation:*", "_elements=name", "_format=json");

        Assert.Empty(parsed.Issues);
        Assert.Equal(
            """
            Patient
              sort birthdate descending
              sort family
              include Patient:organization
              revinclude Observation:* iterate
              count 1000, total Accurate

            """,
            parsed.Query.Plan);
        Assert.Contains(new("_count", "1000"), parsed.Query.Used);
    }

    [Fact]
    public void A_count_of_zero_and_a_summary_of_count_ask_for_the_total()
    {
        Assert.Equal((0, SearchTotal.Accurate), CountOf("_count=0"));
        Assert.Equal((0, SearchTotal.Accurate), CountOf("_summary=count"));

        static (int?, SearchTotal) CountOf(string parameter) =>
            Parse("Patient", parameter).Query is var query ? (query.Count, query.Total) : default;
    }

    [Fact]
    public void More_parameters_or_values_than_allowed_are_refused()
    {
        var many =
            Parser.Parse("Patient", Enumerable.Repeat(KeyValuePair.Create("gender", "male"), 1000), lenient: false);
        var values = Parse("Patient", "gender=" + string.Join(',', Enumerable.Repeat("male", 1000)));

        Assert.Equal(IssueCode.TooCostly, Assert.Single(many.Issues).Code);
        Assert.Equal(IssueCode.TooCostly, Assert.Single(values.Issues).Code);
    }

    [Fact]
    public void A_chain_to_several_types_matches_any_of_them()
    {
        var filter = Assert.Single(Parse("ResearchStudy", "principalinvestigator.name=x").Query.Filters);

        var any = filter as AnyFilter ?? new AnyFilter([filter]);
        Assert.All(any.Filters, f => Assert.IsType<ChainFilter>(f));
    }

    [Fact]
    public void An_empty_parameter_is_no_condition_and_no_error()
    {
        var parsed = Parse("Patient", "birthdate=", "gender=female", "nonsense=");

        Assert.True(parsed.IsValid);
        Assert.Single(parsed.Query.Filters);
        Assert.Equal(["gender"], parsed.Query.Used.Select(u => u.Key));
    }

    static ParsedSearch Parse(string type, params string[] parameters) => Parser.Parse(
        type, parameters.Select(p => p.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p[1])), lenient: false);

    /// <summary>The conditions of a plan in one line, with parameters by type and code.</summary>
    static string Condition(SearchQuery query)
    {
        var lines = query.Plan.Split('\n')[1..^2].Select(l => l.Trim());
        var line = string.Join(' ', lines)
            .Replace("http://hl7.org/fhir/SearchParameter/", "", StringComparison.Ordinal);
        foreach (var (shared, name) in SharedNames)
        {
            line = line.Replace(shared, name, StringComparison.Ordinal);
        }

        return System.Text.RegularExpressions.Regex.Replace(line, "(?<![|/a-z])([A-Z][A-Za-z]+)-(?=[a-z])", "$1.");
    }

    /// <summary>Parameters that several types share, as the rows name them.</summary>
    static readonly (string, string)[] SharedNames =
    [
        ("individual-gender", "Patient.gender"),
        ("individual-birthdate", "Patient.birthdate"),
        ("clinical-code", "Observation.code"),
        ("clinical-patient", "Observation.patient"),
    ];
}

/// <summary>A clock that stands still.</summary>
sealed class FixedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2024, 5, 17, 10, 30, 0, TimeSpan.Zero);
}
