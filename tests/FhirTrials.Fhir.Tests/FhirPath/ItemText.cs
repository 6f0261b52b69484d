using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.FhirPath.Functions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Tests.FhirPath;

static class ItemText
{
    /// <summary>The result's items as texts: FHIR's literals, what <c>toString()</c>
    /// gives, or what an element is.</summary>
    public static string[] EvaluateTexts(this FhirPathExpression expression, Element? focus, FhirPathContext context) =>
        [.. expression.Evaluate(focus, context).Select(Of)];

    public static string Of(object item) =>
        (item is Element element ? element.Value : Conversion.Text(item) as string) ?? item.ToString()!;
}
