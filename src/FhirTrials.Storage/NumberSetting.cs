using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace FhirTrials.Storage;

/// <summary>A whole number of the configuration, and what it may be.</summary>
/// <param name="Name">As in the configuration: <c>Limits:PageSize</c>.</param>
/// <param name="Missing">What it is where nothing is configured.</param>
public readonly record struct NumberSetting(string Name, long Missing, long Least, long Most)
{
    /// <summary>The number; throws <see cref="InvalidOperationException"/>, with a sentence for the operator, where it
    /// is none or out of range.</summary>
    public long Read(IConfiguration configuration)
    {
        var text = configuration[Name];
        if (string.IsNullOrWhiteSpace(text))
        {
            return Missing;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= Least && number <= Most
                ? number
                : throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Name} is '{text}'; it must be a whole number from {Least} to {Most}."));
    }

    public int ReadInt(IConfiguration configuration) => checked((int)Read(configuration));
}
