using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>A MeSH heading that the registry found in a record.</summary>
/// <param name="Id">As the registry writes it; records made from its old format have none.</param>
sealed partial record MeshHeading(string? Id, string? Term)
{
    /// <summary>From here on MeSH's own numbers have nine digits.</summary>
    const int FirstLongNumber = 66_000;

    /// <summary>The headings of a browse module of the derived section.</summary>
    public static IEnumerable<MeshHeading> Of(RegistryRecord record, string module) =>
        record.Root["derivedSection"][module].Items("meshes")
            .Select(mesh => new MeshHeading(mesh.Text("id"), mesh.Text("term")))
            .Where(heading => heading is not { Id: null, Term: null });

    public bool Says(string text) => string.Equals(Term, text.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The heading's coding. Older records pad the number to nine digits (<c>D000003680</c>), where MeSH has
    /// six (<c>D003680</c>): then the record's own form is kept beside.</summary>
    public JsonObject Coding() => MeshCode() is { } code && code != Id
        ? FhirNode.Object(
            ("extension", FhirNode.Array(FhirNode.Extension(Canonicals.Ours("registry-mesh-id"), "valueString", Id))),
            ("system", Canonicals.Mesh),
            ("code", code),
            ("display", Term))!
        : FhirNode.Object(("system", Canonicals.Mesh), ("code", Id), ("display", Term))!;

    string? MeshCode() =>
        Padded().Match(Id ?? "") is { Success: true } match
            && int.TryParse(match.Groups[1].ValueSpan, out var number) && number < FirstLongNumber
            ? $"D{match.Groups[1].Value}"
            : null;

    [GeneratedRegex("^D000([0-9]{6})$", RegexOptions.CultureInvariant)]
    private static partial Regex Padded();
}
