using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Hosting;

/// <summary>Does the jobs of the database beside the requests, one at a time; other nodes do others.</summary>
sealed class JobRunner(ResourceStore store, ILogger<JobRunner> log) : BackgroundService
{
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await store.DoNextJob(stoppingToken))
                {
                    await Task.Delay(Rest, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database may be away; the job is taken up again when its lease has ended.
                log.LogError("A job stopped: {Fault}", FaultText.Of(e));
                await Task.Delay(Rest, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
