using System.Globalization;
using System.Xml.Linq;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.FhirPath.Values;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Xml;

namespace FhirTrials.Fhir.Tests.FhirPath;

/// <summary>HL7's FHIRPath test suite for R4, one row per test.</summary>
public sealed class OfficialSuiteTests
{
    /// <summary>Tests that contradict the specification, with the reason. Each must go on
    /// failing, else it leaves the list.</summary>
    static readonly Dictionary<string, string> Contradictions = new()
    {
        ["testPlusDate19"] = "0.1 seconds added to a time in milliseconds are 100 ms: only above seconds are decimals "
            + "ignored (N1, Date/Time Arithmetic).",
        ["LowBoundaryDecimal15"] =
            "-0.0 is above -0.0034, no least value: it is -0.1, as the specification's (-1.587).lowBoundary(2) is "
            + "-1.59.",
        ["HighBoundaryDecimal15"] =
            "0.0 is below 0.0034, no greatest value: it is 0.1, as the specification's 1.587.highBoundary(2) is 1.59.",
        ["HighBoundaryDecimal16"] =
            "The sign binds looser than the call: this negates the high boundary of 0.0034, which is 0.1.",
        ["HighBoundaryDateTimeMillisecond1"] =
            "The specification's own example of this expression ends in 08:59:59.999, not in 08:00:59.999.",
        ["HighBoundaryDateTimeMillisecond3"] =
            "The specification's own example of this expression ends in 08:59:59.999, not in 08:00:59.999.",
    };

    static readonly string SuitePath =
        Path.Combine(Repository.Root, "..", "shared", "data", "fhirpath", "tests-fhir-r4.xml");
    static readonly Lazy<Dictionary<string, XElement>> Suite = new(Load);
    static readonly Dictionary<string, Element> Inputs = [];

    public static TheoryData<string> Tests()
    {
        return File.Exists(SuitePath) ? [.. Suite.Value.Keys] : ["absent"];
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void A_test_of_the_suite_gives_what_it_says(string name)
    {
        Repository.SharedData("fhirpath", "tests-fhir-r4.xml");
        var failure = Failure(Suite.Value[name]);
        if (Contradictions.TryGetValue(name, out var reason))
        {
            Assert.True(failure is not null, $"This passes, so it is no contradiction any more: {reason}");
        }
        else
        {
            Assert.True(failure is null, failure);
        }
    }

    [Fact]
    public void The_suite_is_whole_and_each_contradiction_is_in_it()
    {
        Repository.SharedData("fhirpath", "tests-fhir-r4.xml");
        Assert.Equal(935, Suite.Value.Count);
        Assert.Empty(Contradictions.Keys.Except(Suite.Value.Keys));
    }

    /// <summary>The tests by name; a name that comes twice gets a number.</summary>
    static Dictionary<string, XElement> Load()
    {
        var tests = new Dictionary<string, XElement>();
        foreach (var test in XDocument.Load(SuitePath, LoadOptions.PreserveWhitespace).Descendants("test"))
        {
            var name = test.Attribute("name")!.Value;
            var unique = name;
            for (var n = 2; !tests.TryAdd(unique, test); n++)
            {
                unique = $"{name}#{n}";
            }
        }

        return tests;
    }

    /// <summary>How the outcome differs from what the test says; null if it does not.</summary>
    static string? Failure(XElement test)
    {
        var expression = test.Element("expression")!;
        var invalid = expression.Attribute("invalid")?.Value;
        var outputs = test.Elements("output").ToList();
        try
        {
            var focus = test.Attribute("inputfile") is { } file ? Input(file.Value) : null;
            var context = new FhirPathContext(FhirDefinitions.R4)
            {
                Now = new DateTimeOffset(2026, 3, 1, 12, 30, 15, TimeSpan.FromHours(1)),
            };
            var compiled = FhirPathExpression.Compile(expression.Value);
            if (invalid == "semantic")
            {
                compiled.Check(focus?.Type, context.Definitions);
            }

            if (test.Attribute("predicate")?.Value == "true")
            {
                return Difference(
                    [(compiled.EvaluateBoolean(focus, context) ?? false) ? "true" : "false"], outputs, isOrdered: true);
            }

            var result = compiled.Evaluate(focus, context);
            return invalid is not null
                ? $"This should be refused ({invalid}), but gives {result.Length} items."
                : Difference([.. result.Select(Text)], outputs, test.Attribute("ordered")?.Value != "false")
                    ?? TypeDifference(result, outputs);
        }
        catch (FhirPathException e)
        {
            return invalid is null ? $"{e.Message} (at {e.Offset})" : null;
        }
    }

    static string? Difference(string[] actual, List<XElement> outputs, bool isOrdered)
    {
        string[] expected = [.. outputs.Select(o => o.Value.TrimStart('@', 'T'))];
        if (!isOrdered)
        {
            Array.Sort(actual, StringComparer.Ordinal);
            Array.Sort(expected, StringComparer.Ordinal);
        }

        return actual.AsSpan().SequenceEqual(expected)
            ? null
            : $"expected [{string.Join(", ", expected)}], but was [{string.Join(", ", actual)}]";
    }

    static string? TypeDifference(IReadOnlyList<object> items, List<XElement> outputs)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var expected = outputs[i].Attribute("type")?.Value;
            var actual = items[i] is Element element ? element.Type.Name : SystemValue.TypeName(items[i]);
            if (expected is not null && !string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
            {
                return $"expected a {expected}, but was a {actual}";
            }
        }

        return null;
    }

    static string Text(object item) => item switch
    {
        Element element => element.Value ?? element.ToString(),
        bool value => value ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => item.ToString()!,
    };

    static Element Input(string file)
    {
        lock (Inputs)
        {
            if (Inputs.TryGetValue(file, out var known))
            {
                return known;
            }

            var bytes = File.ReadAllBytes(Repository.SharedData("fhirpath", "input", file));
            var read = file.EndsWith(".xml", StringComparison.Ordinal)
                ? FhirXml.Read(bytes, FhirDefinitions.R4.Types)
                : FhirJson.Read(bytes, FhirDefinitions.R4.Types);
            return Inputs[file] =
                read.Resource ?? throw new InvalidDataException($"{file}: {read.Issues[0].Diagnostics}");
        }
    }
}
