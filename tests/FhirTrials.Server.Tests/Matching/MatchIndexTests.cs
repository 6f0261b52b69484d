using FhirTrials.Server.Tests.Operations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FhirTrials.Server.Tests.Matching;

/// <summary>What is written is matched in its new form by the next request.</summary>
public sealed class MatchIndexTests
{
    const string Patient = """
        {"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p",
         "birthDate":"1980-01-01"}}]}
        """;

    const string Token = "a-token-of-an-operator-0123456789";

    [Fact]
    public async Task A_study_is_matched_as_the_last_write_left_it()
    {
        using var own = FhirServer.With();
        Assert.Empty(await Grades(own));

        await own.Put("ResearchStudy/s", Study("Group/g"));
        Assert.Equal(["s possible"], await Grades(own));

        await own.Put("Group/g", Group("g", "true"));
        Assert.Equal(["s certain"], await Grades(own));

        await own.Put("Group/g", Group("g", "false"));
        Assert.Equal(["s certainly-not"], await Grades(own));

        await own.Put("ResearchStudy/s", Study("Group/other"));
        Assert.Equal(["s possible"], await Grades(own));

        await own.Delete("Group/g");
        await own.Put("ResearchStudy/s", Study("Group/g"));
        Assert.Equal(["s possible"], await Grades(own));

        await own.Delete("ResearchStudy/s");
        Assert.Empty(await Grades(own));
    }

    [Fact]
    public async Task A_study_and_its_criteria_are_matched_as_one_transaction_left_them()
    {
        using var own = FhirServer.With();
        var ct = TestContext.Current.CancellationToken;
        await Transaction(own, "a", "true", "true");
        var writing = Task.Run(
            async () =>
            {
                for (var round = 0; round < 40; round++)
                {
                    await Transaction(
                        own, round % 2 == 0 ? "b" : "a", round % 2 == 0 ? "false" : "true",
                        round % 2 == 0 ? "true" : "false");
                }
            },
            ct);

        // The study always refers to the one of two groups that is true at that time.
        while (!writing.IsCompleted)
        {
            Assert.Equal(["s certain"], await Grades(own));
        }

        await writing;
    }

    [Fact]
    public async Task What_is_expunged_is_matched_no_more()
    {
        using var own = FhirServer.With(("Fhir:OperatorToken", Token));
        await own.Put("Group/g", Group("g", "true"));
        await own.Put("ResearchStudy/s", Study("Group/g"));
        await own.Put("ResearchStudy/t", Study("Group/g").Replace("\"s\"", "\"t\"", StringComparison.Ordinal));
        Assert.Equal(["s certain", "t certain"], await Grades(own));

        await own.Post("ResearchStudy/s/$expunge", "", ("Authorization", $"Bearer {Token}"));
        Assert.Equal(["t certain"], await Grades(own));

        await own.Post("Group/g/$expunge", "", ("Authorization", $"Bearer {Token}"));
        Assert.Equal(["t possible"], await Grades(own));
    }

    [Fact]
    public async Task A_study_that_cannot_be_read_stops_no_other_and_is_named()
    {
        using var own = FhirServer.With();
        var ct = TestContext.Current.CancellationToken;
        await own.Put("Group/g", Group("g", "true"));
        await own.Put("Group/h", Group("h", "true"));
        await Execute(own, "CREATE TABLE Kept AS SELECT Key, Json FROM Resource WHERE Id = 'g'; UPDATE Resource SET "
            + "Json = x'0100000000' WHERE Id = 'g'");
        await own.Put("ResearchStudy/s", Study("Group/g"));
        await own.Put("ResearchStudy/t", Study("Group/h").Replace("\"s\"", "\"t\"", StringComparison.Ordinal));

        Assert.Equal(["t certain"], await Grades(own));
        var answer = await own.Post("ResearchStudy/$match", Patient);
        Assert.Contains("ResearchStudy/s is not in this answer", answer.Text, StringComparison.Ordinal);
        Assert.Equal(422, (await own.Post("ResearchStudy/s/$match", Patient)).Status);
        Assert.Contains(
            "match: 1 studies cannot be read to be matched: s",
            await own.Http.GetStringAsync(new Uri(new Uri(own.Base), "/health/ready"), ct), StringComparison.Ordinal);

        await Execute(
            own, "UPDATE Resource SET Json = (SELECT k.Json FROM Kept k WHERE k.Key = Resource.Key) WHERE Id = 'g'");
        await own.Put("Group/h", Group("h", "false"));
        Assert.Equal(["s certain", "t certainly-not"], await Grades(own));
        Assert.Equal("Healthy", await own.Http.GetStringAsync(new Uri(new Uri(own.Base), "/health/ready"), ct));
    }

    static async Task Execute(FhirServer server, string sql)
    {
        await using var connection = new SqliteConnection(
            server.Services.GetRequiredService<IConfiguration>().GetConnectionString("FhirTrials"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    static async Task Transaction(FhirServer server, string group, string a, string b)
    {
        var answer = await server.Post("", $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
              {"request":{"method":"PUT","url":"Group/a"},"resource":{{Group("a", a)}}},
              {"request":{"method":"PUT","url":"Group/b"},"resource":{{Group("b", b)}}},
              {"request":{"method":"PUT","url":"ResearchStudy/s"},"resource":{{Study($"Group/{group}")}}}]}
            """);
        Assert.Equal(200, answer.Status);
    }

    static async Task<IEnumerable<string>> Grades(FhirServer server)
    {
        var answer = await server.Post("ResearchStudy/$match", Patient);
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Entries.Where(e => (string?)e["search"]!["mode"] == "match")
            .Select(e => $"{e["resource"]!["id"]} {MatchTests.Grade(e)}").ToList();
    }

    static string Study(string group) =>
        $$"""{"resourceType":"ResearchStudy","id":"s","status":"active","enrollment":[{"reference":"{{group}}"}]}""";

    static string Group(string id, string expression) => $$$"""
        {"resourceType":"Group","id":"{{{id}}}","type":"person","actual":false,"characteristic":[{
          "extension":[{"url":"http://fhirtrials.org/fhir/StructureDefinition/criterion-expression",
            "valueExpression":{"language":"text/fhirpath","expression":"{{{expression}}}"}}],
          "code":{"text":"A criterion"},"valueBoolean":true,"exclude":false}]}
        """;
}
