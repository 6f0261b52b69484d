using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Definitions;

/// <summary>https://hl7.org/fhir/R4/valueset-search-param-type.html</summary>
public enum SearchParameterType
{
    Number,
    Date,
    String,
    Token,
    Reference,
    Composite,
    Quantity,
    Uri,
    Special,
}

/// <summary>A search parameter — https://hl7.org/fhir/R4/searchparameter.html</summary>
/// <param name="Expression">FHIRPath that selects the values; null for the special ones.</param>
/// <param name="Components">Of a composite: the parameters' canonicals with their expressions, in order.</param>
public sealed record SearchParameter(
    string Url,
    string Code,
    SearchParameterType Type,
    ImmutableArray<string> Base,
    string? Expression,
    ImmutableArray<string> Target,
    ImmutableArray<(string Definition, string Expression)> Components)
{
    /// <summary>What it asks for, in words; null for those of R4, whose words are not carried over.</summary>
    public string? Description { get; init; }

    /// <summary>What a SearchParameter resource says.</summary>
    public static SearchParameter Of(Element resource) => TerminologyReader.SearchParameter(resource);
}
