using System.Net.Sockets;
using System.Text;

namespace FhirTrials.Server.Tests.Http;

public sealed class ErrorTests(FhirServer server)
{
    [Theory]
    [InlineData("""{"resourceType":"Patient",""", 400, "structure", null)]
    [InlineData("""{"resourceType":"Patient","foo":1}""", 400, "structure", "Patient.foo")]
    [InlineData("""{"resourceType":"Patient","active":"yes"}""", 400, null, "Patient.active")]
    [InlineData("""{"resourceType":"Patient","name":{"family":"Doe"}}""", 400, "structure", "Patient.name")]
    [InlineData("""{"resourceType":"Patient","birthDate":"1980-13-01"}""", 400, null, "Patient.birthDate")]
    [InlineData("""{"resourceType":"Patient","language":"a\u0000b"}""", 400, null, "Patient.language")]
    [InlineData("""{"resourceType":"Patient","implicitRules":"urn:a\u0001"}""", 400, null, "Patient.implicitRules")]
    [InlineData("""{"resourceType":"Nonsense"}""", 400, null, null)]
    [InlineData("""{"resourceType":"Observation","status":"final","code":{"text":"x"}}""", 400, "invalid",
        "Observation")]
    [InlineData("""{"resourceType":"Patient","gender":"diverse"}""", 422, "code-invalid", "Patient.gender")]
    [InlineData("""{"resourceType":"Patient","contact":[{"gender":"male"}]}""", 422, "invariant", "Patient.contact[0]")]
    [InlineData("""{"resourceType":"Patient","link":[{"type":"seealso"}]}""", 422, "required", "Patient.link[0].other")]
    [InlineData("[]", 400, null, null)]
    [InlineData("", 400, "invalid", null)]
    public async Task A_body_that_cannot_be_stored_is_refused_with_the_place(
        string body, int status, string? code, string? expression)
    {
        var answer = await server.Post("Patient", body);

        Assert.Equal(status, answer.Status);
        Assert.Equal("OperationOutcome", answer.Json["resourceType"]!.GetValue<string>());
        Assert.Contains(
            answer.Issues, i => (code is null || i.Code == code) && (expression is null || i.Expression == expression));
    }

    [Fact]
    public async Task Broken_JSON_is_refused_with_line_and_column()
    {
        var issue =
            (await server.Post("Patient", "{\"resourceType\": \"Patient\",\n  \"active\": tru }")).Json["issue"]![0]!;

        var place = issue["extension"]!.AsArray().Select(e => e!["valueInteger"]!.GetValue<int>()).ToList();
        Assert.Equal(2, place[0]);
        Assert.InRange(place[1], 13, 17);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/turtle")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/fhir+json; fhirVersion=3.0")]
    [InlineData("application/fhir+xml; fhirVersion=5.0")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/fhir+xml; charset=iso-8859-1")]
    public async Task A_body_of_another_format_is_refused(string type)
    {
        var answer = await server.Post("Patient", "{}", ("Content-Type", type));

        Assert.Equal((415, "not-supported"), (answer.Status, answer.Issues.Single().Code));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/fhir+json; fhirVersion=4.0")]
    public async Task JSON_goes_by_several_names(string type) =>
        Assert.Equal(
            201, (await server.Post("Patient", """{"resourceType":"Patient"}""", ("Content-Type", type))).Status);

    [Theory]
    [InlineData("PATCH", "")]
    [InlineData("DELETE", "Patient/1/_history")]
    [InlineData("PUT", "Patient/1/_history/1")]
    public async Task A_method_that_is_not_served_is_refused_with_those_that_are(string method, string url)
    {
        var answer = await server.Send(new HttpMethod(method), url, null);

        Assert.Equal((405, "not-supported"), (answer.Status, answer.Issues.Single().Code));
        Assert.NotEmpty(answer.Headers["Allow"]);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var answer = await server.Post("Patient", new string(' ', FhirServer.RequestBytes + 1));

        Assert.Equal((413, "too-long"), (answer.Status, answer.Issues.Single().Code));
    }

    /// <summary>Over a bare connection: the client reads only when it has sent everything.</summary>
    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 2)]
    [InlineData(true, 4)]
    public async Task Who_still_sends_a_body_that_is_too_large_hears_why(bool chunked, int times)
    {
        var ct = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(server.Http.BaseAddress!.Host, server.Http.BaseAddress.Port, ct);
        var stream = client.GetStream();
        var part = new byte[64 * 1024];
        part.AsSpan().Fill((byte)' ');
        var parts = times * FhirServer.RequestBytes / part.Length;
        var length = chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {parts * part.Length}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/fhir+json\r\n{length}\r\n"
                + "\r\n"), ct);
        for (var i = 0; i < parts; i++)
        {
            await stream.WriteAsync(chunked ? [.. "10000\r\n"u8, .. part, .. "\r\n"u8] : part, ct);
        }

        await stream.WriteAsync(chunked ? "0\r\n\r\n"u8.ToArray() : [], ct);
        var answer = await new StreamReader(stream).ReadToEndAsync(ct);

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"too-long\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Depth_is_limited()
    {
        var nested = string.Concat(Enumerable.Repeat("""{"url":"urn:x","extension":[""", 5000));

        Assert.Equal(
            400, (await server.Post("Patient", $$"""{"resourceType":"Patient","extension":[{{nested}}""")).Status);
    }

    [Fact]
    public async Task Answers_carry_headers_that_keep_browsers_from_mischief()
    {
        var headers = (await server.Get("metadata")).Headers;

        Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
        Assert.Contains("frame-ancestors 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.False(headers.ContainsKey("Server"));
        Assert.NotEmpty(headers["X-Request-Id"]);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task The_server_says_that_it_is_well(string url) =>
        Assert.Equal(
            "Healthy",
            await server.Http.GetStringAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken));
}
