using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Tests.Generation;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.Validation;

/// <summary>Who asks for errors only is told each error that a whole validation finds, and nothing else.</summary>
public sealed class ErrorsOnlyTests
{
    /// <summary>Every so many of HL7's examples, as it stands and damaged.</summary>
    const int Stride = 16;

    const int Damaged = 3;

    const int Longest = 60_000;

    static readonly Validator R4 = new(FhirDefinitions.R4, TimeProvider.System);

    [Fact]
    public void The_errors_of_examples_and_of_damaged_ones_are_those_of_a_whole_validation()
    {
        var random = new Random(77);
        var (valid, invalid) = (0, 0);
        foreach (var file in R4Package.Files("*-*.json").Where((_, i) => i % Stride == 0))
        {
            var text = File.ReadAllText(file);
            if (text.Length > Longest)
            {
                continue;
            }

            Compare(text);
            for (var i = 0; i < Damaged; i++)
            {
                Compare(JsonMutation.Of(text, random).Text);
            }
        }

        Assert.True(valid > 200 && invalid > 200, $"{valid} valid, {invalid} invalid");

        void Compare(string text)
        {
            if (FhirJson.Read(Encoding.UTF8.GetBytes(text), FhirDefinitions.R4.Types).Resource is { } resource)
            {
                var errors = R4.Validate(resource).Where(i => i.IsError).ToList();
                Assert.Equal(errors, R4.Validate(resource, new() { ErrorsOnly = true }));
                (valid, invalid) = errors.Count == 0 ? (valid + 1, invalid) : (valid, invalid + 1);
            }
        }
    }
}
