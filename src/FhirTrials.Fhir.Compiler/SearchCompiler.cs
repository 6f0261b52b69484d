using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Compiler;

/// <summary>Search parameters and compartments.</summary>
static class SearchCompiler
{
    public static void WriteParameters(FactWriter writer, IReadOnlyList<JsonObject> parameters)
    {
        // The package also holds parameters that only show how to write one, and some that were never bound to a type.
        var real = parameters
            .Where(p => !p.Text("id")!.StartsWith("example", StringComparison.Ordinal) && p.Texts("base").Count > 0)
            .ToList();
        writer.Begin(FactSection.SearchParameters);
        writer.Indexed(real, p => writer.Texts(p.Texts("base")), p =>
        {
            writer.Text(p.Text("url"));
            writer.Text(p.Text("code"));
            writer.Int((int)Enum.Parse<SearchParameterType>(p.Text("type")!, ignoreCase: true));
            writer.Texts(p.Texts("base"));
            writer.Text(p.Text("expression"));
            writer.Texts(p.Texts("target"));
            var components = p.Objects("component");
            writer.Int(components.Count);
            foreach (var component in components)
            {
                writer.Text(component.Text("definition"));
                writer.Text(component.Text("expression"));
            }
        });
    }

    public static void WriteCompartments(FactWriter writer, IReadOnlyList<JsonObject> compartments)
    {
        var real = compartments.Where(c => !c.Text("id")!.StartsWith("example", StringComparison.Ordinal)).ToList();
        writer.Begin(FactSection.Compartments);
        writer.Int(real.Count);
        foreach (var compartment in real)
        {
            writer.Text(compartment.Text("url"));
            writer.Text(compartment.Text("code"));
            var members = compartment.Objects("resource").Where(r => r.Texts("param").Count > 0).ToList();
            writer.Int(members.Count);
            foreach (var member in members)
            {
                writer.Text(member.Text("code"));
                writer.Texts(member.Texts("param"));
            }
        }
    }
}
