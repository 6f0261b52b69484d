using System.Collections.Immutable;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>The interventions of a record, found by what its arms call them and by the arms that they name: a record
/// may have very many of each.</summary>
sealed class Interventions
{
    readonly Dictionary<(string? Kind, string Name), Intervention> _byName = [];
    readonly ILookup<string, Intervention> _byArm;

    public Interventions(RegistryRecord record)
    {
        All = [.. Intervention.Of(record)];
        _byArm = All.SelectMany(i => i.ArmLabels.Select(label => (Label: label, Intervention: i)))
            .ToLookup(named => named.Label, named => named.Intervention, StringComparer.Ordinal);
        foreach (var intervention in All)
        {
            _byName.TryAdd((KindOf(intervention.Type?.Display), intervention.Name), intervention);
        }
    }

    /// <summary>In the order of the record.</summary>
    public ImmutableArray<Intervention> All { get; }

    /// <summary>The first that an arm's <c>Drug: Blinatumomab</c> names, or a bare name where the record does not say
    /// what the intervention is; null for none.</summary>
    public Intervention? Find(string named)
    {
        const string Mark = ": ";
        var bare = _byName.GetValueOrDefault((null, named));
        var typed = named.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at
            ? _byName.GetValueOrDefault((KindOf(named[..at]), named[(at + Mark.Length)..]))
            : null;
        return bare is null || typed?.Number < bare.Number ? typed : bare;
    }

    /// <summary>Those that name an arm; one may come more than once.</summary>
    public IEnumerable<Intervention> Naming(string armLabel) => _byArm[armLabel];

    /// <summary>Arms write the kind in any case.</summary>
    static string? KindOf(string? display) => display?.ToUpperInvariant();
}
