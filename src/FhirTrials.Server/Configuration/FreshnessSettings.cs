using System.Globalization;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Server.Configuration;

/// <summary>How old values may be: section <c>Matching:Freshness</c> of the configuration, in days.</summary>
static class FreshnessSettings
{
    /// <summary>Null where the site says nothing of it.</summary>
    /// <exception cref="InvalidDataException">A setting is unknown, or no number of days from 1 to 36,500.</exception>
    public static Freshness? Of(IConfiguration configuration)
    {
        var section = configuration.GetSection("Matching:Freshness");
        return section.Exists() ? section.GetChildren().Aggregate(new Freshness(), With) : null;
    }

    static Freshness With(Freshness freshness, IConfigurationSection setting)
    {
        var days = int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 36_500
            ? number
            : throw new InvalidDataException($"{setting.Path} must be a number of days from 1 to 36500.");
        return setting.Key.ToUpperInvariant() switch
        {
            "USUAL" => freshness with { Usual = days },
            "MARROW" => freshness with { Marrow = days },
            "INFECTION" => freshness with { Infection = days },
            "PREGNANCY" => freshness with { Pregnancy = days },
            "LISTS" => freshness with { Lists = days },
            "ANSWERS" => freshness with { Answers = days },
            _ => throw new InvalidDataException($"There is no setting {setting.Path}."),
        };
    }
}
