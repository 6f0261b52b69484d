using System.Net.Http.Headers;
using System.Text;
using FhirTrials.Tests;

namespace FhirTrials.Server.Tests;

public sealed class TourTests(FhirServer server)
{
    static readonly string File = Path.Combine(Repository.Root, "examples", "tour.http");

    [Fact]
    public async Task Every_request_of_the_tour_succeeds()
    {
        var (count, failed) = (0, new List<string>());
        foreach (var (title, request) in Requests())
        {
            using (request)
            {
                var answer =
                    await Answer.Of(await server.Http.SendAsync(request, TestContext.Current.CancellationToken));
                count++;
                var foundNothing = answer.Text.Contains("\"searchset\"", StringComparison.Ordinal)
                    && !answer.Text.Contains("\"entry\"", StringComparison.Ordinal) && answer.Json["total"] is null;
                failed.AddRange(answer.Status is >= 200 and < 300 && !foundNothing
                    ? []
                    : [$"{title}: {answer.Status} {answer.Text}"]);
            }
        }

        Assert.True(count >= 25, $"There are only {count} requests.");
        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }

    /// <summary>Each block after <c>###</c>: title, request line, headers, an empty line,
    /// the body or <c>&lt; file</c>.</summary>
    IEnumerable<(string Title, HttpRequestMessage Request)> Requests() =>
        System.IO.File.ReadAllText(File)
            .Replace("{{base}}", server.Base.TrimEnd('/'), StringComparison.Ordinal)
            .Replace("{{root}}", new Uri(server.Base).GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Split("\n### ")
            .Skip(1)
            .Select(block => (block.Split('\n')[0], Request(block.Split('\n')[1..])));

    static HttpRequestMessage Request(string[] lines)
    {
        var (method, url) =
            lines[0].Split(' ', 2) is [var first, var second] ? (first, second) : throw new FormatException(lines[0]);
        var request = new HttpRequestMessage(new HttpMethod(method), url);
        var headers = lines.Skip(1).TakeWhile(l => l.Length > 0).Select(l => l.Split(": ", 2)).ToList();
        var body = string.Join('\n', lines.Skip(headers.Count + 2)).Trim();
        if (body.StartsWith("< ", StringComparison.Ordinal))
        {
            body = System.IO.File.ReadAllText(Path.Combine(Path.GetDirectoryName(File)!, body[2..]));
        }

        if (headers.Find(h => h[0] == "Content-Type") is [_, var type])
        {
            request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type));
        }

        headers.FindAll(h => h[0] != "Content-Type").ForEach(h => request.Headers.TryAddWithoutValidation(h[0], h[1]));
        return request;
    }
}
