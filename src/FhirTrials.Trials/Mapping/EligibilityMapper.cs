using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Mapping;

/// <summary>The criteria in FHIR: one characteristic each, and the contained Groups
/// that nested clauses refer to.</summary>
sealed record EligibilityCharacteristics(ArrayNode Characteristics, ArrayNode Contained);

/// <summary>Criteria → characteristics of the eligibility Group (profile <c>trial-eligibility</c>, extensions in
/// <see cref="EligibilityExtensions"/>). <see cref="EligibilityReader"/> is its inverse.</summary>
/// <remarks>A leaf is a characteristic: what in <c>code</c>, how much in <c>value[x]</c>, the rest in the detail and
/// window extensions. A clause of clauses is a contained Group. <c>exclude</c> says exclusion on a criterion, and
/// <em>not</em> inside a contained Group.</remarks>
public static class EligibilityMapper
{
    const int MaxCodings = 12;

    internal static EligibilityCharacteristics Map(ImmutableArray<Criterion> criteria)
    {
        var (characteristics, contained) = (new ArrayNode(), new ArrayNode());
        foreach (var criterion in criteria)
        {
            characteristics.Add(Characteristic(criterion, contained));
        }

        return new(characteristics, contained);
    }

    /// <summary>What was understood of a criterion, as text that is equal where it is the same.</summary>
    internal static string ReadingOf(Criterion criterion)
    {
        var contained = new ArrayNode();
        return $"{Characteristic(criterion.Clause, criterion.Section == CriterionSection.Exclusion, contained)}"
            + $"{contained}{Scope(criterion.Scope)}";
    }

    static ObjectNode Characteristic(Criterion criterion, ArrayNode contained)
    {
        var characteristic =
            Characteristic(criterion.Clause, criterion.Section == CriterionSection.Exclusion, contained);
        var extensions = (ArrayNode)characteristic["extension"]!;
        extensions.Insert(0, Source(criterion));
        if (Scope(criterion.Scope) is { } scope)
        {
            extensions.Insert(1, scope);
        }

        if (ClauseFhirPath.Write(criterion.Clause) is { } expression)
        {
            extensions.Add(FhirNode.Extension(EligibilityExtensions.Expression, "valueExpression", FhirNode.Object(
                ("language", "text/fhirpath"), ("expression", expression))));
        }

        return characteristic;
    }

    static ObjectNode? Source(Criterion criterion)
    {
        TextSpan? source = criterion.Field is null ? criterion.Source : null;
        return FhirNode.Extension(
            EligibilityExtensions.Source,
            [
                FhirNode.Extension("number", "valuePositiveInt", criterion.Number),
                FhirNode.Extension("text", "valueString", criterion.Text),
                FhirNode.Extension("start", "valueUnsignedInt", FhirNode.Integer(source?.Start)),
                FhirNode.Extension("length", "valueUnsignedInt", FhirNode.Integer(source?.Length)),
                FhirNode.Extension("field", "valueCode", criterion.Field),
                FhirNode.Extension("status", "valueCode", EnumCode.Of(criterion.Status)),
                FhirNode.Extension("confidence", "valueDecimal", criterion.Confidence),
                FhirNode.Extension("parser", "valueString", CriteriaParser.Version),
            ]);
    }

    static ObjectNode? Scope(CriterionScope scope)
    {
        var arms = scope.Arms.Select((arm, at) => FhirNode.Extension(
            "arm",
            [
                FhirNode.Extension("title", "valueString", arm),
                FhirNode.Extension("cohort", "valueString", scope.Cohorts.Length > at && scope.Cohorts[at].Length > 0
                    ? scope.Cohorts[at] : null),
            ]));
        return FhirNode.Extension(EligibilityExtensions.Scope, arms.Concat(scope.Age is { } age
            ?
            [
                FhirNode.Extension("age", "valueRange", Range(age)),
                FhirNode.Extension("lowInclusive", "valueBoolean", age.LowInclusive),
                FhirNode.Extension("highInclusive", "valueBoolean", age.HighInclusive),
            ]
            : []));
    }

    static ObjectNode Characteristic(Clause clause, bool exclude, ArrayNode contained) => clause switch
    {
        Clause.Measured measured => Measured(measured.Measurement, exclude),
        Clause.Present present => Present(present, exclude),
        Clause.Sex sex => Leaf(
            "sex", FhirNode.Text("Administrative sex"), "valueCodeableConcept",
            FhirNode.Concept([FhirNode.Coding("http://hl7.org/fhir/administrative-gender", sex.Gender)]), exclude),
        Clause.Unread unread => Leaf(
            "unread", FhirNode.Text("Text of the criterion"), "valueCodeableConcept", FhirNode.Text(unread.Text),
            exclude, [FhirNode.Extension("reason", "valueCode", EnumCode.Of(unread.Kind))], unread.Window),
        Clause.AllOf { Clauses: [Clause.Not] } all =>
            Group("all-of", all.Clauses, null, exclude, contained, nestNegation: true),
        Clause.AllOf all => Group("all-of", all.Clauses, null, exclude, contained),
        Clause.AnyOf any => Group("any-of", any.Clauses, null, exclude, contained),
        Clause.AtLeast some => Group("at-least", some.Clauses, some.Count, exclude, contained),
        Clause.Not not => Group("all-of", [not], null, exclude, contained),
        _ => throw new InvalidOperationException($"No clause is a {clause.GetType().Name}."),
    };

    static ObjectNode Measured(Measurement m, bool exclude)
    {
        var single = m.Comparator == Comparator.Equal;
        var value = single ? Quantity(m.Low, m.Unit) : Range(m);
        return Leaf(
            "measured", Code(m.Concept), single ? "valueQuantity" : "valueRange", value, exclude,
            [
                FhirNode.Extension("category", "valueCode", EnumCode.Of(m.Kind)),
                FhirNode.Extension("comparator", "valueCode", EnumCode.Of(m.Comparator)),
                FhirNode.Extension("lowInclusive", "valueBoolean", m.LowInclusive),
                FhirNode.Extension("highInclusive", "valueBoolean", m.HighInclusive),
                FhirNode.Extension("relativeTo", "valueCode", m.RelativeTo is { } limit ? EnumCode.Of(limit) : null),
            ],
            m.Within);
    }

    static ObjectNode Present(Clause.Present p, bool exclude) => Leaf(
        "present", Code(p.Concept), "valueBoolean", true, exclude,
        [
            FhirNode.Extension("category", "valueCode", EnumCode.Of(p.Kind)),
            FhirNode.Extension("status", "valueCode", EnumCode.Of(p.Status)),
            FhirNode.Extension("except", "valueCodeableConcept", p.Except is { } except ? Code(except) : null),
        ],
        p.Window);

    static ObjectNode Leaf(
        string kind, ObjectNode? code, string valueName, Node? value, bool exclude,
        IEnumerable<ObjectNode?>? detail = null, Window? window = null)
    {
        ObjectNode?[] details = [FhirNode.Extension("kind", "valueCode", kind), .. detail ?? []];
        return FhirNode.Object(
            ("extension", FhirNode.Array(
                FhirNode.Extension(EligibilityExtensions.Detail, details), window is null ? null : Window(window))),
            ("code", code),
            (valueName, value),
            ("exclude", exclude))!;
    }

    /// <summary>A characteristic that refers to a contained Group. In it, a member that is a negation is written as
    /// excluded; but a sole negation under an all-of stands for the negation itself, so an all-of of one negation nests
    /// once more.</summary>
    static ObjectNode Group(
        string combination, ImmutableArray<Clause> members, int? threshold, bool exclude, ArrayNode contained,
        bool nestNegation = false)
    {
        var id = $"c{contained.Count + 1}";
        var group = new ObjectNode { ["resourceType"] = "Group", ["id"] = id };
        contained.Add(group);
        group["extension"] = FhirNode.Array(
            FhirNode.Extension(EligibilityExtensions.Combination, "valueCode", combination),
            FhirNode.Extension(EligibilityExtensions.Threshold, "valuePositiveInt", FhirNode.Integer(threshold)));
        group["type"] = "person";
        group["actual"] = false;
        var nested = members.Select(m =>
            nestNegation ? Characteristic(m, exclude: false, contained) : Member(m, contained));
        if (FhirNode.Array(nested) is { } characteristics)
        {
            group["characteristic"] = characteristics;
        }

        return Leaf(
            "group", FhirNode.Text("Combination of characteristics"), "valueReference", FhirNode.Reference($"#{id}"),
            exclude);
    }

    static ObjectNode Member(Clause member, ArrayNode contained) =>
        member is Clause.Not not
            ? Characteristic(not.Inner, exclude: true, contained)
            : Characteristic(member, exclude: false, contained);

    /// <summary>The vocabulary's code, and the standard codes of the same meaning.</summary>
    static ObjectNode? Code(Concept concept)
    {
        if (concept.Key is not { } key)
        {
            return FhirNode.Text(concept.Text);
        }

        var standard = (ConceptVocabulary.Default.Find(key)?.Codes ?? [])
            .Where(c => !c.Code.EndsWith('*'))
            .Take(MaxCodings)
            .Select(c => FhirNode.Coding(CodeSystems.UriOf(c.System), c.Code));
        var own = FhirNode.Coding(CodeSystems.Vocabulary, key, concept.Text);
        return FhirNode.Concept([own, .. standard], concept.Text);
    }

    static ObjectNode? Range(Measurement m) =>
        FhirNode.Object(("low", Quantity(m.Low, m.Unit)), ("high", Quantity(m.High, m.Unit)));

    static ObjectNode? Quantity(decimal? value, string unit) =>
        value is not { } number ? null
            : unit.Length > 0 ? FhirNode.Quantity(number, unit, unit)
            : FhirNode.Object(("value", number));

    static ObjectNode? Window(Window window) => FhirNode.Extension(
        EligibilityExtensions.Window,
        [
            FhirNode.Extension("value", "valueQuantity", Quantity(window.Value, window.Unit)),
            FhirNode.Extension("direction", "valueCode", EnumCode.Of(window.Direction)),
            FhirNode.Extension("anchor", "valueCode", window.Anchor),
        ]);
}
