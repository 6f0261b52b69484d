using FhirTrials.Storage;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Server.Configuration;

/// <summary>How old values may be: section <c>Matching:Freshness</c> of the configuration, in days.</summary>
static class FreshnessSettings
{
    /// <summary>Null where the site says nothing of it; throws <see cref="InvalidOperationException"/> where a setting
    /// is unknown, or no number of days from 1 to 36,500.</summary>
    public static Freshness? Of(IConfiguration configuration)
    {
        var section = configuration.GetSection("Matching:Freshness");
        return section.Exists() ? section.GetChildren().Aggregate(new Freshness(), With) : null;

        Freshness With(Freshness freshness, IConfigurationSection setting)
        {
            return setting.Key.ToUpperInvariant() switch
            {
                "USUAL" => freshness with { Usual = Days(freshness.Usual) },
                "MARROW" => freshness with { Marrow = Days(freshness.Marrow) },
                "INFECTION" => freshness with { Infection = Days(freshness.Infection) },
                "PREGNANCY" => freshness with { Pregnancy = Days(freshness.Pregnancy) },
                "LISTS" => freshness with { Lists = Days(freshness.Lists) },
                "ANSWERS" => freshness with { Answers = Days(freshness.Answers) },
                _ => throw new InvalidOperationException($"There is no setting {setting.Path}."),
            };

            int Days(int missing) => new NumberSetting(setting.Path, missing, 1, 36_500).ReadInt(configuration);
        }
    }
}
