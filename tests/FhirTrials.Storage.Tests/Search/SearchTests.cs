using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Storage.Tests.Search;

/// <summary>Every kind of search on one small set of resources; a row names a search
/// and the ids that it finds.</summary>
public sealed class SearchTests
{
    static readonly string[] Resources =
    [
        """{"resourceType":"Patient","id":"ann","active":true"""
            + ""","gender":"female","birthDate":"1980-03-09","deceasedBoolean":false,"name":"""
            + """[{"family":"Müller","given":["Ann","Marie"]}],"identifier":[{"type":{"coding":"""
            + """[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]}"""
            + ""","system":"http://hospital.test/mrn","value":"A,1"}],"address":[{"city":"Köln"}]}""",
        """{"resourceType":"Patient","id":"bob","active":false,"gender":"male","birthDate":"1980-03","name":"""
            + """[{"family":"Mullins"}],"identifier":[{"value":"B2"}],"managingOrganization":"""
            + """{"reference":"Organization/org"}}""",
        """{"resourceType":"Patient","id":"cid","meta":{"tag":[{"system":"http://t","code":"x"}],"profile":"""
            + """["http://p.test/Profile|2.0"],"source":"http://s.test/feed"}"""
            + ""","gender":"male","birthDate":"1981-01-01","name":[{"family":"Smith","text":"Cid the Miller"}]"""
            + ""","generalPractitioner":[{"reference":"http://elsewhere.test/fhir/Practitioner/p1"},"""
            + """{"identifier":{"system":"http://npi","value":"77"}}]}""",
        """{"resourceType":"Organization","id":"org","name":"St. Jude","identifier":"""
            + """[{"system":"http://org","value":"jude"}],"partOf":{"reference":"Organization/top"}}""",
        """{"resourceType":"Organization","id":"top","name":"Top"}""",
        """{"resourceType":"Observation","id":"o1","status":"final","code":{"text":"Haemoglobin","coding":"""
            + """[{"system":"http://loinc.org","code":"718-7","display":"Hemoglobin [Mass/volume] in Blood"}]}"""
            + ""","subject":{"reference":"Patient/ann"}"""
            + ""","effectiveDateTime":"2024-03-05T10:00:00+02:00","valueQuantity":{"value":12.5"""
            + ""","unit":"g/dl","system":"http://unitsofmeasure.org","code":"g/dL"}}""",
        """{"resourceType":"Observation","id":"o2","status":"final","code":{"coding":"""
            + """[{"system":"http://loinc.org","code":"718-7"}]},"subject":{"reference":"Patient/bob"}"""
            + ""","effectivePeriod":{"start":"2024-03-01","end":"2024-03-10"},"valueQuantity":{"value":90"""
            + ""","unit":"g/L","system":"http://unitsofmeasure.org","code":"g/L"}}""",
        """{"resourceType":"Observation","id":"o3","status":"preliminary","code":{"coding":"""
            + """[{"system":"http://loinc.org","code":"85354-9"}]},"subject":{"reference":"Patient/ann/_history/3"}"""
            + ""","component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":"""
            + """{"value":120}},{"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":"""
            + """{"value":80}}]}""",
        """{"resourceType":"RiskAssessment","id":"r1","status":"final","subject":{"reference":"Patient/ann"}"""
            + ""","prediction":[{"probabilityDecimal":0.25}]}""",
        """{"resourceType":"RiskAssessment","id":"r2","status":"final","subject":{"reference":"Patient/bob"}"""
            + ""","prediction":[{"probabilityDecimal":100}]}""",
        """{"resourceType":"Location","id":"berlin","name":"Charité","position":{"longitude":13.3777"""
            + ""","latitude":52.5251}}""",
        """{"resourceType":"Location","id":"fiji","name":"Taveuni","position":{"longitude":179.99,"latitude":-16.8}}""",
        """{"resourceType":"ActivityDefinition","id":"act","url":"http://fhirtrials.test/ActivityDefinition"""
            + """/act","status":"active","name":"Blinatumomab"}""",
        """{"resourceType":"PlanDefinition","id":"plan","url":"http://fhirtrials.test/PlanDefinition"""
            + """/plan","status":"active","action":"""
            + """[{"definitionCanonical":"http://fhirtrials.test/ActivityDefinition/act|1"}]}""",
        """{"resourceType":"Questionnaire","id":"odd","status":"active","title":"Is it [a*b?] or not"}""",
        """{"resourceType":"Location","id":"ward","name":"Ward 4","partOf":{"reference":"Location/berlin"}}""",
        """{"resourceType":"Location","id":"room","name":"Room 12","partOf":{"reference":"Location/ward"}}""",
        """{"resourceType":"Encounter","id":"visit","status":"finished","class":"""
            + """{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},"subject":"""
            + """{"reference":"Patient/cid"},"location":[{"location":{"reference":"Location/room"}}]}""",
        """{"resourceType":"List","id":"cohort","status":"current","mode":"working","entry":[{"item":"""
            + """{"reference":"Patient/ann"}},{"item":{"reference":"Patient/cid"}},"""
            + """{"item":{"reference":"Observation/o2"}}]}""",
        """{"resourceType":"AllergyIntolerance","id":"nuts","patient":{"reference":"Patient/bob"},"recorder":"""
            + """{"reference":"Patient/ann"},"code":{"text":"Peanut"},"clinicalStatus":{"coding":"""
            + """[{"system":"http://terminology.hl7.org/CodeSystem"""
            + """/allergyintolerance-clinical","code":"resolved"}]}}""",
        """{"resourceType":"ResearchStudy","id":"study","text":{"status":"generated","div":"<div """
            + """xmlns=\"http://www.w3.org/1999/xhtml\"><p>Patients with <b>minimal</b> residual disease &amp; """
            + """M\u00fcller</p></div>"},"status":"active","title":"Blinatumomab in MRD","protocol":"""
            + """[{"reference":"PlanDefinition/plan"}],"site":[{"reference":"Location/berlin"}],"keyword":"""
            + """[{"text":"MRD"}]}""",
    ];

    static CancellationToken Ct => TestStore.Ct;

    public static TheoryData<DatabaseProvider> Providers => TestStore.Providers;

    /// <summary>Of so few resources all matches are sorted; where one is not few, an order is walked.</summary>
    const int SortsAll = 1000, WalksAll = 1;

    public static MatrixTheoryData<DatabaseProvider, int> Paths =>
        new(TestStore.Providers.Select(p => p.Data), [SortsAll, WalksAll]);

    public static IEnumerable<(string Search, string Found)> Rows =>
    [
        ("Patient", "ann bob cid"),
        ("Patient?_id=bob", "bob"),
        ("Patient?_id=bob,cid,nobody", "bob cid"),
        ("Patient?_id:not=bob", "ann cid"),

        // token
        ("Patient?gender=male", "bob cid"),
        ("Patient?gender=Male", ""),
        ("Patient?gender=male,female", "ann bob cid"),
        ("Patient?gender:not=male", "ann"),
        ("Patient?gender=http://hl7.org/fhir/administrative-gender|female", "ann"),
        ("Patient?gender=http://wrong.test|female", ""),
        ("Patient?gender=http://hl7.org/fhir/administrative-gender|", "ann bob cid"),
        ("Patient?active=true", "ann"),
        ("Patient?active:not=true", "bob cid"),
        (@"Patient?identifier=http://hospital.test/mrn|A\,1", "ann"),
        (@"Patient?identifier=A\,1", "ann"),
        (@"Patient?identifier=|A\,1", ""),
        ("Patient?identifier=|B2", "bob"),
        ("Patient?identifier=http://hospital.test/mrn|", "ann"),
        ("Patient?identifier=http://never.seen|A", ""),
        (@"Patient?identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|A\,1", "ann"),
        (@"Patient?identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|A", ""),
        ("Patient?_tag=http://t|x", "cid"),
        ("Patient?_tag=http://t|y", ""),
        ("Patient?identifier:missing=true", "cid"),
        ("Patient?identifier:missing=false", "ann bob"),
        ("Observation?code:text=haemo", "o1"),
        ("Observation?code:text=hemoglobin [mass", "o1"),
        ("Observation?code=http://loinc.org|718-7&status=final", "o1 o2"),

        // string
        ("Patient?name=mul", "ann bob"),
        ("Patient?name=MÜLLER", "ann"),
        ("Patient?name=ler", ""),
        ("Patient?name:contains=ler", "ann cid"),
        ("Patient?family:exact=Müller", "ann"),
        ("Patient?family:exact=müller", ""),
        ("Patient?family:exact=Muller", ""),
        ("Patient?name=ann&name=marie", "ann"),
        ("Patient?address-city=koln", "ann"),
        ("Patient?name=%", ""),
        ("Patient?name:contains=_", ""),
        ("Questionnaire?title:contains=it [a*B?", "odd"),
        ("Questionnaire?title:contains=] or", "odd"),
        ("Questionnaire?title:contains=^", ""),
        ("Questionnaire?title:contains=i*o", ""),
        ("Questionnaire?title:contains=i? ", ""),
        ("Questionnaire?title:contains=[ab]", ""),
        ("Patient?name=' OR 1=1 --", ""),

        // date
        ("Patient?birthdate=1980", "ann bob"),
        ("Patient?birthdate=1980-03-09", "ann"),
        ("Patient?birthdate=1980-03", "ann bob"),
        ("Patient?birthdate=ne1980", "cid"),
        ("Patient?birthdate=gt1980-03-09", "bob cid"),
        ("Patient?birthdate=ge1980-03-09", "ann bob cid"),
        ("Patient?birthdate=lt1980-03-09", "bob"),
        ("Patient?birthdate=le1980-03-31", "ann bob"),
        ("Patient?birthdate=sa1980-03-09", "cid"),
        ("Patient?birthdate=eb1981", "ann bob"),
        ("Patient?birthdate=1980-03-09,1981-01-01", "ann cid"),
        ("Observation?date=2024-03-05", "o1"),
        ("Observation?date=2024-03-05T08:00:00Z", "o1"),
        ("Observation?date=2024-03-05T10:00:00Z", ""),
        ("Observation?date=ge2024-03-05&date=le2024-03-05", "o1 o2"),
        ("Observation?date=2024-03", "o1 o2"),
        ("Observation?date=ap2024-03-05", "o1 o2"),
        ("Patient?_lastUpdated=2024-05-17", "ann bob cid"),
        ("Patient?_lastUpdated=gt2024-05-17T10:30:00.000Z", ""),
        ("Patient?_lastUpdated=ge2024-05-17T10:30:00.000Z&_lastUpdated=lt2024-05-18", "ann bob cid"),

        // number
        ("RiskAssessment?probability=0.25", "r1"),
        ("RiskAssessment?probability=0.3", "r1"),
        ("RiskAssessment?probability=0.30", ""),
        ("RiskAssessment?probability=gt0.25", "r2"),
        ("RiskAssessment?probability=ge0.25", "r1 r2"),
        ("RiskAssessment?probability=lt100", "r1"),
        ("RiskAssessment?probability=1e2", "r2"),
        ("RiskAssessment?probability=ne100", "r1"),
        ("RiskAssessment?probability=ap95", "r2"),

        // quantity
        ("Observation?value-quantity=12.5", "o1"),
        ("Observation?value-quantity=12.5||g/dL", "o1"),
        ("Observation?value-quantity=12.5||g/dl", "o1"),
        ("Observation?value-quantity=125|http://unitsofmeasure.org|g/L", "o1"),
        ("Observation?value-quantity=gt10|http://unitsofmeasure.org|g/dL", "o1"),
        ("Observation?value-quantity=le9|http://unitsofmeasure.org|g/dL", "o2"),
        ("Observation?value-quantity=gt5|http://unitsofmeasure.org|mmol/L", ""),
        ("Observation?value-quantity=12.5|http://other.test|g/dL", ""),

        // reference
        ("Observation?subject=Patient/ann", "o1 o3"),
        ("Observation?subject=ann", "o1 o3"),
        ("Observation?subject:Patient=ann", "o1 o3"),
        ("Observation?patient=Patient/ann", "o1 o3"),
        ("Observation?subject=http://here.test/fhir/Patient/bob", "o2"),
        ("Observation?subject=http://there.test/fhir/Patient/bob", ""),
        ("Observation?subject=Group/ann", ""),
        ("Patient?general-practitioner=http://elsewhere.test/fhir/Practitioner/p1", "cid"),
        ("Patient?general-practitioner:identifier=http://npi|77", "cid"),
        ("PlanDefinition?definition=http://fhirtrials.test/ActivityDefinition/act", "plan"),
        ("PlanDefinition?definition=http://fhirtrials.test/ActivityDefinition/act|1", "plan"),
        ("PlanDefinition?definition=http://fhirtrials.test/ActivityDefinition/act|2", ""),
        ("Observation?subject=Patient/ann,Patient/bob", "o1 o2 o3"),
        ("Patient?gender=http://hl7.org/fhir/administrative-gender|male,http://hl7.org/fhir/administrative-gender"
            + "|female", "ann bob cid"),

        // uri
        ("ActivityDefinition?url=http://fhirtrials.test/ActivityDefinition/act", "act"),
        ("ActivityDefinition?url=http://fhirtrials.test", ""),
        ("ActivityDefinition?url:below=http://fhirtrials.test/", "act"),
        ("ActivityDefinition?url:above=http://fhirtrials.test/ActivityDefinition/act/more", "act"),
        ("Patient?_profile=http://p.test/Profile", "cid"),
        ("Patient?_profile=http://p.test/Profile|2.0", "cid"),
        ("Patient?_source=http://s.test/feed", "cid"),

        // composite
        ("Observation?component-code-value-quantity=http://loinc.org|8480-6$120", "o3"),
        ("Observation?component-code-value-quantity=http://loinc.org|8480-6$80", ""),
        ("Observation?component-code-value-quantity=8480-6$lt90,8462-4$lt90", "o3"),
        ("Observation?code-value-quantity=718-7$gt100", ""),
        ("Observation?code-value-quantity=718-7$gt10|http://unitsofmeasure.org|g/dL", "o1"),

        // near
        ("Location?near=52.52|13.40|5|km", "berlin"),
        ("Location?near=52.52|13.40|1|km", ""),
        ("Location?near=-16.8|-179.99|3|km", "fiji"),
        ("Location?near=0|0|40000|km", "berlin fiji"),

        ("Location?near=52.52|13.40", "berlin"),
        ("Location?near=52.52|13.40|3000|m", "berlin"),
        ("Location?near=52.52|13.40|2|mi", "berlin"),

        // hierarchies
        ("Encounter?location:below=Location/berlin", "visit"),
        ("Encounter?location:below=berlin", "visit"),
        ("Encounter?location:below=Location/room", "visit"),
        ("Encounter?location:below=Location/fiji", ""),
        ("Location?partof:below=berlin", "room ward"),
        ("Location?partof:above=ward", "room ward"),
        ("Location?partof:above=berlin", "ward"),
        ("Encounter?location.partof:below=Location/berlin", "visit"),
        ("AllergyIntolerance?clinical-status:below=http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
            + "|inactive", "nuts"),
        ("AllergyIntolerance?clinical-status:above=http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
            + "|resolved", "nuts"),
        ("AllergyIntolerance?clinical-status:above=http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
            + "|inactive", ""),
        ("AllergyIntolerance?clinical-status:below=http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
            + "|active", ""),

        // value sets
        ("Patient?gender:in=http://hl7.org/fhir/ValueSet/administrative-gender", "ann bob cid"),
        ("Patient?gender:not-in=http://hl7.org/fhir/ValueSet/administrative-gender", ""),
        ("Observation?code:in=http://hl7.org/fhir/ValueSet/observation-codes", "o1 o2 o3"),
        ("Observation?code:not-in=http://hl7.org/fhir/ValueSet/observation-codes", ""),
        ("AllergyIntolerance?clinical-status:in=http://hl7.org/fhir/ValueSet/allergyintolerance-clinical", "nuts"),
        ("AllergyIntolerance?clinical-status:in=http://hl7.org/fhir/ValueSet/allergyintolerance-verification", ""),

        // lists and words
        ("Patient?_list=cohort", "ann cid"),
        ("Patient?_list=List/cohort&gender=male", "cid"),
        ("Observation?_list=cohort", "o2"),
        ("Patient?_list=nothing", ""),
        ("ResearchStudy?_text=minimal", "study"),
        ("ResearchStudy?_text=MINIMAL Residual", "study"),
        ("ResearchStudy?_text=muller", "study"),
        ("ResearchStudy?_text=blinatumomab", ""),
        ("ResearchStudy?_text=xhtml", ""),
        ("ResearchStudy?_text=minimal maximal", ""),
        ("ResearchStudy?_text=maximal,minimal", "study"),
        ("ResearchStudy?_content=blinatumomab", "study"),
        ("ResearchStudy?_content=minimal mrd", "study"),
        ("Observation?_content=hemoglobin", "o1"),
        ("Observation?_content=hemo", ""),
        ("Patient?_content=koln", "ann"),

        // _filter
        ("Patient?_filter=name co \"ler\"", "ann cid"),
        ("Patient?_filter=gender eq male and birthdate ge 1981-01-01", "cid"),
        ("Patient?_filter=gender eq female or birthdate ge 1981-01-01", "ann cid"),
        ("Patient?_filter=gender eq female or birthdate ge 1981-01-01 and name sw cid", "cid"),
        ("Patient?_filter=gender eq female or (birthdate ge 1981-01-01 and name sw cid)", "ann cid"),
        ("Patient?_filter=not(gender eq male)", "ann"),
        ("Patient?_filter=not (gender eq male or name eq muller)", ""),
        ("Patient?_filter=family eq MÜLLER", "ann"),
        ("Patient?_filter=family eq mull", ""),
        ("Patient?_filter=given ne marie", "ann"),
        ("Patient?_filter=family ne muller", "bob cid"),
        ("Patient?_filter=family ew \"ith\"", "cid"),
        ("Patient?_filter=identifier pr true", "ann bob"),
        ("Patient?_filter=identifier pr false", "cid"),
        ("Patient?_filter=identifier eq \"http://hospital.test/mrn|A,1\"", "ann"),
        ("Patient?_filter=gender ne male", "ann"),
        ("Patient?_filter=gender in http://hl7.org/fhir/ValueSet/administrative-gender", "ann bob cid"),
        ("Patient?_filter=gender ni http://hl7.org/fhir/ValueSet/administrative-gender", ""),
        ("AllergyIntolerance?_filter=clinical-status ss http://terminology.hl7"
            + ".org/CodeSystem/allergyintolerance-clinical|inactive", "nuts"),
        ("AllergyIntolerance?_filter=clinical-status sb http://terminology.hl7"
            + ".org/CodeSystem/allergyintolerance-clinical|resolved", "nuts"),
        ("Observation?_filter=date po 2024-03-10", "o2"),
        ("Observation?_filter=value-quantity gt 10|http://unitsofmeasure.org|g/dL", "o1"),
        ("Observation?_filter=patient.name sw mull", "o1 o2 o3"),
        ("Observation?_filter=patient[gender eq male].name sw mull", "o2"),
        ("Observation?_filter=subject re Patient/ann and status eq preliminary", "o3"),
        ("Observation?_filter=subject ne Patient/ann", "o2"),
        ("Patient?_filter=_id eq ann", "ann"),
        ("Patient?_filter=_lastUpdated lt 2000", ""),
        ("Patient?_filter=name co ler&gender=male", "cid"),
        ("ActivityDefinition?_filter=url sw http://fhirtrials.test/", "act"),

        // chains
        ("Observation?subject:Patient.name=mull", "o1 o2 o3"),
        ("Observation?patient.gender=male", "o2"),
        ("Observation?patient.identifier=B2&code=718-7", "o2"),
        ("Patient?organization.name=st.", "bob"),
        ("Patient?organization.partof.name=top", "bob"),
        ("Observation?patient.organization.name=st", "o2"),
        ("ResearchStudy?site.name=char", "study"),
        ("ResearchStudy?protocol.status=active", "study"),
        ("PlanDefinition?definition:ActivityDefinition.name=blin", "plan"),
        ("Observation?subject._id=ann", "o1 o3"),
        ("Patient?_has:Observation:patient:code=718-7", "ann bob"),
        ("Patient?_has:Observation:patient:status=preliminary", "ann"),
        ("Organization?_has:Patient:organization:_has:Observation:patient:code=718-7", "org"),
        ("ActivityDefinition?_has:PlanDefinition:definition:status=active", "act"),
        ("Patient?_has:RiskAssessment:subject:probability=gt1", "bob"),
    ];

    [Theory, MemberData(nameof(Paths))]
    public async Task Searches_find_what_matches(DatabaseProvider provider, int fewMatches)
    {
        await using var test = await Load(provider, fewMatches);
        var differences = new List<string>();
        foreach (var (search, expected) in Rows)
        {
            var found = string.Join(' ', (await test.Ids(search)).Order(StringComparer.Ordinal));
            if (found != expected)
            {
                differences.Add($"{search}: found '{found}', not '{expected}'");
            }
        }

        Assert.Equal([], differences);
    }

    public static IEnumerable<(string Search, string Found)> SortedRows =>
    [
        ("Patient?_sort=family", "ann bob cid"),
        ("Patient?_sort=-family", "cid bob ann"),
        ("Patient?_sort=birthdate", "bob ann cid"),
        ("Patient?_sort=-birthdate", "cid bob ann"),
        ("Patient?_sort=gender,-_id", "ann cid bob"),
        ("Patient?_sort=-gender,birthdate", "bob cid ann"),
        ("Patient?_sort=identifier", "ann bob cid"),
        ("Patient?_sort=-identifier", "bob ann cid"),
        ("Patient?_sort=-_lastUpdated,_id", "ann bob cid"),
        ("Observation?_sort=value-quantity", "o2 o1 o3"),
        ("Observation?_sort=-value-quantity", "o1 o2 o3"),
        ("Observation?_sort=-subject,_id", "o2 o1 o3"),
        ("RiskAssessment?_sort=-probability", "r2 r1"),
        ("ActivityDefinition?_sort=url", "act"),
        ("Patient?gender=male,female&_sort=-birthdate", "cid bob ann"),
        ("Patient?_sort=name", "ann cid bob"),
        ("Patient?_sort=-name", "cid bob ann"),
        ("Patient?_sort=address-city,_id", "ann bob cid"),
        ("Patient?_sort=-address-city,_id", "ann bob cid"),
        ("Location?near=0|0|40000|km&_sort=near", "berlin fiji"),
        ("Location?near=0|0|40000|km&_sort=-near", "fiji berlin"),
        ("ResearchStudy?_sort=title", "study"),
    ];

    [Theory, MemberData(nameof(Paths))]
    public async Task Results_come_in_the_order_asked_for_whatever_the_size_of_the_page(
        DatabaseProvider provider, int fewMatches)
    {
        await using var test = await Load(provider, fewMatches);
        var differences = new List<string>();
        foreach (var (search, expected) in SortedRows)
        {
            foreach (var count in (int[])[1, 2, 10])
            {
                var found = string.Join(' ', await test.Ids($"{search}&_count={count}"));
                if (found != expected)
                {
                    differences.Add($"{search} by {count}: found '{found}', not '{expected}'");
                }
            }
        }

        Assert.Equal([], differences);
    }

    public static IEnumerable<(string Search, string Included)> IncludeRows =>
    [
        ("Patient?_id=bob&_include=Patient:organization", "org"),
        ("Patient?_id=ann&_include=Patient:organization", ""),
        ("Patient?_id=bob&_include=Patient:organization&_include:iterate=Organization:partof", "org top"),
        ("Patient?_id=bob&_include=Patient:organization&_include=Organization:partof", "org"),
        ("Patient?_id=bob&_include=Patient:*", "org"),
        ("Patient?_id=bob&_include=*", "org"),
        ("Patient?_id=bob&_revinclude=*", "nuts o2 r2"),
        ("Patient?_id=bob&_include=Patient:organization:Patient", ""),
        ("Observation?_id=o3&_include=Observation:subject", "ann"),
        ("Patient?_id=ann&_revinclude=Observation:subject", "o1 o3"),
        ("Patient?_id=ann&_revinclude=Observation:subject&_revinclude=RiskAssessment:subject", "o1 o3 r1"),
        ("Organization?_id=top&_revinclude=Organization:partof&_revinclude:iterate=Patient:organization", "bob org"),
        ("PlanDefinition?_id=plan&_include=PlanDefinition:definition", "act"),
        ("ActivityDefinition?_id=act&_revinclude=PlanDefinition:definition", "plan"),
        ("ResearchStudy?_include=ResearchStudy:protocol&_include=ResearchStudy:site"
            + "&_include:iterate=PlanDefinition:definition", "act berlin plan"),
    ];

    [Theory, MemberData(nameof(Providers))]
    public async Task Includes_follow_references_both_ways(DatabaseProvider provider)
    {
        await using var test = await Load(provider);
        var differences = new List<string>();
        foreach (var (search, expected) in IncludeRows)
        {
            var found =
                string.Join(' ', (await test.Search(search)).Included.Select(r => r.Id).Order(StringComparer.Ordinal));
            if (found != expected)
            {
                differences.Add($"{search}: included '{found}', not '{expected}'");
            }
        }

        Assert.Equal([], differences);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_total_counts_all_pages_and_is_told_only_on_request(DatabaseProvider provider)
    {
        await using var test = await Load(provider);

        Assert.Null((await test.Search("Patient?_count=1")).Total);
        Assert.Equal(3, (await test.Search("Patient?_count=1&_total=accurate")).Total);
        var counted = await test.Search("Patient?gender=male&_count=0");
        Assert.Equal((2, 0), (counted.Total, counted.Matches.Length));
        Assert.Equal(2, (await test.Search("Patient?gender=male&_summary=count")).Total);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_page_link_is_refused_for_another_search_or_when_it_was_altered(DatabaseProvider provider)
    {
        await using var test = await Load(provider);
        var next = (await test.Search("Patient?_count=1")).Next!;

        foreach (var (search, page) in new[]
        {
            ("Patient?_count=1&gender=male", next), ("Patient?_count=1", "x" + next[1..]),
            ("Patient?_count=1", next[..^1]), ("Patient?_count=1", ""), ("Patient?_count=1", new string('A', 48)),
            ("Patient?_count=1", "%%%"),
        })
        {
            var e = await Assert.ThrowsAsync<FhirException>(() => test.Search(search, page));
            Assert.Equal((400, IssueCode.Invalid), (e.Status, e.Issues[0].Code));
        }

        Assert.Equal("bob", Assert.Single((await test.Search("Patient?_count=1", next)).Matches).Id);
        Assert.DoesNotContain("ann", next, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task Later_pages_see_neither_new_nor_changed_nor_deleted_resources(
        DatabaseProvider provider, int fewMatches)
    {
        await using var test = await Load(provider, fewMatches);
        var first = await test.Search("Patient?_count=1&_sort=family");

        // The last one of the first page, behind which the second begins, changes its place in the order.
        await test.Put("""{"resourceType":"Patient","id":"ann","name":[{"family":"Zoe"}]}""");
        await test.Put("""{"resourceType":"Patient","id":"mia","name":[{"family":"Mus"}]}""");
        await test.Store.Write([new Storage.DeleteOperation("Patient", "cid")], Ct);
        var second = await test.Search("Patient?_count=1&_sort=family", first.Next);

        Assert.Equal("ann", Assert.Single(first.Matches).Id);
        Assert.Equal("bob", Assert.Single(second.Matches).Id);
        Assert.Null(second.Next);
    }

    /// <summary>The order of each path: of keys, of a place in an index, of few matches, of an index of values, of
    /// distances, of several types.</summary>
    static readonly string[] Paged =
    [
        "Patient?", "Patient?gender=male", "Patient?name=m", "Patient?_sort=-birthdate", "Patient?_sort=birthdate,_id",
        "Patient?_sort=_lastUpdated", "Patient?_sort=-_id", "Location?near=0|0|40000|km&_sort=near",
        "Observation?patient.gender=female", "Patient?gender=male,female&_sort=address-city",
    ];

    [Theory, MemberData(nameof(Paths))]
    public async Task Every_order_is_paged_as_it_was_while_others_write(DatabaseProvider provider, int fewMatches)
    {
        await using var test = await Load(provider, fewMatches);
        var differences = new List<string>();
        foreach (var (search, i) in Paged.Select((s, i) => (s, i)))
        {
            var expected = await test.Ids($"{search}&_count=10");
            var found = new List<string>();
            string? next = null;
            do
            {
                var page = await test.Search($"{search}&_count=1", next);
                found.AddRange(page.Matches.Select(m => m.Id));
                next = page.Next;
                await test.Put($$"""
                    {"resourceType":"Patient","id":"new-{{i}}-{{found.Count}}","gender":"male",
                     "birthDate":"1980-03-0{{1 + (found.Count % 9)}}","name":[{"family":"M{{i}}"}],
                     "address":[{"city":"C{{i}}"}]}
                    """);
                await test.Put($$"""
                    {"resourceType":"Location","id":"new-{{i}}-{{found.Count}}",
                     "position":{"longitude":{{found.Count}},"latitude":1} }
                    """);
            }
            while (next is not null);
            if (!found.SequenceEqual(expected))
            {
                differences.Add($"{search}: found '{string.Join(' ', found)}', not '{string.Join(' ', expected)}'");
            }
        }

        Assert.Equal([], differences);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_node_that_has_seen_nothing_yet_finds_and_includes_the_same(DatabaseProvider provider)
    {
        await using var test = await Load(provider);
        const string Search = "PlanDefinition?definition:ActivityDefinition.name=blin"
            + "&_include=PlanDefinition:definition&_revinclude=ResearchStudy:protocol";

        var page = await test.Open().Search(test.Query(Search), null, Ct);

        Assert.Equal(["plan"], page.Matches.Select(m => m.Id));
        Assert.Equal(["act", "study"], page.Included.Select(m => m.Id));
    }

    static async Task<TestStore> Load(DatabaseProvider provider, int fewMatches = SortsAll)
    {
        var test = await TestStore.Create(provider, new() { FewMatches = fewMatches });
        var operations = Resources.Select(TestStore.Resource)
            .Select(WriteOperation (r) => new UpdateOperation(r, r.Id!)).ToList();
        await test.Store.Write(operations, Ct);
        return test;
    }
}
