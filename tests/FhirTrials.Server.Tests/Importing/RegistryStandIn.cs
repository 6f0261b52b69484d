using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FhirTrials.Server.Tests.Importing;

/// <summary>Stands in for a registry: answers <c>/api/v2/studies</c> as ClinicalTrials.gov
/// does, and fails as it is told.</summary>
sealed partial class RegistryStandIn : IAsyncDisposable
{
    readonly WebApplication _app;
    int _generation;

    RegistryStandIn(WebApplication app) => _app = app;

    /// <summary>The records by number: title and day of posting.</summary>
    public SortedDictionary<int, (string Title, string Posted)> Studies { get; } = [];

    /// <summary>Texts that are given among the records of the first page.</summary>
    public List<string> Strangers { get; } = [];

    /// <summary>Every request's parameters.</summary>
    public ConcurrentQueue<IQueryCollection> Requests { get; } = [];

    /// <summary>Answers instead, if it says so, by the number of the request from 1.</summary>
    public Func<int, HttpContext, Task<bool>> Instead { get; set; } = (_, _) => Task.FromResult(false);

    public string Address => new Uri(new Uri(_app.Urls.First()), "/api/v2").ToString();

    public static async Task<RegistryStandIn> Start(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var standIn = new RegistryStandIn(builder.Build());
        standIn._app.Map("/{**path}", standIn.Answer);
        await standIn._app.StartAsync(ct);
        return standIn;
    }

    /// <summary>Page tokens given so far are not known any more.</summary>
    public void ForgetTokens() => _generation++;

    public static string NctId(int number) => string.Create(CultureInfo.InvariantCulture, $"NCT{number:D8}");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task Answer(HttpContext context)
    {
        var query = context.Request.Query;
        Requests.Enqueue(query);
        if (await Instead(Requests.Count, context))
        {
            return;
        }

        var since =
            Since().Match(query["filter.advanced"].ToString()) is { Success: true } range ? range.Groups[1].Value : "";
        var found = Studies.Where(s => string.CompareOrdinal(s.Value.Posted, since) >= 0)
            .OrderBy(s => s.Value.Posted, StringComparer.Ordinal).ThenBy(s => s.Key).ToList();
        var size = int.Parse(query["pageSize"].ToString(), CultureInfo.InvariantCulture);
        var token = query["pageToken"].ToString();
        if (token.Length > 0 && token.Split('-')[0] != _generation.ToString(CultureInfo.InvariantCulture))
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync("Incorrect page token");
            return;
        }

        var from = token.Length > 0 ? int.Parse(token.Split('-')[1], CultureInfo.InvariantCulture) : 0;
        var items = found.Skip(from).Take(size)
            .Select(s => Record(s.Key, s.Value.Title, s.Value.Posted).ToJsonString());
        var page = new StringBuilder("{\"studies\":[")
            .AppendJoin(',', from == 0 ? Strangers.Concat(items) : items).Append(']');
        if (token.Length == 0 && query["countTotal"] == "true")
        {
            page.Append(CultureInfo.InvariantCulture, $",\"totalCount\":{found.Count}");
        }

        if (from + size < found.Count)
        {
            page.Append(CultureInfo.InvariantCulture, $",\"nextPageToken\":\"{_generation}-{from + size}\"");
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(page.Append('}').ToString());
    }

    static JsonObject Record(int number, string title, string posted) => new()
    {
        ["protocolSection"] = new JsonObject
        {
            ["identificationModule"] = new JsonObject { ["nctId"] = NctId(number), ["briefTitle"] = title },
            ["statusModule"] = new JsonObject { ["lastUpdatePostDateStruct"] = new JsonObject { ["date"] = posted } },
        },
    };

    [GeneratedRegex(@"AREA\[LastUpdatePostDate\]RANGE\[([0-9-]+),MAX\]")]
    private static partial Regex Since();
}
