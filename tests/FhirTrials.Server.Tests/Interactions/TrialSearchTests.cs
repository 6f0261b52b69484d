using System.Globalization;
using System.Text.Json.Nodes;
using FhirTrials.Tests;
using FhirTrials.Tests.Studies;

namespace FhirTrials.Server.Tests.Interactions;

/// <summary>What trial finders ask for, over HTTP, on the five trials and generated ones; what must be found is read
/// from the registry's records.</summary>
public sealed class TrialSearchTests(TrialSearchTests.Studies studies) : IClassFixture<TrialSearchTests.Studies>
{
    static readonly Dictionary<string, Func<JsonNode, bool>> Rows = new()
    {
        ["phase=PHASE2"] = r => Texts(r, "protocolSection.designModule.phases").Contains("PHASE2"),
        ["phase=phase-1-phase-2"] = r => Texts(r, "protocolSection.designModule.phases")
            .SequenceEqual(["PHASE1", "PHASE2"]),
        ["category=OBSERVATIONAL"] = r => Text(r, "protocolSection.designModule.studyType") == "OBSERVATIONAL",
        ["recruitment-status=RECRUITING"] = r => Status(r) == "RECRUITING",
        ["recruitment-status=NOT_YET_RECRUITING,SUSPENDED"] = r => Status(r) is "NOT_YET_RECRUITING" or "SUSPENDED",
        ["recruitment-status:not=COMPLETED"] = r => Status(r) is not "COMPLETED",
        ["status=http://hl7.org/fhir/ValueSet/research-study-status|completed"] = r => Status(r) == "COMPLETED",
        ["study-design=RANDOMIZED&study-design=DOUBLE"] = r =>
            Text(r, "protocolSection.designModule.designInfo.allocation") == "RANDOMIZED"
            && Text(r, "protocolSection.designModule.designInfo.maskingInfo.masking") == "DOUBLE",
        ["primary-purpose=treatment"] = r =>
            Text(r, "protocolSection.designModule.designInfo.primaryPurpose") == "TREATMENT",
        ["primary-purpose=OTHER"] = r => Text(r, "protocolSection.designModule.designInfo.primaryPurpose") == "OTHER",
        ["sponsor-class=INDUSTRY"] = r =>
            Text(r, "protocolSection.sponsorCollaboratorsModule.leadSponsor.class") == "INDUSTRY",
        ["enrollment-count=ge300"] = r => Enrolled(r) >= 300,
        ["recruitment-target=lt300"] = r => EnrollmentType(r) == "ESTIMATED" && Enrolled(r) < 300,
        ["recruitment-actual=gt100"] = r => EnrollmentType(r) == "ACTUAL" && Enrolled(r) > 100,
        ["eligible-age=14"] = r => TakesAge(r, 14 * 12),
        ["eligible-age=6||mo"] = r => TakesAge(r, 6),
        ["eligible-age=0"] = r => TakesAge(r, 0),
        ["eligible-age=18|http://unitsofmeasure.org|a"] = r => TakesAge(r, 18 * 12),
        ["eligible-age=75"] = r => TakesAge(r, 75 * 12),
        ["eligible-age=ge100"] = r => Months(r, "maximumAge") is null or >= 1200,
        ["eligible-sex=female"] = r => Sex(r) is "FEMALE" or "ALL",
        ["eligible-sex=male,unknown"] = r => Sex(r) is "MALE" or "ALL" or null,
        ["eligible-sex=FEMALE"] = r => Sex(r) == "FEMALE",
        ["healthy-volunteers=true"] = r => Flag(r, "protocolSection.eligibilityModule.healthyVolunteers") == true,
        ["healthy-volunteers=false"] = r => Flag(r, "protocolSection.eligibilityModule.healthyVolunteers") == false,
        ["has-results=true"] = r => Flag(r, "hasResults") == true,
        ["country=United States"] = r => Sites(r).Any(s => Text(s, "country") == "United States"),
        ["site.address-country=Germany"] = r => Sites(r).Any(s => Text(s, "country") == "Germany"),
        ["site.address-city=Chicago"] = r => Sites(r).Any(s => Text(s, "city") == "Chicago"),
        ["site.address-state=California"] = r => Sites(r).Any(s => Text(s, "state") == "California"),
        ["site-status=RECRUITING"] = r => Sites(r).Any(s => Text(s, "status") == "RECRUITING"),
        ["site-status=RECRUITING&country=United States"] = r =>
            Sites(r).Any(s => Text(s, "status") == "RECRUITING")
            && Sites(r).Any(s => Text(s, "country") == "United States"),
        ["near=41.85|-87.65|200"] = r => Distances(r, 41.85, -87.65).Any(d => d <= 200),
        ["near=48.14|11.58|600|mi"] = r => Distances(r, 48.14, 11.58).Any(d => d <= 600 * 1.609344),
        ["start=ge2020"] = r => Date(r, "startDateStruct") is { } d && Compare(d, "2020") >= 0,
        ["start=lt2015-06"] = r => Date(r, "startDateStruct") is { } d && Compare(d, "2015-06") < 0,
        ["completion=2012"] = r => Date(r, "completionDateStruct") is { } d
            && d.StartsWith("2012", StringComparison.Ordinal),
        ["primary-completion=ge2026"] = r => Date(r, "primaryCompletionDateStruct") is { } d && Compare(d, "2026") >= 0,
        ["first-posted=lt2012"] = r => Date(r, "studyFirstPostDateStruct") is { } d && Compare(d, "2012") < 0,
        ["last-update-posted=ge2025-06"] = r => Date(r, "lastUpdatePostDateStruct") is { } d
            && Compare(d, "2025-06") >= 0,
        ["results-posted=lt2020"] = r => Date(r, "resultsFirstPostDateStruct") is { } d && Compare(d, "2020") < 0,
        ["official-title:contains=of"] = r =>
            Text(r, "protocolSection.identificationModule.officialTitle")
                ?.Contains("of", StringComparison.OrdinalIgnoreCase) == true,
        ["identifier=2023-506136-32"] = r => Items(r, "protocolSection.identificationModule.secondaryIdInfos")
            .Any(i => Text(i, "id") == "2023-506136-32"),
        ["intervention.topic=DRUG"] = r => Interventions(r).Any(i => Text(i, "type") == "DRUG"),
        ["intervention.known-as=blin"] = r => Interventions(r).Any(i =>
            Texts(i, "otherNames").Append(Text(i, "name")!)
                .Any(n => n.StartsWith("blin", StringComparison.OrdinalIgnoreCase))),
        ["keyword:text=blin"] = r => Texts(r, "protocolSection.conditionsModule.keywords")
            .Any(k => k.StartsWith("blin", StringComparison.OrdinalIgnoreCase)),
        ["condition:text=acute lymph"] = r => Texts(r, "protocolSection.conditionsModule.conditions")
            .Concat(Headings(r))
            .Any(c => c.StartsWith("acute lymph", StringComparison.OrdinalIgnoreCase)),
        ["recruitment-status=RECRUITING&eligible-age=14&eligible-sex=female&category=INTERVENTIONAL"] = r =>
            Status(r) == "RECRUITING"
            && TakesAge(r, 14 * 12) && (Sex(r) is "FEMALE" or "ALL")
            && Text(r, "protocolSection.designModule.studyType") == "INTERVENTIONAL",
    };

    public static TheoryData<string> Queries => [.. Rows.Keys];

    [Theory, MemberData(nameof(Queries))]
    public async Task A_search_finds_the_studies_whose_records_say_so(string query)
    {
        var expected = studies.Records.Where(r => Rows[query](r)).Select(IdOf).Order().ToList();
        Assert.InRange(expected.Count, 1, studies.Records.Count - 1);
        var answer = await studies.Server.Get(
            $"ResearchStudy?{query.Replace(" ", "%20", StringComparison.Ordinal)}&_count=1000&_elements=status");
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(expected, answer.Found().Select(f => f["ResearchStudy/".Length..]).Order());
    }

    static readonly (double Latitude, double Longitude) Chicago = (41.85, -87.65);

    [Fact]
    public async Task The_nearest_come_first_page_by_page_and_each_entry_says_how_far()
    {
        var expected = studies.Records
            .Select(r => (Id: IdOf(r),
                Kilometres: Distances(r, Chicago.Latitude, Chicago.Longitude).DefaultIfEmpty(double.MaxValue).Min()))
            .Where(s => s.Kilometres <= 3000).OrderBy(s => s.Kilometres).ToList();
        var found = new List<(string Id, double Kilometres, string? Site)>();
        var url = "ResearchStudy?near=41.85|-87.65|3000&_sort=near&_count=7";
        while (url is not null)
        {
            var page = await studies.Server.Get(url);
            Assert.True(page.Status == 200, page.Text);
            found.AddRange(page.Entries.Select(Read));
            url = page.Link("next");
        }

        Assert.True(expected.Count > 7);
        Assert.Equal(expected.Select(s => s.Id).Order(), found.Select(s => s.Id).Order());
        Assert.Equal(
            expected.Select(s => Math.Round(s.Kilometres, 0)), found.Select(s => Math.Round(s.Kilometres, 0)),
            (a, b) => Math.Abs(a - b) <= 1);
        Assert.All(found, s => Assert.StartsWith($"Location/{s.Id}-site-", s.Site, StringComparison.Ordinal));

        static (string, double, string?) Read(JsonNode entry)
        {
            var extensions = entry["search"]!["extension"]!.AsArray();
            return (
                (string)entry["resource"]!["id"]!,
                (double)extensions[0]!["valueDistance"]!["value"]!,
                (string?)extensions[1]!["valueReference"]!["reference"]);
        }
    }

    [Fact]
    public async Task Without_a_place_there_is_no_distance()
    {
        var refused = await studies.Server.Get("ResearchStudy?_sort=near");
        Assert.Equal((400, "not-supported"), (refused.Status, refused.Issues.Single().Code));
        var answer = await studies.Server.Get("ResearchStudy?status=active&_count=1");
        Assert.Null(answer.Entries.Single()["search"]!["extension"]);
    }

    [Theory]
    [InlineData("eligible-age=old")]
    [InlineData("eligible-age=-1")]
    [InlineData("eligible-age=3||kg")]
    [InlineData("eligible-age=3|http://snomed.info/sct|a")]
    [InlineData("eligible-age=3|a")]
    [InlineData("eligible-age=1e400")]
    public async Task What_is_no_age_is_refused(string query)
    {
        var answer = await studies.Server.Get($"ResearchStudy?{query}");
        Assert.Equal((400, "value"), (answer.Status, answer.Issues.Single().Code));
    }

    /// <summary>SNOMED CT: 91857003 acute lymphoblastic leukemia, 277571004 its B-cell kind, 255049003 leukemia;
    /// ICD-10-CM C91.00; of the five NCT02458014 and NCT07192237 name the first, the others the second.</summary>
    [Theory]
    [InlineData("condition=http://snomed.info/sct|91857003", "NCT02458014 NCT07192237")]
    [InlineData("condition:below=http://snomed.info/sct|91857003",
        "NCT01207388 NCT02013167 NCT02458014 NCT04521231 NCT07192237")]
    [InlineData("condition=http://hl7.org/fhir/sid/icd-10-cm|C91.00", "NCT02458014 NCT07192237")]
    [InlineData("condition=http://snomed.info/sct|277571004", "NCT01207388 NCT02013167 NCT04521231")]
    [InlineData("condition=http://fhirtrials.org/fhir/CodeSystem/vocabulary|b-all",
        "NCT01207388 NCT02013167 NCT04521231")]
    [InlineData("condition:below=http://snomed.info/sct|277571004", "NCT01207388 NCT02013167 NCT04521231")]
    [InlineData("condition=http://snomed.info/sct|38341003", "")]
    [InlineData("intervention.code=http://www.nlm.nih.gov/research/umls/rxnorm|1597258&_id=NCT04521231,NCT07192237",
        "NCT04521231 NCT07192237")]
    public async Task A_standard_code_finds_what_the_words_of_a_record_name(string query, string ofTheFive)
    {
        var answer = await studies.Server.Get($"ResearchStudy?{query}&_count=1000&_elements=status");
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(
            ofTheFive.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => $"ResearchStudy/{id}"),
            answer.Found().Where(f => !f.StartsWith("ResearchStudy/NCT9", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task The_requests_of_ECLAIRE_are_answered()
    {
        var answer = await studies.Server.Get(
            "ResearchStudy?status=http://hl7.org/fhir/ValueSet/research-study-status|active&_count=1000"
            + "&_include=ResearchStudy:site&_include=ResearchStudy:sponsor&_include=ResearchStudy:enrollment");
        Assert.Equal(200, answer.Status);
        Assert.Contains("ResearchStudy/NCT04521231", answer.Found());
        Assert.Contains("Group/NCT04521231-eligibility", answer.Found("include"));
        Assert.Contains("Organization/amgen-45ecd8f7", answer.Found("include"));
        Assert.Contains(
            answer.Found("include"), f => f.StartsWith("Location/NCT04521231-site-", StringComparison.Ordinal));
    }

    static string IdOf(JsonNode record) => Text(record, "protocolSection.identificationModule.nctId")!;

    static JsonNode? At(JsonNode? node, string path) => path.Split('.').Aggregate(node, (at, name) => at?[name]);

    static string? Text(JsonNode? node, string path) => (string?)At(node, path);

    static bool? Flag(JsonNode node, string path) => (bool?)At(node, path);

    static IEnumerable<JsonNode> Items(JsonNode node, string path) => At(node, path)?.AsArray().Select(i => i!) ?? [];

    static IEnumerable<string> Texts(JsonNode node, string path) => Items(node, path).Select(i => (string)i!);

    static string? Status(JsonNode r) => Text(r, "protocolSection.statusModule.overallStatus");

    static string? Sex(JsonNode r) => Text(r, "protocolSection.eligibilityModule.sex");

    static string? Date(JsonNode r, string date) => Text(r, $"protocolSection.statusModule.{date}.date");

    /// <summary>By what both tell.</summary>
    static int Compare(string date, string limit) =>
        string.CompareOrdinal(date[..Math.Min(date.Length, limit.Length)], limit);

    static int? Enrolled(JsonNode r) => (int?)At(r, "protocolSection.designModule.enrollmentInfo.count");

    static string? EnrollmentType(JsonNode r) => Text(r, "protocolSection.designModule.enrollmentInfo.type");

    static IEnumerable<JsonNode> Sites(JsonNode r) => Items(r, "protocolSection.contactsLocationsModule.locations");

    static IEnumerable<JsonNode> Interventions(JsonNode r) =>
        Items(r, "protocolSection.armsInterventionsModule.interventions");

    static IEnumerable<string> Headings(JsonNode r) =>
        Items(r, "derivedSection.conditionBrowseModule.meshes").Select(m => Text(m, "term")).OfType<string>();

    /// <summary>Of a record that states age groups alone, as those of the registry
    /// are: adults are 18 and more.</summary>
    static bool TakesAge(JsonNode r, double months) =>
        (Months(r, "minimumAge") ?? (AdultsOnly(r) ? 18 * 12 : 0)) <= months
        && (Months(r, "maximumAge") ?? double.MaxValue) >= months;

    static bool AdultsOnly(JsonNode r) =>
        Texts(r, "protocolSection.eligibilityModule.stdAges").ToList() is { Count: > 0 } groups
        && !groups.Contains("CHILD");

    static double? Months(JsonNode r, string limit) =>
        Text(r, $"protocolSection.eligibilityModule.{limit}")?.Split(' ') switch
        {
            [var n, "Year" or "Years"] => 12 * double.Parse(n, CultureInfo.InvariantCulture),
            [var n, "Month" or "Months"] => double.Parse(n, CultureInfo.InvariantCulture),
            [var n, "Week" or "Weeks"] => double.Parse(n, CultureInfo.InvariantCulture) * 7 / 30.4375,
            [var n, "Day" or "Days"] => double.Parse(n, CultureInfo.InvariantCulture) / 30.4375,
            _ => null,
        };

    /// <summary>Kilometres by the haversine formula.</summary>
    static IEnumerable<double> Distances(JsonNode r, double latitude, double longitude) =>
        from site in Sites(r)
        where site["geoPoint"] is not null
        let other = ((double)site["geoPoint"]!["lat"]!, (double)site["geoPoint"]!["lon"]!)
        let dLatitude = double.DegreesToRadians(other.Item1 - latitude)
        let dLongitude = double.DegreesToRadians(other.Item2 - longitude)
        let a = Math.Pow(Math.Sin(dLatitude / 2), 2)
            + (Math.Cos(double.DegreesToRadians(latitude)) * Math.Cos(double.DegreesToRadians(other.Item1))
                * Math.Pow(Math.Sin(dLongitude / 2), 2))
        select 2 * 6371.0088 * Math.Asin(Math.Sqrt(a));

    /// <summary>A server with the five trials and generated ones.</summary>
    public sealed class Studies : IDisposable
    {
        const int Generated = 60;

        readonly string _folder = Directory.CreateTempSubdirectory("fhirtrials-studies-").FullName;

        public Studies()
        {
            var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "examples", "registry"), "NCT*.json")
                .Select(File.ReadAllBytes)
                .Concat(StudyGenerator.Of(Repository.Root).Studies(seed: 7, Generated)).ToList();
            foreach (var (number, file) in files.Index())
            {
                File.WriteAllBytes(Path.Combine(_folder, $"{number}.json"), file);
            }

            Records = [.. files.Select(f => JsonNode.Parse(f)!)];
            Server =
                FhirServer.With(("Examples:Load", "true"), ("Examples:Path", _folder), ("Database:Durability", "Off"));
        }

        public List<JsonNode> Records { get; }

        public FhirServer Server { get; }

        public void Dispose()
        {
            Server.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
