using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FhirTrials.Server.Tests.Hosting;

/// <summary>What an operator configures and watches.</summary>
// Listeners to telemetry hear the whole process: not beside other tests that listen.
[Collection("telemetry")]
public sealed class OperationTests(FhirServer server)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traces_and_metrics_tell_routes_and_nothing_of_patients()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var receiver = await Receiver(received);
        using (var own = FhirServer.With(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")))
        {
            await own.Put(
                "Patient/secret-id",
                """{"resourceType":"Patient","id":"secret-id","name":[{"family":"Secretname"}]}""");
            await own.Get(
                "Patient?family=Secretname&_id=secret-id",
                ("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"));
            await own.Get("Patient/secret-id/_history/7");
            await own.Post("", """
                {"resourceType":"Bundle","type":"batch","entry":[
                  {"request":{"method":"GET","url":"Patient/secret-id"}},
                   {"request":{"method":"GET","url":"Secretpath/x/y/z/z/z"}}]}
                """);
        }

        var (traces, metrics) = (received["/v1/traces"], received["/v1/metrics"]);
        Assert.Contains("PUT /fhir/{type}/{id}", traces, StringComparison.Ordinal);
        Assert.Contains("GET /fhir/{type}/{id}/_history/{version}", traces, StringComparison.Ordinal);
        Assert.Contains("fhir.resource_type", traces, StringComparison.Ordinal);
        Assert.Contains(
            Encoding.Latin1.GetString(Convert.FromHexString("0123456789abcdef0123456789abcdef")), traces,
            StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("/fhir/{type}/{id}", metrics, StringComparison.Ordinal);
        foreach (var text in new[] { traces, metrics })
        {
            Assert.DoesNotContain("secret", text, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("fhirtrials", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pages_of_other_origins_may_call_only_where_the_operator_says_so()
    {
        using var own = FhirServer.With(("Cors:Origins:0", "https://app.example"));
        (string, string)[] preflight = [
            ("Origin", "https://app.example"), ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "if-match"),
        ];

        var allowed = await own.Send(HttpMethod.Options, "Patient/1", null, preflight);
        var other = await own.Get("metadata", ("Origin", "https://other.example"));
        var closed = await server.Send(HttpMethod.Options, "Patient/1", null, preflight);

        Assert.Equal((204, "https://app.example"), (allowed.Status, allowed.Headers["Access-Control-Allow-Origin"]));
        Assert.Contains(
            "ETag",
            (await own.Get("metadata", ("Origin", "https://app.example"))).Headers["Access-Control-Expose-Headers"],
            StringComparison.Ordinal);
        Assert.False(other.Headers.ContainsKey("Access-Control-Allow-Origin"));
        Assert.False(closed.Headers.ContainsKey("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_ended_and_told_so()
    {
        using var own = FhirServer.With(("Limits:RequestSeconds", "1"));
        using var client = new TcpClient();
        await client.ConnectAsync(own.Http.BaseAddress!.Host, own.Http.BaseAddress.Port, Ct);
        await client.GetStream().WriteAsync(
            ("POST /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/fhir+json\r\n"u8
                + "Content-Length: 100\r\n\r\n{"u8).ToArray(), Ct);

        var answer = await new StreamReader(client.GetStream()).ReadLineAsync(Ct);

        Assert.Equal("HTTP/1.1 503 Service Unavailable", answer);
    }

    [Fact]
    public async Task An_operator_may_serve_a_few_types_alone()
    {
        using var own = FhirServer.With(("Fhir:ResourceTypes:0", "Patient"), ("Fhir:ResourceTypes:1", "Observation"));

        Assert.Equal(201, (await own.Put("Patient/1", """{"resourceType":"Patient","id":"1"}""")).Status);
        Assert.Equal(
            404,
            (await own.Put("Group/1", """{"resourceType":"Group","id":"1","type":"person","actual":true}""")).Status);
        Assert.Equal(404, (await own.Get("ResearchStudy")).Status);
        Assert.Equal(200, (await own.Get("Patient/1/$everything")).Status);

        // The profiles are stored, but not served.
        Assert.Equal(
            ["Patient"],
            (await own.Get("_history")).Entries.Select(e => e["resource"]!["resourceType"]!.GetValue<string>()));
        Assert.Equal(
            ["Observation", "Patient"],
            (await own.Get("metadata")).Json["rest"]![0]!["resource"]!.AsArray()
                .Select(r => r!["type"]!.GetValue<string>()));
        Assert.DoesNotContain(
            "\"/ResearchStudy", await own.Http.GetStringAsync(new Uri("/openapi.json", UriKind.Relative), Ct),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client-id.1_A", true)]
    [InlineData("with blank", false)]
    [InlineData("<script>", false)]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg", false)]
    public async Task A_request_keeps_the_id_that_its_client_gave_it(string id, bool kept)
    {
        var answer = await server.Get("Patient/nosuch-request", ("X-Request-Id", id));

        Assert.Equal(kept, answer.Headers["X-Request-Id"] == id);
        Assert.NotEmpty(answer.Headers["X-Request-Id"]);
    }

    static async Task<WebApplication> Receiver(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.AddOrUpdate(
                request.Path, _ => Encoding.Latin1.GetString(body.ToArray()),
                (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
        });
        await app.StartAsync(Ct);
        return app;
    }
}
