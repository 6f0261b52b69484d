using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FhirTrials.Server.Hosting;

/// <summary>Traces and metrics over OTLP, where the standard variables (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and the
/// others) name a receiver —
/// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/</summary>
sealed class Telemetry(IConfiguration configuration) : IHostedService
{
    static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    OpenTelemetrySdk? _sdk;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var (traces, metrics) = (IsOn("TRACES"), IsOn("METRICS"));
        if (traces || metrics)
        {
            _sdk = OpenTelemetrySdk.Create(sdk =>
            {
                sdk.Services.AddSingleton(configuration);
                sdk.ConfigureResource(Describe);
                if (traces)
                {
                    sdk.WithTracing(t => t.AddSource(Tracing.Source).AddOtlpExporter());
                }

                if (metrics)
                {
                    sdk.WithMetrics(m => m.AddMeter(Meters).AddOtlpExporter());
                }
            });
        }

        return Task.CompletedTask;
    }

    /// <summary>Sends what is left.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _sdk?.Dispose();
        _sdk = null;
        return Task.CompletedTask;
    }

    bool IsOn(string signal) =>
        (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]
            ?? configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]) is { Length: > 0 }
        && configuration[$"OTEL_{signal}_EXPORTER"] is (null or "" or "otlp")
        && !configuration.GetValue("OTEL_SDK_DISABLED", false);

    /// <summary>What the variables say goes before the product's own name.</summary>
    static void Describe(ResourceBuilder resource) =>
        resource.Clear()
            .AddTelemetrySdk()
            .AddService("fhirtrials", serviceVersion: ProductVersion.Text)
            .AddEnvironmentVariableDetector();
}
