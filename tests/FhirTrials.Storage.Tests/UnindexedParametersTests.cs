using System.Diagnostics.Metrics;
using FhirTrials.Fhir.Definitions;
using Microsoft.Extensions.Logging;

namespace FhirTrials.Storage.Tests;

public sealed class UnindexedParametersTests
{
    const string Url = "http://test.example/SearchParameter/only-name";

    const string OnlyName = $$"""
        {"resourceType":"SearchParameter","url":"{{Url}}","name":"OnlyName","status":"active","description":"x",
         "code":"only-name","base":["Patient"],"type":"string","expression":"Patient.name.single().family"}
        """;

    [Fact]
    public async Task A_parameter_that_fails_on_a_resource_is_counted_and_logged_without_data_and_the_write_goes_on()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        var definitions = FhirDefinitions.R4.With([TestStore.Resource(OnlyName)]);
        var log = new RecordingLog();
        var store = new ResourceStore(test.Database, definitions, new(() => "new"), log);
        var counted = new List<object?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == UnindexedParameters.MeterName)
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            // Other tests write at the same time.
            if (tags[0].Value is Url)
            {
                counted.Add(tags[0].Value);
            }
        });
        listener.Start();

        var patient = TestStore.Resource(
            """{"resourceType":"Patient","id":"two","name":[{"family":"Zebrafink"},{"family":"Canary"}]}""");
        var sound = TestStore.Resource("""{"resourceType":"Patient","id":"one","name":[{"family":"Canary"}]}""");
        var written =
            await store.Write([new UpdateOperation(patient, "two"), new UpdateOperation(sound, "one")], TestStore.Ct);

        Assert.All(written, w => Assert.Equal(WriteOutcome.Created, w.Outcome));
        Assert.Equal([Url], counted);
        Assert.Contains(Url, Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("Zebrafink", log.Lines[0], StringComparison.Ordinal);
    }

    sealed class RecordingLog : ILogger<ResourceStore>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception) + exception);
    }
}
