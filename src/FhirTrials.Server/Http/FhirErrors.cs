using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Server.Http;

/// <summary>The one place where what went wrong becomes an OperationOutcome: exceptions, and answers of the framework
/// without a body (404, 405) below <c>/fhir</c>.</summary>
sealed class FhirErrors(RequestDelegate next, ILogger<FhirErrors> log)
{
    const string RetrySeconds = "2";

    public async Task Invoke(HttpContext http)
    {
        Identify(http);
        try
        {
            await next(http);
            if (!http.Response.HasStarted && http.Response.ContentLength is null && Framework(http) is { } issue)
            {
                await Answer(http, [issue], http.Response.StatusCode);
            }
        }
        catch (FhirException e) when (!http.Response.HasStarted)
        {
            await Answer(http, e.Issues, e.Status);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            var code = e.StatusCode == StatusCodes.Status413PayloadTooLarge ? IssueCode.TooLong : IssueCode.Invalid;
            await Answer(http, [Issue.Error(code, "The request is malformed or too large to read.")], e.StatusCode);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            if (http.Features.Get<EmbeddedAnswer>() is not null)
            {
                // The Bundle ends with its entry.
                throw;
            }

            // The client went away: nobody is there to answer.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            // Without its message, which may quote what was sent or stored.
            log.LogError("Request {RequestId} failed: {Fault}", http.TraceIdentifier, FaultText.Of(e));
            var issue = Issue.Error(
                IssueCode.Exception,
                $"The server failed to answer. Report the request id {http.TraceIdentifier} to its operator.");
            await Answer(http, [issue], StatusCodes.Status500InternalServerError);
        }
    }

    /// <summary>By the client's own id, where it is one that can stand in a header and a log —
    /// https://hl7.org/fhir/R4/http.html#custom</summary>
    static void Identify(HttpContext http)
    {
        if (http.Request.Headers["X-Request-Id"].ToString() is { Length: > 0 and <= 64 } asked
            && asked.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
        {
            http.TraceIdentifier = asked;
        }

        http.Response.Headers["X-Request-Id"] = http.TraceIdentifier;
    }

    static Task Answer(HttpContext http, IReadOnlyList<Issue> issues, int status)
    {
        if (status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
        {
            http.Response.Headers.RetryAfter = RetrySeconds;
        }

        return FhirResult.Of(issues, status).ExecuteAsync(http);
    }

    static Issue? Framework(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => Issue.Error(IssueCode.NotFound, "There is nothing at this URL."),
        StatusCodes.Status405MethodNotAllowed => Issue.Error(
            IssueCode.NotSupported,
            $"{http.Request.Method} is not supported here; allowed: {http.Response.Headers.Allow}."),
        StatusCodes.Status415UnsupportedMediaType => Issue.Error(
            IssueCode.NotSupported, $"The Content-Type of the body must be {FhirFormat.Json} or {FhirFormat.Xml}."),
        _ => null,
    };
}
