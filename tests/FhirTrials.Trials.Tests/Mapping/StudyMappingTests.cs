using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Validation;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Tests.Profiles;
using FsCheck;
using FsCheck.Fluent;

namespace FhirTrials.Trials.Tests.Mapping;

/// <summary>How single facts of a record are mapped.</summary>
public sealed class StudyMappingTests
{
    [Theory]
    [InlineData("RECRUITING", "active")]
    [InlineData("ENROLLING_BY_INVITATION", "active")]
    [InlineData("NOT_YET_RECRUITING", "approved")]
    [InlineData("ACTIVE_NOT_RECRUITING", "closed-to-accrual")]
    [InlineData("SUSPENDED", "temporarily-closed-to-accrual")]
    [InlineData("TERMINATED", "administratively-completed")]
    [InlineData("COMPLETED", "completed")]
    [InlineData("WITHDRAWN", "withdrawn")]
    public void A_status_is_FHIRs(string registry, string fhir) => Assert.Equal(
        fhir, (string?)Study($$""" "statusModule":{"overallStatus":"{{registry}}"} """)["status"]);

    [Theory]
    [InlineData(""" "statusModule":{"overallStatus":"UNKNOWN"} """, "unknown")]
    [InlineData(""" "statusModule":{"overallStatus":"WITHHELD"} """, "masked")]
    [InlineData(""" "statusModule":{} """, "unknown")]
    public void A_status_that_the_registry_does_not_say_is_absent_with_the_reason(string module, string reason)
    {
        var study = Study(module);
        Assert.Null(study["status"]);
        Assert.Equal(reason, (string?)study["_status"]!["extension"]![0]!["valueCode"]);
    }

    [Fact]
    public void A_code_that_the_registry_does_not_define_is_kept_as_a_field()
    {
        var kept = Extensions(Study(""" "statusModule":{"overallStatus":"PAUSED"} """), "registry-field").Single();
        Assert.Equal(
            ["/protocolSection/statusModule/overallStatus", "\"PAUSED\""],
            kept["extension"]!.AsArray().Select(part => (string)part!["valueString"]!));
    }

    [Theory]
    [InlineData(""" "novelModule":{"a":[1]} """, "/protocolSection/novelModule", """{"a":[1]}""")]
    [InlineData(""" "statusModule":{"novel":true} """, "/protocolSection/statusModule/novel", "true")]
    [InlineData(
        """ "armsInterventionsModule":{"armGroups":[{"label":"A"},{"label":"B","novel":1.50}]} """,
        "/protocolSection/armsInterventionsModule/armGroups/1/novel", "1.50")]
    [InlineData(""" "designModule":{"enrollmentInfo":{"count":-1}} """,
        "/protocolSection/designModule/enrollmentInfo/count", "-1")]
    public void A_field_that_no_element_takes_is_kept_as_written(string module, string path, string json)
    {
        var kept = Extensions(Study(module), "registry-field").Single();
        Assert.Equal([path, json], kept["extension"]!.AsArray().Select(part => (string)part!["valueString"]!));
    }

    [Theory]
    [InlineData("2013-000536-10", "EUDRACT_NUMBER", "https://eudract.ema.europa.eu")]
    [InlineData("2023-506136-32", "EUDRACT_NUMBER", "https://euclinicaltrials.eu")]
    [InlineData("2023-506136-32-00", "CTIS", "https://euclinicaltrials.eu")]
    [InlineData("R01DC011020", "NIH", "http://fhirtrials.org/fhir/sid/nih")]
    [InlineData("X-1", "OTHER_GRANT", "http://fhirtrials.org/fhir/sid/other-grant")]
    public void A_secondary_number_has_the_system_of_who_gave_it(string id, string type, string system)
    {
        var study = StudyMapper.ToJson(Records.Read(JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["protocolSection"] = new JsonObject
            {
                ["identificationModule"] = new JsonObject
                {
                    ["nctId"] = "NCT00000001",
                    ["briefTitle"] = "A study",
                    ["secondaryIdInfos"] = new JsonArray(new JsonObject { ["id"] = id, ["type"] = type }),
                },
            },
        })))[^1];
        Assert.Equal((system, id),
            ((string)study["identifier"]![1]!["system"]!, (string)study["identifier"]![1]!["value"]!));
    }

    [Theory]
    [InlineData("""["PHASE1","PHASE2"]""", "phase-1-phase-2 PHASE1 PHASE2")]
    [InlineData("""["NA"]""", "n-a NA")]
    [InlineData("""["PHASE1","PHASE3"]""", "PHASE1 PHASE3")]
    public void Phases_are_joined_where_FHIR_joins_them(string phases, string codes) => Assert.Equal(
        codes,
        string.Join(' ', Study($$""" "designModule":{"phases":{{phases}}} """)["phase"]!["coding"]!.AsArray()
            .Select(coding => (string)coding!["code"]!)));

    [Theory]
    [InlineData(""" "type":"ESTIMATED" """, "targetNumber")]
    [InlineData(""" "type":"ACTUAL" """, "actualNumber")]
    public void A_number_of_participants_is_expected_or_reached(string type, string part)
    {
        var study = Study($$""" "designModule":{"enrollmentInfo":{"count":40,{{type}} } } """);
        var recruitment = study["extension"]!
            .AsArray().Single(e => ((string)e!["url"]!).EndsWith("recruitment", StringComparison.Ordinal));
        var number = recruitment!["extension"]!.AsArray().Single(e => (string?)e!["url"] == part);
        Assert.Equal(40, (int)number!["valueUnsignedInt"]!);
        Assert.Empty(Extensions(study, "enrollment-count"));
    }

    [Fact]
    public void A_number_of_participants_of_unsaid_type_is_neither()
    {
        var study = Study(""" "designModule":{"enrollmentInfo":{"count":40}} """);
        Assert.Equal(40, (int)Extensions(study, "enrollment-count").Single()["valueUnsignedInt"]!);
    }

    [Fact]
    public void Two_sites_of_the_same_name_and_town_are_two_places()
    {
        var resources = Map("""
            "contactsLocationsModule":{"locations":[
              {"facility":"Research Site","city":"Boston","country":"United States","status":"RECRUITING"},
              {"facility":"Research Site","city":"Boston","country":"United States","status":"COMPLETED"}]}
            """);
        Assert.Equal(2, resources.Where(r => (string?)r["resourceType"] == "Location").Select(r => (string)r["id"]!)
            .Distinct().Count());
    }

    [Fact]
    public void A_site_keeps_its_id_where_another_is_listed_before_it()
    {
        const string Paris = """{"facility":"Hopital Saint Antoine","city":"Paris","country":"France"}""";
        const string Duarte = """{"facility":"City of Hope","city":"Duarte","country":"United States"}""";
        Assert.Equal(SiteIds($"{Paris}")[0], SiteIds($"{Duarte},{Paris}")[1]);
    }

    [Fact]
    public void An_organization_is_the_same_in_every_study()
    {
        const string Amgen = """ "sponsorCollaboratorsModule":{"leadSponsor":{"name":"Amgen","class":"INDUSTRY"}} """;
        const string Affiliation =
            """ "contactsLocationsModule":{"overallOfficials":"""
            + """[{"name":"MD","affiliation":"Amgen","role":"STUDY_DIRECTOR"}]} """;
        Assert.Equal(Organization(Amgen), Organization(Affiliation));

        static string Organization(string module) =>
            Map(module).Single(r => (string?)r["resourceType"] == "Organization").ToJsonString();
    }

    [Theory]
    [InlineData("D000003680", "D003680", "D000003680")]
    [InlineData("D003680", "D003680", null)]
    [InlineData("D000077192", "D000077192", null)]
    [InlineData("none at all", null, "none at all")]
    public void A_MeSH_number_that_the_registry_pads_is_MeSHs_own(string id, string? code, string? asWritten)
    {
        var study = StudyMapper.ToJson(Records.Read(Encoding.UTF8.GetBytes($$"""
            {"protocolSection":{"identificationModule":{"nctId":"NCT00000001","briefTitle":"A study"} },
            "derivedSection":{"conditionBrowseModule":{"meshes":[{"id":"{{id}}"}] } } }
            """)))[^1];
        var coding = study["extension"]!.AsArray().Select(e => e!["valueCodeableConcept"]?["coding"]?.AsArray())
            .OfType<JsonArray>().SelectMany(codings => codings)
            .Single(c => (string?)c!["system"] == "https://www.nlm.nih.gov/mesh")!;
        Assert.Equal(
            (code, asWritten), ((string?)coding["code"], (string?)coding["_code"]?["extension"]?[0]?["valueString"]));
    }

    [Fact]
    public void An_arm_plans_the_interventions_it_names_and_those_that_name_it()
    {
        var plan = Map("""
            "armsInterventionsModule":{
              "armGroups":[{"label":"A","interventionNames":["Drug: One","Drug: Gone"]}],
              "interventions":[{"type":"DRUG","name":"One"},{"type":"PROCEDURE","name":"Two","armGroupLabels":["A"]}]}
            """).Single(r => (string?)r["resourceType"] == "PlanDefinition");
        Assert.Equal(
            [("One", "NCT00000001-intervention-1"), ("Drug: Gone", null), ("Two", "NCT00000001-intervention-2")],
            plan["action"]!.AsArray()
                .Select(a => ((string)a!["title"]!, ((string?)a["definitionCanonical"])?.Split('/')[^1])));
    }

    [Fact]
    public void Markup_in_a_text_stays_text()
    {
        var study = Study(""" "descriptionModule":{"briefSummary":"<script>alert(1)</script> & \"x\"\n\nsecond"} """);
        var div = XElement.Parse((string)study["text"]!["div"]!);
        XNamespace xhtml = "http://www.w3.org/1999/xhtml";
        Assert.Empty(div.Descendants(xhtml + "script"));
        Assert.Equal(
            ["<script>alert(1)</script> & \"x\"", "second"], div.Elements(xhtml + "p").Select(p => p.Value));
    }

    [Fact]
    public void Any_text_gives_valid_resources()
    {
        var definitions = FhirDefinitions.R4.With(ProfilePackage.Resources);
        var validator = new Validator(definitions, TimeProvider.System);
        Prop.ForAll(ArbMap.Default.ArbFor<UnicodeString>(), text =>
        {
            var json = JsonSerializer.Serialize(text.Get ?? "");
            var read = FhirTrials.Trials.Registry.RegistryReader.Read(System.Text.Encoding.UTF8.GetBytes($$"""
                {"protocolSection":{"identificationModule":{"nctId":"NCT00000001","briefTitle":"A study",
                 "acronym":{{json}} },
                "conditionsModule":{"conditions":[{{json}}],"keywords":[{{json}}]},
                "descriptionModule":{"briefSummary":{{json}} },
                "sponsorCollaboratorsModule":{"leadSponsor":{"name":{{json}} } },
                "armsInterventionsModule":{"armGroups":[{"label":{{json}} } ],
                "interventions":[{"type":"DRUG","name":{{json}},"description":{{json}} } ] },
                "contactsLocationsModule":{"locations":[{"facility":{{json}},"city":"Boston"}]},
                "referencesModule":{"seeAlsoLinks":[{"label":{{json}},"url":{{json}} } ] } } }
                """));
            if (read.Record is not { } record)
            {
                return true;
            }

            var study = StudyMapper.Map(record, definitions.Types);
            return study.Issues.Concat(study.Resources.SelectMany(r => validator.Validate(r)))
                .All(issue => !issue.IsError);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(42, 1));
    }

    static IEnumerable<JsonObject> Map(string module) => StudyMapper.ToJson(Records.WithProtocol(module));

    static JsonObject Study(string module) => Map(module).Last();

    static List<string> SiteIds(string sites) =>
        [.. Map($$""" "contactsLocationsModule":{"locations":[{{sites}}]} """)
            .Where(r => (string?)r["resourceType"] == "Location").Select(r => (string)r["id"]!)];

    static IEnumerable<JsonNode> Extensions(JsonObject study, string name) =>
        study["extension"]!.AsArray().OfType<JsonNode>()
            .Where(e => (string?)e["url"] == $"http://fhirtrials.org/fhir/StructureDefinition/{name}");
}
