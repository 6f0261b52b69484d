using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>The FHIRPath that resources carry (in Expressions, search parameters and constraints): what does not
/// compile is an error; what no data can satisfy, such as an element that its type does not have, a warning.</summary>
static class Expressions
{
    const string FhirPath = "text/fhirpath";

    public static void CheckExpression(Walk walk, Element expression)
    {
        if (expression.ValueOf("language") == FhirPath)
        {
            Check(walk, expression, [null], anyVariable: true);
        }
    }

    public static void CheckSearchParameter(Walk walk, Element parameter) => Check(walk, parameter, [null]);

    /// <summary>A constraint is checked on the types of the element whose definition it stands in.</summary>
    public static void CheckConstraint(Walk walk, Element constraint) =>
        Check(
            walk, constraint,
            walk.Path.Parent?.ValueOf("path") is { } path ? TypesAt(walk.Plans.Definitions.Types, path) : [null]);

    /// <param name="focuses">The types that the expression is for; null where they are not
    /// known. It must fit one of them.</param>
    static void Check(Walk walk, Element element, IReadOnlyCollection<FhirType?> focuses, bool anyVariable = false)
    {
        if (element.ValueOf("expression") is not { } text)
        {
            return;
        }

        walk.Spend(text.Length);
        var faults = focuses.Select(focus => walk.Plans.FaultOf(text, focus, anyVariable)).ToList();
        if (faults is [{ } fault, ..] && !faults.Contains(null))
        {
            var severity = fault.IsCompiled ? IssueSeverity.Warning : IssueSeverity.Error;
            walk.Report(severity, IssueCode.Value, "expression", fault.ToString(), "expression");
        }
    }

    /// <summary>The types of an element by its path in a definition: <c>Observation.value[x]</c>.</summary>
    static List<FhirType?> TypesAt(FhirTypes types, string path)
    {
        var segments = path.Split('.');
        List<FhirType?> at = types.Find(segments[0]) is { } root ? [root] : [];
        foreach (var segment in segments.Skip(1))
        {
            at = [.. at.SelectMany(t => t!.TryElement(segment, out var definition, out var chosen)
                ? chosen is null ? definition.Types.Select(r => (FhirType?)r.Type) : [chosen]
                : [])];
        }

        return at.Count == 0 ? [null] : at;
    }
}
