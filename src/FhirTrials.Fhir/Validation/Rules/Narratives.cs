using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Xml;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>The XHTML of narratives (txt-1, txt-2) — https://hl7.org/fhir/R4/narrative.html#xhtml</summary>
static class Narratives
{
    public static void Check(Walk walk, Element div)
    {
        if (div.Value is { } xhtml && Xhtml.Fault(xhtml) is var (key, text))
        {
            walk.Error(IssueCode.Invariant, key, text);
        }
    }
}
