using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Configuration;

namespace FhirTrials.Server.Http;

/// <summary>Ends a request that takes too long (503); the entries of a Bundle share the time of the Bundle.</summary>
sealed class TimeLimit(RequestDelegate next, ServerLimits limits)
{
    public async Task Invoke(HttpContext http)
    {
        if (http.Features.Get<EmbeddedAnswer>() is not null)
        {
            await next(http);
            return;
        }

        var aborted = http.RequestAborted;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        time.CancelAfter(TimeSpan.FromSeconds(limits.RequestSeconds));
        http.RequestAborted = time.Token;
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw new FhirException(Issue.Error(
                IssueCode.Timeout,
                $"The request took longer than the {limits.RequestSeconds} s that are allowed. Ask for less at once."));
        }
        finally
        {
            http.RequestAborted = aborted;
        }
    }
}
