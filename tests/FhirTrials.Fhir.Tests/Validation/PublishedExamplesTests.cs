using System.Text;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.Validation;

/// <summary>HL7's own example resources (npm hl7.fhir.r4.examples 4.0.1), which must be valid here too.</summary>
public sealed class PublishedExamplesTests
{
    /// <summary>Errors that the examples really have: the start of <c>file: Code expression</c> without indexes
    /// (<c>*</c> for any file or place), what the sentence contains, and why it is an error all the same.</summary>
    static readonly (string File, string Place, string Says, string Reason)[] Known =
    [
        ("Bundle-valueset-expansions", "Extension", "StructureDefinition/translation is not allowed",
            "defined for strings, used on an entry of an expansion"),
        ("Questionnaire-qs1", "Required", "Questionnaire.item.linkId", "its items have no linkId"),
        ("SearchParameter-", "Required", "SearchParameter.base", "base is left empty for types of the extension pack"),
        ("SearchParameter-", "Value SearchParameter.id", "id is not an id", "longer than 64 characters"),
        ("Bundle-lri-example", "Value Bundle.entry.fullUrl", "fullUrl", "its ids lack the prefix of the URLs"),
        ("TestScript-", "CodeInvalid", "mimetypes", "'json' and 'xml', as before R4"),
        ("ig-r4", "Required", "ImplementationGuide", "a build file"),
        ("ImplementationGuide-fhir", "Required", "ImplementationGuide", "unfinished"),
        ("*", "Invariant", "txt-2", "an empty narrative"),
        ("OrganizationAffiliation-orgrole1", "Value", "Network", "a type that became Organization"),
        ("Bundle-dataelements", "Invariant Bundle", "bdl-7", "some fullUrls occur twice"),
        ("StructureDefinition-", "Invariant StructureDefinition", "sdf-4",
            "logical models without a base, not abstract"),
        ("Basic-referral", "Extension Basic.modifierExtension", "not known", "made-up modifiers"),
        ("Bundle-10bb101f", "Value Bundle.entry.fullUrl", "fullUrl", "the id differs from the URL's"),
        ("Bundle-3a0707d3", "Value Bundle.entry.fullUrl", "fullUrl", "the id differs from the URL's"),
        ("DeviceMetric-example", "Structure DeviceMetric.parent", "DeviceDefinition", "the wrong type of target"),
        ("DeviceUseStatement-example", "Structure DeviceUseStatement.reasonReference", "Procedure",
            "the wrong type of target"),
        ("MedicationRequest-medrx0301", "Structure MedicationRequest.dispenseRequest.performer", "Practitioner",
            "the wrong type of target"),
        ("Observation-clinical-gender", "Structure Observation.performer", "Encounter", "the wrong type of target"),
        ("MedicationRequest-", "CodeInvalid", "http://unitsofmeasure.org", "'drop' is no unit of UCUM ([drp] is)"),
        ("MedicationDispense-", "CodeInvalid", "http://unitsofmeasure.org", "'drop' is no unit of UCUM ([drp] is)"),
        ("Claim-", "CodeInvalid", "http://unitsofmeasure.org", "'TAB' is no unit of UCUM"),
        ("VisionPrescription-33124", "CodeInvalid", "http://unitsofmeasure.org", "'month' is no unit of UCUM (mo is)"),
        ("Bundle-father", "CodeInvalid", "http://unitsofmeasure.org", "'tbl' is no unit of UCUM"),
        ("List-example-double-cousin", "CodeInvalid", "all-time-units", "an age in 'b', bits"),
        ("EventDefinition-example", "Value EventDefinition.trigger.condition.expression", "FHIRPath",
            "a template's braces in it"),
        ("Media-1.2.840.11361907579238403408700", "Invariant Media.text.div", "img",
            "an image that would be fetched from elsewhere"),
        ("PlanDefinition-example-cardiology-os", "Invariant", "this canonical points to",
            "nothing contained has that id"),
    ];

    static readonly Validator R4 = new(FhirDefinitions.R4, TimeProvider.System);

    [Fact]
    public void Published_examples_have_no_errors_but_the_known_ones()
    {
        var unexpected = new StringBuilder();
        var count = 0;
        foreach (var file in R4Package.Files("*-*.json"))
        {
            count++;
            foreach (var error in Errors(file))
            {
                unexpected.AppendLine(error);
            }
        }

        Assert.True(count > 5000, $"Only {count} examples were found.");
        Assert.True(unexpected.Length == 0, unexpected.ToString());
    }

    static IEnumerable<string> Errors(string file)
    {
        var read = FhirJson.Read(File.ReadAllBytes(file), FhirDefinitions.R4.Types);
        var name = Path.GetFileNameWithoutExtension(file);
        return read.Issues
            .Concat(read.Resource is null ? [] : R4.Validate(read.Resource))
            .Where(i => i.IsError && !IsKnown(name, i))
            .Select(i => $"{name}: {i.Code} {i.Expression} {i.Diagnostics}");
    }

    static bool IsKnown(string file, Issue issue)
    {
        var place = $"{issue.Code} {Regex.Replace(issue.Expression ?? "", @"\[\d+\]", "")}";
        return Known.Any(k => (k.File == "*" || file.StartsWith(k.File, StringComparison.Ordinal))
            && place.StartsWith(k.Place, StringComparison.Ordinal)
            && issue.Diagnostics.Contains(k.Says, StringComparison.Ordinal));
    }
}
