using System.Text;

namespace FhirTrials.Server.Tests.Interactions;

/// <summary>https://hl7.org/fhir/R4/binary.html#rest</summary>
public sealed class BinaryTests(FhirServer server)
{
    static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 255, 128];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_goes_in_and_comes_out_byte_for_byte()
    {
        var created = await Send(HttpMethod.Post, "Binary", Picture, "image/png", ("Accept", "application/fhir+json"));
        Assert.Equal(201, created.Status);
        var id = created.Json["id"]!.GetValue<string>();
        Assert.Equal("image/png", created.Json["contentType"]!.GetValue<string>());
        Assert.Equal(Picture, Convert.FromBase64String(created.Json["data"]!.GetValue<string>()));

        using var read = await Get($"Binary/{id}", "image/png");
        Assert.Equal("image/png", read.Content.Headers.ContentType!.ToString());
        Assert.Equal(Picture, await read.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("W/\"1\"", read.Headers.ETag!.ToString());

        using var old = await Get($"Binary/{id}/_history/1", "image/png");
        Assert.Equal(Picture, await old.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(
            304, (await server.Get($"Binary/{id}", ("Accept", "image/png"), ("If-None-Match", "W/\"1\""))).Status);
        var head = await server.Send(HttpMethod.Head, $"Binary/{id}", null, ("Accept", "image/png"));
        Assert.Equal(
            ("image/png", "11", ""), (head.Headers["Content-Type"], head.Headers["Content-Length"], head.Text));
    }

    [Theory]
    [InlineData("image/png", null, "image/png")]
    [InlineData("image/png", "*/*", "image/png")]
    [InlineData("image/png", "image/*", "image/png")]
    [InlineData("image/png", "image/gif", "image/png")]
    [InlineData("image/png", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.9", "image/png")]
    [InlineData("image/png", "application/fhir+json", "application/fhir+json")]
    [InlineData("image/png", "application/fhir+xml", "application/fhir+xml")]
    [InlineData("image/png", "application/fhir+json, */*", "application/fhir+json")]
    [InlineData("image/png", "application/fhir+json;q=0.5, image/png", "image/png")]
    [InlineData("image/png", "application/json", "application/fhir+json")]
    [InlineData("application/json", "application/fhir+json", "application/fhir+json")]
    [InlineData("application/pdf", "application/json, */*;q=0.1", "application/fhir+json")]
    [InlineData("text/csv; charset=utf-8", "text/csv", "text/csv")]
    public async Task The_Accept_header_tells_content_from_resource(string type, string? accept, string answered)
    {
        const string Url = "Binary/raw-accept";
        var data = Convert.ToBase64String(Picture);
        await server.Put(
            Url, $$"""{"resourceType":"Binary","id":"raw-accept","contentType":"{{type}}","data":"{{data}}"}""");

        using var answer = await Get(Url, accept);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(answered, answer.Content.Headers.ContentType!.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal(type.StartsWith(answered, StringComparison.Ordinal), bytes.SequenceEqual(Picture));
    }

    [Theory]
    [InlineData("Binary/raw-format?_format=json", "image/png", 200)]
    [InlineData("Binary/raw-format?_format=pdf", "image/png", 406)]
    [InlineData("Binary/raw-format", "application/fhir+json; fhirVersion=3.0", 406)]
    public async Task A_format_asked_for_is_one_of_resources(string url, string accept, int status)
    {
        await Send(HttpMethod.Put, "Binary/raw-format", Picture, "image/png");

        var answer = await server.Get(url, ("Accept", accept));

        Assert.Equal(status, answer.Status);
        Assert.StartsWith("application/fhir+json", answer.Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xhtml+xml")]
    [InlineData("image/svg+xml")]
    public async Task A_page_that_was_stored_is_never_shown_as_one_of_this_server(string type)
    {
        var page = Encoding.UTF8.GetBytes("<html><script>alert(1)</script></html>");
        await Send(HttpMethod.Put, "Binary/raw-page", page, type);

        using var answer = await Get("Binary/raw-page", "text/html");

        Assert.Equal(page, await answer.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains(
            "sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_that_no_header_can_hold_is_told_as_bytes()
    {
        await server.Put(
            "Binary/raw-odd", """{"resourceType":"Binary","id":"raw-odd","contentType":"text/plain","data":"QUJD"}""");
        var odd = await server.Put(
            "Binary/raw-odd", """{"resourceType":"Binary","id":"raw-odd","contentType":"a\nb","data":"QUJD"}""");
        using var answer = await Get("Binary/raw-odd", null);

        Assert.Equal(
            odd.Status == 200 ? "application/octet-stream" : "text/plain",
            answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("ABC", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task The_security_context_travels_in_a_header()
    {
        await server.Put("Patient/raw-owner", """{"resourceType":"Patient","id":"raw-owner"}""");
        var created = await Send(
            HttpMethod.Put, "Binary/raw-secure", Picture, "image/png",
            ("X-Security-Context", $"{server.Base}Patient/raw-owner"));
        Assert.Equal("Patient/raw-owner", created.Json["securityContext"]!["reference"]!.GetValue<string>());

        using var answer = await Get("Binary/raw-secure", null);
        Assert.Equal("Patient/raw-owner", answer.Headers.GetValues("X-Security-Context").Single());
    }

    [Fact]
    public async Task Conditions_hold_for_content_as_for_resources()
    {
        await Send(HttpMethod.Put, "Binary/raw-match", Picture, "image/png");

        Assert.Equal(
            412, (await Send(HttpMethod.Put, "Binary/raw-match", [1], "image/png", ("If-Match", "W/\"2\""))).Status);
        Assert.Equal(
            200, (await Send(HttpMethod.Put, "Binary/raw-match", [1], "image/png", ("If-Match", "W/\"1\""))).Status);
    }

    [Theory]
    [InlineData("image/png", 0, 400)]
    [InlineData("no type", 3, 415)]
    public async Task What_is_no_content_is_refused(string type, int length, int status) =>
        Assert.Equal(status, (await Send(HttpMethod.Post, "Binary", new byte[length], type)).Status);

    [Fact]
    public async Task Content_that_a_Binary_cannot_hold_is_refused()
    {
        using var own = FhirServer.With(("Limits:StringBytes", "1000"));
        using var content = new ByteArrayContent(new byte[751]) { Headers = { ContentType = new("image/png") } };
        var answer = await Answer.Of(await own.Http.PostAsync(new Uri(new Uri(own.Base), "Binary"), content, Ct));

        Assert.Equal((413, "too-long"), (answer.Status, answer.Issues.Single().Code));
    }

    [Fact]
    public async Task In_a_batch_it_stays_a_resource()
    {
        await Send(HttpMethod.Put, "Binary/raw-batch", Picture, "image/png");

        var answer = await server.Post(
            "", """{"resourceType":"Bundle","type":"batch","entry":[{"request":"""
                + """{"method":"GET","url":"Binary/raw-batch"}}]}""");

        Assert.Equal("Binary", answer.Entries.Single()["resource"]!["resourceType"]!.GetValue<string>());
    }

    Task<HttpResponseMessage> Get(string url, string? accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(server.Base), url));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return server.Http.SendAsync(request, Ct);
    }

    async Task<Answer> Send(
        HttpMethod method, string url, byte[] content, string type, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(new Uri(server.Base), url))
        {
            Content = new ByteArrayContent(content),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Answer.Of(await server.Http.SendAsync(request, Ct));
    }
}
