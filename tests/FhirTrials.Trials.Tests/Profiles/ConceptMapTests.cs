using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Mapping;

namespace FhirTrials.Trials.Tests.Profiles;

/// <summary>The ConceptMaps of profiles/ say what mapping does, in both directions.</summary>
public sealed class ConceptMapTests
{
    public static TheoryData<string> Maps => [.. CodeMap.All.Select(map => map.Id)];

    [Theory, MemberData(nameof(Maps))]
    public void To_FHIR_it_has_every_code_of_the_registry_with_what_mapping_writes(string id)
    {
        var map = Map(id);
        var group = Group($"registry-{id}-to-fhir", map.Registry.All[0].System, map.System);
        Assert.Equal(
            map.Registry.All.Select(code => $"{code.Code} {code.Display}: "
                + string.Join(", ", Pairs(map).Where(p => p.Registry == code.Code)
                    .Select(p => $"{p.Fhir} {p.Display} {p.Equivalence}"))),
            group["element"].Select(e => $"{e.ValueOf("code")} {e.ValueOf("display")}: {Targets(e)}"));
    }

    [Theory, MemberData(nameof(Maps))]
    public void From_FHIR_it_has_every_code_that_mapping_writes_with_those_it_writes_it_for(string id)
    {
        var map = Map(id);
        var group = Group($"fhir-to-registry-{id}", map.System, map.Registry.All[0].System);
        Assert.Equal(
            Pairs(map).GroupBy(p => p.Fhir).Select(g => $"{g.Key} {g.First().Display}: "
                + string.Join(
                    ", ",
                    g.Select(p => $"{p.Registry} {map.Registry.Find(p.Registry)!.Display} {Back(p.Equivalence)}"))),
            group["element"].Select(e => $"{e.ValueOf("code")} {e.ValueOf("display")}: {Targets(e)}"));
    }

    [Fact]
    public void There_is_no_other() => Assert.Equal(
        CodeMap.All.SelectMany(map => new[] { $"registry-{map.Id}-to-fhir", $"fhir-to-registry-{map.Id}" })
            .Order(StringComparer.Ordinal),
        ProfilePackage.Resources.Where(r => r.Type.Name == "ConceptMap").Select(r => r.Id!)
            .Order(StringComparer.Ordinal));

    static CodeMap Map(string id) => CodeMap.All.Single(map => map.Id == id);

    /// <summary>Of codes that are stated together each is wider in FHIR.</summary>
    static IEnumerable<(string Registry, string Fhir, string Display, Equivalence Equivalence)> Pairs(CodeMap map) =>
        from pair in map.Pairs
        let codes = pair.Registry.Split('+')
        from code in codes
        select (code, pair.Fhir, pair.Display, codes.Length > 1 ? Equivalence.Wider : pair.Equivalence);

    static Equivalence Back(Equivalence equivalence) => equivalence switch
    {
        Equivalence.Equivalent => Equivalence.Equivalent,
        Equivalence.Wider => Equivalence.Narrower,
        Equivalence.Narrower => Equivalence.Wider,
    };

    static Element Group(string id, string source, string target)
    {
        var group = Assert.Single(
            Assert.Single(ProfilePackage.Resources, r => r.Type.Name == "ConceptMap" && r.Id == id)["group"]);
        Assert.Equal((source, target), (group.ValueOf("source"), group.ValueOf("target")));
        return group;
    }

    static string Targets(Element element) => string.Join(", ", element["target"]
        .Where(t => t.ValueOf("equivalence") != "unmatched")
        .Select(t => $"{t.ValueOf("code")} {t.ValueOf("display")} "
            + $"{Enum.Parse<Equivalence>(t.ValueOf("equivalence")!, ignoreCase: true)}"));
}
