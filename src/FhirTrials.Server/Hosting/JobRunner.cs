using FhirTrials.Server.Http;
using FhirTrials.Storage;
using FhirTrials.Storage.Exports;

namespace FhirTrials.Server.Hosting;

/// <summary>Does the jobs of the database beside the requests, of each kind one at a
/// time; other nodes do others.</summary>
sealed class JobRunner(ResourceStore store, BulkExports exports, ILogger<JobRunner> log) : BackgroundService
{
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        DoAll(store.DoNextJob, stoppingToken),
        DoAll(exports.DoNext, stoppingToken));

    /// <param name="doNext">Does a job, and tells whether there was one.</param>
    async Task DoAll(Func<CancellationToken, Task<bool>> doNext, CancellationToken stoppingToken)
    {
        // The database may do on this thread what it does: the other jobs and the start do not wait for it.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await doNext(stoppingToken))
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
