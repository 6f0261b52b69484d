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
    /// <param name="study">The ResearchStudy.</param>
    /// <param name="groups">The Groups that its <c>enrollment</c> refers to.</param>
    public static StudyEligibility Read(Element study, ImmutableArray<Element> groups, ConceptVocabulary? vocabulary = null)
    {
        var criteria = groups.SelectMany(g => EligibilityReader.Read(g)).ToImmutableArray();
        var foreign = groups.SelectMany(g => g["characteristic"]).Where(IsForeign)
            .Select((c, i) => (Criterion: Foreign(c, criteria.Length + i + 1), Expression: ExpressionOf(c)))
            .ToImmutableArray();
        Criterion[] condition = StudyConditions.Of(study, vocabulary ?? ConceptVocabulary.Default) is { } one ? [one] : [];
        return new StudyEligibility(
            study.Id ?? "",
            study.ValueOf("title") ?? study.Id ?? "",
            [.. study["arm"].Select(a => a.ValueOf("name")).OfType<string>()],
            [.. condition, .. criteria, .. foreign.Select(f => f.Criterion), .. Unstated(criteria, foreign.Length)])
        {
            Expressions = foreign.Where(f => f.Expression is not null)
                .ToImmutableDictionary(f => f.Criterion.Number, f => f.Expression!),
            Diseases = StudyDiseases.Of(study, vocabulary ?? ConceptVocabulary.Default),
        };
    }

    /// <summary>A study that tells no criteria in words asks for something all the same: nobody is eligible for it yet.</summary>
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
            ?? "Characteristic without a text";
        var section = characteristic.ValueOf("exclude") == "true" ? CriterionSection.Exclusion : CriterionSection.Inclusion;
        return new Criterion(number, section, text, default, ParseStatus.Text, 0, CriterionScope.All, new Clause.Unread(text));
    }

    /// <summary>The expression, or null where there is none or it does not compile: then the criterion is only
    /// text.</summary>
    static FhirPathExpression? ExpressionOf(Element characteristic)
    {
        var expression = characteristic.Extension(EligibilityExtensions.Expression);
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
