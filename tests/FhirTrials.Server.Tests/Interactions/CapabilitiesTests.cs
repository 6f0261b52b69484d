using System.Text.Json.Nodes;

namespace FhirTrials.Server.Tests.Interactions;

public sealed class CapabilitiesTests(FhirServer server)
{
    // One of these is of the form of any composite: token and token, string, quantity, number or date, and so on.
    static readonly string[] CompositeValues = ["x$x", "x$1", "x$2026-01-01", "x$1$1", "Patient/x$x"];

    [Fact]
    public async Task The_statement_is_valid_and_of_FHIR_4()
    {
        var statement = await server.Get("metadata");

        Assert.Equal(200, statement.Status);
        Assert.Equal("4.0.1", statement.Json["fhirVersion"]!.GetValue<string>());
        var outcome = await server.Post("CapabilityStatement/$validate", statement.Text);
        Assert.DoesNotContain(
            outcome.Json["issue"]!.AsArray(), i => i!["severity"]!.GetValue<string>() is "error" or "fatal");
    }

    [Fact]
    public async Task Every_operation_that_is_listed_is_served_and_ours_can_be_read()
    {
        var rest = (await server.Get("metadata")).Json["rest"]![0]!;
        var operations = rest["resource"]!.AsArray().SelectMany(r => r!["operation"]!.AsArray())
            .Concat(rest["operation"]!.AsArray())
            .Select(o => o!["definition"]!.GetValue<string>()).Distinct().ToList();

        Assert.Contains("http://hl7.org/fhir/OperationDefinition/Patient-everything", operations);
        foreach (var ours in operations.Where(o => o.StartsWith("http://fhirtrials.org/", StringComparison.Ordinal)))
        {
            Assert.Single((await server.Get($"OperationDefinition?url={ours}")).Found());
        }

        Assert.Equal("4.0", (await server.Get("$versions")).Json["parameter"]![0]!["valueCode"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("full", 200, "CapabilityStatement")]
    [InlineData("normative", 200, "CapabilityStatement")]
    [InlineData("terminology", 200, "TerminologyCapabilities")]
    [InlineData("nosuch", 400, "OperationOutcome")]
    public async Task The_statement_comes_in_modes(string mode, int status, string type)
    {
        var answer = await server.Get($"metadata?mode={mode}");

        Assert.Equal((status, type), (answer.Status, answer.Json["resourceType"]!.GetValue<string>()));
        var issues = (await server.Post($"{type}/$validate", answer.Text)).Json["issue"]!.AsArray();
        Assert.DoesNotContain(issues, i => i!["severity"]!.GetValue<string>() is "error" or "fatal");
    }

    [Fact]
    public async Task Every_type_that_is_listed_can_be_searched_and_no_other()
    {
        var types = (await Resources()).Select(r => r["type"]!.GetValue<string>()).ToList();

        Assert.True(types.Count > 140);
        foreach (var type in types)
        {
            Assert.Equal((type, 200), (type, (await server.Get($"{type}?_count=1&_elements=id")).Status));
        }

        Assert.Equal(404, (await server.Get("Parameters")).Status);
    }

    [Fact]
    public async Task Every_search_parameter_that_is_listed_is_accepted()
    {
        var refused = new List<string>();
        foreach (var resource in await Resources())
        {
            var type = resource["type"]!.GetValue<string>();
            var parameters = resource["searchParam"]!.AsArray()
                .Select(p => (Name: p!["name"]!.GetValue<string>(), Type: p["type"]!.GetValue<string>()));
            var (composites, simple) =
                (parameters.Where(p => p.Type == "composite"), parameters.Where(p => p.Type != "composite"));
            foreach (var chunk in simple.Chunk(8))
            {
                var query = string.Join(
                    '&', chunk.Select(p => $"{p.Name}={(p.Name == "eligible-age" ? "14" : Example(p.Type))}"));
                refused.AddRange(await IsAccepted(type, query) ? [] : [$"{type}?{query}"]);
            }

            foreach (var (name, _) in composites)
            {
                var accepted = false;
                for (var i = 0; i < CompositeValues.Length && !accepted; i++)
                {
                    accepted = await IsAccepted(type, $"{name}={CompositeValues[i]}");
                }

                refused.AddRange(accepted ? [] : [$"{type}?{name}"]);
            }
        }

        Assert.Empty(refused);
    }

    [Fact]
    public async Task Every_include_that_is_listed_for_a_study_is_accepted()
    {
        var study = (await Resources()).Single(r => r["type"]!.GetValue<string>() == "ResearchStudy");

        foreach (var include in study["searchInclude"]!.AsArray())
        {
            Assert.Equal(200, (await server.Get($"ResearchStudy?_id=none&_include={include}")).Status);
        }

        foreach (var include in study["searchRevInclude"]!.AsArray())
        {
            Assert.Equal(200, (await server.Get($"ResearchStudy?_id=none&_revinclude={include}")).Status);
        }
    }

    [Fact]
    public async Task Every_profile_that_is_listed_can_be_read()
    {
        var profiles = (await Resources())
            .SelectMany(r => r["supportedProfile"]?.AsArray().Select(p => p!.GetValue<string>()) ?? []).ToList();

        Assert.Contains("http://fhirtrials.org/fhir/StructureDefinition/trial-study", profiles);
        foreach (var profile in profiles)
        {
            Assert.Single((await server.Get($"StructureDefinition?url={profile}")).Found());
        }
    }

    async Task<bool> IsAccepted(string type, string query) =>
        (await server.Get($"{type}?_count=1&{query}")).Status == 200;

    async Task<IReadOnlyList<JsonNode>> Resources() =>
        [.. (await server.Get("metadata")).Json["rest"]![0]!["resource"]!.AsArray().Select(r => r!)];

    static string Example(string type) => type switch
    {
        "number" or "quantity" => "1",
        "date" => "2026-01-01",
        "special" => "48.1|11.5|10|km",
        _ => "x",
    };
}
