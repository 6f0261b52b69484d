using FhirTrials.Server.Configuration;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Server.Tests.Configuration;

public sealed class SiteTerminologyTests : IDisposable
{
    const string Lab = "http://hospital.example/lab";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("lab.tsv", "concept\tsystem\tcode\tname\nanc\thttp://hospital.example/lab\tNEUT\tsegs absolute\n")]
    [InlineData("lab.csv", "concept,system,code,name\nAbsolute neutrophil count,http://hospital.example/lab,NEUT,\"segs absolute\"\n")]
    [InlineData("lab.obo", "ontology: http://hospital.example/lab\n\n[Term]\nid: NEUT\nname: absolute neutrophil count\nsynonym: \"segs absolute\" EXACT []\n\n[Term]\nid: X\nname: something else\n")]
    [InlineData("lab.json", """
        {"resourceType":"CodeSystem","url":"http://hospital.example/lab","status":"active","content":"complete","concept":[
          {"code":"BLOOD","display":"Blood tests","concept":[
            {"code":"NEUT","display":"Absolute neutrophil count","designation":[{"value":"segs absolute"}]}]}]}
        """)]
    public void A_file_adds_codes_and_names_to_a_concept(string name, string content)
    {
        var site = With(name, content);

        Assert.Equal(["anc"], site.WithCode(Lab, "NEUT").Select(c => c.Key));
        Assert.Equal("anc", site.Lookup("segs absolute")?.Key);
        Assert.Equal("anc", site.Lookup("ANC")?.Key);
        Assert.Empty(site.WithCode(Lab, "X"));
    }

    [Theory]
    [InlineData("equivalent", true)]
    [InlineData("wider", true)]
    [InlineData("narrower", false)]
    [InlineData("inexact", false)]
    public void A_map_adds_the_codes_that_mean_the_concept_or_less(string equivalence, bool added)
    {
        var site = With("map.json", """
            {"resourceType":"ConceptMap","status":"active","group":[{"source":"http://hospital.example/lab","target":"http://loinc.org",
              "element":[{"code":"NEUT","target":[{"code":"751-8","equivalence":"EQUIVALENCE"}]}]}]}
            """.Replace("EQUIVALENCE", equivalence, StringComparison.Ordinal));

        Assert.Equal(added, site.WithCode(Lab, "NEUT").Any(c => c.Key == "anc"));
    }

    [Theory]
    [InlineData("a.tsv", "key\tcode\n", "a.tsv:1: the heading must be")]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\nno such thing\tu\tc\tn\n", "a.tsv:2: 'no such thing' is no concept")]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\nanc\tlab\tNEUT\t\n", "a.tsv:2: 'lab' is no URI")]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\nanc\thttp://x.example\tN*\t\n", "a.tsv:2: a code or name")]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\nanc\t\t\t\n", "a.tsv:2: there is neither")]
    [InlineData("a.csv", "concept,system,code,name\nanc,x\n", "a.csv:2: there must be four")]
    [InlineData("a.json", "{\"resourceType\":\"Patient\"}", "a Patient is neither")]
    [InlineData("a.json", "{\"resourceType\":\"CodeSystem\"", "a.json")]
    public void A_file_that_is_wrong_is_named_with_its_line(string name, string content, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => With(name, content)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_name_of_another_concept_stays_with_it()
    {
        var site = With("a.tsv", "concept\tsystem\tcode\tname\nanc\t\t\tplatelet count\n");

        Assert.Equal("platelets", site.Lookup("platelet count")?.Key);
    }

    ConceptVocabulary With(string name, string content)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, name), content);
        return ConceptVocabulary.Default.With(SiteTerminology.Read(_folder.FullName, ConceptVocabulary.Default));
    }
}
