using FhirTrials.Storage.Exports;

namespace FhirTrials.Server.Configuration;

/// <summary>Section <c>Export</c> of the configuration.</summary>
static class ExportSettings
{
    /// <summary>The bounds as configured; throws <see cref="InvalidOperationException"/> where one cannot be.</summary>
    public static ExportOptions Of(IConfiguration configuration)
    {
        var options = configuration.GetSection("Export").Get<ExportOptions>() ?? new ExportOptions();
        return options is { Jobs: > 0, Hours: > 0, FileBytes: > 0 and <= 256 << 20, TotalBytes: > 0 }
            ? options
            : throw new InvalidOperationException(
                "The settings of Export must be above 0, and Export:FileBytes at most 268435456.");
    }
}
