using FhirTrials.Server.Configuration;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Server.Tests.Configuration;

public sealed class SiteTerminologyTests : IDisposable
{
    const string Lab = "http://hospital.example/lab";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("lab.tsv", "concept\tsystem\tcode\tname\nanc\thttp://hospital.example/lab\tNEUT\tsegs absolute\n")]
    [InlineData("lab.csv",
        "concept,system,code,name\nAbsolute neutrophil count,http://hospital.example/lab,NEUT,\"segs absolute\"\n")]
    [InlineData("lab.obo", "ontology: http://hospital.example/lab\n\n[Term]\nid: NEUT\n"
        + "name: absolute neutrophil count\nsynonym: \"segs absolute\" EXACT []\n\n[Term]\nid: X\n"
        + "name: something else\n")]
    [InlineData("lab.json", """
        {"resourceType":"CodeSystem","url":"http://hospital.example/lab","status":"active","content":"complete",
         "concept":[
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
            {"resourceType":"ConceptMap","status":"active","group":[{"source":"http://hospital.example/lab",
             "target":"http://loinc.org",
              "element":[{"code":"NEUT","target":[{"code":"751-8","equivalence":"EQUIVALENCE"}]}]}]}
            """.Replace("EQUIVALENCE", equivalence, StringComparison.Ordinal));

        Assert.Equal(added, site.WithCode(Lab, "NEUT").Any(c => c.Key == "anc"));
    }

    [Theory]
    [InlineData("a.tsv", "key\tcode\n", "a.tsv:1: the heading must be")]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\nno such thing\tu\tc\tn\n",
        "a.tsv:2: 'no such thing' is no concept")]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\nanc\tlab\tNEUT\t\n", "a.tsv:2: 'lab' is no URI")]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\nanc\thttp://x.example\tN*\t\n", "a.tsv:2: a code or name")]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\nanc\t\t\t\n", "a.tsv:2: there is neither")]
    [InlineData("a.csv", "concept,system,code,name\nanc,x\n",
        "a.csv:2: there must be as many columns as in the heading, 4")]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\tkind\n", "a.tsv:1: the heading must be")]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\tparent\nfoo disorder\t\t\t\tbar disorder\n",
        "a.tsv:2: the parent 'bar disorder' is no concept")]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\tparent\tkind\nfoo disorder\t\t\t\tall\tdisease\n",
        "a.tsv:2: 'disease' is no kind of what a site may add: condition, genomic")]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\tparent\tkind\nfoo disorder\t\t\t\tall\tdrug\n",
        "a.tsv:2: 'foo disorder' cannot be a drug: 'Acute lymphoblastic leukemia' is a condition")]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\tparent\nfoo x\t\t\t\tbar x\nbar x\t\t\t\tfoo x\n",
        "a.tsv:2: 'foo x' is a kind of itself")]
    [InlineData("a.obo", "[Term]\nid: X:1\nname: foo\nis_a: X:2\n\n[Term]\nid: X:2\nname: bar\nis_a: X:1\n",
        "a.obo:1: 'http://purl.obolibrary.org/obo/|X:1' is a kind of itself")]
    [InlineData("a.json", "{\"resourceType\":\"CodeSystem\",\"status\":\"active\",\"content\":\"complete\"}",
        "a.json: the CodeSystem has no url")]
    [InlineData("a.json", "{\"resourceType\":\"Patient\"}", "a Patient is neither")]
    [InlineData("a.json", "{\"resourceType\":\"CodeSystem\"", "a.json")]
    public void A_file_that_is_wrong_is_named_with_its_line(string name, string content, string message) =>
        Assert.Contains(
            message, Assert.Throws<InvalidDataException>(() => With(name, content)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\uFEFF")]
    public void Line_ends_and_a_byte_order_mark_are_none_of_a_term(string end, string mark) =>
        Assert.Equal("anc", With("lab.obo", mark + string.Join(
            end, "[Term]", "id: NEUT", "name: absolute neutrophil count", "synonym: \"segs absolute\" EXACT []", ""))
            .Lookup("segs absolute")?.Key);

    [Fact]
    public void What_is_said_often_is_read_in_its_length()
    {
        var names = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"name: kind of anc {i}\n"));
        var below = string.Concat(Enumerable.Range(0, 20_000).Select(i =>
            $"[Term]\nid: X{i}\nname: x\nis_a: BCL\n"));
        var parents = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"is_a: X{i}\n"));

        var site = With("a.obo", $"ontology: {Lab}\n[Term]\nid: NEUT\n{names}name: absolute neutrophil count\n"
            + "[Term]\nid: BCL\nname: Blue cell leukemia\nis_a: ALL\n"
            + $"[Term]\nid: ALL\nname: acute lymphoblastic leukemia\n{below}[Term]\nid: Y\nname: y\n{parents}");

        Assert.Equal("anc", site.Lookup("kind of anc 19999")?.Key);
        Assert.Equal(["site-blue-cell-leukemia"], site.WithCode(Lab, "X19999").Select(c => c.Key));
        Assert.Equal(["site-blue-cell-leukemia"], site.WithCode(Lab, "Y").Select(c => c.Key));
    }

    [Fact]
    public void A_name_of_another_concept_stays_with_it()
    {
        var site = Read("a.tsv", "concept\tsystem\tcode\tname\nanc\t\t\tplatelet count\n");

        Assert.Equal("platelets", site.Vocabulary.Lookup("platelet count")?.Key);
        Assert.Contains(
            "1 names are left out: those of other concepts: 'platelet count (platelets)'", Assert.Single(site.Notes),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.tsv", "concept\tsystem\tcode\tname\tparent\nBlue cell leukemia\thttp://hospital.example/dx\tBCL\t"
        + "blue marrow disease\tacute lymphoblastic leukemia\nSmall blue cell leukemia\thttp://hospital.example/dx\t"
        + "SBC\t\tblue cell leukaemia\n")]
    [InlineData("a.csv", "concept,system,code,name,parent,kind\n"
        + "Small blue cell leukemia,http://hospital.example/dx,SBC,,Blue cell leukemia,\n"
        + "Blue cell leukemia,http://hospital.example/dx,BCL,blue marrow disease,all,condition\n")]
    [InlineData("a.obo", "ontology: http://hospital.example/dx\n\n[Term]\nid: SBC\nname: Small blue cell leukemia\n"
        + "is_a: BCL ! Blue cell leukemia\n\n[Term]\nid: BCL\nname: Blue cell leukemia\n"
        + "synonym: \"blue marrow disease\" EXACT []\nis_a: ALL {source=\"x\"} ! acute lymphoblastic leukemia\n\n"
        + "[Term]\nid: ALL\nname: acute lymphoblastic leukemia\n")]
    [InlineData("a.json", """
        {"resourceType":"CodeSystem","url":"http://hospital.example/dx","status":"active","content":"complete",
         "hierarchyMeaning":"is-a","concept":[
          {"code":"ALL","display":"Acute lymphoblastic leukemia","concept":[
            {"code":"BCL","display":"Blue cell leukemia","designation":[{"value":"blue marrow disease"}],"concept":[
              {"code":"SBC","display":"Small blue cell leukemia"}]}]}]}
        """)]
    [InlineData("b.json", """
        {"resourceType":"CodeSystem","url":"http://hospital.example/dx","status":"active","content":"complete",
         "concept":[
          {"code":"SBC","display":"Small blue cell leukemia","property":[{"code":"subsumedBy","valueCode":"BCL"}]},
          {"code":"BCL","display":"Blue cell leukemia","designation":[{"value":"blue marrow disease"}],
           "property":[{"code":"subsumedBy","valueCode":"ALL"}]},
          {"code":"ALL","display":"Acute lymphoblastic leukemia"}]}
        """)]
    public void A_kind_of_a_concept_becomes_a_concept(string name, string content)
    {
        var (site, notes) = Read(name, content);

        var blue = site.Lookup("blue marrow disease")!;
        Assert.Equal(
            ("site-blue-cell-leukemia", ConceptKind.Condition, "Blue cell leukemia"), (blue.Key, blue.Kind, blue.Text));
        Assert.Equal(
            ["site-blue-cell-leukemia"], site.WithCode("http://hospital.example/dx", "BCL").Select(c => c.Key));
        Assert.True(site.IsA("site-small-blue-cell-leukemia", "site-blue-cell-leukemia"));
        Assert.True(site.IsA("site-small-blue-cell-leukemia", "all"));
        Assert.False(site.IsA("all", "site-blue-cell-leukemia"));
        Assert.Empty(notes);
    }

    /// <summary>By the code of its parent, which no concept of the file is.</summary>
    [Fact]
    public void A_kind_of_a_standard_code_becomes_a_concept()
    {
        var site = With("sct.json", """
            {"resourceType":"CodeSystem","url":"http://snomed.info/sct","status":"active","content":"fragment",
             "hierarchyMeaning":"is-a",
              "concept":[{"code":"999000001","display":"Blue cell leukemia",
              "property":[{"code":"parent","valueCode":"91857003"}]}]}
            """);

        Assert.True(site.IsA(Assert.Single(site.WithCode("http://snomed.info/sct", "999000001")).Key, "all"));
    }

    [Fact]
    public void What_a_file_adds_the_next_one_knows()
    {
        File.WriteAllText(
            Path.Combine(_folder.FullName, "1.tsv"),
            "concept\tsystem\tcode\tname\tparent\nBlue cell leukemia\t\t\t\tall\n");

        var site =
            With("2.tsv", "concept\tsystem\tcode\tname\nblue cell leukaemia\thttp://hospital.example/dx\tBCL\t\n");

        Assert.Equal("site-blue-cell-leukemia", Assert.Single(site.WithCode("http://hospital.example/dx", "BCL")).Key);
    }

    [Fact]
    public void A_class_of_treatments_may_get_a_drug()
    {
        var site =
            With("a.tsv", "concept\tsystem\tcode\tname\tparent\tkind\nABC-1234\t\t\tabcimod\tkinase-inhibitor\tdrug\n");

        Assert.Equal(ConceptKind.Drug, site.Lookup("abcimod")?.Kind);
    }

    /// <summary>A hierarchy may mean anything; what its meaning is, is not guessed.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\"hierarchyMeaning\":\"grouped-by\",")]
    public void A_hierarchy_that_does_not_mean_is_a_makes_no_concept(string meaning)
    {
        var (site, notes) = Read("a.json", $$"""
            {"resourceType":"CodeSystem","url":"http://hospital.example/dx","status":"active",
             {{meaning}}"content":"complete","concept":[
              {"code":"ALL","display":"Acute lymphoblastic leukemia",
               "concept":[{"code":"C","display":"Consult of haematology"}]}]}
            """);

        Assert.Empty(site.WithCode("http://hospital.example/dx", "C"));
        Assert.Contains(notes, n => n.Contains("hierarchyMeaning is not is-a: 'ALL'", StringComparison.Ordinal));
        Assert.Contains(notes, n => n.Contains("'Consult of haematology'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Other", "everyday words")]
    [InlineData("Disease", "everyday words")]
    [InlineData("Syndrome", "everyday words")]
    [InlineData("unspecified", "everyday words")]
    [InlineData("other disease, not otherwise specified", "everyday words")]
    [InlineData("BC", "shorter than 3")]
    [InlineData("123", "without a letter")]
    public void A_name_that_would_be_found_everywhere_is_refused_and_its_code_is_of_what_is_broader(
        string name, string why)
    {
        var (site, notes) = Read(
            "a.obo",
            $"[Term]\nid: X:1\nname: {name}\nis_a: X:0\n\n[Term]\nid: X:0\nname: acute lymphoblastic leukemia\n");

        Assert.Null(site.Lookup(name));
        Assert.Equal(["all"], site.WithCode("http://purl.obolibrary.org/obo/", "X:1").Select(c => c.Key));
        Assert.Contains(
            $"'{name}'", Assert.Single(notes, n => n.Contains(why, StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_concept_takes_no_name_from_another()
    {
        var (site, notes) = Read(
            "a.tsv", "concept\tsystem\tcode\tname\tparent\nBlue cell leukemia\t\t\tAML\tall\n"
                + "Green cell leukemia\t\t\tblue cell leukaemias\tall\n");

        Assert.Equal("aml", site.Lookup("AML")?.Key);
        Assert.Equal("site-blue-cell-leukemia", site.Lookup("blue cell leukemias")?.Key);
        Assert.Contains(
            "2 names are left out: those of other concepts: 'AML (aml)', 'blue cell leukaemias "
                + "(site-blue-cell-leukemia)'",
            Assert.Single(notes), StringComparison.Ordinal);
    }

    /// <summary>A term of which a concept is a kind by its parents, and that has the concept's
    /// name, is not that concept.</summary>
    [Fact]
    public void A_kind_of_a_concept_that_borrows_its_name_stays_a_kind()
    {
        var site = With(
            "a.obo",
            "[Term]\nid: X:1\nname: blue cell leukemia\nsynonym: \"acute lymphoblastic leukemia\" EXACT []\nis_a: X:0\n"
                + "\n[Term]\nid: X:0\nname: acute lymphoblastic leukemia\n");

        Assert.Equal("site-blue-cell-leukemia", site.Lookup("blue cell leukemia")?.Key);
        Assert.Equal("all", site.Lookup("acute lymphoblastic leukemia")?.Key);
    }

    [Fact]
    public void A_name_of_a_concept_below_nothing_known_takes_no_kinds()
    {
        var site = With(
            "a.obo",
            "[Term]\nid: X:1\nname: central nervous system disease\n\n[Term]\nid: X:2\nname: blue brain disease\n"
                + "is_a: X:1\n");

        Assert.Equal("cns-leukemia", Assert.Single(site.WithCode("http://purl.obolibrary.org/obo/", "X:1")).Key);
        Assert.Null(site.Lookup("blue brain disease"));
    }

    /// <summary>To a trial of leukemia, CNS disease is leukemia in the nervous system.</summary>
    [Fact]
    public void A_name_that_means_less_in_criteria_takes_no_kinds()
    {
        var site = With("a.obo", """
            [Term]
            id: X:1
            name: central nervous system disease
            is_a: X:0

            [Term]
            id: X:0
            name: nervous system disease

            [Term]
            id: X:2
            name: blue brain disease
            is_a: X:1
            """);

        var blue = site.Lookup("blue brain disease")!;
        Assert.Equal("cns-leukemia", site.Lookup("central nervous system disease")?.Key);
        Assert.False(site.IsA(blue.Key, "cns-leukemia"));
        Assert.Equal([site.Lookup("nervous system disease")!.Key], blue.Parents);
        Assert.Equal(blue.Parents, site.WithCode("http://purl.obolibrary.org/obo/", "X:1").Select(c => c.Key));
    }

    [Theory]
    [InlineData("relapsed")]
    [InlineData("age")]
    public void Of_what_the_matcher_must_know_no_kinds_are_made(string parent)
    {
        var (site, notes) =
            Read("a.tsv", $"concept\tsystem\tcode\tname\tparent\nBlue cell thing\thttp://x.example\tB\t\t{parent}\n");

        Assert.Null(site.Lookup("Blue cell thing"));
        Assert.Equal([parent], site.WithCode("http://x.example", "B").Select(c => c.Key));
        Assert.Contains("'Blue cell thing'", Assert.Single(notes), StringComparison.Ordinal);
    }

    /// <summary>However many there are, a line tells how many and the first of them.</summary>
    [Fact]
    public void Many_refusals_are_one_line()
    {
        var terms = Enumerable.Range(0, 1000).Select(i => $"[Term]\nid: X:{i}\nname: unheard of matter {i}\n");
        var notes = Read("a.obo", string.Join('\n', terms)).Notes;

        Assert.Contains("1000 terms are left out", Assert.Single(notes), StringComparison.Ordinal);
        Assert.EndsWith("'unheard of matter 4', …", notes[0], StringComparison.Ordinal);
    }

    ConceptVocabulary With(string name, string content) => Read(name, content).Vocabulary;

    SiteVocabulary Read(string name, string content)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, name), content);
        return SiteTerminology.Read(_folder.FullName, ConceptVocabulary.Product, EverydayWords.Only);
    }
}
