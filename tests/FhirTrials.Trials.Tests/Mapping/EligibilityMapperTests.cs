using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Json;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Tests.Criteria;
using FsCheck;
using FsCheck.Fluent;

namespace FhirTrials.Trials.Tests.Mapping;

public sealed class EligibilityMapperTests
{
    public static TheoryData<string> All => Records.All;

    [Theory, MemberData(nameof(All))]
    public void The_criteria_of_a_study_come_back_as_they_were_written(string nctId)
    {
        var criteria = FiveTrialsCriteria.Parse(Records.Read(nctId));
        Assert.Equal(
            Records.Read(nctId).Eligibility.Text("eligibilityCriteria") is null, !criteria.Any(c => c.Field is null));
        Assert.Equal(criteria.Select(Text), RoundTrip(criteria).Select(Text));
    }

    [Fact]
    public void Any_clause_comes_back_as_it_was_written() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Clause(4)), clause =>
        {
            var criterion = new Criterion(
                1, CriterionSection.Exclusion, "text", new TextSpan(3, 4), ParseStatus.Partial, 0.6m,
                new CriterionScope(["Arm A", "Arm B"], ["a1", ""], null), clause);
            return Text(criterion) == Text(RoundTrip([criterion])[0]);
        }));

    [Theory, MemberData(nameof(All))]
    public void Every_expression_compiles_and_fits_a_bundle(string nctId) => Assert.All(
        FiveTrialsCriteria.Parse(Records.Read(nctId)),
        criterion => FhirPathExpression.Compile(ClauseFhirPath.Write(criterion.Clause) ?? "{}")
            .Check(FhirDefinitions.R4.Types["Bundle"], FhirDefinitions.R4));

    [Fact]
    public void What_cannot_be_read_back_is_kept_as_text()
    {
        var criterion = new Criterion(
            1, CriterionSection.Inclusion, "ANC high", new TextSpan(0, 8), ParseStatus.Computable, 1,
            CriterionScope.All, new Clause.Sex("female"));
        var broken = Group([criterion]).ToJsonString().Replace("\"sex\"", "\"no-such-kind\"", StringComparison.Ordinal);
        var read = Assert.Single(Read(broken));
        Assert.Equal((ParseStatus.Text, "?(ANC high)"), (read.Status, ClauseText.Of(read)));
    }

    [Fact]
    public void A_group_that_unfolds_to_itself_again_and_again_is_kept_as_text()
    {
        var clause = new Clause.AnyOf(
            [new Clause.AnyOf([new Clause.Sex("female"), new Clause.Sex("male")]), new Clause.Sex("female")]);
        var group = Group([new(
            1, CriterionSection.Inclusion, "any", new TextSpan(0, 3), ParseStatus.Computable, 1, CriterionScope.All,
            clause)]);
        var outer = group["contained"]!.AsArray()
            .Single(c => c!["characteristic"]!.AsArray().Any(m => m!["valueReference"] is not null))!;
        var members = outer["characteristic"]!.AsArray();
        members.Single(m => m!["valueReference"] is not null)!["valueReference"]!["reference"] = $"#{outer["id"]}";
        members.Add(members.Single(m => m!["valueReference"] is not null)!.DeepClone());

        Assert.Equal(ParseStatus.Text, Assert.Single(Read(group.ToJsonString())).Status);
    }

    static string Text(Criterion c) => string.Join(
        '|', c.Number, c.Section, c.Text, c.Source, c.Status, c.Confidence, string.Join(';', c.Scope.Arms),
        string.Join(';', c.Scope.Cohorts), c.Scope.Age is { } age ? ClauseText.Of(age) : "", c.Field, ClauseText.Of(c),
        JsonSerializer.Serialize<object>(Clauses.Leaves(c.Clause).Select(l => l with { Source = default })));

    static ImmutableArray<Criterion> RoundTrip(ImmutableArray<Criterion> criteria) =>
        Read(Group(criteria).ToJsonString());

    static ImmutableArray<Criterion> Read(string json)
    {
        var read = FhirJson.Read(System.Text.Encoding.UTF8.GetBytes(json), FhirDefinitions.R4.Types);
        Assert.Empty(read.Issues);
        return EligibilityReader.Read(read.Resource!);
    }

    static JsonObject Group(ImmutableArray<Criterion> criteria)
    {
        var mapped = EligibilityMapper.Map(criteria);
        var group = new ObjectNode { ["resourceType"] = "Group", ["type"] = "person", ["actual"] = false };
        if (mapped.Contained.Count > 0)
        {
            group["contained"] = mapped.Contained;
        }

        if (mapped.Characteristics.Count > 0)
        {
            group["characteristic"] = mapped.Characteristics;
        }

        return group.ToJson();
    }

    static Gen<Clause> Clause(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Elements<Clause>(
                new Clause.Sex("male"), new Clause.Unread("with text", UnreadKind.Judgement),
                new Clause.Unread("é\n≥")),
            from kind in Gen.Elements(Enum.GetValues<FactKind>())
            from status in Gen.Elements(Enum.GetValues<FactStatus>())
            from window in Gen.Elements(Enum.GetValues<WindowDirection>())
            from timed in Gen.Elements(true, false)
            select (Clause)new Clause.Present(
                kind, new(timed ? "b-all" : null, "leukemia"), status,
                timed ? new(1.5m, "wk", window, "screening") : null, timed ? new("all", "ALL") : null),
            from comparator in Gen.Elements(Enum.GetValues<Comparator>())
            from kind in Gen.Elements(Enum.GetValues<MeasurementKind>())
            from unit in Gen.Elements("", "%", "10*9/L")
            from inclusive in Gen.Elements(true, false)
            select Measured(kind, comparator, unit, inclusive));
        return depth == 0 ? leaf : Gen.OneOf(
            leaf,
            Clause(depth - 1).Select(c => (Clause)new Clause.Not(c)),
            Members(depth).Select(c => (Clause)new Clause.AllOf(c)),
            Members(depth).Select(c => (Clause)new Clause.AnyOf(c)),
            Members(depth).Select(c => (Clause)new Clause.AtLeast(2, c)));
    }

    static Gen<ImmutableArray<Clause>> Members(int depth) =>
        from count in Gen.Choose(0, 3)
        from clauses in Clause(depth - 1).ListOf(count)
        select clauses.ToImmutableArray();

    static Clause Measured(MeasurementKind kind, Comparator comparator, string unit, bool inclusive)
    {
        decimal? low = comparator is Comparator.LessThan or Comparator.LessOrEqual ? null : 0.5m;
        decimal? high = comparator is Comparator.GreaterThan or Comparator.GreaterOrEqual ? null
            : comparator == Comparator.Equal ? 0.5m
            : 50_000m;
        return new Clause.Measured(new(
            kind, new("anc", "Absolute neutrophil count"), comparator, low, high, unit, inclusive, !inclusive,
            inclusive ? ReferenceLimit.Uln : null));
    }
}
