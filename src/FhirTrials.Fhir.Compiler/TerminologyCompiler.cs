using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Compiler;

/// <summary>Value sets and code systems: codes, displays and hierarchy, without definitions.</summary>
static class TerminologyCompiler
{
    public static void WriteValueSets(FactWriter writer, IReadOnlyList<JsonObject> valueSets)
    {
        writer.Begin(FactSection.ValueSets);
        writer.Indexed(valueSets, v => writer.Text(v.Text("url")), v =>
        {
            writer.Text(v.Text("version"));
            writer.Text(v.Text("name"));
            WriteIncludes(writer, v["compose"]?.Objects("include") ?? []);
            WriteIncludes(writer, v["compose"]?.Objects("exclude") ?? []);
            WriteCodes(
                writer, v["compose"] is null ? v["expansion"]?.Objects("contains") ?? [] : [], c => c.Text("system"));
        });
    }

    static void WriteIncludes(FactWriter writer, IReadOnlyList<JsonObject> includes)
    {
        writer.Int(includes.Count);
        foreach (var include in includes)
        {
            writer.Text(include.Text("system"));
            writer.Text(include.Text("version"));
            WriteCodes(writer, include.Objects("concept"), _ => include.Text("system"));
            var filters = include.Objects("filter");
            writer.Int(filters.Count);
            foreach (var filter in filters)
            {
                writer.Text(filter.Text("property"));
                writer.Text(filter.Text("op"));
                writer.Text(filter.Text("value"));
            }

            writer.Texts(include.Texts("valueSet"));
        }
    }

    static void WriteCodes(FactWriter writer, IReadOnlyList<JsonObject> codes, Func<JsonObject, string?> system)
    {
        writer.Int(codes.Count);
        foreach (var code in codes)
        {
            writer.Text(system(code));
            writer.Text(code.Text("code"));
            // SNOMED CT terms are under a licence of their own; the codes alone are facts.
            writer.Text(system(code) == "http://snomed.info/sct" ? null : code.Text("display"));
        }
    }

    public static void WriteCodeSystems(FactWriter writer, IReadOnlyList<JsonObject> codeSystems)
    {
        writer.Begin(FactSection.CodeSystems);
        writer.Indexed(codeSystems, c => writer.Text(c.Text("url")), c =>
        {
            writer.Text(c.Text("version"));
            writer.Text(c.Text("name"));
            writer.Int((int)Enum.Parse<CodeSystemContent>(
                c.Text("content")!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true));
            // Where a system does not say, case matters: a lenient answer would accept codes that are none.
            writer.Int((bool?)c["caseSensitive"] ?? true ? 1 : 0);
            writer.Text(c.Text("valueSet"));
            writer.Text(c.Text("supplements"));
            WriteConcepts(writer, c);
        });
    }

    static void WriteConcepts(FactWriter writer, JsonObject codeSystem)
    {
        var concepts = new List<(JsonObject Concept, string? Parent)>();
        Flatten(codeSystem, null, concepts);
        // v3 code systems name further children of a concept by a property instead of by nesting.
        var children = concepts.SelectMany(
            c => Properties(c.Concept, "child"), (c, child) => (child, Parent: c.Concept.Text("code")!))
            .ToLookup(pair => pair.child, pair => pair.Parent, StringComparer.Ordinal);
        writer.Int(concepts.Count);
        foreach (var (concept, parent) in concepts)
        {
            var code = concept.Text("code")!;
            writer.Text(code);
            writer.Text(concept.Text("display"));
            writer.Texts([.. concept.Objects("designation").Select(d => d.Text("value")).OfType<string>()]);
            string[] parents = parent is null ? [] : [parent];
            writer.Texts([.. parents.Concat(children[code]).Distinct(StringComparer.Ordinal)]);
            var abstracts = Properties(concept, "notSelectable").Concat(Properties(concept, "abstract"));
            var isRetired = Properties(concept, "status").Any(status => status is "retired" or "inactive");
            writer.Int((abstracts.Contains("true") ? 0 : 1) | (isRetired ? 0 : 2));
        }
    }

    static void Flatten(JsonNode node, string? parent, List<(JsonObject, string?)> concepts)
    {
        foreach (var concept in node.Objects("concept"))
        {
            concepts.Add((concept, parent));
            Flatten(concept, concept.Text("code"), concepts);
        }
    }

    static IEnumerable<string> Properties(JsonObject concept, string code) =>
        from property in concept.Objects("property")
        where property.Text("code") == code
        select property.First(p => p.Key.StartsWith("value", StringComparison.Ordinal)).Value!.ToString();
}
