using System.Globalization;
using System.Net;
using System.Text.Json;
using FhirTrials.Storage;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Server.Importing;

/// <summary>How far the poll of a query is: kept in the database after each page, so that it goes on after an
/// interruption.</summary>
/// <param name="Last">The latest day of posting of all studies of the last poll that was completed.</param>
/// <param name="Token">Of the next page of a poll that is not completed.</param>
/// <param name="Since">The day that poll begins with.</param>
/// <param name="Latest">The latest day of posting that it has seen.</param>
sealed record PollState(DateOnly? Last = null, string? Token = null, DateOnly? Since = null, DateOnly? Latest = null)
{
    public static async Task<PollState> Read(ResourceStore store, RegistryQuery query, CancellationToken ct)
    {
        try
        {
            return await store.Note(Name(query), ct) is { } note
                ? JsonSerializer.Deserialize<PollState>(note.Value.Span) ?? new() : new();
        }
        catch (JsonException)
        {
            // Of another version of the program: the poll begins anew, and what is unchanged changes nothing.
            return new();
        }
    }

    public Task Write(ResourceStore store, RegistryQuery query, CancellationToken ct) =>
        store.WriteNote(new NewNote(Name(query), JsonSerializer.SerializeToUtf8Bytes(this)), ct);

    static string Name(RegistryQuery query) => $"poll {query.Key}";
}

/// <summary>Asks a registry page by page and imports what it answers.</summary>
/// <param name="tell">Is told what a person may want to know besides the records.</param>
sealed class RegistryPoll(RegistryClient client, ResourceStore store, TimeProvider clock, Action<string> tell)
{
    /// <summary>How often a poll begins anew because the registry forgot its page token.</summary>
    const int MaxRestarts = 3;

    /// <summary>Polls a query to its end.</summary>
    /// <param name="since">The day to begin with; null for all studies.</param>
    /// <param name="sinceLast">To begin with the last day of the last poll, if there was one:
    /// more may have been posted on it.</param>
    /// <param name="total">Is told how many studies there are, as soon as the registry says it.</param>
    /// <exception cref="RegistryException">A page is not to be had; what came before is imported and
    /// remembered.</exception>
    public async Task Run(
        RegistryQuery query, DateOnly? since, bool sinceLast, ImportRun run, Action<int> total, CancellationToken ct)
    {
        var before = await PollState.Read(store, query, ct);
        var start = sinceLast ? before.Last : since;
        var state = before.Token is not null && before.Since == start
            ? before
            : before with { Token = null, Since = start, Latest = null };
        if (state.Token is not null)
        {
            tell("A poll of this query was interrupted: it goes on.");
        }

        for (var restarts = 0; ; restarts++)
        {
            try
            {
                state = await Pages(query, state, run, total, ct);
                break;
            }
            catch (TokenRefusedException) when (restarts < MaxRestarts)
            {
                tell("The registry no longer knows the page: the query begins anew.");
                state = state with { Token = null };
            }
        }

        // A poll that began after the last one ended has left a gap, which the next one must not skip.
        var isGapless = start is null || before.Last is null || start <= before.Last;
        var last = isGapless && !(state.Latest <= before.Last) ? state.Latest ?? before.Last : before.Last;
        await new PollState(Last: last).Write(store, query, ct);
    }

    async Task<PollState> Pages(
        RegistryQuery query, PollState state, ImportRun run, Action<int> total, CancellationToken ct)
    {
        var page = await Page(query, state, ct);
        while (true)
        {
            if (page.Total is { } count)
            {
                total(count);
            }

            if (page.NextToken is not null && page.NextToken == state.Token)
            {
                throw new RegistryException("The registry gives the same page again and again.");
            }

            // The next page comes while this one is imported.
            var studies = page.Studies.Select(s => new ReadStudy(s, RegistryReader.Read(s))).ToList();
            var after = state with { Token = page.NextToken, Latest = Later(state.Latest, studies) };
            var next = page.NextToken is null ? null : Page(query, after, ct);
            try
            {
                await Import(query, studies, run, ct);
            }
            catch when (next is not null)
            {
                await next.ContinueWith(
                    _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                throw;
            }

            state = after;
            if (next is null)
            {
                return state;
            }

            await state.Write(store, query, ct);
            page = await next;
        }
    }

    async Task<RegistryPage> Page(RegistryQuery query, PollState state, CancellationToken ct)
    {
        try
        {
            return await client.Get(query.Page(state.Since, state.Token), ct);
        }
        catch (RegistryException e) when (e.Status == HttpStatusCode.BadRequest && state.Token is not null)
        {
            throw new TokenRefusedException();
        }
    }

    static async Task Import(RegistryQuery query, List<ReadStudy> studies, ImportRun run, CancellationToken ct)
    {
        foreach (var (index, (content, read)) in studies.Index())
        {
            var place = read.Record is { } record ? $"/{record.NctId}" : FormattableString.Invariant($"#{index + 1}");
            await run.Add(new($"{query.Studies}{place}", content), read, ct);
        }

        await run.Finish();
    }

    /// <summary>The latest day of posting so far. One that is yet to come is a mistake, which must not keep the next
    /// poll from what is posted until then.</summary>
    DateOnly? Later(DateOnly? latest, List<ReadStudy> studies)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        foreach (var (_, read) in studies)
        {
            var date = read.Record?.Protocol["statusModule"]["lastUpdatePostDateStruct"].Date("date");
            if (DateOnly.TryParseExact(
                    date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var posted)
                && posted <= today && !(posted <= latest))
            {
                latest = posted;
            }
        }

        return latest;
    }

    readonly record struct ReadStudy(ReadOnlyMemory<byte> Content, RegistryReadResult Read);

    sealed class TokenRefusedException : Exception;
}
