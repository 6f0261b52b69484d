using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Server.Interactions;

/// <summary>What every resource must pass before it is stored: the base definition and
/// the profiles that it claims.</summary>
static class BeforeWrite
{
    /// <summary>Throws (422) with every issue where one of them is an error.</summary>
    public static void Check(Validator validator, Element resource)
    {
        var issues = validator.Validate(resource);
        if (issues.Any(i => i.IsError))
        {
            throw Refused(issues);
        }
    }

    public static FhirException Refused(ImmutableArray<Issue> issues) =>
        new(issues, StatusCodes.Status422UnprocessableEntity);
}
