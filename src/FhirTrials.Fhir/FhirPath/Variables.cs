using FhirTrials.Fhir.FhirPath.Syntax;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath;

/// <summary><c>%name</c> — https://hl7.org/fhir/R4/fhirpath.html#variables</summary>
static class Variables
{
    const string ValueSetPrefix = "vs-";
    const string ExtensionPrefix = "ext-";

    static readonly HashSet<string> Reserved = ["context", "resource", "rootResource", "ucum", "sct", "loinc"];

    public static Items Get(Scope scope, Expression.Variable variable) => variable.Name switch
    {
        "context" => scope.Focus,
        "resource" => Single(scope.Resource),
        "rootResource" => Single(scope.RootResource),
        "ucum" => "http://unitsofmeasure.org",
        "sct" => "http://snomed.info/sct",
        "loinc" => "http://loinc.org",
        var name when scope.Variables.TryGetValue(name, out var defined) => defined,
        var name when scope.Context.Variables.TryGetValue(name, out var given) => Items.Of(given),
        var name when name.StartsWith(ValueSetPrefix, StringComparison.Ordinal) =>
            $"http://hl7.org/fhir/ValueSet/{name[ValueSetPrefix.Length..]}",
        var name when name.StartsWith(ExtensionPrefix, StringComparison.Ordinal) =>
            $"http://hl7.org/fhir/StructureDefinition/{name[ExtensionPrefix.Length..]}",
        _ => throw new FhirPathException($"There is no variable %{variable.Name}.", variable.Offset),
    };

    /// <summary>Whether it is <c>%vs-name</c> or <c>%ext-name</c>.</summary>
    public static bool IsShortcut(string name) =>
        name.StartsWith(ValueSetPrefix, StringComparison.Ordinal)
        || name.StartsWith(ExtensionPrefix, StringComparison.Ordinal);

    /// <summary>The scope in which <c>defineVariable()</c>'s name has the value.</summary>
    public static Scope Define(Scope scope, Items name, Items value)
    {
        var text = Singleton.String(name) ?? throw new FhirPathException("defineVariable() needs a name.");
        return Reserved.Contains(text) || scope.Variables.ContainsKey(text) || scope.Context.Variables.ContainsKey(text)
            ? throw new FhirPathException($"The variable %{text} is defined already.")
            : scope.Define(text, value);
    }

    static Items Single(Element? resource) => resource is null ? Items.Empty : Items.One(resource);
}
