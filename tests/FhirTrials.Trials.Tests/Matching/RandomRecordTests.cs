using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Matching;
using FsCheck;
using FsCheck.Fluent;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>Records put together at random from what the example patients have.</summary>
public sealed class RandomRecordTests
{
    static readonly ImmutableArray<Element> Bundles = [.. ExamplePatients.Names.Select(ExamplePatients.Bundle)];

    static readonly ImmutableArray<Element> Pool =
        [.. Bundles.SelectMany(b => b["entry"]).Where(e => e.Child("resource")!.Type.Name != "Patient")];

    [Fact]
    public void Nothing_unknown_is_ever_eligible() => Check.One(Settings, Prop.ForAll(Records(), record =>
        ExampleStudies.All.Select(s => Matcher.Match(record, s)).All(match => match.Arms.All(arm =>
            arm.Grade == Expected(arm) && (arm.Grade != MatchGrade.Eligible || arm.Unknown == 0)))));

    [Fact]
    public void Every_unknown_says_what_is_missing_and_every_decision_what_it_rests_on() =>
        Check.One(Settings, Prop.ForAll(Records(), record =>
            ExampleStudies.All.SelectMany(s => Matcher.Match(record, s).Verdicts).Where(v => v.Applies).All(v =>
                v.Verdict == Verdict.Unknown
                    ? !v.Missing.IsEmpty
                    : v.Missing.IsEmpty
                        && (!v.Evidence.IsEmpty || v.Criterion.Field is "sex" or "healthyVolunteers"))));

    [Fact]
    public void Without_screening_answers_no_study_that_asks_for_consent_is_eligible() =>
        Check.One(Settings, Prop.ForAll(Records(), record =>
            new[] { "NCT02458014", "NCT07192237" }.All(id =>
                Matcher.Match(record with { Answers = [] }, ExampleStudies.Named(id)).Grade != MatchGrade.Eligible)));

    static Config Settings => Config.QuickThrowOnFailure.WithMaxTest(60);

    static MatchGrade Expected(ArmMatch arm)
    {
        var verdicts = arm.Verdicts.Where(v => v.Applies).Select(v => v.Verdict).ToArray();
        return verdicts.Contains(Verdict.NotMet) ? MatchGrade.NotEligible
            : verdicts.Contains(Verdict.Unknown) ? MatchGrade.PossiblyEligible
            : MatchGrade.Eligible;
    }

    /// <summary>One of the patients with some of all patients' resources, taken as that patient's own.</summary>
    internal static Arbitrary<PatientRecord> Records() =>
        (from bundle in Gen.Elements(Bundles.AsEnumerable())
         from others in Gen.Elements(Pool.AsEnumerable()).ArrayOf()
         select PatientRecordReader.Read(
             bundle.With([.. bundle.Children, .. others.Select(e => Anonymous(e))]),
             ExamplePatients.ReferenceDate).Record!).ToArbitrary();

    /// <summary>The entry with a resource that names no subject.</summary>
    static Element Anonymous(Element entry) => entry.With([.. entry.Children.Select(c => c.Name == "resource"
        ? c.With([.. c.Children.Where(p => p.Name is not ("subject" or "patient"))])
        : c)]);
}
