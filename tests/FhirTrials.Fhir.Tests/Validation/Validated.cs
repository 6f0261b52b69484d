using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.Validation;

/// <summary>Validates JSON at a fixed time; issues as <c>code expression</c>, which
/// is what the tests compare.</summary>
static class Validated
{
    static readonly Validator R4 = new(FhirDefinitions.R4, Clock.Instance);

    public static string[] Errors(string json, ValidationOptions? options = null) =>
        Texts(R4.Validate(Read(json), options).Where(i => i.IsError));

    public static string[] Warnings(string json, ValidationOptions? options = null) =>
        Texts(R4.Validate(Read(json), options).Where(i => i.Severity == IssueSeverity.Warning
            && !i.Diagnostics.StartsWith("dom-6", StringComparison.Ordinal)));

    public static IReadOnlyList<Issue> Issues(string json, ValidationOptions? options = null) =>
        R4.Validate(Read(json), options);

    public static IReadOnlyList<Issue> Issues(ReadResult read) => R4.Validate(read);

    /// <summary>The errors of a resource held against a profile: the last of some
    /// conformance resources, unless named.</summary>
    public static string[] ErrorsWith(
        string[] conformance,
        string json,
        ValidationOptions? options = null,
        string? profile = null)
    {
        var resources = conformance.Select(Read).ToList();
        var validator = new Validator(FhirDefinitions.R4.With(resources), Clock.Instance);
        options = (options ?? new ValidationOptions()) with { Profiles = [profile ?? resources[^1].ValueOf("url")!] };
        return Texts(validator.Validate(Read(json), options).Where(i => i.IsError));
    }

    /// <summary>A validator that knows some conformance resources besides R4's.</summary>
    public static Validator With(string[] conformance) =>
        new(FhirDefinitions.R4.With([.. conformance.Select(Read)]), Clock.Instance);

    public static Element Read(string json)
    {
        var result = FhirJson.Read(Encoding.UTF8.GetBytes(json), FhirDefinitions.R4.Types);
        return result.Resource ?? throw new ArgumentException(string.Join('\n', result.Issues));
    }

    static string[] Texts(IEnumerable<Issue> issues) =>
        [.. issues.Select(i => $"{i.Code.ToFhirCode()} {i.Expression}")];

    sealed class Clock : TimeProvider
    {
        public static readonly Clock Instance = new();

        public override DateTimeOffset GetUtcNow() => new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
    }
}
