using System.Reflection;
using FhirTrials.Server.Bundles;

namespace FhirTrials.Server.Hosting;

/// <summary>When this process started.</summary>
sealed class StartTime(TimeProvider clock)
{
    public string Instant { get; } = BundleWriter.Instant(clock.GetUtcNow());
}

/// <summary>The product's version, without build metadata.</summary>
static class ProductVersion
{
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
