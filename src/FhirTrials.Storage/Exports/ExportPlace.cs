namespace FhirTrials.Storage.Exports;

/// <summary>How far an export has come: all of the types before, and of that type the resources up to a key.</summary>
/// <param name="Type">The position of the type in the request.</param>
readonly record struct ExportPlace(int Type, long Key)
{
    const int KeyBits = 48;

    /// <summary>As one number, in the order of the places.</summary>
    public long Number => ((long)Type << KeyBits) + Key;

    public static ExportPlace Of(long number) => new((int)(number >> KeyBits), number & ((1L << KeyBits) - 1));
}
