using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Xml;

namespace FhirTrials.Server.Tests.Http;

/// <summary>JSON and XML, indented, cut and compressed.</summary>
public sealed class FormatTests(FhirServer server)
{
    const string Study = "ResearchStudy/NCT04521231";

    const string XmlPatient =
        """<Patient xmlns="http://hl7.org/fhir"><active value="true"/><birthDate value="1980-02"/></Patient>""";

    static readonly (string, string) AsXml = ("Content-Type", "application/fhir+xml");

    [Theory]
    [InlineData("", null, "json")]
    [InlineData("", "*/*", "json")]
    [InlineData("", "application/*", "json")]
    [InlineData("", "application/json", "json")]
    [InlineData("", "application/fhir+json; fhirVersion=4.0", "json")]
    [InlineData("", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "json")]
    [InlineData("", "application/fhir+xml", "xml")]
    [InlineData("", "application/xml", "xml")]
    [InlineData("", "text/xml;q=0.5", "xml")]
    [InlineData("", "application/fhir+json;q=0.4, application/fhir+xml;q=0.5", "xml")]
    [InlineData("", "application/fhir+xml;q=0.5, */*;q=0.1", "xml")]
    [InlineData("", "application/fhir+json;q=0, */*", "xml")]
    [InlineData("", "application/fhir+json; fhirVersion=3.0, application/fhir+xml; fhirVersion=4.0", "xml")]
    [InlineData("", "application/fhir+xml, application/fhir+json", "json")]
    [InlineData("?_format=xml", "application/fhir+json", "xml")]
    [InlineData("?_format=text/xml", null, "xml")]
    [InlineData("?_format=application/fhir+xml", null, "xml")]
    [InlineData("?_format=application%2Ffhir%2Bxml%3BfhirVersion%3D4.0", null, "xml")]
    [InlineData("?_format=json", "application/fhir+xml", "json")]
    [InlineData("?_format=application/fhir+json", "text/turtle", "json")]
    [InlineData("", "text/turtle", null)]
    [InlineData("", "application/fhir+xml;q=0", null)]
    [InlineData("", "application/fhir+json; fhirVersion=3.0", null)]
    [InlineData("?_format=ttl", "application/fhir+json", null)]
    [InlineData("?_format=application/fhir%2Bjson;fhirVersion=5.0", null, null)]
    public async Task The_format_is_agreed_on(string query, string? accept, string? format)
    {
        var answer = await server.Get(Study + query, accept is null ? [] : [("Accept", accept)]);

        Assert.Equal(format is null ? 406 : 200, answer.Status);
        Assert.Equal(
            $"application/fhir+{format ?? "json"}; fhirVersion=4.0; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.StartsWith(format == "xml" ? "<?xml" : "{", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Accept", answer.Headers["Vary"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task XML_says_the_same_as_JSON()
    {
        foreach (var url in new[]
        {
            Study, $"{Study}/_history/1", $"{Study}/_history", "metadata", "Group/NCT04521231-eligibility",
            "ResearchStudy?_include=ResearchStudy:*&_count=2", "Location?_summary=true&_count=50", $"{Study}/$validate",
        })
        {
            var (json, xml) = (await server.Get(url), await server.Get(url, ("Accept", "application/fhir+xml")));
            var indented = await server.Get(
                $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}_format=xml&_pretty=true");

            Assert.Equal((url, 200), (url, xml.Status));
            // The tag of one resource is that of its version; that of a list is of the answer in its format.
            Assert.Equal(
                url is Study or $"{Study}/_history/1" or "Group/NCT04521231-eligibility",
                json.ETag is { } tag && tag == xml.ETag);
            Assert.True(JsonNode.DeepEquals(Comparable(json.Json), Comparable(FromXml(xml))), url);
            Assert.Contains("\n  <", indented.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_resource_is_written_and_changed_in_XML()
    {
        var created = await server.Post("Patient", XmlPatient, AsXml, ("Accept", "application/fhir+xml"));
        var id = Read(created.Text).Id!;
        var updated = await server.Put(
            $"Patient/{id}",
            XmlPatient.Replace("<active", $"<id value=\"{id}\"/><active", StringComparison.Ordinal)
                .Replace("true", "false", StringComparison.Ordinal),
            ("Content-Type", "text/xml; charset=utf-8"));
        var patched = await server.Send(HttpMethod.Patch, $"Patient/{id}", """
            <Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/>
              <part><name value="type"/><valueCode value="replace"/></part>
              <part><name value="path"/><valueString value="Patient.birthDate"/></part>
              <part><name value="value"/><valueDate value="1981"/></part></parameter></Parameters>
            """, AsXml);

        Assert.Equal([201, 200, 200], new[] { created, updated, patched }.Select(a => a.Status));
        Assert.False(patched.Json["active"]!.GetValue<bool>());
        Assert.Equal("1981", patched.Json["birthDate"]!.GetValue<string>());
    }

    [Fact]
    public async Task Transactions_operations_and_errors_speak_XML()
    {
        var transaction = await server.Post("?_format=xml", $"""
            <Bundle xmlns="http://hl7.org/fhir"><type value="transaction"/>
              <entry><resource>{XmlPatient}</resource>
                <request><method value="POST"/><url value="Patient"/></request></entry>
              <entry><request><method value="GET"/><url value="{Study}?_format=xml&amp;_pretty=true"/></request></entry>
            </Bundle>
            """, AsXml);
        var entries = Read(transaction.Text)["entry"].ToList();

        Assert.Equal(["201 Created", "200 OK"], entries.Select(e => e.At("response", "status")!.Value!));
        Assert.Equal(["Patient", "ResearchStudy"], entries.Select(e => e.Child("resource")!.Type.Name));

        var validated = await server.Post("Patient/$validate?_format=xml", XmlPatient, AsXml);
        var refused = await server.Post(
            "Patient?_format=xml", XmlPatient.Replace("1980-02", "1980-13", StringComparison.Ordinal), AsXml);
        var nowhere = await server.Get("a/b/c/d/e", ("Accept", "application/fhir+xml"));
        Assert.Equal([200, 400, 404], new[] { validated, refused, nowhere }.Select(a => a.Status));
        Assert.All([validated, refused, nowhere], a => Assert.Equal("OperationOutcome", Read(a.Text).Type.Name));
        Assert.Equal("Patient.birthDate", Read(refused.Text).Child("issue")!.ValueOf("expression"));
    }

    [Fact]
    public async Task A_search_by_POST_may_name_the_format_in_its_form()
    {
        var answer = await server.Post(
            "ResearchStudy/_search", "_id=NCT04521231&_format=xml",
            ("Content-Type", "application/x-www-form-urlencoded"));

        Assert.Equal((200, "Bundle"), (answer.Status, Read(answer.Text).Type.Name));
    }

    [Theory]
    [InlineData("gzip", 201)]
    [InlineData("br", 201)]
    [InlineData("deflate", 201)]
    [InlineData("gzip, br", 415)]
    [InlineData("zstd", 415)]
    public async Task A_body_may_be_compressed(string encoding, int status)
    {
        var body = Compress(encoding, """{"resourceType":"Patient","active":true}"""u8);

        Assert.Equal(status, (await Send("Patient", body, encoding)).Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task What_is_compressed_badly_or_to_excess_is_refused(string encoding)
    {
        var bomb = Compress(encoding, new byte[FhirServer.RequestBytes * 4]);
        var corrupt = Enumerable.Repeat((byte)0xB7, 5000).ToArray();

        Assert.InRange(bomb.Length, 1, FhirServer.RequestBytes / 10);
        Assert.Equal(413, (await Send("Patient", bomb, encoding)).Status);
        Assert.Equal(400, (await Send("Patient", corrupt, encoding)).Status);
        Assert.Equal(
            400,
            (await Send("Patient", Compress(encoding, "{\"resourceType\":\"Patient\"}"u8)[..20], encoding)).Status);
    }

    [Theory]
    [InlineData("gzip", "application/fhir+json")]
    [InlineData("br", "application/fhir+xml")]
    public async Task An_answer_is_compressed_for_a_client_that_can_read_that(string encoding, string format)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Base + Study);
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        request.Headers.Accept.ParseAdd(format);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.Single());
        Assert.Equal(["Accept", "Accept-Encoding"], response.Headers.Vary.Order());
    }

    /// <summary>What is not the same in two answers: links tell by which URL they were asked for.</summary>
    static JsonNode Comparable(JsonNode resource)
    {
        resource.AsObject().Remove("link");

        foreach (var text in Narratives(resource).ToList())
        {
            text["div"] = XElement.Parse(text["div"]!.GetValue<string>()).ToString(SaveOptions.DisableFormatting);
        }

        return resource;
    }

    /// <summary>One narrative may be written in several ways, as any XML.</summary>
    static IEnumerable<JsonNode> Narratives(JsonNode? node) => node switch
    {
        JsonObject o when o["div"] is JsonValue => [o],
        JsonObject o => o.SelectMany(p => Narratives(p.Value)),
        JsonArray a => a.SelectMany(Narratives),
        _ => [],
    };

    static JsonNode FromXml(Answer answer) => JsonNode.Parse(FhirJson.ToUtf8Bytes(Read(answer.Text)))!;

    static Element Read(string xml) => FhirXml.Read(Encoding.UTF8.GetBytes(xml), FhirDefinitions.R4.Types).Resource!;

    static byte[] Compress(string encoding, ReadOnlySpan<byte> text)
    {
        var buffer = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "br" => new BrotliStream(buffer, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(buffer, CompressionLevel.Fastest),
            _ => new GZipStream(buffer, CompressionLevel.Fastest),
        })
        {
            stream.Write(text);
        }

        return buffer.ToArray();
    }

    async Task<Answer> Send(string url, byte[] body, string encoding)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/fhir+json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return await Answer.Of(
            await server.Http.PostAsync(new Uri(server.Base + url), content, TestContext.Current.CancellationToken));
    }
}
