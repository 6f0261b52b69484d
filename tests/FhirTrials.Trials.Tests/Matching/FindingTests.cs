using FhirTrials.Trials.Matching;
using FsCheck;
using FsCheck.Fluent;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>Kleene's strong three-valued logic.</summary>
public sealed class FindingTests
{
    static readonly bool?[] Values = [true, false, null];

    public static TheoryData<bool?, bool?> Pairs =>
        [.. Values.SelectMany(a => Values.Select(b => new TheoryDataRow<bool?, bool?>(a, b)))];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void And_and_or_are_those_of_nullable_booleans(bool? a, bool? b)
    {
        Assert.Equal(a & b, Finding.All([Of(a), Of(b)]).Value);
        Assert.Equal(a | b, Finding.Any([Of(a), Of(b)]).Value);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void De_Morgan_holds(bool? a, bool? b)
    {
        Assert.Equal(Finding.All([Of(a), Of(b)]).Negated.Value, Finding.Any([Of(a).Negated, Of(b).Negated]).Value);
    }

    [Fact]
    public void At_least_one_is_any_and_at_least_all_is_all() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Lists(), values =>
        {
            var findings = values.Select(Of).ToArray();
            return Finding.AtLeast(1, findings).Value == Finding.Any(findings).Value
                && Finding.AtLeast(findings.Length, findings).Value == Finding.All(findings).Value;
        }));

    [Fact]
    public void Learning_more_never_turns_a_decision_around() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Lists(), values =>
        {
            bool?[][] completions = [[.. values.Select(v => v ?? true)], [.. values.Select(v => v ?? false)]];
            return completions.All(
                c => new Func<Finding[], Finding>[] { Finding.All, Finding.Any, f => Finding.AtLeast(2, f) }
                    .All(op => op([.. values.Select(Of)]).Value is not { } decided
                        || op([.. c.Select(Of)]).Value == decided));
        }));

    [Fact]
    public void Only_what_is_unknown_misses_something() => Check.QuickThrowOnFailure(Prop.ForAll(Lists(), values =>
    {
        var finding = Finding.All([.. values.Select(Of)]);
        return finding.Value is null == !finding.Missing.IsEmpty;
    }));

    [Fact]
    public void A_decision_names_the_evidence_that_made_it()
    {
        var finding =
            Finding.All([Finding.True(new Evidence("a", "")), Finding.False(new Evidence("b", "")), Of(null)]);

        Assert.Equal("b", Assert.Single(finding.Evidence).Reference);
    }

    static Arbitrary<bool?[]> Lists() => Gen.Elements(Values).ArrayOf().Where(v => v.Length < 8).ToArbitrary();

    static Finding Of(bool? value) => value is { } known ? Finding.Of(known) : Finding.Unknown("something");
}
