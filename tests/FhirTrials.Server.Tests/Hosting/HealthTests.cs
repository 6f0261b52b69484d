using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FhirTrials.Server.Tests.Hosting;

public sealed class HealthTests
{
    [Fact]
    public async Task Readiness_names_the_search_parameters_whose_index_is_not_complete()
    {
        var parameters = new SearchParameters(FhirDefinitions.R4);
        var (done, open) = (Posted("http://posted.test/done"), Posted("http://posted.test/open"));
        parameters.Set(1, [new(done, true), new(open, false)]);

        var index = await new IndexCheck(parameters).CheckHealthAsync(new(), TestContext.Current.CancellationToken);

        Assert.Equal(
            "Degraded\nindex: Not every resource is indexed yet by http://posted.test/open",
            await Written(("index", new(index.Status, index.Description, TimeSpan.Zero, index.Exception, null))));
    }

    [Fact]
    public async Task Readiness_does_not_tell_what_an_exception_says() =>
        Assert.Equal("Unhealthy", await Written(("database", new(
            HealthStatus.Unhealthy, "secret", TimeSpan.Zero, new InvalidOperationException("secret"), null))));

    static SearchParameter Posted(string url) =>
        FhirDefinitions.R4.SearchParameters("Patient").First(p => p.Code == "gender") with { Url = url, Code = url };

    static async Task<string> Written(params (string Name, HealthReportEntry Entry)[] entries)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        await Health.Write(http, new(entries.ToDictionary(e => e.Name, e => e.Entry), TimeSpan.Zero));
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }
}
