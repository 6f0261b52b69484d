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
        var latest = facts.LatestResults(key);
        if (latest.IsEmpty || (since is { } day && latest.Any(r => r.When.First < day)))
        {
            return Finding.Unknown(None(measurement, since, facts), Finding.Told(latest, r => r.Evidence));
        }

        var finding = Agreed(measurement, key, latest);
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
    static Finding Agreed(Measurement measurement, string key, ImmutableArray<PatientResult> results)
    {
        var compared = results.Select(r => Compare(measurement, key, r)).Distinct().ToArray();
        var evidence = Finding.Told(results, r => EvidenceOf(r, measurement.RelativeTo));
        return compared.Select(c => c.Value).Distinct().ToArray() switch
        {
            [bool value] => Finding.Of(value, evidence),
            [null] => new Finding(null, evidence, [.. compared.Select(c => c.Missing!)]),
            _ => Finding.Unknown(
                $"values of {measurement.Concept.Text} that agree: those of the latest day differ", evidence),
        };
    }

    /// <summary>Whether a result satisfies the comparison, or what is missing to tell.</summary>
    static (bool? Value, string? Missing) Compare(Measurement measurement, string key, PatientResult result)
    {
        if (measurement.RelativeTo is { } limit)
        {
            return Normal(result, limit) is { } normal
                ? Compared(Multiple(result.Value, normal), measurement)
                : (null, $"the {NameOf(limit)} limit of normal of {measurement.Concept.Text}");
        }

        if (measurement.Kind == MeasurementKind.Score)
        {
            return Compared(result.Value, measurement);
        }

        return Converted(result.Value, result.Unit, measurement.Unit, key) is { } converted
            ? Compared(converted, measurement)
            : (null, $"{measurement.Concept.Text} in a unit that converts to {measurement.Unit}");
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
        var high = value.High == value.Low ? low
            : value.High is { } h ? UnitConversion.Convert(h, from, to, key) : null;
        return (low is null && value.Low is not null) || (high is null && value.High is not null)
            ? null
            : value with { Low = low, High = high };
    }

    /// <summary>The magnitude in multiples of a limit; one beyond all numbers is only known to be large.</summary>
    static Magnitude Multiple(Magnitude value, decimal normal)
    {
        try
        {
            return value.Select(v => v / normal);
        }
        catch (OverflowException)
        {
            return new(null, false, null, false);
        }
    }

    /// <summary>The result, with the limit of normal that it was compared with.</summary>
    static Evidence EvidenceOf(PatientResult result, ReferenceLimit? relativeTo) =>
        relativeTo is { } limit && Normal(result, limit) is { } normal
            ? result.Evidence with
            {
                Text = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{result.Evidence.Text}, {NameOf(limit)} limit of normal {normal}"),
            }
            : result.Evidence;

    static decimal? Normal(PatientResult result, ReferenceLimit limit) => limit switch
    {
        ReferenceLimit.Uln => result.ReferenceHigh,
        ReferenceLimit.Lln => result.ReferenceLow,
    } is > 0 and var normal ? normal : null;

    static string NameOf(ReferenceLimit limit) => limit switch
    {
        ReferenceLimit.Uln => "upper",
        ReferenceLimit.Lln => "lower",
    };

    static (bool? Value, string? Missing) Compared(Magnitude value, Measurement measurement) =>
        IsWithin(value, measurement) is { } within
            ? (within, null) : (null, $"the exact value of {measurement.Concept.Text}");

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

    static string None(Measurement measurement, DateOnly? since, RecordFacts facts) =>
        since is { } day
            ? $"no {measurement.Concept.Text} in the last {facts.Record.ReferenceDate.DayNumber - day.DayNumber} days"
            : $"no {measurement.Concept.Text}";
}
