namespace FhirTrials.Server.Tests.Operations;

public sealed class EverythingTests(FhirServer server)
{
    const string Study = "ResearchStudy/NCT04521231";

    static IEnumerable<string> References(IEnumerable<Answer> pages) =>
        pages.SelectMany(p => p.Entries).Select(e => $"{e["resource"]!["resourceType"]}/{e["resource"]!["id"]}");

    async Task<List<Answer>> Pages(string url)
    {
        var pages = new List<Answer>();
        for (var next = url; next is not null; next = pages[^1].Link("next"))
        {
            pages.Add(await server.Get(next));
            Assert.Equal(200, pages[^1].Status);
        }

        return pages;
    }

    [Fact]
    public async Task All_of_a_study_is_what_belongs_to_it_and_it_comes_first()
    {
        var all = References(await Pages($"{Study}/$everything")).ToList();

        Assert.Equal(Study, all[0]);
        Assert.Distinct(all);
        Assert.Contains("Group/NCT04521231-eligibility", all);
        Assert.Subset(all.ToHashSet(), (await Found(
            "ResearchStudy?_id=NCT04521231&_include=ResearchStudy:*&_include:iterate=PlanDefinition:definition"))
                .ToHashSet());
        Assert.Equal(
            [
                "ActivityDefinition", "Group", "Location", "Organization", "PlanDefinition", "Practitioner",
                "PractitionerRole", "ResearchStudy",
            ],
            all.Select(r => r.Split('/')[0]).Except(["ResearchSubject"]).Append("Practitioner")
                .Append("PractitionerRole").Distinct().Order());
        Assert.DoesNotContain(all.Skip(1), r => r.StartsWith("ResearchStudy/", StringComparison.Ordinal));

        async Task<IEnumerable<string>> Found(string url) => References([await server.Get(url)]);
    }

    [Theory]
    [InlineData("_count=7")]
    [InlineData("_count=1&_type=PlanDefinition,Group")]
    [InlineData("_type=Location&_count=5")]
    public async Task Pages_tell_the_same_as_one_answer(string query)
    {
        var filter = string.Join('&', query.Split('&').Where(p => !p.StartsWith("_count", StringComparison.Ordinal)));

        Assert.Equal(
            References(await Pages($"{Study}/$everything?{filter}")),
            References(await Pages($"{Study}/$everything?{query}")));
    }

    [Fact]
    public async Task All_of_a_patient_is_the_compartment_and_what_it_refers_to()
    {
        await Store("""{"resourceType":"Organization","id":"every-org","name":"Ward"}""");
        await Store("""{"resourceType":"Patient","id":"every","managingOrganization":"""
            + """{"reference":"Organization/every-org"}}""");
        await Store("""{"resourceType":"Patient","id":"every-other"}""");
        await Store("""{"resourceType":"Observation","id":"every-old","status":"final","code":{"text":"x"},"subject":"""
            + """{"reference":"Patient/every"},"effectiveDateTime":"2019-05-01"}""");
        await Store("""{"resourceType":"Observation","id":"every-new","status":"final","code":{"text":"x"},"subject":"""
            + """{"reference":"Patient/every"},"effectiveDateTime":"2024-05-01"}""");
        await Store("""{"resourceType":"Observation","id":"every-undated","status":"final","code":{"text":"x"}"""
            + ""","subject":{"reference":"Patient/every"}}""");
        await Store("""{"resourceType":"Observation","id":"every-others","status":"final","code":{"text":"x"}"""
            + ""","subject":{"reference":"Patient/every-other"}}""");
        await Store("""{"resourceType":"Condition","id":"every-condition","subject":{"reference":"Patient/every"}"""
            + ""","onsetDateTime":"2024"}""");
        await Store("""{"resourceType":"ResearchSubject","id":"every-subject","status":"candidate","individual":"""
            + """{"reference":"Patient/every"},"study":{"reference":"ResearchStudy/NCT04521231"}}""");
        string[] all =
        [
            "Condition/every-condition", "Observation/every-new", "Observation/every-old", "Observation/every-undated",
            "Organization/every-org", "Patient/every", "ResearchStudy/NCT04521231", "ResearchSubject/every-subject",
        ];

        Assert.Equal(all, await Everything(""));
        Assert.Equal(all, await Everything("?_count=2"));
        Assert.Equal(all.Where(r => r != "Observation/every-old"), await Everything("?start=2024"));
        Assert.Equal(
            all.Where(r => r is not ("Observation/every-new" or "Condition/every-condition")),
            await Everything("?end=2020-01-01"));
        Assert.Equal(["Condition/every-condition", "Patient/every"], await Everything("?_type=Patient,Condition"));
        Assert.Empty(await Everything("?_since=2100-01-01T00:00:00Z"));
        var posted = await server.Post(
            "Patient/every/$everything",
            """{"resourceType":"Parameters","parameter":[{"name":"_type","valueCode":"Condition"}]}""");
        Assert.Equal(["Condition/every-condition"], References([posted]));

        Task<Answer> Store(string json) => server.Put(
            $"{System.Text.Json.Nodes.JsonNode.Parse(json)!["resourceType"]}"
                + $"/{System.Text.Json.Nodes.JsonNode.Parse(json)!["id"]}",
            json);

        async Task<IEnumerable<string>> Everything(string query) =>
            References(await Pages($"Patient/every/$everything{query}")).Distinct().Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("Patient/every-nobody/$everything", 404)]
    [InlineData("ResearchStudy/nosuch/$everything", 404)]
    [InlineData($"{Study}/$everything?nosuch=1", 400)]
    [InlineData($"{Study}/$everything?_type=Nonsense", 404)]
    [InlineData($"{Study}/$everything?_count=0", 400)]
    [InlineData($"{Study}/$everything?_since=then", 400)]
    [InlineData($"{Study}/$everything?_page=forged", 400)]
    [InlineData("Observation/1/$everything", 404)]
    public async Task What_cannot_be_answered_is_refused(string url, int status) =>
        Assert.Equal(status, (await server.Get(url)).Status);
}
