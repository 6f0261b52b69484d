using FhirTrials.Server.Importing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FhirTrials.Server.Tests.Importing;

public sealed class RegistryPollTests(ImportedDatabase database) : IClassFixture<ImportedDatabase>, IAsyncLifetime
{
    static readonly RegistryLimits Limits = new()
    {
        Attempts = 3, FirstWait = TimeSpan.FromMilliseconds(1), MaxWait = TimeSpan.FromMilliseconds(5),
        PageTime = TimeSpan.FromSeconds(20), PageBytes = 1 << 20,
    };

    static int _first = 20_000_000;

    readonly int _number = Interlocked.Add(ref _first, 1000);
    readonly List<string> _told = [];
    RegistryStandIn _registry = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _registry = await RegistryStandIn.Start(Ct);
        for (var i = 0; i < 5; i++)
        {
            _registry.Studies[_number + i] = ($"Study {i}", $"2026-03-0{i + 1}");
        }
    }

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    [Fact]
    public async Task All_pages_are_imported_and_the_next_poll_asks_for_what_was_posted_since()
    {
        var first = await Poll(pageSize: 2);
        _registry.Studies[_number + 1] = ("Another title", "2026-03-09");
        _registry.Studies[_number + 7] = ("A late one of the last day", "2026-03-05");
        _registry.Requests.Clear();
        var second = await Poll(pageSize: 2, sinceLast: true);
        var third = await Poll(pageSize: 2, sinceLast: true);

        Assert.Equal((5, 5, 0, 0), Counts(first));
        Assert.Equal((3, 1, 1, 1), Counts(second));
        Assert.Equal((1, 0, 0, 1), Counts(third));
        Assert.Equal("AREA[LastUpdatePostDate]RANGE[2026-03-05,MAX]", _registry.Requests.First()["filter.advanced"]);
        Assert.Equal("LastUpdatePostDate:asc", _registry.Requests.First()["sort"]);
        Assert.NotNull(await database.Store.Read("ResearchStudy", RegistryStandIn.NctId(_number + 7), Ct));
    }

    public static TheoryData<string> Faults =>
        ["429", "500", "503", "408", "html", "torn", "no-list", "slow", "empty", "token"];

    [Theory, MemberData(nameof(Faults))]
    public async Task What_fails_for_now_is_asked_again(string fault)
    {
        _registry.Instead = async (request, context) => request is 2 or 3 && await Fail(fault, context);

        var summary = await Poll(
            pageSize: 2, limits: Limits with { PageTime = TimeSpan.FromSeconds(fault == "slow" ? 1 : 20) });

        Assert.Equal((5, 5, 0, 0), Counts(summary));
        Assert.Equal(5, _registry.Requests.Count);
        Assert.Equal(2, _told.Count(line => line.Contains("asked again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_poll_that_was_interrupted_goes_on_at_its_page()
    {
        _registry.Instead = async (request, context) => request > 2 && await Fail("503", context);
        var failure = await Assert.ThrowsAsync<RegistryException>(() => Poll(pageSize: 2));
        _registry.Instead = (_, _) => Task.FromResult(false);
        _registry.Requests.Clear();

        var rest = await Poll(pageSize: 2);

        Assert.Contains("503", failure.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1, 0, 0), Counts(rest));
        Assert.Equal("0-4", _registry.Requests.First()["pageToken"]);
    }

    [Fact]
    public async Task A_page_that_the_registry_has_forgotten_restarts_the_query_and_nothing_is_there_twice()
    {
        _registry.Instead = async (request, context) => request > 2 && await Fail("503", context);
        await Assert.ThrowsAsync<RegistryException>(() => Poll(pageSize: 2));
        _registry.Instead = (_, _) => Task.FromResult(false);
        _registry.ForgetTokens();

        Assert.Equal((5, 1, 0, 4), Counts(await Poll(pageSize: 2)));
        Assert.Contains(_told, line => line.Contains("begins anew", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_that_is_none_is_refused_and_the_others_are_imported()
    {
        _registry.Strangers.AddRange(["{}", "17", """{"protocolSection":[]}"""]);

        var summary = await Poll(pageSize: 3);

        Assert.Equal((8, 5, 0, 0), Counts(summary));
        Assert.Equal(3, summary.Refused);
    }

    [Fact]
    public async Task A_day_that_is_yet_to_come_does_not_keep_the_next_poll_from_the_days_before_it()
    {
        _registry.Studies[_number + 8] = ("Posted in a later century", "2999-01-01");
        await Poll(pageSize: 10);
        await Poll(pageSize: 10, sinceLast: true);

        Assert.Equal("AREA[LastUpdatePostDate]RANGE[2026-03-05,MAX]", _registry.Requests.Last()["filter.advanced"]);
    }

    [Fact]
    public async Task A_poll_of_later_days_leaves_no_gap_for_the_next_one()
    {
        await Poll(pageSize: 10);
        _registry.Studies[_number + 2] = ("Changed", "2026-03-06");
        _registry.Studies[_number + 3] = ("Changed", "2026-03-20");
        await Poll(pageSize: 10, since: new DateOnly(2026, 3, 10));
        await Poll(pageSize: 10, sinceLast: true);

        Assert.Equal("AREA[LastUpdatePostDate]RANGE[2026-03-05,MAX]", _registry.Requests.Last()["filter.advanced"]);
    }

    [Theory]
    [InlineData("bad-request", "400: Malformed query")]
    [InlineData("elsewhere", "redirects to http://elsewhere.test")]
    [InlineData("circle", "redirects without end")]
    [InlineData("huge", "larger than 1048576 bytes")]
    [InlineData("not-found", "answers 404")]
    [InlineData("500", "asked 3 times")]
    public async Task A_registry_that_does_not_give_a_page_ends_the_poll(string fault, string why)
    {
        _registry.Instead = (_, context) => Fail(fault, context);
        var failure = await Assert.ThrowsAsync<RegistryException>(() => Poll(pageSize: 2));
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_gives_one_page_again_and_again_ends_the_poll()
    {
        _registry.Instead = async (_, context) =>
        {
            await context.Response.WriteAsync("""{"studies":[],"nextPageToken":"again"}""");
            return true;
        };
        await Assert.ThrowsAsync<RegistryException>(() => Poll(pageSize: 2));
    }

    [Fact]
    public async Task A_redirect_on_the_same_host_is_followed()
    {
        _registry.Instead = (_, context) =>
        {
            var moved = !context.Request.Path.StartsWithSegments("/moved", StringComparison.Ordinal);
            if (moved)
            {
                context.Response.Redirect("/moved" + context.Request.QueryString, permanent: true);
            }

            return Task.FromResult(moved);
        };
        Assert.Equal((5, 5, 0, 0), Counts(await Poll(pageSize: 10)));
    }

    static (int Records, int New, int Changed, int Unchanged) Counts(ImportSummary summary) =>
        (summary.Records, summary.New, summary.Changed, summary.Unchanged);

    async Task<ImportSummary> Poll(
        int pageSize, DateOnly? since = null, bool sinceLast = false, RegistryLimits? limits = null)
    {
        var (summary, query) = (new ImportSummary(), RegistryQuery.Parse(_registry.Address, ["cond=any"], []));
        using var http = RegistryClient.Http();
        var client = new RegistryClient(http, limits ?? Limits, TimeProvider.System, _told.Add);
        var run = new ImportRun(
            database.Services.GetRequiredService<TrialImport>().Import, (_, imported) => summary.Add(imported));
        await new RegistryPoll(client, database.Store, TimeProvider.System, _told.Add)
            .Run(query with { PageSize = pageSize }, since, sinceLast, run, _ => { }, Ct);
        return summary;
    }

    static async Task<bool> Fail(string fault, HttpContext context)
    {
        var answer = context.Response;
        switch (fault)
        {
            case "429":
                answer.StatusCode = 429;
                answer.Headers.RetryAfter = "3600";
                break;
            case "html":
                await answer.WriteAsync("<html>Down for maintenance</html>");
                break;
            case "torn":
                answer.ContentLength = 1000;
                await answer.WriteAsync("{\"studies\":[");
                await answer.Body.FlushAsync();
                context.Abort();
                break;
            case "no-list":
                await answer.WriteAsync("""{"studies":{}}""");
                break;
            case "token":
                await answer.WriteAsync("""{"studies":[],"nextPageToken":7}""");
                break;
            case "slow":
                await Task.Delay(TimeSpan.FromSeconds(3), context.RequestAborted)
                    .ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case "empty":
                break;
            case "bad-request":
                answer.StatusCode = 400;
                await answer.WriteAsync("Malformed query\u0007");
                break;
            case "not-found":
                answer.StatusCode = 404;
                break;
            case "elsewhere":
                answer.Redirect("http://elsewhere.test/api/v2/studies");
                break;
            case "circle":
                answer.Redirect(context.Request.Path + context.Request.QueryString);
                break;
            case "huge":
                await answer.WriteAsync("{\"studies\":[\"" + new string('x', 1 << 20) + "\"]}");
                break;
            default:
                answer.StatusCode = int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture);
                break;
        }

        return true;
    }
}
