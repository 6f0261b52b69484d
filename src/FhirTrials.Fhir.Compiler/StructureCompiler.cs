using System.Globalization;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Compiler;

/// <summary>Types, profiles and extensions with their snapshots.</summary>
sealed class StructureCompiler(FactWriter writer)
{
    readonly List<JsonObject> _constraints = [];
    readonly Dictionary<string, int> _constraintNumbers = new(StringComparer.Ordinal);

    public void Write(IReadOnlyList<JsonObject> structures)
    {
        // Logical models describe no data that is exchanged as such; two examples have no snapshot.
        var real = structures.Where(s => s.Text("kind") != "logical" && s["snapshot"] is not null).ToList();
        writer.Begin(FactSection.Structures);
        writer.Indexed(real, WriteKey, WriteStructure);
        writer.Begin(FactSection.Constraints);
        writer.Indexed(_constraints, _ => { }, constraint =>
        {
            writer.Text(constraint.Text("key"));
            writer.Int(constraint.Text("severity") == "warning" ? 1 : 0);
            writer.Text(constraint.Text("expression"));
        });
    }

    void WriteKey(JsonObject structure)
    {
        writer.Text(structure.Text("url"));
        writer.Text(structure.Text("type"));
        writer.Int(structure.Text("derivation") == "constraint" ? 1 : 0);
    }

    void WriteStructure(JsonObject structure)
    {
        writer.Text(structure.Text("version"));
        writer.Text(structure.Text("name"));
        writer.Text(structure.Text("kind"));
        writer.Int(structure.Flag("abstract") ? 1 : 0);
        writer.Text(structure.Text("baseDefinition"));
        var contexts = structure.Objects("context");
        writer.Int(contexts.Count);
        foreach (var context in contexts)
        {
            writer.Text(context.Text("type"));
            writer.Text(context.Text("expression"));
        }

        writer.Texts(structure.Texts("contextInvariant"));
        var elements = structure["snapshot"]!.Objects("element");
        writer.Int(elements.Count);
        foreach (var element in elements)
        {
            WriteElement(element);
        }
    }

    void WriteElement(JsonObject element)
    {
        var isLiteral = element.Text("path")!.EndsWith(".value", StringComparison.Ordinal) && element.Objects("type")
            .Any(t => t.Text("code")!.StartsWith("http://hl7.org/fhirpath/", StringComparison.Ordinal));
        writer.Text(element.Text("path"));
        writer.Text(element.Text("sliceName"));
        writer.Int((int)element["min"]!);
        writer.Int(Max(element.Text("max")!));
        writer.Int(
            (element["base"] is { } origin && Max(origin.Text("max")!) != 2 ? 1 : 0)
            | (element.Flag("isModifier") ? 2 : 0)
            | (element.Flag("isSummary") ? 4 : 0)
            | (element.Flag("mustSupport") ? 8 : 0)
            | (element.Texts("representation").Contains("xmlAttr") ? 16 : 0)
            | (isLiteral ? 32 : 0));
        writer.Text(element["base"]?.Text("path"));
        writer.Text(ContentReference(element));
        WriteTypes(element);
        WriteBinding(element);
        var rules = element.Objects("constraint").Where(c => c.Text("expression") is not null).ToList();
        writer.Int(rules.Count);
        foreach (var rule in rules)
        {
            writer.Int(NumberOf(rule));
        }

        WriteValue(element, "fixed");
        WriteValue(element, "pattern");
        WriteValue(element, "minValue");
        WriteValue(element, "maxValue");
        writer.Int((int?)element["maxLength"] ?? 0);
        writer.Text(element.Objects("type").Select(t => t.Extension("/regex")).FirstOrDefault());
        WriteSlicing(element);
    }

    static int Max(string max) => max == "*" ? 0 : int.Parse(max, CultureInfo.InvariantCulture) + 1;

    static string? ContentReference(JsonObject element) =>
        element.Text("contentReference") is { } reference
            ? ElementPath.WithoutSlices(reference[(reference.IndexOf('#', StringComparison.Ordinal) + 1)..])
            : null;

    void WriteTypes(JsonObject element)
    {
        var types = element.Objects("type");
        writer.Int(types.Count);
        foreach (var type in types)
        {
            writer.Text(TypeCode(element, type));
            writer.Texts(type.Texts("profile"));
            writer.Texts(type.Texts("targetProfile"));
        }
    }

    /// <summary>FHIRPath's System types stand where the definitions cannot use their own; an extension
    /// says which FHIR type it is. A resource's id is called a string there, yet the same
    /// specification restricts it to an id.</summary>
    static string TypeCode(JsonObject element, JsonObject type)
    {
        if (!type.Text("code")!.StartsWith("http://hl7.org/fhirpath/", StringComparison.Ordinal))
        {
            return type.Text("code")!;
        }

        return element["base"]?.Text("path") == "Resource.id"
            ? "id"
            : type.Extension("/structuredefinition-fhir-type") ?? "string";
    }

    void WriteBinding(JsonObject element)
    {
        var binding = element["binding"];
        if (binding?.Text("valueSet") is not { } valueSet)
        {
            writer.Int(0);
            return;
        }

        writer.Int(1 + (int)Enum.Parse<BindingStrength>(binding.Text("strength")!, ignoreCase: true));
        writer.Text(valueSet);
        writer.Text(binding.Extension("/elementdefinition-maxValueSet"));
    }

    int NumberOf(JsonObject rule)
    {
        var identity = $"{rule.Text("key")}\n{rule.Text("severity")}\n{rule.Text("expression")}";
        if (!_constraintNumbers.TryGetValue(identity, out var number))
        {
            _constraintNumbers[identity] = number = _constraints.Count;
            _constraints.Add(rule);
        }

        return number;
    }

    /// <summary>Writes the type and JSON of <c>fixedCode</c> and the like.</summary>
    void WriteValue(JsonObject element, string prefix)
    {
        var (name, value) = element.FirstOrDefault(p => p.Key.StartsWith(prefix, StringComparison.Ordinal));
        if (name is null)
        {
            writer.Text(null);
            return;
        }

        var type = name[prefix.Length..];
        var isPrimitive = value is JsonValue;
        writer.Text(isPrimitive ? char.ToLowerInvariant(type[0]) + type[1..] : type);
        writer.Text(value!.ToJsonString());
    }

    void WriteSlicing(JsonObject element)
    {
        if (element["slicing"] is not { } slicing)
        {
            writer.Int(0);
            return;
        }

        var rules = slicing.Text("rules")!.Replace("openAtEnd", "OpenAtEnd", StringComparison.Ordinal);
        writer.Int(1 + (int)Enum.Parse<SlicingRules>(rules, ignoreCase: true));
        writer.Int(slicing.Flag("ordered") ? 1 : 0);
        var discriminators = slicing.Objects("discriminator");
        writer.Int(discriminators.Count);
        foreach (var discriminator in discriminators)
        {
            writer.Int((int)Enum.Parse<DiscriminatorType>(discriminator.Text("type")!, ignoreCase: true));
            writer.Text(discriminator.Text("path"));
        }
    }
}
