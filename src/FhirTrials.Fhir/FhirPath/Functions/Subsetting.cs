namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>https://hl7.org/fhirpath/N1/#subsetting</summary>
static class Subsetting
{
    public static Items Single(Items input) => input.Count <= 1
        ? input
        : throw new FhirPathException($"single() found {input.Count} items.");

    public static Items Skip(Items input, Items count) =>
        Singleton.Integer(count) is { } skipped ? input.Slice(skipped, input.Count) : Items.Empty;

    public static Items Take(Items input, Items count) =>
        Singleton.Integer(count) is { } taken ? input.Slice(0, taken) : Items.Empty;
}
