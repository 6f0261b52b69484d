using System.Text;
using System.Text.Json.Nodes;
using FhirTrials.Server.Hosting;
using FhirTrials.Server.Importing;
using FhirTrials.Storage;
using FhirTrials.Tests;
using FhirTrials.Trials.Mapping;
using Microsoft.Extensions.DependencyInjection;

namespace FhirTrials.Server.Tests.Importing;

public sealed class TrialImportTests : IAsyncLifetime
{
    const string NctId = "NCT02013167";

    static readonly (string Module, string List)[] ShortenedLists =
    [
        ("armsInterventionsModule", "interventions"),
        ("armsInterventionsModule", "armGroups"),
        ("contactsLocationsModule", "locations"),
    ];

    readonly string _folder = Directory.CreateTempSubdirectory("fhirtrials-import-").FullName;
    readonly Microsoft.AspNetCore.Builder.WebApplication _app;
    readonly ResourceStore _store;

    public TrialImportTests()
    {
        _app = FhirTrialsApp.Build(
        [
            $"--ConnectionStrings:FhirTrials=Data Source={Path.Combine(_folder, "test.db")}",
            $"--Profiles:Path={Path.Combine(Repository.Root, "profiles")}",
            "--Examples:Load=false",
        ]);
        _store = _app.Services.GetRequiredService<ResourceStore>();
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StartUp.Load(_app.Services, Ct);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_a_changed_record_names_no_more_is_deleted_with_it_and_returns_with_it()
    {
        var shorter = Record();
        foreach (var (module, list) in ShortenedLists)
        {
            var items = shorter["protocolSection"]![module]![list]!.AsArray();
            items.RemoveAt(items.Count - 1);
        }

        var first = await Import(Record());
        var (parts, organizations) = (await Parts(), await Ids("Organization"));
        var second = await Import(shorter);
        var fewer = await Parts();
        var again = await Import(shorter);

        Assert.Equal((true, 0), (first.IsNew, first.Removed));
        Assert.Equal((false, 3), (second.IsNew, second.Removed));
        Assert.Equal((0, 0), (again.Written, again.Removed));
        Assert.Equal(
            [
                "ActivityDefinition/NCT02013167-intervention-2", "Location/NCT02013167-site",
                "PlanDefinition/NCT02013167-arm-2",
            ],
            parts.Except(fewer)
                .Select(p => p.StartsWith("Location", StringComparison.Ordinal) ? p[..p.LastIndexOf('-')] : p));
        Assert.Empty(fewer.Except(parts));
        Assert.Equal(organizations, await Ids("Organization"));

        var back = await Import(Record());

        Assert.Equal(0, back.Removed);
        Assert.Equal(parts, await Parts());
    }

    [Fact]
    public async Task A_person_whom_only_this_record_named_goes_with_the_name()
    {
        var named = Record();
        named["protocolSection"]!["contactsLocationsModule"]!["overallOfficials"]!.AsArray()
            .Add((JsonNode)new JsonObject { ["name"] = "Ada Doe", ["role"] = "STUDY_CHAIR" });
        await Import(named);
        var people = await Ids("Practitioner");

        await Import(Record());

        Assert.Single(people.Except(await Ids("Practitioner")));
    }

    [Fact]
    public async Task What_others_stored_under_the_studys_number_stays()
    {
        await Import(Record());
        var own = Fhir.Json.FhirJson.Read(
            """{"resourceType":"Group","id":"NCT02013167-ours","type":"person","actual":true}"""u8,
            Fhir.Definitions.FhirDefinitions.R4.Types).Resource!;
        await _store.Write([new UpdateOperation(own, own.Id!)], Ct);

        var again = await Import(Record());

        Assert.Equal((0, 0), (again.Written, again.Removed));
        Assert.False((await _store.Read("Group", own.Id!, Ct))!.IsDeleted);
    }

    [Fact]
    public async Task What_others_changed_since_is_as_the_record_says_after_the_next_import()
    {
        await Import(Record());
        var study = Fhir.Json.FhirJson.Read(
            """{"resourceType":"ResearchStudy","id":"NCT02013167","status":"withdrawn"}"""u8,
            Fhir.Definitions.FhirDefinitions.R4.Types).Resource!;
        await _store.Write(
            [new UpdateOperation(study, NctId), new DeleteOperation("Group", $"{NctId}-eligibility")], Ct);

        var again = await Import(Record());
        var third = await Import(Record());

        Assert.Equal((2, true), (again.Written, third.IsUnchanged));
        Assert.False((await _store.Read("Group", $"{NctId}-eligibility", Ct))!.IsDeleted);
    }

    static JsonObject Record() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "examples", "registry", $"{NctId}.json")))!
            .AsObject();

    /// <summary><c>Type/id</c> of each part of the study.</summary>
    async Task<List<string>> Parts() =>
    [
        .. (await _store.Keys([.. StudyParts.Types], StudyParts.IdPrefix(NctId), Ct)).Where(k => !k.IsDeleted)
            .Select(k => $"{k.Type}/{k.Id}"),
    ];

    async Task<List<string>> Ids(string type) =>
        [.. (await _store.Keys([type], "", Ct)).Where(k => !k.IsDeleted).Select(k => k.Id)];

    async Task<Imported> Import(JsonObject record)
    {
        var imported = await _app.Services.GetRequiredService<TrialImport>()
            .Import(Encoding.UTF8.GetBytes(record.ToJsonString()), Ct);
        Assert.Empty(imported.Issues.Where(i => i.IsError));
        return imported;
    }
}
