using System.Text.Json.Nodes;
using FhirTrials.Server.Tests.Operations;
using FhirTrials.Tests;

namespace FhirTrials.Server.Tests.Hosting;

/// <summary>A disease that only a site's terminology knows, from the import of a study to a patient's match. In
/// processes of their own, since a process has one vocabulary.</summary>
public sealed class SiteVocabularyTests : IAsyncLifetime
{
    const string Vocabulary = "http://fhirtrials.org/fhir/CodeSystem/vocabulary";

    const string Criteria =
        """Inclusion Criteria:\n\n* Patients with blue cell leukemia\n\n"""
        + """Exclusion Criteria:\n\n* Small blue cell leukemia""";

    const string Record = $$"""
        {"protocolSection":{
          "identificationModule":{"nctId":"NCT00000001","briefTitle":"Rituximab in blue cell leukemia"},
          "statusModule":{"overallStatus":"RECRUITING"},
          "conditionsModule":{"conditions":["Blue Cell Leukaemia"]},
          "eligibilityModule":{"eligibilityCriteria":"{{Criteria}}"} } }
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("fhirtrials-site-").FullName;
    ServerNode? _node;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Terms => Directory.CreateDirectory(Path.Combine(_folder, "terms")).FullName;

    string[] Settings => ["--Vocabulary:Path", Terms, "--Profiles:Path", Path.Combine(Repository.Root, "profiles")];

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(
            Path.Combine(Terms, "dx.obo"),
            """
            ontology: http://hospital.example/dx

            [Term]
            id: BCL
            name: blue cell leukemia
            is_a: ALL ! acute lymphoblastic leukemia

            [Term]
            id: SBC
            name: small blue cell leukemia
            is_a: BCL

            [Term]
            id: LBC
            name: large blue cell leukemia
            is_a: BCL

            [Term]
            id: ALL
            name: acute lymphoblastic leukemia

            """,
            Ct);
        var record = Path.Combine(_folder, "NCT00000001.json");
        await File.WriteAllTextAsync(record, Record, Ct);
        var (code, output) = await ServerNode.Command(_folder, ["import", record, .. Settings]);
        Assert.True(code == 0, output);
        _node = await ServerNode.Start(_folder, Settings);
    }

    public ValueTask DisposeAsync()
    {
        _node?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_is_read_coded_found_and_matched()
    {
        var study = (await _node!.Get("ResearchStudy/NCT00000001")).Json!;
        Assert.Equal("site-blue-cell-leukemia", Coded(study["condition"]![0]!));
        var group = (await _node.Get("Group/NCT00000001-eligibility")).Json!;
        Assert.Equal(
            ["site-blue-cell-leukemia", "site-small-blue-cell-leukemia"],
            group["characteristic"]!.AsArray().Select(c => Coded(c!["code"]!)).OfType<string>());
        var issues =
            (await _node.Send(HttpMethod.Post, "Group/$validate", group.ToJsonString())).Json!["issue"]!.AsArray();
        Assert.DoesNotContain(issues, i => (string?)i!["severity"] is "error" or "warning");

        Assert.Single(await _node.All($"ResearchStudy?condition:below={Vocabulary}|all"));
        Assert.Single(await _node.All("ResearchStudy?condition:below=http://hospital.example/dx|BCL"));
        Assert.Empty(await _node.All("ResearchStudy?condition=http://hospital.example/dx|SBC"));

        var coded = """{"coding":[{"system":"http://hospital.example/dx","code":"CODE"}]}""";
        Assert.Equal("certain", await Grade(coded.Replace("CODE", "LBC", StringComparison.Ordinal)));
        Assert.Equal("certain", await Grade("""{"text":"Large blue cell leukemia"}"""));
        Assert.Equal("possible", await Grade(coded.Replace("CODE", "BCL", StringComparison.Ordinal)));
        Assert.Equal("certainly-not", await Grade(coded.Replace("CODE", "SBC", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_ill_file_is_told_with_its_line_and_nothing_starts()
    {
        await File.WriteAllTextAsync(
            Path.Combine(Terms, "ill.tsv"), "concept\tsystem\tcode\tname\nno such thing\t\t\tnothing\n", Ct);

        var (code, output) = await ServerNode.Command(_folder, Settings);

        Assert.Equal(1, code);
        Assert.EndsWith(
            "ill.tsv:2: 'no such thing' is no concept of the vocabulary, and no parent is given.", output.Trim(),
            StringComparison.Ordinal);
    }

    static string? Coded(JsonNode concept) => concept["coding"]?.AsArray()
        .Where(c => (string?)c!["system"] == Vocabulary).Select(c => (string?)c!["code"]).FirstOrDefault();

    /// <summary>How the study suits a man with nothing but that disease.</summary>
    async Task<string?> Grade(string disease)
    {
        var record = JsonNode.Parse("""
            {"resourceType":"Bundle","type":"collection","entry":[
              {"resource":{"resourceType":"Patient","id":"p","gender":"male","birthDate":"1980-05-05"}},
              {"resource":{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":DISEASE,
                "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical",
                "code":"active"}]},
                "verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status",
                "code":"confirmed"}]}}},
              {"resource":{"resourceType":"List","status":"current","mode":"working","date":"2026-11-16",
               "subject":{"reference":"Patient/p"},
                "code":{"coding":[{"system":"http://loinc.org","code":"11450-4"}]},
                "entry":[{"item":{"reference":"Condition/c"}}]}},
              {"resource":{"resourceType":"List","status":"current","mode":"working","date":"2026-11-16",
               "subject":{"reference":"Patient/p"},
                "code":{"coding":[{"system":"http://loinc.org","code":"11348-0"}]},
                "emptyReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/list-empty-reason",
                "code":"nilknown"}]}}}]}
            """.Replace("DISEASE", disease, StringComparison.Ordinal))!;
        var answer = (await _node!.Send(HttpMethod.Post, "ResearchStudy/$match", MatchTests.Parameters(record))).Json!;
        return MatchTests.Grade(answer["parameter"]![0]!["resource"]!["entry"]!.AsArray()
            .First(e => (string?)e!["search"]!["mode"] == "match")!);
    }
}
