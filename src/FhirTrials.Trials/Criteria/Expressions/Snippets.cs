using System.Globalization;

namespace FhirTrials.Trials.Criteria.Expressions;

/// <summary>What the expressions of all leaves are made of. Dates are compared as texts of ISO form, day by day,
/// because that is one meaning in every engine: a month (<c>2026-11</c>) is less than each of its days.</summary>
static class Snippets
{
    public const string Unknown = "{}";

    public const string Today = "today().toString()";

    /// <summary>The resources of a record, those entered in error left out.</summary>
    public const string Resources = "entry.resource";

    /// <summary>Whether a resource is about the record's patient, or does not say about whom.</summary>
    /// <param name="references">The elements that say so.</param>
    public static string IsMine(string references) =>
        $"({references}).reference.distinct().subsetOf(%resource.entry.where(resource is Patient).select(fullUrl "
        + "| 'Patient/' & resource.id))";

    /// <summary>Whether a day, as text, is the reference date or before it.</summary>
    public static string NotAfterToday(string dates) =>
        $"({dates}).select(toString()).all(substring(0, 10) <= {Today})";

    /// <summary>The day that lies so long before the reference date, as text; null for a unit that is no span of
    /// days.</summary>
    public static string? DayBefore(decimal value, string unit)
    {
        var count = (int)Math.Ceiling(Math.Min(Math.Abs(value), 100_000));
        var (number, word) = unit switch
        {
            "a" => (count, "years"),
            "mo" => (count, "months"),
            "wk" => (7 * count, "days"),
            "d" => (count, "days"),
            "h" => ((count + 23) / 24, "days"),
            _ => (0, ""),
        };
        return word.Length == 0 ? null
            : string.Create(CultureInfo.InvariantCulture, $"(today() - {number} {word}).toString()");
    }

    /// <summary>A literal: FHIRPath's integers have 31 bits.</summary>
    public static string Number(decimal number) => number.ToString(
        Math.Abs(number) > int.MaxValue ? "0.0###############" : "0.################", CultureInfo.InvariantCulture);

    public static string Quoted(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    public static string Union(IEnumerable<string> strings) => $"({string.Join(" | ", strings.Select(Quoted))})";
}
