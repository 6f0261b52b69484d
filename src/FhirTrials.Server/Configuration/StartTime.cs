using System.Reflection;

namespace FhirTrials.Server.Configuration;

/// <summary>When this process started.</summary>
sealed class StartTime(TimeProvider clock)
{
    public DateTimeOffset Instant { get; } = clock.GetUtcNow();
}

/// <summary>The product's version, without build metadata.</summary>
static class ProductVersion
{
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
