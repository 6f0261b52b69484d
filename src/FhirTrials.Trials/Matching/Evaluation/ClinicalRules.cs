using System.Collections.Frozen;
using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>What follows from other facts by definition, so that a record need not say it.</summary>
static class ClinicalRules
{
    /// <summary>Leukaemias of which a patient with one confirmed is taken not to have the others, unless the record
    /// says so.</summary>
    static readonly ImmutableArray<string> Exclusive = ["all", "b-all", "t-all", "burkitt", "aml", "mpal"];

    static readonly ImmutableArray<string> EndsFertility =
        ["postmenopausal", "hysterectomy", "oophorectomy", "tubal-ligation"];

    /// <summary>What only women can have.</summary>
    static readonly ImmutableArray<string> Female =
        ["pregnancy", "lactation", "childbearing-potential", .. EndsFertility];

    /// <summary>What only men can have.</summary>
    static readonly ImmutableArray<string> Male = ["testicular-leukemia", "prostate-cancer", "vasectomy"];

    /// <summary>Properties of leukaemic cells: without a leukaemia there is none.</summary>
    static readonly ImmutableArray<string> OfLeukemia =
    [
        "ph-positive", "ph-negative", "cd19-positive", "cns-leukemia", "extramedullary", "testicular-leukemia",
        "circulating-blasts",
    ];

    /// <summary>Kinds of B-ALL that are defined by the Philadelphia chromosome's presence or absence.</summary>
    static readonly ImmutableArray<(string Condition, string Genomic)> Defined =
        [("ph-positive-all", "ph-positive"), ("ph-like-all", "ph-negative")];

    /// <summary>What is there exactly where the other is not.</summary>
    static readonly ImmutableArray<(string One, string Other)> Opposites =
        [("ph-positive", "ph-negative"), ("her2", "her2-negative")];

    static readonly FrozenSet<string> Concerned =
    [
        .. Exclusive, .. Female, .. Male, .. OfLeukemia, .. Defined.Select(d => d.Genomic),
        .. Opposites.SelectMany(o => new[] { o.One, o.Other }),
    ];

    /// <summary>Whether definition may decide about a concept.</summary>
    public static bool Concern(string key) => Concerned.Contains(key);

    /// <summary>What definition decides about a concept, or null where it decides nothing.</summary>
    public static Finding? Decide(string key, RecordFacts facts) =>
        BySex(key, facts.Record)
        ?? ByDefinition(key, facts)
        ?? (key == "pregnancy" && ChildbearingPotential(facts) is { Value: false } infertile ? infertile : null)
        ?? ByOpposite(key, facts)
        ?? (Exclusive.Contains(key) ? ByOtherLeukemia(key, facts) : null)
        ?? (OfLeukemia.Contains(key) ? ByNoLeukemia(facts) : null);

    /// <summary>Whether a woman may become pregnant: taken as so from 8 to 55 years unless the record says
    /// otherwise.</summary>
    public static Finding ChildbearingPotential(RecordFacts facts)
    {
        if (BySex("childbearing-potential", facts.Record) is { } decided)
        {
            return decided;
        }

        foreach (var key in EndsFertility)
        {
            if (facts.Naming(key).FirstOrDefault(f => f.Holds is true) is { } ended)
            {
                return Finding.False(ended.Evidence);
            }
        }

        var age = PatientAge.Years(facts.Record);
        return facts.Record.Gender == "female" && age is { First: >= 8, Last: <= 55 }
            ? Finding.True(facts.Record.Demographics("Female, 8 to 55 years, no sterilisation or menopause recorded"))
            : Finding.Unknown("whether the patient may become pregnant");
    }

    static Finding? BySex(string key, PatientRecord record) => record.Gender switch
    {
        "male" when Female.Contains(key) => Finding.False(record.Demographics("Male")),
        "female" when Male.Contains(key) => Finding.False(record.Demographics("Female")),
        _ => null,
    };

    static Finding? ByDefinition(string key, RecordFacts facts)
    {
        foreach (var (condition, genomic) in Defined)
        {
            if (genomic == key && facts.Naming(condition).FirstOrDefault(f => f.Holds is true) is { } found)
            {
                return Finding.True(found.Evidence);
            }
        }

        return null;
    }

    static Finding? ByOpposite(string key, RecordFacts facts)
    {
        foreach (var (one, other) in Opposites)
        {
            var tested = RecordFacts.Latest(key == one ? Decided(other) : key == other ? Decided(one) : []);
            if (tested.Length > 0 && tested.All(f => f.Holds == tested[0].Holds))
            {
                return Finding.Of(tested[0].Holds is false, Finding.Told(tested, f => f.Evidence));
            }
        }

        return null;

        IEnumerable<PatientFact> Decided(string opposite) => facts.Naming(opposite).Where(f => f.Holds is not null);
    }

    static Finding? ByOtherLeukemia(string key, RecordFacts facts)
    {
        var other = facts.All.FirstOrDefault(f =>
            f is { Source: FactSource.Condition, Holds: true, Current: true }
            && f.Concepts.Any(c => !facts.Vocabulary.IsA(key, c)
                && Exclusive.Any(e => e != key && facts.Vocabulary.IsA(c, e))));
        return other is null ? null : Finding.False(other.Evidence);
    }

    static Finding? ByNoLeukemia(RecordFacts facts)
    {
        var leukemia = new Clause.Present(FactKind.Condition, new Concept("leukemia", "leukemia"));
        return PresentClause.Evaluate(leukemia, facts) is { Value: false } none ? none : null;
    }
}
