using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Definitions;

/// <summary>Makes a <see cref="FhirType"/> of a type's snapshot: every element that has children of its own becomes an
/// anonymous backbone type.</summary>
static class TypeTree
{
    /// <param name="snapshot">Called when the type's content is first asked for.</param>
    public static FhirType Build(FhirTypes types, StructureFact structure, Func<ImmutableArray<ElementFact>> snapshot)
    {
        var baseType = structure.Base is { } url ? types[url[(url.LastIndexOf('/') + 1)..]] : null;
        return new FhirType(structure.Type, structure.Type, KindOf(structure), structure.IsAbstract, baseType, () =>
        {
            var facts = snapshot();
            var backbones = Backbones(types, facts);
            var regex = facts.FirstOrDefault(f => f.IsLiteral)?.Regex;
            var elements = Elements(types, facts, backbones, structure.Type);
            return new FhirTypeContent(elements, facts[0].Constraints, regex, facts[0].Binding);
        });
    }

    static FhirTypeKind KindOf(StructureFact structure) => structure.Kind switch
    {
        "primitive-type" => FhirTypeKind.Primitive,
        "resource" => FhirTypeKind.Resource,
        _ => FhirTypeKind.Complex,
    };

    static Dictionary<string, FhirType> Backbones(FhirTypes types, ImmutableArray<ElementFact> facts)
    {
        var backbones = new Dictionary<string, FhirType>(StringComparer.Ordinal);
        var parents = facts.Skip(1).Select(f => f.ParentPath!).ToHashSet(StringComparer.Ordinal);
        foreach (var fact in facts.Skip(1).Where(f => parents.Contains(f.Path)))
        {
            var code = fact.Types[0].Code;
            backbones[fact.Path] = new FhirType(code, fact.Path, FhirTypeKind.Backbone, isAbstract: false, types[code],
                () => new FhirTypeContent(Elements(types, facts, backbones, fact.Path), []));
        }

        return backbones;
    }

    static ImmutableArray<ElementDefinition> Elements(
        FhirTypes types, ImmutableArray<ElementFact> facts, Dictionary<string, FhirType> backbones, string path) =>
        [.. facts.Where(f => !f.IsLiteral && f.ParentPath == path).Select(f => Element(types, facts, backbones, f))];

    static ElementDefinition Element(
        FhirTypes types, ImmutableArray<ElementFact> facts, Dictionary<string, FhirType> backbones, ElementFact fact)
    {
        if (fact.ContentReference is { } reference)
        {
            // Recursion in the definition: the content and the rules are those of the element referred to.
            var target = facts.First(f => f.Path == reference);
            var constraints = fact.Constraints.Union(target.Constraints).ToImmutableArray();
            return fact.ToDefinition([new TypeReference(backbones[reference], [], [])]) with
            {
                Constraints = constraints,
            };
        }

        return fact.ToDefinition(backbones.TryGetValue(fact.Path, out var backbone)
            ? [new TypeReference(backbone, [], [])]
            : fact.ResolveTypes(types));
    }
}
