using FhirTrials.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FhirTrials.Server.Hosting;

/// <summary>Probes for an orchestrator: <c>/health/live</c> answers while the process runs, <c>/health/ready</c> while the
/// database does.</summary>
static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
    }
}

/// <summary>Whether the database answers.</summary>
sealed class DatabaseCheck(ResourceStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.LastChange(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
