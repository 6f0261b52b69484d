using System.Text;

namespace FhirTrials.Server.Tests.Interactions;

/// <summary>Searches of all types, and of compartments.</summary>
public sealed class SearchScopeTests(FhirServer server)
{
    static readonly string[] Records =
    [
        """{"resourceType":"Patient","id":"scope-ann","meta":{"tag":[{"system":"http://scope.test","code":"scope"}]}"""
            + ""","gender":"female","generalPractitioner":[{"reference":"Practitioner/scope-doc"}]}""",
        """{"resourceType":"Practitioner","id":"scope-doc","meta":{"tag":"""
            + """[{"system":"http://scope.test","code":"scope"}]}}""",
        """{"resourceType":"Observation","id":"scope-o1","meta":{"tag":"""
            + """[{"system":"http://scope.test","code":"scope"}]},"status":"final","code":{"coding":"""
            + """[{"system":"http://loinc.org","code":"718-7"}]},"subject":{"reference":"Patient/scope-ann"}"""
            + ""","performer":[{"reference":"Practitioner/scope-doc"}]}""",
        """{"resourceType":"Observation","id":"scope-o2","meta":{"tag":"""
            + """[{"system":"http://scope.test","code":"scope"}]},"status":"final","code":{"coding":"""
            + """[{"system":"http://loinc.org","code":"789-8"}]},"subject":{"reference":"Patient/scope-ann"}}""",
        """{"resourceType":"Condition","id":"scope-c1","meta":{"tag":[{"system":"http://scope.test","code":"scope"}]}"""
            + ""","subject":{"reference":"Patient/scope-ann"},"code":{"text":"Fever"}}""",
        """{"resourceType":"ValueSet","id":"scope-labs","url":"http://scope.test/labs","status":"active","compose":"""
            + """{"include":[{"system":"http://loinc.org","concept":[{"code":"718-7"}]}]}}""",
    ];

    [Theory]
    [InlineData("?_tag=scope",
        "Condition/scope-c1 Observation/scope-o1 Observation/scope-o2 Patient/scope-ann Practitioner/scope-doc")]
    [InlineData("?_type=Patient,Condition&_tag=scope", "Condition/scope-c1 Patient/scope-ann")]
    [InlineData("?_type=Patient&_tag=scope&gender=female", "Patient/scope-ann")]
    [InlineData("?_type=Condition,Observation&_tag=scope&patient=Patient/scope-ann",
        "Condition/scope-c1 Observation/scope-o1 Observation/scope-o2")]
    [InlineData("?_id=scope-o1,scope-doc", "Observation/scope-o1 Practitioner/scope-doc")]
    [InlineData("Patient/scope-ann/Observation", "Observation/scope-o1 Observation/scope-o2")]
    [InlineData("Patient/scope-ann/Observation?code=718-7", "Observation/scope-o1")]
    [InlineData("Patient/scope-ann/*", "Condition/scope-c1 Observation/scope-o1 Observation/scope-o2")]
    [InlineData("Patient/scope-ann/*?_type=Condition", "Condition/scope-c1")]
    [InlineData("Patient/scope-nobody/*", "")]
    [InlineData("Practitioner/scope-doc/Observation", "Observation/scope-o1")]
    [InlineData("Practitioner/scope-doc/*", "Observation/scope-o1 Patient/scope-ann Practitioner/scope-doc")]
    [InlineData("Observation?_tag=scope&code:in=http://scope.test/labs", "Observation/scope-o1")]
    [InlineData("Observation?_tag=scope&code:not-in=ValueSet/scope-labs", "Observation/scope-o2")]
    [InlineData("Observation?_tag=scope&_filter=code in http://scope.test/labs", "Observation/scope-o1")]
    public async Task A_scope_finds_what_is_in_it(string url, string expected)
    {
        await Store();
        var found = new List<string>();
        for (var next = url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "_count=2"; next is not null;)
        {
            var answer = await server.Get(next);
            Assert.True(answer.Status == 200, answer.Text);
            found.AddRange(answer.Found());
            next = answer.Link("next");
        }

        Assert.Equal(expected, string.Join(' ', found.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("?_tag=scope&_sort=_id",
        "Patient/scope-ann Condition/scope-c1 Practitioner/scope-doc Observation/scope-o1 Observation/scope-o2")]
    [InlineData("?_tag=scope&_sort=-_id",
        "Observation/scope-o2 Observation/scope-o1 Practitioner/scope-doc Condition/scope-c1 Patient/scope-ann")]
    public async Task The_pages_of_several_types_are_in_one_order(string url, string expected)
    {
        await Store();
        var found = new List<string>();
        for (var next = url + "&_count=2&_total=accurate"; next is not null;)
        {
            var answer = await server.Get(next);
            Assert.Equal(5, answer.Json["total"]!.GetValue<int>());
            found.AddRange(answer.Found());
            next = answer.Link("next");
        }

        Assert.Equal(expected, string.Join(' ', found));
    }

    [Theory]
    [InlineData("?code=718-7")]
    [InlineData("?_type=Nonsense")]
    [InlineData("?_type=Patient,Condition&gender=female")]
    [InlineData("Patient?_type=Observation")]
    [InlineData("Observation?code:in=http://nowhere.test/vs")]
    [InlineData("Observation?code:below=http://loinc.org|718-7")]
    [InlineData("Patient?_list=$current-problems")]
    [InlineData("Patient?_filter=name is x")]
    [InlineData("Patient?_filter=(((name eq x)")]
    [InlineData("Patient?_filter=name gt x")]
    [InlineData("Patient?_content=---")]
    [InlineData("Patient?_query=everything")]
    public async Task What_is_not_understood_is_refused(string url)
    {
        var answer = await server.Get(url);

        Assert.True(answer.Status == 400, answer.Text);
        Assert.NotEmpty(answer.Issues);
    }

    [Fact]
    public async Task Hostile_searches_are_refused_with_400()
    {
        var chain = string.Join('.', Enumerable.Repeat("subject", 50));
        var has = string.Concat(Enumerable.Repeat("_has:Observation:subject:", 50));
        var many = string.Join(',', Enumerable.Range(0, 10_000));
        var deep = new string('(', 200) + "gender eq male" + new string(')', 200);
        foreach (var search in (string[])[
            $"{chain}=x", $"{has}code=x", $"_id={many}", $"gender={many}", $"_filter={deep}",
            "birthdate=gt9999999999", "_filter=name eq \"\\u12\""])
        {
            using var form = new StringContent(search, Encoding.UTF8, "application/x-www-form-urlencoded");
            using var response = await server.Http.PostAsync(
                $"{server.Base}Patient/_search", form, TestContext.Current.CancellationToken);

            Assert.Equal(400, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task A_search_of_all_types_by_POST_is_a_search()
    {
        await Store();
        using var form = new StringContent(
            "_tag=scope&_type=Patient", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response =
            await server.Http.PostAsync($"{server.Base}_search", form, TestContext.Current.CancellationToken);

        Assert.Equal(["Patient/scope-ann"], (await Answer.Of(response)).Found());
    }

    [Theory]
    [InlineData("Location/x/Observation", 404)]
    [InlineData("Patient/x/Nonsense", 404)]
    public async Task There_are_no_other_compartments(string url, int status) =>
        Assert.Equal(status, (await server.Get(url)).Status);

    async Task Store()
    {
        foreach (var record in Records)
        {
            var json = System.Text.Json.Nodes.JsonNode.Parse(record)!;
            await server.Put($"{json["resourceType"]}/{json["id"]}", record);
        }
    }
}
