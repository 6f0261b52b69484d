using System.Globalization;

namespace FhirTrials.Server.Importing;

/// <summary>What became of the records of one import.</summary>
sealed class ImportSummary
{
    public int Records { get; private set; }

    public int New { get; private set; }

    public int Changed { get; private set; }

    public int Unchanged { get; private set; }

    public int Refused { get; private set; }

    public int Warnings { get; private set; }

    public int Resources { get; private set; }

    public int Removed { get; private set; }

    public void Add(Imported imported)
    {
        Records++;
        if (imported.IsRefused)
        {
            Refused++;
            return;
        }

        Warnings += imported.Issues.Length;
        Resources += imported.Written;
        Removed += imported.Removed;
        New += imported.IsNew ? 1 : 0;
        Changed += !imported.IsNew && !imported.IsUnchanged ? 1 : 0;
        Unchanged += imported.IsUnchanged ? 1 : 0;
    }

    public string Line(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Records} records: {New} new, {Changed} changed, {Unchanged} unchanged, {Refused} refused; "
        + $"{Resources} resources written, {Removed} removed, {Warnings} warnings in {time.TotalSeconds:0.0} s");
}
