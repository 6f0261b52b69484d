using System.Collections.Immutable;
using System.Globalization;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Definitions;

/// <summary>Reads StructureDefinition resources into facts.</summary>
static class ConformanceReader
{
    const string MaxValueSet = "http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet";
    const string RegexOf = "http://hl7.org/fhir/StructureDefinition/regex";

    public static StructureFact Structure(Element resource) => new(
        resource.ValueOf("url") ?? "",
        resource.ValueOf("version"),
        resource.ValueOf("name") ?? "",
        resource.ValueOf("type") ?? "",
        resource.ValueOf("kind") ?? "",
        resource.ValueOf("abstract") == "true",
        resource.ValueOf("derivation") == "constraint",
        resource.ValueOf("baseDefinition"),
        [.. resource["context"].Select(c => (c.ValueOf("type") ?? "", c.ValueOf("expression") ?? ""))],
        Literals(resource, "contextInvariant"));

    public static ImmutableArray<DifferentialLine> Differential(Element resource) =>
        resource.Child("differential") is { } differential
            ? DifferentialLine.From(differential["element"].Select(e => (e.Id, Element(e))))
            : [];

    /// <summary>The lines of a snapshot that comes with the resource; empty where there is none.</summary>
    public static ImmutableArray<ElementFact> Snapshot(Element resource) =>
        resource.Child("snapshot") is { } snapshot ? [.. snapshot["element"].Select(Element)] : [];

    static ElementFact Element(Element line) => new()
    {
        Path = line.ValueOf("path") ?? "",
        SliceName = line.ValueOf("sliceName"),
        Min = Integer(line.ValueOf("min")),
        Max = line.ValueOf("max") is { } max ? max == "*" ? ElementDefinition.Many : Integer(max) : null,
        Types = Types(line),
        ContentReference = line.ValueOf("contentReference") is { } reference
            ? ElementPath.WithoutSlices(reference[(reference.IndexOf('#', StringComparison.Ordinal) + 1)..])
            : null,
        Binding = Binding(line.Child("binding")),
        Constraints = [.. line["constraint"].Where(c => c.ValueOf("expression") is not null).Select(Constraint)],
        Fixed = line.Child("fixed"),
        Pattern = line.Child("pattern"),
        MinValue = line.Child("minValue"),
        MaxValue = line.Child("maxValue"),
        MaxLength = Integer(line.ValueOf("maxLength")),
        Regex = (line.Extension(RegexOf) ?? line["type"].Select(t => t.Extension(RegexOf)).FirstOrDefault())?.Value,
        IsModifier = Flag(line.ValueOf("isModifier")),
        IsSummary = Flag(line.ValueOf("isSummary")),
        MustSupport = Flag(line.ValueOf("mustSupport")),
        Slicing = Slicing(line.Child("slicing")),
    };

    /// <summary>FHIRPath's System types only repeat what the base says of ids and URLs.</summary>
    static ImmutableArray<TypeFact> Types(Element line) =>
    [
        .. line["type"]
            .Where(t => t.ValueOf("code") is { } code
                && !code.StartsWith("http://hl7.org/fhirpath/", StringComparison.Ordinal))
            .Select(t => new TypeFact(t.ValueOf("code")!, Literals(t, "profile"), Literals(t, "targetProfile"))
            {
                Aggregation = Literals(t, "aggregation"),
                Versioning = t.ValueOf("versioning"),
            }),
    ];

    static Binding? Binding(Element? binding) =>
        binding?.ValueOf("valueSet") is { } valueSet && Enum.TryParse<BindingStrength>(
            binding.ValueOf("strength"), ignoreCase: true, out var strength)
            ? new Binding(strength, valueSet, binding.Extension(MaxValueSet)?.Value)
            : null;

    static Constraint Constraint(Element constraint) => new(
        constraint.ValueOf("key") ?? "",
        constraint.ValueOf("severity") == "warning",
        constraint.ValueOf("human") ?? $"rule {constraint.ValueOf("key")}",
        constraint.ValueOf("expression")!);

    static Slicing? Slicing(Element? slicing) => slicing is null ? null : new Slicing(
        [
            .. slicing["discriminator"].Select(d => new Discriminator(
                Enum.TryParse<DiscriminatorType>(d.ValueOf("type"), ignoreCase: true, out var type)
                    ? type
                    : DiscriminatorType.Value,
                d.ValueOf("path") ?? "$this")),
        ],
        Enum.TryParse<SlicingRules>(slicing.ValueOf("rules"), ignoreCase: true, out var rules)
            ? rules
            : SlicingRules.Open,
        slicing.ValueOf("ordered") == "true");

    internal static ImmutableArray<string> Literals(Element element, string name) =>
        [.. element[name].Select(e => e.Value).OfType<string>()];

    static int? Integer(string? literal) =>
        int.TryParse(literal, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static bool? Flag(string? literal) => literal is null ? null : literal == "true";
}
