using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Definitions;

/// <summary>Reads ValueSet, CodeSystem and SearchParameter resources.</summary>
static class TerminologyReader
{
    public static SearchParameter SearchParameter(Element resource) => new(
        resource.ValueOf("url") ?? "",
        resource.ValueOf("code") ?? "",
        Enum.TryParse<SearchParameterType>(resource.ValueOf("type"), ignoreCase: true, out var type)
            ? type
            : SearchParameterType.Special,
        ConformanceReader.Literals(resource, "base"),
        resource.ValueOf("expression"),
        ConformanceReader.Literals(resource, "target"),
        [.. resource["component"].Select(c => (c.ValueOf("definition") ?? "", c.ValueOf("expression") ?? ""))])
    {
        Description = resource.ValueOf("description"),
    };

    public static ValueSet ValueSet(Element resource) => new(
        resource.ValueOf("url") ?? "",
        resource.ValueOf("version"),
        resource.ValueOf("name") ?? "",
        [.. resource.Child("compose")?["include"].Select(Include) ?? []],
        [.. resource.Child("compose")?["exclude"].Select(Include) ?? []],
        resource.Child("compose") is null && resource.Child("expansion") is { } expansion
            ? [.. Contains(expansion)]
            : []);

    static ValueSetInclude Include(Element include) => new(
        include.ValueOf("system"),
        include.ValueOf("version"),
        [.. include["concept"]
            .Select(c => new ValueSetCode(include.ValueOf("system"), c.ValueOf("code") ?? "", c.ValueOf("display")))],
        [.. include["filter"].Select(
            f => new ValueSetFilter(f.ValueOf("property") ?? "", f.ValueOf("op") ?? "", f.ValueOf("value") ?? ""))],
        ConformanceReader.Literals(include, "valueSet"));

    static IEnumerable<ValueSetCode> Contains(Element parent) => parent["contains"].SelectMany(c =>
        c.ValueOf("code") is { } code && c.ValueOf("abstract") != "true"
            ? Contains(c).Prepend(new ValueSetCode(c.ValueOf("system"), code, c.ValueOf("display")))
            : Contains(c));

    public static CodeSystem CodeSystem(Element resource)
    {
        var concepts = Flatten(resource, null).ToList();
        var parents = concepts
            .SelectMany(
                c => Properties(c.Concept, "child"), (c, child) => (child, Parent: c.Concept.ValueOf("code") ?? ""))
            .Concat(concepts.SelectMany(
                c => Properties(c.Concept, "parent"),
                (c, parent) => (child: c.Concept.ValueOf("code") ?? "", Parent: parent)))
            .ToLookup(pair => pair.child, pair => pair.Parent, StringComparer.Ordinal);
        var content = (resource.ValueOf("content") ?? "").Replace("-", "", StringComparison.Ordinal);
        return new CodeSystem(
            resource.ValueOf("url") ?? "",
            resource.ValueOf("version"),
            resource.ValueOf("name") ?? "",
            Enum.TryParse<CodeSystemContent>(content, ignoreCase: true, out var mode)
                ? mode
                : CodeSystemContent.NotPresent,
            resource.ValueOf("caseSensitive") != "false",
            resource.ValueOf("valueSet"),
            resource.ValueOf("supplements"),
            [.. concepts.Select(c => Concept(c.Concept, c.Parent, parents[c.Concept.ValueOf("code") ?? ""]))]);
    }

    static IEnumerable<(Element Concept, string? Parent)> Flatten(Element node, string? parent) =>
        node["concept"].SelectMany(c => Flatten(c, c.ValueOf("code")).Prepend((c, parent)));

    static Concept Concept(Element concept, string? parent, IEnumerable<string> otherParents) => new(
        concept.ValueOf("code") ?? "",
        concept.ValueOf("display"),
        [.. otherParents.Concat(parent is null ? [] : new[] { parent }).Distinct(StringComparer.Ordinal)],
        !Properties(concept, "notSelectable").Concat(Properties(concept, "abstract")).Contains("true"),
        !Properties(concept, "status").Any(status => status is "retired" or "inactive")
            && !Properties(concept, "inactive").Contains("true"))
    {
        Designations = [.. concept["designation"].Select(d => d.ValueOf("value")).OfType<string>()],
    };

    static IEnumerable<string> Properties(Element concept, string code) =>
        concept["property"].Where(p => p.ValueOf("code") == code).Select(p => p.ValueOf("value")).OfType<string>();
}
