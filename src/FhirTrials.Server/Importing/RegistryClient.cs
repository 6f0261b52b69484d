using System.Net;
using System.Text.Json;

namespace FhirTrials.Server.Importing;

/// <summary>The registry does not give a page.</summary>
/// <param name="status">What it answered; null where it answered no HTTP.</param>
sealed class RegistryException(string message, HttpStatusCode? status = null) : Exception(message)
{
    public HttpStatusCode? Status => status;
}

/// <summary>What is borne of a registry.</summary>
sealed record RegistryLimits
{
    /// <summary>How often a page is asked for before that is given up.</summary>
    public int Attempts { get; init; } = 7;

    /// <summary>The wait after the first failure; each later one is twice as long.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait, also of those that the registry asks for.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a page may take.</summary>
    public TimeSpan PageTime { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How large a page may be, unpacked.</summary>
    public int PageBytes { get; init; } = 256 << 20;

    public int Redirects { get; init; } = 5;
}

/// <summary>Gets pages of a registry. What fails for now (no answer, 408, 429, 5xx, a page that is torn or no JSON) is
/// tried again, later each time and not at the same moment as others do.</summary>
sealed class RegistryClient(HttpClient http, RegistryLimits limits, TimeProvider clock, Action<string> tell)
{
    const int MaxMessage = 300;

    /// <summary>A client that follows no redirects by itself and unpacks what comes packed.</summary>
    public static HttpClient Http() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "FhirTrials" }, { "Accept", "application/json" } },
    };

    /// <exception cref="RegistryException">It refuses, or the attempts are used up.</exception>
    public async Task<RegistryPage> Get(Uri page, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (answer, failure, wait) = await Try(page, ct);
            if (answer is not null)
            {
                return answer;
            }

            if (attempt >= limits.Attempts)
            {
                throw new RegistryException($"{failure} It was asked {attempt} times.");
            }

            var time = wait ?? Wait(attempt);
            tell($"{failure} It is asked again in {time.TotalSeconds:0.0} s.");
            await Task.Delay(time < limits.MaxWait ? time : limits.MaxWait, clock, ct);
        }
    }

    /// <summary>The page, or why there is none for now and how long the registry wants to be left alone.</summary>
    async Task<(RegistryPage? Page, string Failure, TimeSpan? Wait)> Try(Uri page, CancellationToken ct)
    {
        using var time = new CancellationTokenSource(limits.PageTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, ct);
        try
        {
            using var answer = await Follow(page, either.Token);
            if (IsForNow(answer.StatusCode))
            {
                return (null, $"The registry answers {(int)answer.StatusCode}.", RetryAfter(answer));
            }

            var content = await Bounded(answer.Content, either.Token);
            return answer.StatusCode == HttpStatusCode.OK
                ? (RegistryPage.Parse(content), "", null)
                : throw new RegistryException(
                    $"The registry answers {(int)answer.StatusCode}: {Message(content)}", answer.StatusCode);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, $"The registry does not answer in {limits.PageTime.TotalSeconds:0.#} s.", null);
        }
        catch (HttpRequestException e)
        {
            return (null, $"The registry cannot be reached ({e.HttpRequestError}).", null);
        }
        catch (IOException)
        {
            return (null, "The registry's answer breaks off.", null);
        }
        catch (JsonException e)
        {
            return (null, $"The registry's answer is no page of studies (line {(e.LineNumber ?? 0) + 1}).", null);
        }
    }

    /// <summary>Redirects lead to the same host only, and never from https to http.</summary>
    async Task<HttpResponseMessage> Follow(Uri page, CancellationToken ct)
    {
        for (var left = limits.Redirects; ; left--)
        {
            var answer = await http.GetAsync(page, HttpCompletionOption.ResponseHeadersRead, ct);
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return answer;
            }

            using (answer)
            {
                var target = answer.Headers.Location is { } location ? new Uri(page, location) : null;
                if (left == 0 || target is null || target.Host != page.Host || target.Port != page.Port
                    || target.Scheme != page.Scheme)
                {
                    throw new RegistryException(
                        target is null || left == 0
                            ? "The registry redirects without end."
                            : $"The registry redirects to {target.Scheme}://{target.Authority}, which is not followed.",
                        answer.StatusCode);
                }

                page = target;
            }
        }
    }

    async Task<ReadOnlyMemory<byte>> Bounded(HttpContent content, CancellationToken ct)
    {
        await using var source = await content.ReadAsStreamAsync(ct);
        using var read = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await source.ReadAsync(buffer, ct) is > 0 and var count)
        {
            if (read.Length + count > limits.PageBytes)
            {
                throw new RegistryException($"The registry's page is larger than {limits.PageBytes} bytes.");
            }

            read.Write(buffer, 0, count);
        }

        return read.GetBuffer().AsMemory(0, (int)read.Length);
    }

    TimeSpan Wait(int attempt) =>
        limits.FirstWait * Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble());

    TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > clock.GetUtcNow() => date - clock.GetUtcNow(),
        _ => null,
    };

    static bool IsForNow(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    /// <summary>What the registry says, short and without control characters.</summary>
    static string Message(ReadOnlyMemory<byte> content)
    {
        var text = System.Text.Encoding.UTF8.GetString(content.Span[..Math.Min(content.Length, MaxMessage)]);
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
    }
}
