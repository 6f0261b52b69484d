using System.Text.RegularExpressions;
using FhirTrials.Tests;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Tests.Vocabulary;

/// <summary>No code is guessed: each stands in the Disease Ontology under the concept's own term, or is cited beside
/// the concept with its name in the source.</summary>
public sealed partial class VocabularySourcesTests
{
    static readonly ConceptVocabulary Vocabulary = ConceptVocabulary.Default;

    static readonly Lazy<ILookup<string, (string System, string Code)>> DiseaseOntology = new(() =>
        File.ReadLines(Repository.SharedData("disease-ontology", "allXREFinDO.tsv"))
            .Skip(1)
            .Select(line => line.Replace("\"", "", StringComparison.Ordinal).Split('\t'))
            .Where(cells => cells.Length > 2)
            .ToLookup(cells => cells[0], cells => CodeOf(cells[2])));

    [Fact]
    public void The_vocabulary_has_fifteen_hundred_concepts_with_codes() =>
        Assert.True(Vocabulary.Concepts.Count(c => !c.Codes.IsEmpty) >= 1500);

    [Fact]
    public void Every_code_is_one_of_its_disease_or_is_cited_by_name()
    {
        var unfounded = from concept in Vocabulary.Concepts
                        let terms = TermsOf(concept)
                        from code in concept.Codes
                        where NameCited(concept, code) is null
                            && !terms.SelectMany(t => DiseaseOntology.Value[t]).Any(r => Covers(code, r.System, r.Code))
                        select $"{concept.Key}: {code.System}|{code.Code}";
        Assert.Empty(unfounded);
    }

    [Fact]
    public void Every_disease_that_is_cited_exists() =>
        Assert.All(
            Vocabulary.Concepts.SelectMany(TermsOf), term => Assert.True(DiseaseOntology.Value[term].Any(), term));

    [Fact]
    public void Every_code_has_the_form_and_the_check_digit_of_its_system() =>
        Assert.Empty(from concept in Vocabulary.Concepts
                     from code in concept.Codes
                     where !IsWellFormed(code)
                     select $"{concept.Key}: {code.System}|{code.Code}");

    [Fact]
    public void Names_are_told_apart()
    {
        var names = from concept in Vocabulary.Concepts
                    from name in concept.Synonyms.Append(concept.Text)
                        .Select(n => string.Join(' ', TermText.Words(n))).Distinct()
                    group concept.Key by name into keys
                    where keys.Count() > 1
                    select $"{keys.Key}: {string.Join(", ", keys)}";
        Assert.Empty(names);
    }

    [Fact]
    public void Every_unit_is_UCUM() =>
        Assert.DoesNotContain(
            Vocabulary.Concepts, c => c.Unit.Length > 0 && !FhirTrials.Fhir.Ucum.Ucum.IsValid(c.Unit));

    [Fact]
    public void Every_molar_mass_is_of_a_coded_analyte_and_positive() => Assert.All(MolarMasses.Keys, key =>
    {
        Assert.Contains(Vocabulary.Find(key)!.Codes, code => code.System == "loinc");
        Assert.InRange(MolarMasses.Of(key)!.Value, 1, 1_000);
    });

    static string[] TermsOf(VocabularyConcept concept) =>
        [.. concept.Source.Split("; ").Where(s => s.StartsWith("DOID:", StringComparison.Ordinal))
            .Select(s => s.Split(' ')[0])];

    /// <summary>What <see cref="VocabularyConcept.Source"/> says after <c>system|code</c>.</summary>
    static string? NameCited(VocabularyConcept concept, CodePattern code) => concept.Source.Split("; ")
        .Where(s => s.Contains($"{code.System}|{code.Code} ", StringComparison.Ordinal))
        .Select(s => s[(s.LastIndexOf('|') + 1)..].Split(' ', 2) is [_, var name] ? name : null).FirstOrDefault();

    static bool IsWellFormed(CodePattern code) => code.System switch
    {
        "sct" => code.Code.All(char.IsAsciiDigit) && Verhoeff(code.Code) == 0,
        "loinc" => LoincForm().IsMatch(code.Code) && Mod10(code.Code[..^2]) == code.Code[^1] - '0',
        "icd10" => Icd10Form().IsMatch(code.Code),
        "ncit" => NcitForm().IsMatch(code.Code),
        "rx" => code.Code.All(char.IsAsciiDigit),
        "atc" => AtcForm().IsMatch(code.Code),
        _ => false,
    };

    /// <summary>The check digit of SNOMED CT —
    /// https://confluence.ihtsdotools.org/display/DOCRELFMT/5.5+Check-digit</summary>
    static int Verhoeff(string digits)
    {
        int[][] permutations =
        [
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 5, 7, 6, 2, 8, 3, 0, 9, 4], [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
            [8, 9, 1, 6, 0, 4, 3, 5, 2, 7], [9, 4, 5, 3, 1, 2, 6, 8, 7, 0], [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
            [2, 7, 9, 3, 8, 0, 6, 4, 1, 5], [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
        ];
        var check = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            check = InDihedralGroup(check, permutations[at % 8][digits[^(at + 1)] - '0']);
        }

        return check;
    }

    static int InDihedralGroup(int left, int right) =>
        left < 5 ? right < 5 ? (left + right) % 5 : 5 + ((left + right) % 5)
        : right < 5 ? 5 + ((left - right) % 5 + 5) % 5 : (left - right + 5) % 5;

    /// <summary>The check digit of LOINC — LOINC Users' Guide, appendix C.</summary>
    static int Mod10(string digits)
    {
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            var digit = digits[^(at + 1)] - '0';
            var weighed = at % 2 == 0 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }

        return (10 - (sum % 10)) % 10;
    }

    static (string System, string Code) CodeOf(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        return (reference[..colon] switch
        {
            "NCI" => "ncit",
            "ICD10CM" => "icd10",
            var name when name.StartsWith("SNOMEDCT", StringComparison.Ordinal) => "sct",
            _ => "",
        }, reference[(colon + 1)..]);
    }

    static bool Covers(CodePattern pattern, string system, string code) => pattern.System == system
        && (pattern.Code.EndsWith('*')
            ? code.StartsWith(pattern.Code[..^1], StringComparison.Ordinal)
            : code == pattern.Code);

    [GeneratedRegex(@"^\d{1,5}-\d$")]
    private static partial Regex LoincForm();

    [GeneratedRegex(@"^[A-Z]([0-9A-Z]([0-9A-Z](\.[0-9A-Z]{1,4})?)?)?\*?$")]
    private static partial Regex Icd10Form();

    [GeneratedRegex(@"^C\d+$")]
    private static partial Regex NcitForm();

    [GeneratedRegex(@"^[A-Z]\d\d([A-Z]([A-Z](\d\d)?)?)?\*?$")]
    private static partial Regex AtcForm();
}
