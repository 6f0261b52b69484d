using System.Text;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>Words that begin a part of a sentence, repeated as often as a criterion has room: however often, they are
/// read on little stack. An overflow would end the process.</summary>
public sealed class RepeatedWordsTests
{
    const int Length = 5_900;
    const int SmallStack = 256 * 1024;

    static readonly string[] Units =
    [
        "if a: ", "if diabetes: ", "if diabetes, ", "for patients with prior HSCT: ", "are eligible if ", "unless ",
        "either no stroke or the ", "either no a with b or c ", "asthma or COPD with stroke or diabetes ",
        "patients with diabetes must have ", "patients with diabetes must be ", "(except ", "such as ",
        "no asthma such as COPD including ", "within 30 days or 5 half-lives of rituximab, whichever is longer ",
        "Subjects >= 18 years: ECOG 1; ", "Subjects >= 18 years: ; ", "at least two of the following: a; ", "and/or ",
        "neither a nor ", "no more than ", "day ", "fall in hemoglobin ", "greater than 50 and less than ",
        "remission with asthma with asthma or ", "other than ", "stroke are allowed if ", "eligible for ", "20/40 or ",
        "BCVA 20/40 or better ", "worse than ",
    ];

    public static TheoryData<string> EachUnit() => [.. Units];

    [Theory]
    [MemberData(nameof(EachUnit))]
    public void Are_read_on_little_stack(string unit)
    {
        var body = new StringBuilder().Insert(0, unit, Length / unit.Length);
        AreRead([.. new[] { "", "the", "diabetes", "; stroke", ": x" }.Select(tail => $"{body}{tail}")]);
    }

    [Fact]
    public void Mixed_at_random_are_read_on_little_stack()
    {
        var random = new Random(77);
        AreRead([.. Enumerable.Range(0, 60).Select(_ =>
        {
            var mixed = new StringBuilder();
            var some = Enumerable.Range(0, 3).Select(_ => Units[random.Next(Units.Length)]).ToArray();
            while (mixed.Length < Length)
            {
                mixed.Append(some[random.Next(some.Length)]);
            }

            return mixed.ToString(0, Length);
        })]);
    }

    static void AreRead(string[] texts)
    {
        var read = 0;
        var reader = new Thread(
            () =>
            {
                foreach (var text in texts)
                {
                    read += CriteriaParser.Parse(new($"Inclusion Criteria:\n\n* {text}", [])).Length;
                    read += CriteriaParser.Parse(new($"Exclusion Criteria:\n\n* {text}", [])).Length;
                }
            },
            SmallStack);
        reader.Start();
        reader.Join();
        Assert.True(read >= 2 * texts.Length);
    }
}
