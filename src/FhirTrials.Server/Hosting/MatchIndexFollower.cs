using FhirTrials.Server.Http;
using FhirTrials.Server.Matching;

namespace FhirTrials.Server.Hosting;

/// <summary>Keeps the index of studies up to date beside the requests, so that
/// these find little left to read.</summary>
sealed class MatchIndexFollower(MatchIndex index, ILogger<MatchIndexFollower> log) : BackgroundService
{
    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await index.Follow().WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database may be away; what was not read is read in the next round.
                log.LogError("Studies could not be read to be matched: {Fault}", FaultText.Of(e));
            }

            await Task.Delay(Rest, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
