using System.Collections.Immutable;
using System.Globalization;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;

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

        if (measurement.Unit.Length == 0)
        {
            return Finding.Unknown($"the unit that the limit of {measurement.Concept.Text} is meant in");
        }

        var since = Since(measurement, key, facts);
        var latest = Latest(facts.Results(key));
        if (latest.IsEmpty || (since is { } day && latest.Any(r => r.When.First < day)))
        {
            return Finding.Unknown(None(measurement, since, facts), [.. latest.Select(r => r.Evidence)]);
        }

        var finding = Agreed(measurement, latest.Select(r => Compare(measurement, key, r)).ToImmutableArray());
        return finding.Value is false && IsBelowSight(measurement, key) && latest.All(r => IsBelow(measurement, key, r))
            ? Result(measurement with { Concept = new Concept("mrd", "minimal residual disease") }, facts)
            : finding;
    }

    static bool IsBelow(Measurement measurement, string key, PatientResult result) =>
        Converted(result.Value, result.Unit, measurement.Unit, key) is { } value
        && value.IsBelow(measurement.Low!.Value, !LowIncluded(measurement)) is true;

    /// <summary>Whether the lower limit is finer than a microscope counts (1 of 100 cells): that no blasts are seen
    /// does not deny it, minimal residual disease tells.</summary>
    static bool IsBelowSight(Measurement measurement, string key) =>
        key == "bm-blasts" && measurement is { Unit: "%", Low: > 0 and < 1 };

    /// <summary>Results of one day must agree on the verdict; where they do not, the question stays open.</summary>
    static Finding Agreed(Measurement measurement, ImmutableArray<Finding> findings)
    {
        var evidence = findings.SelectMany(f => f.Evidence).ToImmutableArray();
        return findings.Select(f => f.Value).Distinct().ToArray() switch
        {
            [bool value] => Finding.Of(value, evidence),
            [null] => new Finding(null, evidence, [.. findings.SelectMany(f => f.Missing).Distinct()]),
            _ => Finding.Unknown(
                $"values of {measurement.Concept.Text} that agree: those of the latest day differ", evidence),
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

        return Converted(result.Value, result.Unit, measurement.Unit, key) is { } converted
            ? Compared(converted, measurement, result)
            : Finding.Unknown(
                $"{measurement.Concept.Text} in a unit that converts to {measurement.Unit}", result.Evidence);
    }

    /// <summary>The magnitude in another unit, or null where the units measure different things or one is
    /// unknown.</summary>
    static Magnitude? Converted(Magnitude value, string? from, string to, string key)
    {
        if (from is null)
        {
            return null;
        }

        var low = value.Low is { } l ? UnitConversion.Convert(l, from, to, key) : null;
        var high = value.High is { } h ? UnitConversion.Convert(h, from, to, key) : null;
        return (low is null && value.Low is not null) || (high is null && value.High is not null)
            ? null
            : value with { Low = low, High = high };
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
            Text =
                string.Create(CultureInfo.InvariantCulture, $"{result.Evidence.Text}, {name} limit of normal {normal}"),
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

    /// <summary>Those that may be of the latest day: one of <c>2026-11</c> may be later than one of the
    /// tenth.</summary>
    static ImmutableArray<PatientResult> Latest(IEnumerable<PatientResult> results)
    {
        var all = results.ToImmutableArray();
        var day = all.IsEmpty ? default : all.Max(r => r.When.First);
        return [.. all.Where(r => r.When.Last >= day)];
    }

    static string None(Measurement measurement, DateOnly? since, RecordFacts facts) =>
        since is { } day
            ? $"no {measurement.Concept.Text} in the last {facts.Record.ReferenceDate.DayNumber - day.DayNumber} days"
            : $"no {measurement.Concept.Text}";
}
