using System.Collections.Immutable;
using System.Globalization;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>A number of the patient against limits: the latest day's values, in the criterion's unit.</summary>
static class MeasuredClause
{
    public static Finding Evaluate(Measurement measurement, RecordFacts facts) => measurement.Kind switch
    {
        MeasurementKind.Age => Age(measurement, facts.Record),
        MeasurementKind.Lab or MeasurementKind.Vital or MeasurementKind.Score => Result(measurement, facts),
    };

    static Finding Age(Measurement measurement, PatientRecord record)
    {
        var age = measurement.Unit == "mo" ? PatientAge.Months(record) : PatientAge.Years(record);
        if (age is not { } completed || measurement.Unit is not ("a" or "mo"))
        {
            return Finding.Unknown("the patient's date of birth");
        }

        var word = measurement.Unit == "mo" ? "months" : "years";
        var evidence = record.Demographics(
            completed.First == completed.Last
                ? $"Age {completed.First} {word}"
                : $"Age {completed.First} to {completed.Last} {word}");
        return IsWithin(new Magnitude(completed.First, true, completed.Last, true), measurement) is { } value
            ? Finding.Of(value, evidence)
            : Finding.Unknown("the patient's exact date of birth", evidence);
    }

    static Finding Result(Measurement measurement, RecordFacts facts)
    {
        if (measurement.Concept.Key is not { } key)
        {
            return Finding.Unknown($"a value of: {measurement.Concept.Text}");
        }

        var since = Since(measurement, key, facts);
        var results = facts.Results(key).Where(r => since is not { } day || r.When.Last >= day).ToImmutableArray();
        if (results.IsEmpty)
        {
            return Finding.Unknown(None(measurement, since, facts), [.. Older(key, facts).Select(r => r.Evidence)]);
        }

        var lastDay = results.Max(r => r.When.Last);
        var latest = results.Where(r => r.When.Last == lastDay).ToImmutableArray();
        return Agreed(measurement, latest.Select(r => Compare(measurement, key, r)).ToImmutableArray());
    }

    /// <summary>Results of one day must agree on the verdict; where they do not, the question stays open.</summary>
    static Finding Agreed(Measurement measurement, ImmutableArray<Finding> findings)
    {
        var evidence = findings.SelectMany(f => f.Evidence).ToImmutableArray();
        return findings.Select(f => f.Value).Distinct().ToArray() switch
        {
            [bool value] => Finding.Of(value, evidence),
            [null] => new Finding(null, evidence, [.. findings.SelectMany(f => f.Missing).Distinct()]),
            _ => Finding.Unknown($"values of {measurement.Concept.Text} that agree: those of the latest day differ", evidence),
        };
    }

    static Finding Compare(Measurement measurement, string key, PatientResult result)
    {
        if (measurement.RelativeTo is { } limit)
        {
            return CompareToNormal(measurement, limit, result);
        }

        if (measurement.Kind == MeasurementKind.Score)
        {
            return Compared(result.Value, measurement, result);
        }

        return UnitConversion.Convert(result.Value, result.Unit, measurement.Unit, key) is { } converted
            ? Compared(converted, measurement, result)
            : Finding.Unknown($"{measurement.Concept.Text} in a unit that converts to {measurement.Unit}", result.Evidence);
    }

    static Finding CompareToNormal(Measurement measurement, ReferenceLimit limit, PatientResult result)
    {
        var (normal, name) = limit switch
        {
            ReferenceLimit.Uln => (result.ReferenceHigh, "upper"),
            ReferenceLimit.Lln => (result.ReferenceLow, "lower"),
        };
        if (normal is not > 0)
        {
            return Finding.Unknown($"the {name} limit of normal of {measurement.Concept.Text}", result.Evidence);
        }

        var reached = result.Value.Select(v => v / normal.Value);
        var evidence = result.Evidence with
        {
            Text = string.Create(CultureInfo.InvariantCulture, $"{result.Evidence.Text}, {name} limit of normal {normal}"),
        };
        return IsWithin(reached, measurement) is { } value
            ? Finding.Of(value, evidence)
            : Finding.Unknown($"the exact value of {measurement.Concept.Text}", evidence);
    }

    static Finding Compared(Magnitude value, Measurement measurement, PatientResult result) =>
        IsWithin(value, measurement) is { } within
            ? Finding.Of(within, result.Evidence)
            : Finding.Unknown($"the exact value of {measurement.Concept.Text}", result.Evidence);

    /// <summary>Whether a magnitude satisfies the comparison; null where only bounds are known that straddle a
    /// limit.</summary>
    internal static bool? IsWithin(Magnitude value, Measurement measurement)
    {
        var above = measurement.Low is { } low ? value.IsAbove(low, LowIncluded(measurement)) : true;
        var below = measurement.High is { } high ? value.IsBelow(high, HighIncluded(measurement)) : true;
        return above is false || below is false ? false : above is null || below is null ? null : true;
    }

    static bool LowIncluded(Measurement measurement) => measurement.Comparator switch
    {
        Comparator.GreaterThan => false,
        Comparator.GreaterOrEqual or Comparator.Equal => true,
        Comparator.Between or Comparator.LessThan or Comparator.LessOrEqual => measurement.LowInclusive,
    };

    static bool HighIncluded(Measurement measurement) => measurement.Comparator switch
    {
        Comparator.LessThan => false,
        Comparator.LessOrEqual or Comparator.Equal => true,
        Comparator.Between or Comparator.GreaterThan or Comparator.GreaterOrEqual => measurement.HighInclusive,
    };

    static DateOnly? Since(Measurement measurement, string key, RecordFacts facts) =>
        measurement.Within is { } window
            ? TimeWindow.Before(facts.Record.ReferenceDate, window.Value, window.Unit)
            : facts.Freshness.Of(key) is { } days ? facts.Record.ReferenceDate.AddDays(-days) : null;

    static IEnumerable<PatientResult> Older(string key, RecordFacts facts)
    {
        var results = facts.Results(key).ToArray();
        var last = results.Length == 0 ? default : results.Max(r => r.When.Last);
        return results.Where(r => r.When.Last == last);
    }

    static string None(Measurement measurement, DateOnly? since, RecordFacts facts) =>
        since is { } day
            ? $"no {measurement.Concept.Text} in the last {facts.Record.ReferenceDate.DayNumber - day.DayNumber} days"
            : $"no {measurement.Concept.Text}";
}
