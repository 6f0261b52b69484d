using System.Collections.Frozen;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Server.Configuration;

/// <summary>The resource types that are served: all of R4, or those that the operator lists in
/// <c>Fhir:ResourceTypes</c>.</summary>
sealed class ServedTypes
{
    // What no server stores: a bundle's parts, or the parameters of a call.
    static readonly string[] Never = ["Parameters"];

    readonly FrozenSet<string> _names;

    public ServedTypes(FhirDefinitions definitions, IEnumerable<string> asked)
    {
        var all = definitions.Types.Names
            .Where(n => definitions.Types.IsResource(n, out _))
            .Except(Never)
            .ToFrozenSet(StringComparer.Ordinal);
        _names = asked.ToFrozenSet(StringComparer.Ordinal);
        if (_names.FirstOrDefault(n => !all.Contains(n)) is { } unknown)
        {
            throw new InvalidOperationException($"Fhir:ResourceTypes names '{unknown}', which is no R4 resource type.");
        }

        IsRestricted = _names.Count > 0;
        _names = IsRestricted ? _names : all;
        Names = [.. _names.Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether what is stored may be of other types as well.</summary>
    public bool IsRestricted { get; }

    /// <summary>In alphabetical order.</summary>
    public IReadOnlyList<string> Names { get; }

    public bool Contains(string type) => _names.Contains(type);

    /// <summary>Throws (404) for a type that is not served.</summary>
    public void Check(string type, string? expression = null)
    {
        if (!Contains(type))
        {
            throw new FhirException(
                Issue.Error(
                    IssueCode.NotSupported, $"'{type}' is not a resource type that is served here.", expression),
                StatusCodes.Status404NotFound);
        }
    }
}
