using System.Globalization;
using FhirTrials.Tests.Chia;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Benchmarks;

/// <summary><c>criteria [SECONDS]</c>: the criteria parser on one thread over the Chia
/// corpus beside the checkout.</summary>
static class CriteriaBenchmark
{
    public static int Run(string[] arguments)
    {
        var folder = Path.Combine(Checkout.Root, "..", "shared", "data", "chia");
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"The Chia corpus is not at {Path.GetFullPath(folder)}.");
            return 1;
        }

        var seconds = arguments is [var text, ..] ? double.Parse(text, CultureInfo.InvariantCulture) : 5;
        var texts = ChiaDocument.ReadAll(folder).Select(d => new EligibilityText(d.Text, [])).ToList();
        var criteria = texts.Sum(t => CriteriaParser.Parse(t).Length);
        var characters = texts.Sum(t => t.Criteria.Length);
        var parse = Meter.Measure(TimeSpan.FromSeconds(seconds), () => texts.ForEach(t => CriteriaParser.Parse(t)));
        var write = Meter.Measure(TimeSpan.FromSeconds(seconds), () => texts.ForEach(WriteJson));
        foreach (var (what, cost) in new[] { ("parse", parse), ("parse and write as JSON", write) })
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what}: {criteria / cost.Seconds:N0} criteria/s, {cost.Bytes / criteria:N0} bytes a criterion, "
                    + $"{characters / cost.Seconds / 1e6:0.00} MB/s of text"));
        }

        return 0;
    }

    static void WriteJson(EligibilityText text)
    {
        foreach (var criterion in CriteriaParser.Parse(text))
        {
            CriterionJson.Write(Stream.Null, criterion);
        }
    }
}
