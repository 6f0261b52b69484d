using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Validation;
using FhirTrials.Trials.Mapping;

namespace FhirTrials.Trials.Tests.Profiles;

/// <summary>What the mapper writes is valid against its profiles.</summary>
public sealed class ConformanceTests
{
    static readonly FhirDefinitions Definitions = FhirDefinitions.R4.With(ProfilePackage.Resources);

    static readonly Validator Validator = new(Definitions, TimeProvider.System);

    public static TheoryData<string> All => Records.All;

    [Theory, MemberData(nameof(All))]
    public void A_mapped_study_is_valid(string nctId)
    {
        var study = StudyMapper.Map(Records.Read(nctId), Definitions.Types);
        var byReference = study.Resources.ToDictionary(r => $"{r.Type.Name}/{r.Id}");
        var options = new ValidationOptions { Resolve = reference => byReference.GetValueOrDefault(reference) };
        Assert.Empty(study.Resources.SelectMany(resource => Validator.Validate(resource, options))
            .Where(issue => issue.IsError).Select(issue => $"{issue.Expression}: {issue.Diagnostics}"));
    }

    [Fact]
    public void The_package_itself_is_valid() => Assert.Empty(
        from resource in ProfilePackage.Resources
        from issue in Validator.Validate(resource)
        where issue.IsError
        select $"{resource.Id}: {issue.Expression}: {issue.Diagnostics}");
}
