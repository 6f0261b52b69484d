using FhirTrials.Server.Importing;

namespace FhirTrials.Server.Tests.Importing;

public sealed class RegistryQueryTests
{
    [Theory]
    [InlineData("https://registry.test/api/v2", "https://registry.test/api/v2/studies")]
    [InlineData("https://registry.test/api/v2/", "https://registry.test/api/v2/studies")]
    [InlineData("http://registry.test:81/api/v2/studies", "http://registry.test:81/api/v2/studies")]
    public void An_address_is_that_of_the_API_or_of_its_studies(string address, string studies) =>
        Assert.Equal(studies, RegistryQuery.Parse(address, [], []).Studies.AbsoluteUri);

    [Theory]
    [InlineData("ftp://registry.test", "", "")]
    [InlineData("file:///etc/passwd", "", "")]
    [InlineData("https://registry.test?query.cond=x", "", "")]
    [InlineData("https://name:secret@registry.test", "", "")]
    [InlineData("https://registry.test", "cond", "")]
    [InlineData("https://registry.test", "cond=", "")]
    [InlineData("https://registry.test", "nosuch=1", "")]
    [InlineData("https://registry.test", "", "cond=x")]
    public void What_is_no_query_is_refused(string address, string query, string filter) =>
        Assert.Throws<FormatException>(() => RegistryQuery.Parse(
            address, query.Length > 0 ? [query] : [], filter.Length > 0 ? [filter] : []));

    [Fact]
    public void A_page_is_asked_for_with_all_that_it_depends_on()
    {
        var query = RegistryQuery.Parse(
            "https://registry.test/api/v2", ["cond=a & b"], ["advanced=AREA[Phase]PHASE1 OR AREA[Phase]PHASE2"]);
        Assert.Equal(
            "https://registry.test/api/v2/studies?filter.advanced=(AREA[Phase]PHASE1 OR AREA[Phase]PHASE2) AND "
            + "AREA[LastUpdatePostDate]RANGE[2026-11-01,MAX]&format=json&pageSize=100&pageToken=t/1&query.cond=a & b"
            + "&sort=LastUpdatePostDate:asc",
            Uri.UnescapeDataString(query.Page(new DateOnly(2026, 11, 1), "t/1").AbsoluteUri));
        Assert.Contains("query.cond=a%20%26%20b", query.Page(null, null).AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("countTotal=true", query.Page(null, null).AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_parameters_are_another_query()
    {
        static string Key(string address, params string[] queries) => RegistryQuery.Parse(address, queries, []).Key;
        Assert.Distinct([
            Key("https://a.test"), Key("https://b.test"), Key("https://a.test", "cond=x"),
            Key("https://a.test", "term=x"),
        ]);
        Assert.Equal(Key("https://a.test", "cond=x", "term=y"), Key("https://a.test/studies", "term=y", "cond=x"));
    }
}
