using System.Collections.Immutable;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching;

/// <summary>ResearchStudy and its eligibility Groups → what the matcher needs.</summary>
public static class StudyEligibilityReader
{
    /// <summary>Arms and their cohorts times criteria, at most: a study of more is graded as one arm, and what counts
    /// for a part of it stays open.</summary>
    const int MaxPlaces = 1_000_000;

    /// <param name="study">The ResearchStudy.</param>
    /// <param name="groups">The Groups that its <c>enrollment</c> refers to.</param>
    public static StudyEligibility Read(
        Element study, ImmutableArray<Element> groups, ConceptVocabulary? vocabulary = null)
    {
        Criterion[] condition =
            StudyConditions.Of(study, vocabulary ?? ConceptVocabulary.Default) is { } one ? [one] : [];
        return Read(
            study.Id ?? "",
            study.ValueOf("title") ?? study.Id ?? "",
            [.. study["arm"].Select(a => a.ValueOf("name")).OfType<string>()],
            condition,
            groups) with
        {
            Diseases = StudyDiseases.Of(study, vocabulary ?? ConceptVocabulary.Default),
        };
    }

    /// <summary>A Group of eligibility by itself, whatever study it is of: its arms are those that its criteria
    /// name.</summary>
    public static StudyEligibility Read(Element group)
    {
        var arms = EligibilityReader.Read(group).SelectMany(c => c.Scope.Arms).Distinct().ToImmutableArray();
        var study = group["identifier"].Where(i => i.ValueOf("system") == Canonicals.Identifiers("eligibility"))
            .Select(i => i.ValueOf("value")).FirstOrDefault();
        return Read(study ?? group.Id ?? "", group.ValueOf("name") ?? group.Id ?? "Group", arms, [], [group]);
    }

    static StudyEligibility Read(
        string id, string title, ImmutableArray<string> arms, Criterion[] condition, ImmutableArray<Element> groups)
    {
        var read = groups.SelectMany(EligibilityReader.ReadEach).ToImmutableArray();
        var criteria = read.Select(r => r.Criterion).OfType<Criterion>().ToImmutableArray();
        var next = NextNumber(criteria);
        var foreign =
            groups.SelectMany(g => g["characteristic"].Where(IsForeign).Concat(g["extension"].Where(IsOfGroup)))
                .Select((c, i) => (Criterion: Foreign(c, next + i), Expression: ExpressionOf(c)))
                .ToImmutableArray();
        var decided = foreign.Where(f => f.Expression is not null)
            .Select(f => KeyValuePair.Create(f.Criterion.Number, f.Expression!))
            .Concat(ByPersons(read));
        var study = new StudyEligibility(
            id, title, arms,
            [.. condition, .. criteria, .. foreign.Select(f => f.Criterion), .. Unstated(criteria, foreign.Length)])
        {
            Expressions = decided.GroupBy(d => d.Key).ToImmutableDictionary(d => d.Key, d => d.First().Value),
        };
        var cohorts = study.Criteria.SelectMany(c => c.Scope.Cohorts).Distinct().LongCount();
        return arms.Length * (cohorts + 1) * study.Criteria.Length <= MaxPlaces ? study : AsOneArm(study);
    }

    /// <summary>The study with its arms not told apart: nobody fails by a criterion of another arm's patients, and
    /// nobody passes by not being asked.</summary>
    static StudyEligibility AsOneArm(StudyEligibility study)
    {
        var ofParts = study.Criteria.Where(c => !c.Scope.Arms.IsEmpty).Select(c => c.Number).ToHashSet();
        return study with
        {
            Arms = [],
            Criteria =
            [
                .. study.Criteria.Select(c => c.Scope.Arms.IsEmpty ? c : c with
                {
                    Status = ParseStatus.Text, Confidence = 0, Scope = c.Scope with { Arms = [], Cohorts = [] },
                    Clause = new Clause.Unread(c.Text),
                }),
            ],
            Expressions = study.Expressions.RemoveRange(ofParts),
        };
    }

    static int NextNumber(ImmutableArray<Criterion> criteria) =>
        criteria.Select(c => c.Number).DefaultIfEmpty(0).Max() + 1;

    /// <summary>Expressions that a reviewer has put in the place of what the parser derives: they decide.</summary>
    static IEnumerable<KeyValuePair<int, FhirPathExpression>> ByPersons(
        ImmutableArray<(Element Characteristic, Criterion? Criterion)> read) =>
        from one in read
        where one.Criterion is not null
            && one.Characteristic["extension"].Any(e => e.ValueOf("url") == EligibilityExtensions.Review
                && e.Extension("status")?.Value == "reviewed")
        let expression = ExpressionOf(one.Characteristic)
        where expression is not null && expression.Text != ClauseFhirPath.Write(one.Criterion.Clause)
        select KeyValuePair.Create(one.Criterion.Number, expression);

    /// <summary>HL7's expression in place of all characteristics.</summary>
    static bool IsOfGroup(Element extension) =>
        extension.ValueOf("url") == EligibilityExtensions.CharacteristicExpression;

    /// <summary>A study that tells no criteria in words asks for something all the same: nobody is eligible for it
    /// yet.</summary>
    static Criterion[] Unstated(ImmutableArray<Criterion> criteria, int foreign)
    {
        const string Text = "The study states no eligibility criteria";
        return foreign > 0 || criteria.Any(c => c.Field is null)
            ? []
            : [new Criterion(criteria.Length + 1, CriterionSection.Inclusion, Text, default, ParseStatus.Text, 0,
                CriterionScope.All, new Clause.Unread(Text))];
    }

    /// <summary>A characteristic that another system wrote: it has a text and, with luck, an expression.</summary>
    static bool IsForeign(Element characteristic) =>
        !characteristic["extension"].Any(e => e.ValueOf("url") == EligibilityExtensions.Source);

    static Criterion Foreign(Element characteristic, int number)
    {
        var text = characteristic.At("code", "text")?.Value
            ?? characteristic.At("code", "coding", "display")?.Value
            ?? characteristic.At("value", "description")?.Value
            ?? "Characteristic without a text";
        var section =
            characteristic.ValueOf("exclude") == "true" ? CriterionSection.Exclusion : CriterionSection.Inclusion;
        return new Criterion(
            number, section, text, default, ParseStatus.Text, 0, CriterionScope.All, new Clause.Unread(text));
    }

    /// <summary>The expression, or null where there is none or it does not compile: then the criterion is only
    /// text.</summary>
    static FhirPathExpression? ExpressionOf(Element characteristic)
    {
        var expression = IsOfGroup(characteristic) ? characteristic.Child("value")
            : characteristic.Extension(EligibilityExtensions.Expression);
        if (expression?.ValueOf("language") != "text/fhirpath" || expression.ValueOf("expression") is not { } text)
        {
            return null;
        }

        try
        {
            return FhirPathExpression.Compile(text);
        }
        catch (FhirPathException)
        {
            return null;
        }
    }
}
