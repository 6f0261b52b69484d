using System.Globalization;

namespace FhirTrials.Trials.Criteria;

/// <summary>Criteria of the registry's structured fields: ages, sex, healthy volunteers.</summary>
static class RegistryFields
{
    public static IEnumerable<Criterion> Read(EligibilityText eligibility)
    {
        if (eligibility.MinimumAge is { } minimum)
        {
            yield return Field("minimumAge", $"Minimum age: {minimum}", Age(minimum, Comparator.GreaterOrEqual));
        }

        else if (eligibility.StandardAges.Length > 0 && !eligibility.StandardAges.Contains("CHILD"))
        {
            yield return Field("minimumAge", "Minimum age: adults", Age("18 Years", Comparator.GreaterOrEqual));
        }

        if (eligibility.MaximumAge is { } maximum)
        {
            yield return Field("maximumAge", $"Maximum age: {maximum}", Age(maximum, Comparator.LessOrEqual));
        }

        if (eligibility.Sex is { } sex)
        {
            yield return Field("sex", $"Sex: {sex}", sex switch
            {
                "ALL" => Clauses.Always,
                "MALE" => new Clause.Sex("male"),
                "FEMALE" => new Clause.Sex("female"),
                _ => new Clause.Unread(sex),
            });
        }

        if (eligibility.HealthyVolunteers is { } healthy)
        {
            yield return Field(
                "healthyVolunteers", $"Accepts healthy volunteers: {(healthy ? "yes" : "no")}", Clauses.Always);
        }
    }

    /// <summary><c>18 Years</c>, <c>6 Months</c>.</summary>
    static Clause Age(string text, Comparator comparator)
    {
        if (AgeOf(text) is not var (value, unit))
        {
            return new Clause.Unread(text);
        }

        var concept = Facts.ConceptOf(Vocabulary.ConceptVocabulary.Default.Find("age")!);
        return new Clause.Measured(comparator == Comparator.GreaterOrEqual
            ? new(MeasurementKind.Age, concept, comparator, value, null, unit)
            : new(MeasurementKind.Age, concept, comparator, null, value, unit));
    }

    /// <summary>The number and the UCUM unit; null for a text that is no age.</summary>
    public static (decimal Value, string Unit)? AgeOf(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, var word]
        && UnitText.Read(word, 0)?.Code is { } unit and ("a" or "mo" or "wk" or "d" or "h" or "min")
        && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        && value <= 1_000_000
            ? (value, unit)
            : null;

    static Criterion Field(string field, string text, Clause clause) =>
        new(0, CriterionSection.Inclusion, text, default, Clauses.StatusOf(clause), clause is Clause.Unread ? 0
            : 1, CriterionScope.All, clause, field);
}
