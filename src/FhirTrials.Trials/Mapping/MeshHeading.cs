using System.Text.RegularExpressions;
using FhirTrials.Trials.Mapping.Rules;
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

    /// <summary>The heading's coding.</summary>
    public ObjectNode Coding() => FhirNode.Object(
        ("system", Canonicals.Mesh), ("code", Id is null ? null : CodeOf(Id)), ("display", Term))!;

    /// <summary>MeSH's number. Older records pad it to nine digits (<c>D000003680</c>), where MeSH has six
    /// (<c>D003680</c>); null for a text that is no number of MeSH.</summary>
    public static string? CodeOf(string id) =>
        Padded().Match(id) is { Success: true } match
            && int.TryParse(match.Groups[1].ValueSpan, out var number) && number < FirstLongNumber
            ? $"D{match.Groups[1].Value}"
            : Kind.IsCode(id) ? id : null;

    [GeneratedRegex("^D000([0-9]{6})$", RegexOptions.CultureInvariant)]
    private static partial Regex Padded();
}
