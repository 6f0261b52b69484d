using System.Text;

namespace FhirTrials.Server.Tests.Interactions;

public sealed class SearchTests(FhirServer server)
{
    const string Subcutaneous = "ResearchStudy/NCT04521231";

    [Theory]
    [InlineData("_id=NCT04521231")]
    [InlineData("identifier=NCT04521231")]
    [InlineData("identifier=http://clinicaltrials.gov|NCT04521231")]
    [InlineData("title=a study of subcutaneous")]
    [InlineData("title:contains=subcutaneous")]
    [InlineData("sponsor.name=amgen&status=active&title:contains=subcutaneous")]
    [InlineData("keyword=R/R B-ALL", "keyword:text=R/R B-ALL")]
    [InlineData("_id=NCT04521231&_lastUpdated=gt2020-01-01")]
    [InlineData("_id=NCT04521231&_lastUpdated=lt2020-01-01", null, 0)]
    [InlineData("_id=nosuch", null, 0)]
    public async Task A_study_is_found_by_what_is_known_of_it(string query, string? instead = null, int count = 1)
    {
        var answer = await server.Get($"ResearchStudy?{instead ?? query}");

        Assert.Equal(200, answer.Status);
        Assert.Equal("searchset", answer.Json["type"]!.GetValue<string>());
        Assert.Equal(count, answer.Found().Count(s => s == Subcutaneous));
    }

    [Fact]
    public async Task An_entry_has_its_absolute_url_and_its_mode()
    {
        var entry = (await server.Get("ResearchStudy?_id=NCT04521231")).Entries.Single();

        Assert.Equal($"{server.Base}{Subcutaneous}", entry["fullUrl"]!.GetValue<string>());
        Assert.Equal("match", entry["search"]!["mode"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_search_by_POST_is_a_search()
    {
        using var form = new StringContent("_id=NCT04521231", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await server.Http.PostAsync(
            $"{server.Base}ResearchStudy/_search", form, TestContext.Current.CancellationToken);

        Assert.Equal([Subcutaneous], (await Answer.Of(response)).Found());
    }

    [Fact]
    public async Task A_search_by_POST_takes_a_form_alone() =>
        Assert.Equal(415, (await server.Post("ResearchStudy/_search", "{}")).Status);

    [Fact]
    public async Task Pages_hold_each_match_once_and_their_links_nothing_of_the_search()
    {
        var (found, pages) = (new List<string>(), 0);
        for (var next = "Location?_count=50&address-country=Germany"; next is not null; pages++)
        {
            var page = await server.Get(next);
            Assert.Equal(200, page.Status);
            found.AddRange(page.Found());
            next = page.Link("next");
            Assert.DoesNotContain("Germany", next ?? "", StringComparison.Ordinal);
        }

        var total =
            (await server.Get("Location?_summary=count&address-country=Germany")).Json["total"]!.GetValue<int>();
        Assert.True(total > 20, $"{total} sites are too few to tell.");
        Assert.Equal(total, found.Count);
        Assert.Distinct(found);
        Assert.Equal((total + 49) / 50, pages);
    }

    [Theory]
    [InlineData("forged")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%20")]
    public async Task A_forged_page_link_is_refused(string token) =>
        Assert.Equal(400, (await server.Get($"ResearchStudy?_page={token}")).Status);

    [Fact]
    public async Task A_page_link_is_for_its_own_type()
    {
        var next = (await server.Get("ResearchStudy?_count=1")).Link("next")!;

        Assert.Equal(
            400, (await server.Get(next.Replace("ResearchStudy", "Location", StringComparison.Ordinal))).Status);
    }

    [Theory]
    [InlineData("_include=ResearchStudy:site", "Location/")]
    [InlineData("_include=ResearchStudy:sponsor", "Organization/")]
    [InlineData("_include=ResearchStudy:protocol", "PlanDefinition/")]
    [InlineData("_include=ResearchStudy:*", "PlanDefinition/")]
    public async Task What_matches_refer_to_is_included(string include, string type)
    {
        var answer = await server.Get($"ResearchStudy?_id=NCT04521231&{include}");

        Assert.Equal([Subcutaneous], answer.Found());
        var included = answer.Found("include").ToList();
        Assert.Contains(included, r => r.StartsWith(type, StringComparison.Ordinal));
        Assert.Distinct(included);
    }

    [Fact]
    public async Task What_refers_to_matches_is_included()
    {
        var site = (await server.Get("ResearchStudy?_id=NCT04521231&_include=ResearchStudy:site"))
            .Found("include").First();

        var answer = await server.Get($"Location?_id={site.Split('/')[1]}&_revinclude=ResearchStudy:site");

        Assert.Equal([Subcutaneous], answer.Found("include"));
    }

    [Theory]
    [InlineData("nosuch=1", "not-supported", "http.nosuch")]
    [InlineData("title:nosuch=1", "not-supported", "http.title:nosuch")]
    [InlineData("date=nonsense", "value", "http.date")]
    [InlineData("_count=x", "value", "http._count")]
    [InlineData("_sort=nosuch", "not-supported", "http._sort")]
    [InlineData("_include=nosuch", "value", "http._include")]
    [InlineData("_summary=nosuch", "value", null)]
    public async Task What_is_not_understood_is_refused_with_its_name(string query, string code, string? expression)
    {
        var answer = await server.Get($"ResearchStudy?{query}");

        Assert.Equal(400, answer.Status);
        Assert.Equal((code, expression), answer.Issues.First());
    }

    [Fact]
    public async Task On_request_an_unknown_parameter_is_ignored_and_reported()
    {
        var answer = await server.Get("ResearchStudy?_id=NCT04521231&nosuch=1", ("Prefer", "handling=lenient"));

        Assert.Equal([Subcutaneous], answer.Found());
        var outcome = answer.Entries.Single(e => e["search"]!["mode"]!.GetValue<string>() == "outcome")["resource"]!;
        Assert.Equal("warning", outcome["issue"]![0]!["severity"]!.GetValue<string>());
        Assert.DoesNotContain("nosuch", answer.Link("self"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_self_link_repeats_the_search()
    {
        var self = (await server.Get("ResearchStudy?_id=NCT04521231&_elements=title")).Link("self")!;

        var again = await server.Get(self);
        Assert.Equal([Subcutaneous], again.Found());
        Assert.Null(again.Entries.Single()["resource"]!["description"]);
    }

    [Theory]
    [InlineData("title", new[] { "NCT04521231", "NCT07192237" })]
    [InlineData("-title", new[] { "NCT07192237", "NCT04521231" })]
    public async Task Matches_come_in_the_order_asked_for(string sort, string[] ids)
    {
        var answer = await server.Get($"ResearchStudy?_id=NCT04521231,NCT07192237&_sort={sort}");
        var titles = answer.Entries.Select(e => e["resource"]!["title"]!.GetValue<string>()).ToList();

        Assert.Equal(ids.Length, titles.Count);
        var ordered = titles.Order(StringComparer.OrdinalIgnoreCase);
        Assert.Equal(sort == "title" ? ordered : ordered.Reverse(), titles);
    }
}
