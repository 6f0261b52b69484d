using FhirTrials.Tests;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Tests.Vocabulary;

/// <summary>No code is guessed: each stands in the Disease Ontology under the concept's own term, or its source is written beside it.</summary>
public sealed class VocabularySourcesTests
{
    public static TheoryData<string> Coded => [.. ConceptVocabulary.Default.Concepts.Where(c => !c.Codes.IsEmpty).Select(c => c.Key)];

    static readonly Lazy<ILookup<string, string>> DiseaseOntology = new(() =>
        File.ReadLines(Repository.SharedData("disease-ontology", "allXREFinDO.tsv"))
            .Skip(1)
            .Select(line => line.Replace("\"", "", StringComparison.Ordinal).Split('\t'))
            .Where(cells => cells.Length > 2)
            .ToLookup(cells => cells[0], cells => cells[2]));

    [Theory, MemberData(nameof(Coded))]
    public void Every_code_has_a_source(string key)
    {
        var concept = ConceptVocabulary.Default.Find(key)!;
        var terms = concept.Source.Split("; ").Where(s => s.StartsWith("DOID:", StringComparison.Ordinal)).ToArray();
        var references = terms.SelectMany(t => DiseaseOntology.Value[t]).ToArray();
        Assert.All(terms, term => Assert.NotEmpty(DiseaseOntology.Value[term]));
        Assert.All(concept.Codes, code => Assert.True(
            concept.Source.Contains($"{code.System}|{code.Code}", StringComparison.Ordinal) || references.Any(r => Says(r, code)),
            $"{code.System}|{code.Code} is in no source of {key}"));
    }

    [Fact]
    public void Every_molar_mass_is_of_a_coded_analyte_and_positive() => Assert.All(MolarMasses.Keys, key =>
    {
        Assert.Contains(ConceptVocabulary.Default.Find(key)!.Codes, code => code.System == "loinc");
        Assert.InRange(MolarMasses.Of(key)!.Value, 1, 1_000);
    });

    [Fact]
    public void Names_are_told_apart()
    {
        var names = from concept in ConceptVocabulary.Default.Concepts
                    from name in concept.Synonyms.Append(concept.Text).Select(n => string.Join(' ', TermText.Words(n))).Distinct()
                    group concept.Key by name into keys
                    where keys.Count() > 1
                    select $"{keys.Key}: {string.Join(", ", keys)}";
        Assert.Empty(names);
    }

    /// <summary>Whether a cross reference (<c>ICD10CM:C91.00</c>) is the code, or one that the pattern covers or narrows to a range.</summary>
    static bool Says(string reference, CodePattern code)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        var system = reference[..colon] switch
        {
            "NCI" => "ncit",
            "ICD10CM" => "icd10",
            var name when name.StartsWith("SNOMEDCT", StringComparison.Ordinal) => "sct",
            _ => "",
        };
        return code.Matches(system, reference[(colon + 1)..]);
    }
}
