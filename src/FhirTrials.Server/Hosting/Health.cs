using FhirTrials.Fhir.Search;
using FhirTrials.Server.Matching;
using FhirTrials.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FhirTrials.Server.Hosting;

/// <summary>Probes for an orchestrator: <c>/health/live</c> answers while the process runs, <c>/health/ready</c> while
/// every check says that requests can be served (503 otherwise). The answer is the status, then a line for each check
/// that has something to say.</summary>
static class Health
{
    public static void AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database")
            .AddCheck<MigrationCheck>("migrations")
            .AddCheck<IndexCheck>("index")
            .AddCheck<MatchCheck>("match");

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = Write });
    }

    /// <summary>What an exception says is not told.</summary>
    internal static Task Write(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "text/plain";
        var said = report.Entries.Where(e => e.Value is { Exception: null, Description: not null })
            .Select(e => $"{e.Key}: {e.Value.Description}");
        return http.Response.WriteAsync(string.Join('\n', said.Prepend(report.Status.ToString())), http.RequestAborted);
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

/// <summary>Whether the tables are those that this program needs.</summary>
sealed class MigrationCheck(FhirDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await database.IsUpToDate(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The database's schema is older than this program.");
}

/// <summary>Whether all studies can be matched. While they are read for the first time since the start, all else is
/// served: the server is ready, and says that it is degraded.</summary>
sealed class MatchCheck(MatchIndex index) : IHealthCheck
{
    /// <summary>As many studies are named at most.</summary>
    const int MaxNamed = 10;

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(!index.IsBuilt
                ? HealthCheckResult.Degraded(
                    $"The studies are being read to be matched: {index.Progress.Read} of {index.Progress.Of}")
            : index.Broken is { IsEmpty: false } broken
                ? HealthCheckResult.Degraded(
                    $"{broken.Count} studies cannot be read to be matched: {string.Join(", ", broken.Take(MaxNamed))}")
            : HealthCheckResult.Healthy());
}

/// <summary>Whether all search parameters can be searched by. Where one is new, the others still can: the server is
/// ready, and says that it is degraded.</summary>
sealed class IndexCheck(SearchParameters parameters) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var incomplete = parameters.Posted.Where(p => !p.IsComplete).Select(p => p.Parameter.Url).ToList();
        return Task.FromResult(incomplete.Count > 0
            ? HealthCheckResult.Degraded($"Not every resource is indexed yet by {string.Join(", ", incomplete)}")
            : HealthCheckResult.Healthy());
    }
}
