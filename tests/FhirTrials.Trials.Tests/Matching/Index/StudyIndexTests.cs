using System.Collections.Immutable;
using FhirTrials.Tests.Studies;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Matching.Index;

namespace FhirTrials.Trials.Tests.Matching.Index;

/// <summary>The index against the plain matcher over all studies.</summary>
public sealed class StudyIndexTests
{
    const int Generated = 120;

    static readonly ImmutableArray<byte[]> Records =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "examples", "registry"), "NCT*.json")
            .Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
        .. StudyGenerator.Of(Repository.Root).Studies(seed: 7, Generated),
    ];

    static readonly Lazy<ImmutableArray<StudyEntry>> Entries = new(() => [.. Records.Select(r => StudyEntries.Of(r))]);

    static readonly Lazy<StudyIndex> Whole = new(() => new StudyIndexWriter().Apply(Entries.Value, []));

    public static TheoryData<string> Patients => [.. ExamplePatients.Names];

    [Theory]
    [MemberData(nameof(Patients))]
    public void Grades_order_and_totals_are_those_of_the_matcher(string patient)
    {
        var record = ExamplePatients.Record(patient);

        AssertPlain(record, Entries.Value, (Whole.Value, new()), (Whole.Value, new() { Unmentioned = true }));
    }

    [Fact]
    public void So_they_are_for_patients_put_together_at_random() => FsCheck.Check.One(
        FsCheck.Config.QuickThrowOnFailure.WithMaxTest(10),
        FsCheck.Fluent.Prop.ForAll(RandomRecordTests.Records(), record =>
            AssertPlain(
                record, Entries.Value, (Whole.Value, new() { Unmentioned = true, Count = 30 }),
                (Whole.Value, new() { Count = 10 }))));

    [Fact]
    public void An_index_that_was_changed_is_like_one_made_anew()
    {
        var writer = new StudyIndexWriter();
        var all = Entries.Value;
        writer.Apply(all[..50], []);
        var before = writer.Index;
        writer.Apply(all[30..90], [all[3].Study.Id, "NCT00000000"]);
        writer.Apply([.. all[10..20]
            .Select((e, i) => e with { Eligibility = all[100 + i].Eligibility with { StudyId = e.Study.Id } })], []);
        writer.Apply(all[10..], [all[4].Study.Id]);
        ImmutableArray<StudyEntry> now = [.. all.Where(e => e != all[3] && e != all[4])];

        foreach (var record in ExamplePatients.Names.Select(ExamplePatients.Record))
        {
            AssertPlain(record, now, (writer.Index, new() { Unmentioned = true }), (writer.Index, new()));
            AssertPlain(record, all[..50], (before, new() { Unmentioned = true }));
        }

        writer.Apply([], [.. now.Select(e => e.Study.Id)]);
        Assert.Equal((0, 0), (writer.Index.Count, writer.Decisions));
    }

    [Fact]
    public void A_study_that_is_not_wanted_counts_nowhere()
    {
        var ranking = Whole.Value.Rank(
            ExamplePatients.Record("complete-record-mrd"), new() { Wants = s => s.Facets.Phases.Contains("PHASE3") });

        Assert.NotEmpty(ranking.Best);
        Assert.All(ranking.Best, r => Assert.Contains("PHASE3", r.Study.Facets.Phases));
        Assert.Equal(
            Entries.Value.Count(e => e.Facets.Phases.Contains("PHASE3")), ranking.Graded + ranking.Unmentioned);
    }

    static void AssertPlain(
        PatientRecord record, ImmutableArray<StudyEntry> studies,
        params (StudyIndex Index, RankOptions Options)[] rankings)
    {
        var mentions = RecordMentions.Of(record);
        var matches = studies
            .Select(e => (Match: Matcher.Match(record, e.Eligibility),
                IsMentioned: mentions.Include(e.Study.Id, e.Eligibility.Diseases),
                IsOpen: e.Eligibility.Diseases.Names.Length > 0))
            .ToArray();
        var answered = matches.Where(m => record.Answers.Any(a => a.StudyId == m.Match.StudyId))
            .ToDictionary(m => m.Match.StudyId, m => m.Match);
        foreach (var (index, options) in rankings)
        {
            var graded =
                matches.Where(m => m.IsMentioned || m.IsOpen || mentions.IsEmpty || options.Unmentioned).ToArray();
            var expected = graded.OrderBy(m => m.Match.Grade).ThenByDescending(m => m.IsMentioned)
                .ThenByDescending(m => m.Match.Score)
                .ThenBy(m => m.Match.StudyId, StringComparer.Ordinal).Take(options.Count);

            var ranking = index.Rank(record, options with { Answered = answered });

            Assert.Equal(
                expected.Select(m => (m.Match.StudyId, m.Match.Grade, m.IsMentioned, m.Match.Score)),
                ranking.Best.Select(r => (r.Study.Study.Id, r.Grade, r.IsMentioned, r.Score)));
            Assert.Equal(matches.Length - graded.Length, ranking.Unmentioned);
            Assert.Equal(
                [.. Enum.GetValues<MatchGrade>().Select(g => graded.Count(m => m.Match.Grade == g))],
                [ranking.Eligible, ranking.PossiblyEligible, ranking.NotEligible]);
        }
    }
}
