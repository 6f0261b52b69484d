using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Server.Importing;
using Microsoft.Extensions.DependencyInjection;

namespace FhirTrials.Server.Tests.Importing;

/// <summary>A person corrects criteria over HTTP; what becomes of that when the study is imported again.</summary>
public sealed class ReviewTests : IDisposable
{
    const string NctId = "NCT04521231";
    const string Group = $"Group/{NctId}-eligibility";
    const string Platelets = "Platelet count ≥ 50 000/μL (transfusion permitted)";
    const string Base = "http://fhirtrials.org/fhir/StructureDefinition/";

    readonly FhirServer _server = FhirServer.With();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_reviewed_reading_stays_while_its_text_is_the_same()
    {
        await Import(Record());
        await Review(Platelets, """{"op":"replace","path":"{0}/valueRange/low/value","value":75000}""");
        var reviewed = await _server.Get(Group);

        var again = await Import(Record());

        Assert.Equal(0, again.Written);
        Assert.Equal(reviewed.Text, (await _server.Get(Group)).Text);
        var record = (await _server.Get($"ResearchStudy/{NctId}/$to-registry")).Text;
        Assert.True(
            JsonElement.DeepEquals(JsonElement.Parse(Encoding.UTF8.GetBytes(Record())), JsonElement.Parse(record)));
        Assert.Equal(75000, await Limit(Platelets));
    }

    [Fact]
    public async Task A_reviewed_reading_stays_when_other_texts_change_and_moves_with_its_own()
    {
        await Import(Record());
        var (text, _) = await Nested();
        await Review(Platelets, """{"op":"replace","path":"{0}/valueRange/low/value","value":75000}""");
        await Review(text, """{"op":"replace","path":"{0}/exclude","value":true}""");

        await Import(Record()
            .Replace("Hemoglobin level ≥ 9 g/dL", "Hemoglobin level ≥ 8.5 g/dL, new", StringComparison.Ordinal));

        Assert.Equal(75000, await Limit(Platelets));
        var after = await _server.Get(Group);
        Assert.True((bool)Find(after.Json, text)["exclude"]!);
        var validated = await _server.Post("Group/$validate", after.Text);
        Assert.DoesNotContain(validated.Json["issue"]!.AsArray(), i => (string?)i!["severity"] is "error" or "fatal");
    }

    /// <summary>Two that refer to each other, and to one of the reading's own twice.</summary>
    [Fact]
    public async Task Contained_groups_of_a_reviewer_stay_apart_and_may_refer_to_each_other()
    {
        await Import(Record());
        var (text, nested) = await Nested();
        var (group, own) = ((await _server.Get(Group)).Json, (string)nested["valueReference"]!["reference"]!);
        var first = group["contained"]!.AsArray().Single(c => $"#{c!["id"]}" == own)!;
        foreach (var (id, other) in (ReadOnlySpan<(string, string)>)[("x-1", "#x-2"), ("x-2", "#x-1")])
        {
            var made = first.DeepClone().AsObject();
            (made["id"], made["name"]) = (id, id);
            made["characteristic"] = new JsonArray(Referring(nested, other), Referring(nested, own));
            group["contained"]!.AsArray().Add((JsonNode)made);
        }

        first["characteristic"]!.AsArray().Add(Referring(nested, "#x-1"));
        Assert.Equal(200, (await _server.Put(Group, group.ToJsonString())).Status);
        await Review(text, """{"op":"test","path":"/resourceType","value":"Group"}""");

        await Import(Record()
            .Replace("Hemoglobin level ≥ 9 g/dL", "Hemoglobin level ≥ 8.5 g/dL", StringComparison.Ordinal));

        var contained = (await _server.Get(Group)).Json["contained"]!.AsArray().Select(c => c!.AsObject()).ToList();
        var byName = contained.Where(c => c["name"] is not null)
            .ToDictionary(c => (string)c["name"]!, c => (string)c["id"]!);
        Assert.Equal(contained.Count, contained.Select(c => (string)c["id"]!).Distinct().Count());
        Assert.Equal(["x-1", "x-2"], byName.Keys.Order());
        Assert.Equal($"#{byName["x-2"]}", References(contained.Single(c => (string?)c["name"] == "x-1"))[0]);
        Assert.All(contained.SelectMany(References), r => Assert.Contains(contained, c => $"#{c["id"]}" == r));
    }

    static JsonNode Referring(JsonNode characteristic, string reference)
    {
        var copy = characteristic.DeepClone();
        copy["valueReference"]!["reference"] = reference;
        copy.AsObject().Remove("extension");
        return copy;
    }

    static List<string> References(JsonObject group) =>
    [
        .. (group["characteristic"]?.AsArray() ?? [])
            .Select(c => (string?)c!["valueReference"]?["reference"]).OfType<string>(),
    ];

    [Fact]
    public async Task A_changed_text_is_read_anew_and_marked_for_review()
    {
        await Import(Record());
        await Review(Platelets, """{"op":"replace","path":"{0}/valueRange/low/value","value":75000}""");
        var changed = Platelets.Replace("50 000", "60 000", StringComparison.Ordinal);

        await Import(Record().Replace(Platelets, changed, StringComparison.Ordinal));

        Assert.Equal(60000, await Limit(changed));
        var review = ReviewOf(Find((await _server.Get(Group)).Json, changed))!;
        Assert.Equal(
            ("review-needed", "Dr. Rivera", Platelets),
            (Part(review, "status"), Part(review, "by"), Part(review, "text")));
        var diff = (await _server.Get($"{Group}/$criteria-diff")).Json["parameter"]!.AsArray()
            .Where(p => (string?)p!["name"] == "change").ToArray();
        Assert.Equal(
            [Platelets, changed],
            Assert.Single(diff)!["part"]!.AsArray().TakeLast(2).Select(p => (string?)p!["valueString"]));

        await Import(Record().Replace(Platelets, changed, StringComparison.Ordinal)
            .Replace("Hemoglobin level ≥ 9", "Hemoglobin level ≥ 8", StringComparison.Ordinal));
        Assert.Equal("review-needed", Part(ReviewOf(Find((await _server.Get(Group)).Json, changed))!, "status"));
    }

    [Fact]
    public async Task An_expression_that_a_reviewer_wrote_decides()
    {
        await Import(Record());
        var before = await Verdict();
        var at = Extensions(Find((await _server.Get(Group)).Json, Platelets)).ToList()
            .FindIndex(e => (string?)e!["url"] == Base + "criterion-expression");
        await Review(
            Platelets,
            $$"""{"op":"replace","path":"{0}/extension/{{at}}/valueExpression/expression","value":"false"}""");

        Assert.Equal("unknown", before);
        Assert.Equal("not-met", await Verdict());

        await Import(Record());
        Assert.Equal("not-met", await Verdict());
    }

    async Task<string> Verdict()
    {
        var answer = await _server.Post(
            $"{Group}/$evaluate",
            """{"resourceType":"Bundle","type":"collection","entry":[{"resource":"""
                + """{"resourceType":"Patient","gender":"male","birthDate":"1980-01-01"}}]}""");
        var criterion = answer.Json["parameter"]!.AsArray()
            .Single(p => (string?)p!["name"] == "criterion"
                && p["part"]!.AsArray().Any(t => (string?)t!["valueString"] == Platelets));
        return (string)criterion!["part"]!.AsArray().Single(p => (string?)p!["name"] == "verdict")!["valueCode"]!;
    }

    async Task Review(string text, string change)
    {
        var group = (await _server.Get(Group)).Json;
        var place = $"/characteristic/{group["characteristic"]!.AsArray().IndexOf(Find(group, text))}";
        var review = $$$"""
            {"op":"add","path":"{{{place}}}/extension/-","value":{"url":"{{{Base}}}criterion-review","extension":[
              {"url":"status","valueCode":"reviewed"},{"url":"by","valueString":"Dr. Rivera"},
               {"url":"date","valueDateTime":"2026-11-20"}]}}
            """;
        using var content = new StringContent(
            $"[{change.Replace("{0}", place, StringComparison.Ordinal)},{review}]", Encoding.UTF8,
            "application/json-patch+json");
        var answer = await _server.Http.PatchAsync(new Uri($"{_server.Base}{Group}"), content, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    async Task<(string Text, JsonNode Characteristic)> Nested()
    {
        var nested = (await _server.Get(Group)).Json["characteristic"]!.AsArray()
            .First(c => c!["valueReference"] is not null)!;
        return (TextOf(nested), nested);
    }

    async Task<decimal> Limit(string text) =>
        (decimal)Find((await _server.Get(Group)).Json, text)["valueRange"]!["low"]!["value"]!;

    async Task<Imported> Import(string record) =>
        await _server.Services.GetRequiredService<TrialImport>().Import(Encoding.UTF8.GetBytes(record), Ct);

    static string Record() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "examples", "registry", $"{NctId}.json")))!
            .ToJsonString(new JsonSerializerOptions
            {
                Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            });

    static JsonNode Find(JsonNode group, string text) =>
        group["characteristic"]!.AsArray().First(c => TextOf(c!) == text)!;

    static string TextOf(JsonNode characteristic) =>
        Part(Extensions(characteristic).First(e => (string?)e!["url"] == Base + "criterion-source")!, "text");

    static JsonNode? ReviewOf(JsonNode characteristic) =>
        Extensions(characteristic).FirstOrDefault(e => (string?)e!["url"] == Base + "criterion-review");

    static IEnumerable<JsonNode?> Extensions(JsonNode characteristic) => characteristic["extension"]!.AsArray();

    static string Part(JsonNode extension, string name) => extension["extension"]!.AsArray()
        .Where(e => (string?)e!["url"] == name).Select(e => (string?)(e!["valueString"] ?? e["valueCode"]) ?? "")
        .FirstOrDefault() ?? "";
}
