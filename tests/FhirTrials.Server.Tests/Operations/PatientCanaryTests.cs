using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using FhirTrials.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FhirTrials.Server.Tests.Operations;

/// <summary>A patient made of words found nowhere else goes through every door that takes a record, in bodies that are
/// right and that are wrong in many ways: no such word is in a log of any level, a span, a metric or the
/// database's files.</summary>
// Listeners to telemetry hear the whole process: not beside other tests that listen.
[Collection("telemetry")]
public sealed class PatientCanaryTests
{
    const string Name = "Zebrafinkcanary", Number = "98217364501", Birth = "1981-03-07",
        Note = "whispersofthelonelyheron";

    static readonly string[] Canaries = [Name, Number, Birth, Note];

    static readonly string Patient = $$$"""
        {"resourceType":"Bundle","type":"collection","entry":[
          {"fullUrl":"urn:uuid:5a2bd06e-0000-4000-8000-{{{Number}}}0","resource":{"resourceType":"Patient",
           "id":"{{{Name}}}","gender":"female","birthDate":"{{{Birth}}}",
            "identifier":[{"system":"http://example.org/mrn","value":"{{{Number}}}"}],
            "name":[{"family":"{{{Name}}}","text":"{{{Note}}}"}],"address":[{"line":["{{{Note}}}"]}]}},
          {"resource":{"resourceType":"Condition","id":"c-{{{Number}}}","subject":{"reference":"Patient/{{{Name}}}"},
           "code":{"text":"B-ALL {{{Note}}}"},"note":[{"text":"{{{Note}}}"}]}},
          {"resource":{"resourceType":"Observation","status":"final","subject":{"reference":"Patient/{{{Name}}}"},
           "effectiveDateTime":"{{{Birth}}}",
            "code":{"coding":[{"system":"http://loinc.org","code":"777-3"}],"text":"{{{Name}}}"},
            "valueString":"{{{Note}}}"}}]}
        """;

    static readonly string[] Urls =
    [
        "ResearchStudy/$match", "ResearchStudy/NCT04521231/$match", "ResearchStudy/NCT99999999/$match",
        "Group/NCT04521231-eligibility/$evaluate", "Group/$evaluate", "Bundle/$validate", "Patient/$validate",
    ];

    static IEnumerable<string> Bodies =>
    [
        Patient,
        $$"""{"resourceType":"Parameters","parameter":[{"name":"trialMatchClinicalData","resource":{{Patient}} },"""
            + $$"""{"name":"{{Name}}","valueString":"{{Note}}"}]}""",
        $$"""{"resourceType":"Parameters","parameter":[{"name":"data","resource":{{Patient}} },"""
            + """{"name":"group","resource":{"resourceType":"Group","name":"g","type":"person","actual":false} }]}""",
        $$"""{"resourceType":"Parameters","parameter":[{"name":"subject","valueString":"Patient/{{Name}}"}]}""",
        $$"""{"resourceType":"Parameters","parameter":[{"name":"referenceDate","valueString":"{{Note}}"},"""
            + $$"""{"name":"data","resource":{{Patient}} }]}""",
        Patient.Replace($"\"{Birth}\"", $"\"{Name}\"", StringComparison.Ordinal),
        Patient.Replace("\"gender\"", $"\"{Name}\"", StringComparison.Ordinal),
        Patient.Replace("\"final\"", $"\"{Name}\"", StringComparison.Ordinal),
        Patient.Replace("\"resourceType\":\"Condition\"", $"\"resourceType\":\"{Name}\"", StringComparison.Ordinal),
        Patient.Replace("\"valueString\"", "\"valueInteger\"", StringComparison.Ordinal),
        Patient.Replace("\"entry\":[", $"\"entry\":[\"{Name}\",", StringComparison.Ordinal),
        Patient[..^40],
        $"{Name} {Patient}",
        Patient.Replace("http://loinc.org", $"{Name}://{Note}", StringComparison.Ordinal),
        $"<{Name}>{Note}</{Name}>",
    ];

    /// <summary>The ways in that are not FHIR's.</summary>
    static IEnumerable<(string Url, string Body)> AtDoors(string body) =>
    [
        ("/getClinicalTrial", body),
        ("/getClinicalTrial", $$"""{"patientData":{{body}} }"""),
        ("/cds-services/trial-match", $$$"""
            {"hook":"patient-view","hookInstance":"{{{Number}}}","fhirServer":"https://ehr.test/{{{Name}}}",
             "fhirAuthorization":{"access_token":"{{{Note}}}","token_type":"Bearer","expires_in":300,
             "scope":"patient/*.read","subject":"{{{Name}}}"},
             "context":{"userId":"Practitioner/{{{Name}}}","patientId":"{{{Name}}}"},"prefetch":{
              "patient":{"resourceType":"Patient","id":"{{{Name}}}","birthDate":"{{{Birth}}}",
              "name":[{"family":"{{{Name}}}"}]},"conditions":{{{body}}} } }
            """),
        ("/cds-services/trial-match/feedback", $$$"""
            {"feedback":[{"card":"{{{Number}}}","outcome":"overridden","overrideReason":{"reason":{"code":"{{{Name}}}"},
             "userComment":"{{{Note}}}"}}]}
            """),
    ];

    [Fact]
    public async Task No_word_of_a_patient_is_left_anywhere()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("fhirtrials-canary-").FullName;
        using var seen = new Seen();
        var failed = new List<string>();
        await using (var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting("ConnectionStrings:FhirTrials", $"Data Source={Path.Combine(folder, "test.db")}")
            .UseSetting("Examples:Path", Path.Combine(Repository.Root, "examples", "registry"))
            .UseSetting("Profiles:Path", Path.Combine(Repository.Root, "profiles"))
            .ConfigureLogging(l => l.ClearProviders().AddProvider(seen).SetMinimumLevel(LogLevel.Trace)
                .AddFilter<Seen>(null, LogLevel.Trace))))
        {
            var http = factory.CreateClient();
            await http.GetAsync("/fhir/ResearchStudy/NCT04521231", ct);
            var store = factory.Services.GetRequiredService<ResourceStore>();
            var before = await store.LastChange(ct);
            foreach (var (url, body) in Urls.SelectMany(u => Bodies.Select(b => (u, b))))
            {
                var type = body.StartsWith('<') ? "application/fhir+xml" : "application/fhir+json";
                await Send(http, $"/fhir/{url}", body, type, failed, ct);
            }

            foreach (var (url, body) in Bodies.SelectMany(AtDoors))
            {
                await Send(http, url, body, "application/json", failed, ct);
            }

            List<string> none = [];
            foreach (var (url, body) in AtDoors(Patient))
            {
                await Send(http, url, body, "application/json", none, ct);
            }

            Assert.Empty(none);
            await Send(
                http, "/fhir/Patient/_search", $"name={Name}&birthdate={Birth}&identifier={Number}",
                "application/x-www-form-urlencoded", failed, ct);
            await Send(http, "/fhir/Patient/_search", $"nosuch={Name}", "application/x-www-form-urlencoded", [], ct);
            await Send(http, "/fhir/_search", $"_type=Patient&_content={Note}", "application/x-www-form-urlencoded",
                failed, ct);
            Assert.Equal(before, await store.LastChange(ct));
        }

        await Closed(Path.Combine(folder, "test.db"), ct);
        Assert.InRange(failed.Count, 30, 200);
        Assert.Equal([], seen.Lines.Where(l => Canaries.Any(c => l.Contains(c, StringComparison.OrdinalIgnoreCase)))
            .Distinct().Take(5));
        Assert.True(seen.Lines.Count(l => l.StartsWith("span ", StringComparison.Ordinal)) > 50);
        Assert.Contains(seen.Lines, l => l.StartsWith("metric ", StringComparison.Ordinal));
        Assert.Equal([], Canaries.Where(c => Directory.GetFiles(folder).Any(f => Contains(f, c))));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Waits until the last connection has taken its log into the database: the log
    /// would go while it is read.</summary>
    static async Task Closed(string database, CancellationToken ct)
    {
        for (var left = 100; left > 0 && File.Exists(database + "-wal"); left--)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            await Task.Delay(100, ct);
        }
    }

    static async Task Send(
        HttpClient http, string url, string body, string type, List<string> failed, CancellationToken ct)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await http.PostAsync(new Uri(url, UriKind.Relative), content, ct);
        Assert.NotInRange((int)response.StatusCode, 500, 599);
        if (!response.IsSuccessStatusCode)
        {
            failed.Add(await response.Content.ReadAsStringAsync(ct));
        }
    }

    static bool Contains(string file, string word)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(Encoding.UTF8.GetBytes(word)) >= 0;
    }

    /// <summary>All that a log, a tracer or a meter is told.</summary>
    sealed class Seen : ILoggerProvider, ILogger
    {
        readonly ActivityListener _spans;
        readonly MeterListener _meters = new();

        public Seen()
        {
            _spans = new ActivityListener
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = a =>
                {
                    if (a.Source.Name == "FhirTrials")
                    {
                        Lines.Enqueue($"span {a.DisplayName} {Tags(a.TagObjects)} {a.StatusDescription} "
                            + $"{string.Join(' ', a.Events.SelectMany(e => e.Tags))}");
                    }
                },
            };
            ActivitySource.AddActivityListener(_spans);
            _meters.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name is "Microsoft.AspNetCore.Hosting"
                    or "Microsoft.AspNetCore.Server.Kestrel" or "System.Runtime")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _meters.SetMeasurementEventCallback<double>(
                (i, _, tags, _) => Lines.Enqueue($"metric {i.Name} {Tags(tags.ToArray())}"));
            _meters.SetMeasurementEventCallback<long>(
                (i, _, tags, _) => Lines.Enqueue($"metric {i.Name} {Tags(tags.ToArray())}"));
            _meters.Start();
        }

        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            Lines.Enqueue($"scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
            _spans.Dispose();
            _meters.Dispose();
        }

        static string Tags(IEnumerable<KeyValuePair<string, object?>> tags) =>
            string.Join(' ', tags.Select(t => $"{t.Key}={t.Value}"));
    }
}
