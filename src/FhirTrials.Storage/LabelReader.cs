using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage;

/// <summary>The labels in use, each once: canonicals of profiles, and codes with their systems.</summary>
public sealed record LabelsInUse(
    ImmutableArray<string> Profiles, ImmutableArray<(string? System, string Code)> Security,
    ImmutableArray<(string? System, string Code)> Tags);

/// <summary>Reads from the index which labels the current resources of some types have. What is too long for the index
/// (<see cref="IndexText"/>) is not among them.</summary>
sealed class LabelReader(FhirContext context, InternedNames names)
{
    /// <summary>Of each kind.</summary>
    public const int MaxLabels = 10_000;

    public async Task<LabelsInUse> Read(IEnumerable<string> types, CancellationToken ct)
    {
        await names.Load(context, ct);
        var known = types.Select(names.Type).Where(t => t != InternedNames.Unknown).ToArray();
        return new(
            await Profiles(known, Index("profile"), ct),
            await Codes(known, Index("security"), ct),
            await Codes(known, Index("tag"), ct));
    }

    short Index(string element) => names.Index($"http://hl7.org/fhir/SearchParameter/Resource-{element}");

    async Task<ImmutableArray<string>> Profiles(short[] types, short index, CancellationToken ct)
    {
        var rows = await context.Uris.Where(u => types.Contains(u.Type) && u.Parameter == index)
            .Select(u => u.Value).Distinct().Order().Take(MaxLabels + 1).ToListAsync(ct);
        var versions = Checked(rows).Where(v => v.Contains('|', StringComparison.Ordinal))
            .ToLookup(v => v.Split('|')[0]);
        foreach (var versioned in versions)
        {
            if (!await IsNamedWithoutVersion(types, index, versioned.Key, [.. versioned], ct))
            {
                rows.Remove(versioned.Key);
            }
        }

        return [.. rows.Where(v => !IndexText.IsShortened(v))];
    }

    /// <summary>A canonical with a version is indexed without it as well.</summary>
    Task<bool> IsNamedWithoutVersion(
        short[] types, short index, string canonical, string[] versions, CancellationToken ct) =>
        context.Uris.AnyAsync(
            u => types.Contains(u.Type) && u.Parameter == index && u.Value == canonical
                && !context.Uris.Any(v => v.ResourceKey == u.ResourceKey && v.Parameter == index
                    && versions.Contains(v.Value)),
            ct);

    async Task<ImmutableArray<(string? System, string Code)>> Codes(short[] types, short index, CancellationToken ct)
    {
        var rows = await context.Tokens.Where(t => types.Contains(t.Type) && t.Parameter == index)
            .Select(t => new { t.Code, t.System }).Distinct().OrderBy(t => t.Code).ThenBy(t => t.System)
            .Take(MaxLabels + 1).ToListAsync(ct);
        return
        [
            .. Checked(rows).Select(t => (System: System(t.System), t.Code))
                .Where(t => !IndexText.IsShortened(t.Code) && !IndexText.IsShortened(t.System ?? "")),
        ];
    }

    string? System(int system) => system == TokenRow.NoSystem ? null : names.SystemName(system);

    static List<T> Checked<T>(List<T> rows) => rows.Count <= MaxLabels ? rows : throw new FhirException(
        Issue.Error(IssueCode.TooCostly, $"More than {MaxLabels} labels of one kind are in use; ask of fewer types."));
}
