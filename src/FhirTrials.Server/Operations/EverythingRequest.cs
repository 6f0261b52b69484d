using System.Globalization;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.Operations;

/// <summary>What an $everything asks for, or goes on with.</summary>
/// <param name="Scope">The path that is asked, without the base: <c>Patient/1/$everything</c>.</param>
/// <param name="Given">The parameters of the first page.</param>
/// <param name="Types">Only these types; empty for all.</param>
/// <param name="Place">Where the page begins; null for the first.</param>
sealed record EverythingRequest(
    string Scope, ILookup<string, string> Given, IReadOnlyList<string> Types, string? Since, int Count, string? Place)
{
    /// <param name="known">The parameters that the operation has.</param>
    public static async Task<EverythingRequest> Read(
        HttpRequest request,
        string scope,
        IReadOnlyCollection<string> known,
        FhirBody body,
        PageToken tokens,
        ServedTypes types,
        ServerLimits limits,
        CancellationToken ct)
    {
        var given = await OperationParameters.Read(request, body, ct);
        string? next = null;
        if (given[PageToken.Parameter].LastOrDefault() is { } token)
        {
            var place = await tokens.Open(token, scope, ct);
            (given, next) =
                (place.Parameters.Chunk(2).ToLookup(p => p[0], p => p[1], StringComparer.Ordinal), place.Next);
        }

        if (given.FirstOrDefault(p => !known.Contains(p.Key, StringComparer.Ordinal)) is { Key: var unknown })
        {
            throw new FhirException(Issue.Error(
                IssueCode.NotSupported,
                $"The operation has no parameter '{unknown}'; it has {string.Join(", ", known)}."));
        }

        var names = given["_type"].SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries)).ToList();
        names.ForEach(n => types.Check(n, "http._type"));
        return new(
            scope, given, names, given["_since"].LastOrDefault(), Limit(given["_count"].LastOrDefault(), limits), next);
    }

    public bool Wants(string type) => Types.Count == 0 || Types.Contains(type);

    /// <summary>The sealed token of the next page.</summary>
    public Task<string> Seal(PageToken tokens, string next, CancellationToken ct) =>
        tokens.Seal(new PagePlace(Scope, [.. Given.SelectMany(p => p.SelectMany(v => new[] { p.Key, v }))], next), ct);

    static int Limit(string? text, ServerLimits limits) =>
        text is null ? limits.MaxPageSize
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? Math.Min(count, limits.MaxPageSize)
            : throw new FhirException(
                Issue.Error(IssueCode.Value, "_count must be a whole number above 0.", "http._count"));
}
