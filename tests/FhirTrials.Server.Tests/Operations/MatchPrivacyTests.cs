using System.Collections.Concurrent;
using FhirTrials.Storage;
using FhirTrials.Tests;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FhirTrials.Server.Tests.Operations;

/// <summary>Nothing of a patient is stored or logged, whatever becomes of the request.</summary>
public sealed class MatchPrivacyTests
{
    const string Canary = "Zebrafinkcanary";

    [Fact]
    public async Task No_word_of_a_patient_reaches_the_store_the_log_or_an_error()
    {
        var folder = Directory.CreateTempSubdirectory("fhirtrials-").FullName;
        using var log = new RecordingLog();
        await using var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting("ConnectionStrings:FhirTrials", $"Data Source={Path.Combine(folder, "test.db")}")
            .UseSetting("Examples:Path", Path.Combine(Repository.Root, "examples", "registry"))
            .UseSetting("Profiles:Path", Path.Combine(Repository.Root, "profiles"))
            .ConfigureLogging(l => l.ClearProviders().AddProvider(log).AddFilter<RecordingLog>(null, LogLevel.Trace)));
        var http = factory.CreateClient();
        var ct = TestContext.Current.CancellationToken;
        var store = factory.Services.GetRequiredService<ResourceStore>();
        await http.GetAsync("/fhir/ResearchStudy/NCT04521231", ct);
        var before = await store.LastChange(ct);

        var patient = MatchTests.Patient("adult-mrd-remission").ToJsonString().Replace("Almeida", Canary, StringComparison.Ordinal);
        string[] bodies =
        [
            patient,
            patient.Replace("\"birthDate\"", $"\"{Canary}\"", StringComparison.Ordinal),
            patient.Replace("\"1981-03-07\"", $"\"{Canary}\"", StringComparison.Ordinal),
            patient.Replace("{\"resourceType\":\"Bundle\"", $"{Canary}{{\"resourceType\":\"Bundle\"", StringComparison.Ordinal),
        ];
        var errors = new List<string>();
        foreach (var body in bodies)
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/fhir+json");
            var response = await http.PostAsync("/fhir/ResearchStudy/$match", content, ct);
            errors.Add(response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync(ct));
        }

        Assert.Equal(3, errors.Count(e => e.Length > 0));
        Assert.Equal(before, await store.LastChange(ct));
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, l => l.Contains(Canary, StringComparison.OrdinalIgnoreCase));
    }

    sealed class RecordingLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
