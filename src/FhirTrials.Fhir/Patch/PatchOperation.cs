using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Patch;

/// <summary>An operation of a FHIRPath Patch — https://hl7.org/fhir/R4/fhirpatch.html</summary>
/// <param name="Place">What names it in an issue: <c>Parameters.parameter[0]</c>.</param>
abstract record PatchOperation(PatchPath Path, string Place)
{
    /// <param name="Value">The part that holds it.</param>
    public sealed record Add(PatchPath Path, string Name, Element Value, string Place) : PatchOperation(Path, Place);

    /// <param name="Value">The part that holds it.</param>
    public sealed record Insert(PatchPath Path, int Index, Element Value, string Place) : PatchOperation(Path, Place);

    public sealed record Delete(PatchPath Path, string Place) : PatchOperation(Path, Place);

    /// <param name="Value">The part that holds it.</param>
    public sealed record Replace(PatchPath Path, Element Value, string Place) : PatchOperation(Path, Place);

    public sealed record Move(PatchPath Path, int Source, int Destination, string Place) : PatchOperation(Path, Place);

    static readonly string[] PartNames = ["type", "path", "name", "value", "index", "source", "destination"];

    public static bool TryRead(
        Element parameter,
        string place,
        [NotNullWhen(true)] out PatchOperation? operation,
        [NotNullWhen(false)] out Issue? issue)
    {
        operation = null;
        issue = Problem(parameter, place);
        if (issue is not null)
        {
            return false;
        }

        var parts = parameter["part"].ToDictionary(p => p.ValueOf("name")!, StringComparer.Ordinal);
        try
        {
            operation = Read(parts, place);
        }
        catch (FhirPathException e)
        {
            issue = Issue.Error(IssueCode.Invalid, $"The path cannot be used: {e.Message}", place);
            return false;
        }

        issue = operation is null
            ? Issue.Error(
                IssueCode.Invalid,
                "An operation has type and path; add also name and value, insert index and value, replace value, "
                + "move source and destination.",
                place)
            : null;
        return operation is not null;
    }

    static PatchOperation? Read(Dictionary<string, Element> parts, string place)
    {
        if (Text(parts, "path") is not { } text)
        {
            return null;
        }

        var path = PatchPath.Parse(text);
        var value = parts.GetValueOrDefault("value");
        return (Text(parts, "type"), value) switch
        {
            ("add", not null) when Text(parts, "name") is { } name => new Add(path, name, value, place),
            ("insert", not null) when Whole(parts, "index") is { } index => new Insert(path, index, value, place),
            ("delete", _) => new Delete(path, place),
            ("replace", not null) => new Replace(path, value, place),
            ("move", _) when (Whole(parts, "source"), Whole(parts, "destination")) is ({ } source, { } destination) =>
                new Move(path, source, destination, place),
            _ => null,
        };
    }

    static Issue? Problem(Element parameter, string place)
    {
        var names = parameter["part"].Select(p => p.ValueOf("name")).ToList();
        return parameter.ValueOf("name") != "operation"
            ? Issue.Error(IssueCode.Invalid, "Every parameter of a FHIRPath Patch is named 'operation'.", place)
            : names.Exists(n => !PartNames.Contains(n))
                ? Issue.Error(
                    IssueCode.Invalid, $"The parts of an operation are {string.Join(", ", PartNames)}.", place)
                : names.Distinct(StringComparer.Ordinal).Count() < names.Count
                    ? Issue.Error(IssueCode.Invalid, "A part of the operation is given more than once.", place)
                    : null;
    }

    static string? Text(Dictionary<string, Element> parts, string name) =>
        parts.GetValueOrDefault(name)?.ValueOf("value");

    static int? Whole(Dictionary<string, Element> parts, string name) =>
        int.TryParse(Text(parts, name), NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : null;
}
