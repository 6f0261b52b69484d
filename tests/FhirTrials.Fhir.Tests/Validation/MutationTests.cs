using System.Text;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Tests.Generation;
using FhirTrials.Fhir.Validation;
using FhirTrials.Fhir.Xml;
using FhirTrials.Tests;

namespace FhirTrials.Fhir.Tests.Validation;

/// <summary>From text to issues, with damaged resources, damaged definitions, and resources made at random.</summary>
public sealed class MutationTests
{
    const int MostSteps = 5_000_000;
    const string Profile = "http://fhirtrials.org/fhir/StructureDefinition/trial-eligibility";

    static readonly string[] Pieces = [
        "{}", "[]", "null", "\"\"", "#", "|", ":", "\"extension\":[{\"url\":\"x\"}],", "1e999999999", "\\u0000",
        "$this", "%resource",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_is_read_of_a_damaged_text_is_validated(int seed)
    {
        var validator = new Validator(FhirDefinitions.R4, TimeProvider.System) { MaxSteps = MostSteps };
        var texts = Examples("patients").Select(File.ReadAllText).Where(t => t.Length < 60_000).ToList();
        validator.Validate(FhirJson.Read(Encoding.UTF8.GetBytes(texts[0]), FhirDefinitions.R4.Types));
        Hostile.Try(seed, 200, 64 << 20, random =>
        {
            var text = texts[random.Next(texts.Count)];
            text = random.Next(2) == 0 ? JsonMutation.Of(text, random).Text : Mutation.Of(text, random, Pieces);
            var read = FhirJson.Read(Encoding.UTF8.GetBytes(text), FhirDefinitions.R4.Types);
            Assert.All(validator.Validate(read), i => Assert.NotEmpty(i.Diagnostics));
        });
    }

    /// <summary>A package is operators' input, yet others wrote it: it is refused with issues, or what it defines can
    /// be validated against.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Damaged_definitions_are_refused_or_can_be_used(int seed)
    {
        var texts = Directory.GetFiles(Path.Combine(Repository.Root, "profiles"), "*.json", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) != "package.json").Order(StringComparer.Ordinal)
            .Select(File.ReadAllText).ToList();
        var good = texts.Select(t => Validated.Read(t)).ToList();
        var resource = Validated.Read("""
            {"resourceType":"Group","type":"person","actual":false,"characteristic":[{"code":{"text":"x"},
             "valueBoolean":true,"exclude":false,
             "extension":[{"url":"http://fhirtrials.org/fhir/StructureDefinition/criterion-scope",
             "extension":[{"url":"arm","valueString":"x"}]}]}]}
            """);
        var used = 0;
        Hostile.Try(seed, 60, 256 << 20, random =>
        {
            var at = random.Next(texts.Count);
            var text =
                random.Next(3) == 0 ? Mutation.Of(texts[at], random, Pieces) : JsonMutation.Of(texts[at], random).Text;
            if (FhirJson.Read(Encoding.UTF8.GetBytes(text), FhirDefinitions.R4.Types).Resource is not { } damaged)
            {
                return;
            }

            try
            {
                var definitions = FhirDefinitions.R4.With([.. good.Where((_, i) => i != at), damaged]);
                new Validator(definitions, TimeProvider.System) { MaxSteps = MostSteps }
                    .Validate(
                        resource, new ValidationOptions { Profiles = [Profile, damaged.ValueOf("url") ?? Profile] });
                used++;
            }
            catch (FhirException e)
            {
                Assert.NotEmpty(e.Issues);
            }
        });
        Assert.InRange(used, 5, 59);
    }

    /// <summary>JSON and XML say the same of any resource, and validation of it ends.</summary>
    [Fact]
    public void Resources_made_at_random_survive_both_formats_and_are_validated()
    {
        var types = FhirDefinitions.R4.Types.Names.Select(n => FhirDefinitions.R4.Types[n])
            .Where(t => t is { Kind: FhirTypeKind.Resource, IsAbstract: false }).Select(t => t.Name).ToList();
        var validator = new Validator(FhirDefinitions.R4, TimeProvider.System);
        var same = 0;
        Hostile.Try(1, 600, 64 << 20, random =>
        {
            var made = new RandomResource(FhirDefinitions.R4, random).Make(types[random.Next(types.Count)]);
            var json = FhirJson.ToUtf8Bytes(made);
            var read = FhirJson.Read(json, FhirDefinitions.R4.Types);
            Assert.Empty(read.Issues);
            var budget = new StepBudget(MostSteps);
            validator.Validate(read.Resource!, new ValidationOptions(), budget);
            Assert.False(budget.IsExhausted);
            var again = FhirXml.Read(FhirXml.ToUtf8Bytes(read.Resource!), FhirDefinitions.R4.Types);
            if (again.Issues.IsEmpty)
            {
                // Attributes come first in XML: the order of properties may differ.
                Assert.True(
                    JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(FhirJson.ToUtf8Bytes(again.Resource!))));
                same++;
            }
            else
            {
                // XML refuses where it stands what JSON holds in a text: a narrative that is no div.
                Assert.All(again.Issues, i => Assert.Contains(".text", i.Expression, StringComparison.Ordinal));
            }
        });
        Assert.InRange(same, 200, 600);
    }

    static string[] Examples(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "examples", folder), "*.json")
            .Order(StringComparer.Ordinal)];
}
