namespace FhirTrials.Fhir.FhirPath.Values;

/// <summary>Common values as objects, made once.</summary>
static class Boxed
{
    static readonly object True = true;
    static readonly object False = false;
    static readonly object[] Small = [.. Enumerable.Range(-16, 273).Select(i => (object)i)];

    public static object Of(bool value) => value ? True : False;

    public static object Of(int value) => value is >= -16 and <= 256 ? Small[value + 16] : value;
}
