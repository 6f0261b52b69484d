using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace FhirTrials.Server.Tests.Http;

/// <summary>Requests that nobody in good faith sends: each is refused with a reason, and
/// none harms who comes after.</summary>
public sealed partial class HostileRequestTests(FhirServer server)
{
    const string Json = "application/fhir+json";
    const string Xml = "application/fhir+xml";
    const string Form = "application/x-www-form-urlencoded";

    static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    static string DeepJson(int depth) =>
        """{"resourceType":"Patient","extension":"""
        + $$"""[{{Repeat("""{"url":"urn:x","extension":[""", depth)}}{{Repeat("]}", depth)}}]}""";

    static string DeepXml(int depth) =>
        "<Patient xmlns=\"http://hl7.org/fhir\">"
        + $"{Repeat("<extension url=\"urn:x\">", depth)}{Repeat("</extension>", depth)}</Patient>";

    static string Div(int depth) =>
        $"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">{Repeat("<p>", depth)}x{Repeat("</p>", depth)}</div>";

    /// <summary>Name, content type, body, and the statuses that are right.</summary>
    public static TheoryData<string, string, byte[], int> Bodies()
    {
        var rows = new TheoryData<string, string, byte[], int>();
        void Add(string name, string type, string body, int status) =>
            rows.Add(name, type, Encoding.UTF8.GetBytes(body), status);
        Add("duplicate key", Json, """{"resourceType":"Patient","active":true,"active":false}""", 400);
        Add("duplicate resourceType", Json, """{"resourceType":"Patient","resourceType":"Group"}""", 400);
        Add("deep JSON", Json, DeepJson(20_000), 400);
        Add("deep unclosed JSON", Json, Repeat("[", 20_000), 400);
        Add("deep XML", Xml, DeepXml(20_000), 400);
        Add(
            "deep unknown XML", Xml,
            $"<Patient xmlns=\"http://hl7.org/fhir\">{Repeat("<x>", 20_000)}{Repeat("</x>", 20_000)}</Patient>", 400);
        Add(
            "deep unclosed XML", Xml,
            "<Patient xmlns=\"http://hl7.org/fhir\">" + Repeat("<extension url=\"a\">", 20_000), 400);
        Add(
            "deep narrative", Json,
            $$"""{"resourceType":"Patient","text":{"status":"generated","div":"{{Div(20_000)}}"} }""", 422);
        Add(
            "deep narrative in XML", Xml,
            """<Patient xmlns="http://hl7.org/fhir"><text><status value="generated"/>"""
                + $"""{Div(20_000).Replace("\\", "", StringComparison.Ordinal)}</text></Patient>""",
            400);
        Add(
            "script in narrative", Json,
            """{"resourceType":"Patient","text":{"status":"generated","div":"<div """
                + """xmlns=\"http://www.w3.org/1999/xhtml\"><script>alert(1)</script></div>"}}""",
            422);
        Add(
            "external entity", Xml,
            """<!DOCTYPE Patient [<!ENTITY x SYSTEM "file:///etc/passwd">]><Patient xmlns="http://hl7.org/fhir">"""
                + """<language value="&x;"/></Patient>""",
            400);
        Add(
            "entities without end", Xml,
            """<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
                + """<Patient xmlns="http://hl7.org/fhir"><language value="&b;"/></Patient>""",
            400);
        Add(
            "entity in narrative", Json,
            """{"resourceType":"Patient","text":{"status":"generated","div":"<!DOCTYPE div [<!ENTITY x \"y\">]><div """
                + """xmlns=\"http://www.w3.org/1999/xhtml\">&x;</div>"}}""",
            422);
        Add("NUL", Json, """{"resourceType":"Patient","name":[{"family":"a\u0000b"}]}""", 400);
        Add("raw NUL", Json, "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"a\0b\"}]}", 400);
        Add(
            "NUL in XML", Xml,
            """<Patient xmlns="http://hl7.org/fhir"><name><family value="a&#0;b"/></name></Patient>""", 400);
        Add("NUL behind", Json, "{\"resourceType\":\"Patient\"}\0", 400);
        Add("lone high surrogate", Json, """{"resourceType":"Patient","name":[{"family":"a\ud800b"}]}""", 400);
        Add("lone low surrogate", Json, """{"resourceType":"Patient","name":[{"family":"\udc00"}]}""", 400);
        Add("surrogates in the wrong order",
            Json, """{"resourceType":"Patient","name":[{"family":"\udc00\ud800"}]}""", 400);
        Add("surrogate in a key", Json, """{"resourceType":"Patient","\ud800":1}""", 400);
        Add("noncharacter", Json, """{"resourceType":"Patient","name":[{"family":"a\uffffb"}]}""", 400);
        rows.Add(
            "invalid UTF-8", Json,
            [.. "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\""u8, 0xC3, 0x28, .. "\"}]}"u8], 400);
        rows.Add(
            "overlong UTF-8", Json,
            [.. "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\""u8, 0xC0, 0x80, .. "\"}]}"u8], 400);
        rows.Add("invalid UTF-8 in XML", Xml, [
            .. "<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\""u8, 0xFF, .. "\"/></name></Patient>"u8,
        ], 400);
        rows.Add("UTF-16", Json, Encoding.Unicode.GetBytes("""{"resourceType":"Patient"}"""), 400);
        rows.Add(
            "UTF-16 with a mark", Json,
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("""{"resourceType":"Patient"}""")], 400);
        Add("a number without end", Json, Quantity("1e400"), 400);
        Add("a number of many digits", Json, Quantity(Repeat("9", 100_000)), 400);
        Add("no number", Json, Quantity("NaN"), 400);
        Add("no number either", Json, Quantity("Infinity"), 400);
        Add("a hexadecimal number", Json, Quantity("0x10"), 400);
        Add("a number with a leading zero", Json, Quantity("01"), 400);
        Add("trailing comma", Json, """{"resourceType":"Patient",}""", 400);
        Add("comment", Json, """{"resourceType":"Patient"/* */}""", 400);
        Add("two resources", Json, """{"resourceType":"Patient"}{"resourceType":"Patient"}""", 400);
        Add("an array", Json, """[{"resourceType":"Patient"}]""", 400);
        Add("null", Json, "null", 400);
        Add("empty object", Json, "{}", 400);
        Add("nulls", Json, """{"resourceType":"Patient","name":null}""", 400);
        Add("JSON as XML", Xml, """{"resourceType":"Patient"}""", 400);
        Add("XML as JSON", Json, """<Patient xmlns="http://hl7.org/fhir"/>""", 400);
        Add("XML of another namespace", Xml, "<Patient xmlns=\"urn:x\"/>", 400);
        Add("XML without an end", Xml, "<Patient xmlns=\"http://hl7.org/fhir\">", 400);
        Add("two roots", Xml, """<Patient xmlns="http://hl7.org/fhir"><active value="true"/></Patient><x/>""", 400);
        Add(
            "many attributes", Xml,
            """<Patient """
                + """xmlns="http://hl7"""
                + $""".org/fhir"{string.Concat(Enumerable.Range(0, 5000).Select(i => $" a{i}=\"1\""))}><active """
                + """value="true"/></Patient>""",
            400);
        Add(
            "a long id", Json,
            $$"""{"resourceType":"Patient","contact":[{"id":"{{Repeat("a", 100_000)}}","gender":"male"}]}""", 422);
        Add("a form", Form, "resourceType=Patient&active=true", 415);
        Add(
            "a multipart form", "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x--", 415);
        Add("a picture", "image/png", "\u0089PNG", 415);
        return rows;
    }

    static string Quantity(string value) =>
        $$"""{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":{{value}}} """
        + """}""";

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_cannot_be_a_resource_is_refused(string name, string type, byte[] body, int status)
    {
        foreach (var (method, url) in new[]
        {
            (HttpMethod.Post, "Patient"), (HttpMethod.Put, "Patient/hostile"), (HttpMethod.Post, ""),
            (HttpMethod.Patch, "Patient/hostile"),
        })
        {
            using var request =
                new HttpRequestMessage(method, server.Base + url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            var answer = await Answer.Of(await server.Http.SendAsync(request, TestContext.Current.CancellationToken));

            Assert.True(answer.Status is >= 400 and < 500, $"{name}: {method} {answer.Status}");
            Assert.True(
                answer.Status == status || method != HttpMethod.Post || url.Length == 0, $"{name}: {answer.Status}");
            AssertClean(answer.Text);
            Assert.Equal("OperationOutcome", answer.Json["resourceType"]!.GetValue<string>());
        }

        Assert.Equal(404, (await server.Get("Patient/hostile")).Status);
    }

    /// <summary>Name, request, the statuses of the one answer. With 0 the client ends its
    /// side, and there may be none.</summary>
    public static TheoryData<string, string, int[]> Requests => new()
    {
        { "both lengths",
            Post("Content-Length: 26\nTransfer-Encoding: chunked") + "\n\n0\n\nGET /fhir/metadata HTTP/1.1\nHost: a",
            [400, 413] },
        { "both lengths, the other way",
            Post("Transfer-Encoding: chunked\nContent-Length: 4") + "\n\n1a\n{\"resourceType\":\"Patient\"}\n0",
            [201, 400] },
        { "two lengths", Post("Content-Length: 2\nContent-Length: 26"), [400] },
        { "a negative length", Post("Content-Length: -1"), [400] },
        { "a length of words", Post("Content-Length: many"), [400] },
        { "a length too large to be one", Post("Content-Length: 99999999999999999999"), [400] },
        { "an unknown transfer encoding", Post("Transfer-Encoding: gzip"), [400, 501] },
        { "a hidden transfer encoding", Post("Transfer-Encoding: chunked, identity"), [400, 501] },
        { "a chunk size that is none", Post("Transfer-Encoding: chunked") + "\n\nzz\n{}\n0", [400] },
        { "a chunk size too large", Post("Transfer-Encoding: chunked") + "\n\nffffffffffffffffff\n{}", [400, 413] },
        { "a negative chunk", Post("Transfer-Encoding: chunked") + "\n\n-1\n{}", [400] },
        { "a chunk that ends early", Post("Transfer-Encoding: chunked") + "\n\n5\n{}", [400, 0] },
        { "a body that ends early", Post("Content-Length: 100") + "\n\n{}", [400, 0] },
        { "a blank before the colon", Post("Content-Length : 2"), [400] },
        { "a folded header", "GET /fhir/metadata HTTP/1.1\nHost: a\nX-A: b\n c", [400] },
        { "a header without a name", "GET /fhir/metadata HTTP/1.1\nHost: a\n: b", [400] },
        { "no host", "GET /fhir/metadata HTTP/1.1\nConnection: close", [400] },
        { "two hosts", "GET /fhir/metadata HTTP/1.1\nHost: a\nHost: b", [400] },
        { "a host that is none", "GET /fhir/metadata HTTP/1.1\nHost: a b<>", [400] },
        { "no version", "GET /fhir/metadata", [400] },
        { "a version that is none", "GET /fhir/metadata HTTP/9.9\nHost: a", [400, 505] },
        { "a method that is none", "G@T /fhir/metadata HTTP/1.1\nHost: a", [400] },
        { "an unknown method", Get("/fhir/Patient").Replace("GET", "BREW", StringComparison.Ordinal), [405] },
        { "TRACE", Get("/fhir/Patient").Replace("GET", "TRACE", StringComparison.Ordinal), [405] },
        { "CONNECT", "CONNECT localhost:22 HTTP/1.1\nHost: localhost:22\nConnection: close", [400, 404, 405] },
        { "a long URL", Get("/fhir/Patient?family=" + Repeat("a", 20_000)), [414] },
        { "a long header", Get("/fhir/Patient") + "\nX-A: " + Repeat("a", 100_000), [431] },
        { "many headers", Get("/fhir/Patient") + Repeat("\nX-A: b", 500), [431] },
        { "a way up", Get("/fhir/Patient/../../etc/passwd"), [404] },
        { "a hidden way up", Get("/fhir/Patient/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), [400, 404] },
        { "an id of dots", Get("/fhir/Patient/.."), [404, 200] },
        { "an id with a hidden slash", Get("/fhir/Patient/a%2Fb"), [400] },
        { "an id with a backslash", Get("/fhir/Patient/a%5Cb"), [400] },
        { "an id with NUL", Get("/fhir/Patient/a%00b"), [400] },
        { "an id of overlong UTF-8", Get("/fhir/Patient/%c0%ae"), [400] },
        { "a percent sign alone", Get("/fhir/Patient/%"), [400] },
        { "an id with a line feed", Get("/fhir/Patient/a%0d%0aX-Evil:%201"), [400] },
        { "an id of 65", Get("/fhir/Patient/" + Repeat("a", 65)), [400] },
        { "an id beyond ASCII", Get("/fhir/Patient/%C3%A4"), [400] },
        { "a type in lower case", Get("/fhir/patient/1"), [404] },
        { "a type that injects", Get("/fhir/Patient'--/1"), [404] },
        { "a version too large", Get("/fhir/ResearchStudy/NCT04521231/_history/99999999999"), [404] },
        { "NUL in a query", Get("/fhir/Patient?family=%00"), [200, 400] },
        { "invalid UTF-8 in a query", Get("/fhir/Patient?family=%ff%fe"), [200, 400] },
        { "a lone surrogate in a query", Get("/fhir/Patient?family=%ed%a0%80"), [200, 400] },
        { "a query of signs", Get("/fhir/Patient?&&=&?=&=x"), [200, 400] },
        { "a count too large", Get("/fhir/Patient?_count=99999999999999999999"), [400] },
        { "a negative count", Get("/fhir/Patient?_count=-1"), [400] },
        { "a number without end", Get("/fhir/Observation?value-quantity=1e400"), [400, 200] },
        { "a chain without end",
            Get("/fhir/Observation?" + Repeat("subject:Patient.general-practitioner:Practitioner.", 50) + "name=x"),
            [400] },
        { "SQL", Get("/fhir/Patient?family=a'%20OR%201=1--&_id=x'"), [200, 400] },
        { "a pattern", Get("/fhir/Patient?family:contains=%25_%5B%5D*"), [200] },
        { "Accept of signs", Get("/fhir/Patient") + "\nAccept: ;;,,=/\"", [200, 406] },
        { "Accept without end", Get("/fhir/Patient") + "\nAccept: " + Repeat("a/b;q=0.1,", 2000), [406] },
        { "If-None-Match of signs", Get("/fhir/ResearchStudy/NCT04521231") + "\nIf-None-Match: W/\"\"\",,\"", [200] },
        {
            "If-Modified-Since of no day", Get("/fhir/ResearchStudy/NCT04521231") + "\nIf-Modified-Since: Feb 31", [200]
        },
        { "traceparent of signs",
            Get("/fhir/ResearchStudy/NCT04521231") + "\ntraceparent: 00-zz-zz-zz\ntracestate: ,,,=", [200] },
        { "another method in a header", Get("/fhir/ResearchStudy/NCT04521231") + "\nX-HTTP-Method-Override: DELETE",
            [200] },
        { "a range", Get("/fhir/ResearchStudy/NCT04521231") + "\nRange: bytes=0-1,5-9", [200] },
    };

    static string Get(string url) => $"GET {url} HTTP/1.1\nHost: localhost\nConnection: close";

    static string Post(string headers) =>
        "POST /fhir/Patient HTTP/1.1\nHost: localhost\nContent-Type: application/fhir+json\nConnection: close\n"
        + $"{headers}";

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_that_is_none_has_one_answer(string name, string request, int[] statuses)
    {
        var answer = await RawClient.Send(server, RawClient.Request(request), end: statuses.Contains(0));

        var lines = StatusLine().Matches(answer);
        var status = lines.Count == 0 ? 0 : int.Parse(lines[0].Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        Assert.True(lines.Count <= 1, $"{name}: {lines.Count} answers");
        Assert.True(statuses.Contains(status), $"{name}: {status} {answer}");
        AssertClean(answer);
        Assert.DoesNotContain("X-Evil", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.Equal(200, (await server.Get("ResearchStudy/NCT04521231")).Status);
    }

    public static TheoryData<string, string, string, int> Forms => new()
    {
        { "many parameters", Form, Repeat("a=b&", 500), 413 },
        { "a long value", Form, "family=" + Repeat("a", 100_000), 413 },
        { "10,000 values", Form, "_id=" + Repeat("a,", 10_000), 400 },
        { "a form in parts", "multipart/form-data; boundary=x", "--x--", 415 },
        { "parts without a boundary", "multipart/form-data", "--x--", 415 },
        { "JSON", Json, "{}", 415 },
        { "signs", Form, "%%%=%zz&&&=&\u0000", 400 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_beyond_what_a_search_may_cost_is_refused(string name, string type, string body, int status)
    {
        var answer = await server.Post("Patient/_search", body, ("Content-Type", type));

        Assert.True(status == answer.Status, $"{name}: {answer.Status} {answer.Text}");
        AssertClean(answer.Text);
    }

    public static TheoryData<string> EntryUrls =>
    [
        "/etc/passwd", "//evil.example/Patient", "http://evil.example/Patient", "file:///etc/passwd", "../swagger",
        "Patient/../../openapi.json", "Patient/%2e%2e/%2e%2e/openapi.json", "Patient\\r\\nX-Evil: 1",
        "Patient/a%0d%0ab", "Patient/\\u0000", "?", "$versions/..", " ", "#", "Patient/1#x",
        "%", "%00", "\\ud83d\\ude00", "Patient?%", "Patient?_format=xml&_pretty=true",
    ];

    [Theory]
    [MemberData(nameof(EntryUrls))]
    public async Task An_entry_of_a_bundle_leads_nowhere_else(string url)
    {
        foreach (var type in new[] { "batch", "transaction" })
        {
            var answer = await server.Post(
                "", $$"""{"resourceType":"Bundle","type":"{{type}}","entry":[{"request":"""
                    + $$"""{"method":"GET","url":"{{url}}"} }]}""");

            Assert.InRange(answer.Status, 200, 499);
            AssertClean(answer.Text);
            Assert.DoesNotContain("openapi", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("root:", answer.Text, StringComparison.Ordinal);
            Assert.NotNull(answer.Json["resourceType"]);
        }
    }

    /// <summary>Strange, but allowed.</summary>
    public static TheoryData<string, string> Strange => new()
    {
        { "a mark in front", "\uFEFF{\"resourceType\":\"Patient\",\"id\":\"ID\",\"active\":true}" },
        { "white space around", "\r\n\t {\"resourceType\":\"Patient\",\"id\":\"ID\",\"active\":true}\r\n " },
        { "the order of keys", """{"id":"ID","active":true,"resourceType":"Patient"}""" },
        {
            "emoji and right to left",
            """{"resourceType":"Patient","id":"ID","name":"""
                + """[{"family":"\ud83d\ude00\u202e\u0645\u200d%_[]'\"\\--;<script>"}]}"""
        },
        { "line feeds and tabs", """{"resourceType":"Patient","id":"ID","name":[{"text":"a\r\n\tb\u0085\u2028c"}]}""" },
        {
            "the first and the last day",
            """{"resourceType":"Patient","id":"ID","birthDate":"0001-01-01","deceasedDateTime":"9999-12-31T23:59:59."""
                + """999999999-14:00"}"""
        },
        { "a second that leaps", """{"resourceType":"Patient","id":"ID","deceasedDateTime":"2016-12-31T23:59:60Z"}""" },
        { "a tiny number", """{"resourceType":"Observation","id":"ID","status":"final","code":{"text":"x"}"""
            + ""","valueQuantity":{"value":1e-300,"unit":"g","system":"http://unitsofmeasure.org","code":"g"}}""" },
        {
            "a precise number",
            """{"resourceType":"Observation","id":"ID","status":"final","code":{"text":"x"},"valueQuantity":"""
                + """{"value":-0.000000000000000000000000000010"""
                + ""","unit":"g","system":"http://unitsofmeasure.org","code":"10*9/L.{x}"}}"""
        },
        {
            "a unit that is none",
            """{"resourceType":"Observation","id":"ID","status":"final","code":{"text":"x"},"valueQuantity":"""
                + """{"value":1,"system":"http://unitsofmeasure.org","code":"((((]]"}}"""
        },
        {
            "a reference to anything",
            """{"resourceType":"Observation","id":"ID","status":"final","code":{"text":"x"},"subject":"""
                + """{"reference":"urn:x:%zz|?#[]{}"}}"""
        },
        { "a long text", """{"resourceType":"Patient","id":"ID","name":[{"family":"LONG"}]}""" },
        { "a pole", """{"resourceType":"Location","id":"ID","name":"x","position":{"longitude":180,"latitude":90}}""" },
        { "no place",
            """{"resourceType":"Location","id":"ID","name":"x","position":{"longitude":100000,"latitude":-1e30}}""" },
    };

    [Theory]
    [MemberData(nameof(Strange))]
    public async Task What_was_accepted_can_be_read_and_never_breaks_a_search(string name, string body)
    {
        var id = $"strange-{string.Concat(name.Where(char.IsAsciiLetter))}";
        var resource = body.Replace("\"ID\"", $"\"{id}\"", StringComparison.Ordinal)
            .Replace("LONG", Repeat("ä", 500_000), StringComparison.Ordinal);
        var type = TypeOf().Match(body).Groups[1].Value;
        var written = await server.Put($"{type}/{id}", resource);
        Assert.True(written.Status is 201 or (>= 400 and < 500), $"{name}: {written.Status}");

        string[] queries = type switch
        {
            "Patient" => [
                "family=a", "name:contains=b", "birthdate=lt2000", "death-date=gt1000", "_sort=family",
                "_sort=birthdate,-death-date",
            ],
            "Observation" => [
                "value-quantity=gt0", "value-quantity=1|http://unitsofmeasure.org|mg", "subject:Patient._id=1",
                "_include=*", "_sort=-value-quantity",
            ],
            _ => ["near=90|180|10|km", "near=0|0|100000|km", "name=x"],
        };
        foreach (var query in queries.Append($"_id={id}").Append("_lastUpdated=gt2000"))
        {
            foreach (var format in new[] { "json", "xml" })
            {
                var found = await server.Get($"{type}?{query}&_count=1000&_format={format}");
                Assert.True(
                    found.Status == 200,
                    $"{name}: {query} {format}: {found.Status} {found.Text[..Math.Min(500, found.Text.Length)]}");
            }
        }

        foreach (var url in written.Status == 201
            ? new[] { "", "/_history", "/_history/1", "/$meta", "/$validate" }
            : [])
        {
            Assert.Equal(200, (await server.Get($"{type}/{id}{url}?_format=xml")).Status);
            Assert.Equal(200, (await server.Get($"{type}/{id}{url}?_pretty=true")).Status);
        }

        await server.Delete($"{type}/{id}");
    }

    /// <summary>Nothing of the server's inside.</summary>
    static void AssertClean(string answer)
    {
        foreach (var inside in new[] { "   at ", "Exception:", "FhirTrials.", "System.", "SQLite", "/src/" })
        {
            Assert.DoesNotContain(inside, answer, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"^HTTP/1\.[01] ([0-9]{3})", RegexOptions.Multiline)]
    private static partial Regex StatusLine();

    [GeneratedRegex("\"resourceType\":\"([A-Za-z]+)\"")]
    private static partial Regex TypeOf();
}
