using System.Diagnostics.Metrics;
using FhirTrials.Fhir.Definitions;
using Microsoft.Extensions.Logging;

namespace FhirTrials.Storage;

/// <summary>Search parameters that failed on a resource. The write goes on, since a parameter's fault must not keep a
/// sound resource out; but it is counted and logged, without a word of the resource, as searches by that parameter miss
/// it. A stored resource that cannot be indexed at all keeps what it is found by, and is counted too.</summary>
sealed class UnindexedParameters(ILogger? log)
{
    /// <summary>The meter's name, for whoever collects it.</summary>
    public const string MeterName = "FhirTrials.Storage";

    static readonly Meter Meter = new(MeterName);

    static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "fhirtrials.search.unindexed",
        description: "Search parameters that failed on a resource, and resources that failed");

    public void Report(SearchParameter parameter)
    {
        Failures.Add(1, new KeyValuePair<string, object?>("parameter", parameter.Url));
        log?.LogWarning(
            "The expression of search parameter {Parameter} fails on a resource, which searches by it will not find",
            parameter.Url);
    }

    /// <param name="type">Of the resource.</param>
    public void Report(string type, Exception fault)
    {
        Failures.Add(1, new KeyValuePair<string, object?>("type", type));
        log?.LogError(
            "A stored {Type} cannot be indexed anew ({Fault}); see the check command", type, fault.GetType().Name);
    }
}
