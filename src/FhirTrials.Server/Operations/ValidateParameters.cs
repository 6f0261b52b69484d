using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Server.Operations;

/// <summary>What $validate is asked: by a Parameters resource, by the URL, or by a resource alone.</summary>
/// <param name="Sent">The resource as read, paths and all as if it had come alone; nothing where none was sent.</param>
/// <param name="Mode">create, update, delete, profile, or null: just the content.</param>
/// <param name="Profiles">Canonicals of known profiles.</param>
/// <param name="Remarks">What was passed over.</param>
sealed record ValidateParameters(
    ReadResult Sent, string? Mode, ImmutableArray<string> Profiles, ImmutableArray<Issue> Remarks)
{
    static readonly string[] Modes = ["create", "update", "delete", "profile"];

    /// <summary>Throws (400) for a mode that there is not, a profile that is not
    /// known, a parameter given twice.</summary>
    public static ValidateParameters Of(ReadResult body, IQueryCollection query, FhirDefinitions definitions)
    {
        var isWrapped = body.Resource is { Type.Name: "Parameters" };
        List<Element> given = isWrapped ? [.. body.Resource!["parameter"]] : [];
        var modes = query["mode"].Concat(Values(given, "mode")).OfType<string>()
            .Distinct(StringComparer.Ordinal).ToList();
        var profiles = query["profile"].Concat(Values(given, "profile")).OfType<string>().Where(p => p.Length > 0)
            .Distinct(StringComparer.Ordinal).ToImmutableArray();
        CheckModes(modes);
        if (profiles.FirstOrDefault(p => definitions.StructureDefinition(p) is null) is { } unknown)
        {
            throw Fault(
                IssueCode.NotFound, $"The profile '{unknown}' is not known here: load the package that defines it.");
        }

        return new ValidateParameters(
            isWrapped ? Unwrap(body, given) : body, modes.FirstOrDefault(), profiles, isWrapped ? Unknown(given) : []);
    }

    static void CheckModes(List<string> modes)
    {
        if (modes.Count > 1 || (modes.Count == 1 && !Modes.Contains(modes[0], StringComparer.Ordinal)))
        {
            throw Fault(IssueCode.Value, "mode must be one of create, update, delete and profile, and given once.");
        }
    }

    /// <summary>The resource within, with the issues in it by its own paths; other issues of
    /// the Parameters keep theirs.</summary>
    static ReadResult Unwrap(ReadResult body, List<Element> given)
    {
        var resources = given.Where(p => p.ValueOf("name") == "resource").ToList();
        if (resources.Count > 1)
        {
            throw Fault(
                IssueCode.Structure, "The parameter 'resource' is given more than once.", "Parameters.parameter");
        }

        if (resources.Count == 0 || resources[0].Child("resource") is not { } resource)
        {
            return new ReadResult(null, body.Issues);
        }

        var prefix = $"Parameters.parameter[{given.IndexOf(resources[0])}].resource";
        var issues = body.Issues.Select(i => i.Expression is { } place
            && place.StartsWith(prefix, StringComparison.Ordinal)
            && (place.Length == prefix.Length || place[prefix.Length] == '.')
                ? i with { Expression = resource.Type.Name + place[prefix.Length..] }
                : i);
        return new ReadResult(resource, [.. issues]);
    }

    static ImmutableArray<Issue> Unknown(List<Element> given) =>
    [
        .. given.Index()
            .Where(p => p.Item.ValueOf("name") is not ("resource" or "mode" or "profile"))
            .Select(p => Issue.Warning(
                IssueCode.NotSupported,
                "$validate has no such parameter: it was passed over.",
                $"Parameters.parameter[{p.Index}]",
                p.Item.Position)),
    ];

    static IEnumerable<string?> Values(List<Element> given, string name) =>
        given.Where(p => p.ValueOf("name") == name).Select(p => p.ValueOf("value"));

    static FhirException Fault(IssueCode code, string text, string? expression = null) =>
        new(Issue.Error(code, text, expression), StatusCodes.Status400BadRequest);
}
