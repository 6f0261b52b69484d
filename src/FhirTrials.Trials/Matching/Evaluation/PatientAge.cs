namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>Age in completed years and months; a range where the birth date is imprecise.</summary>
static class PatientAge
{
    /// <summary>The least and the most completed years; null without a birth date.</summary>
    public static (int First, int Last)? Years(PatientRecord record) =>
        Months(record) is { } months ? (months.First / 12, months.Last / 12) : null;

    /// <summary>The least and the most completed months; null without a birth date, or with one after the reference
    /// date.</summary>
    public static (int First, int Last)? Months(PatientRecord record) =>
        record.BirthDate is { } born && born.First <= record.ReferenceDate
            ? (Completed(born.Last, record.ReferenceDate), Completed(born.First, record.ReferenceDate))
            : null;

    /// <summary>Completed months; who was born on the 31st completes a shorter month on the next month's first
    /// day.</summary>
    static int Completed(DateOnly born, DateOnly day)
    {
        if (day <= born)
        {
            return 0;
        }

        var months = ((day.Year - born.Year) * 12) + day.Month - born.Month;
        return day.Day < born.Day ? months - 1 : months;
    }
}
