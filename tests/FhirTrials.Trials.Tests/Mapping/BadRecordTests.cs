using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Registry;
using FhirTrials.Trials.Tests.Profiles;

namespace FhirTrials.Trials.Tests.Mapping;

/// <summary>A record with something wrong in it is mapped as far as FHIR goes, comes back as it was, and a warning
/// names the leaf; or it is refused whole.</summary>
public sealed class BadRecordTests
{
    const string Status = "protocolSection.statusModule";
    const string Events = "resultsSection.adverseEventsModule";

    static readonly FhirDefinitions Definitions = FhirDefinitions.R4.With(ProfilePackage.Resources);

    static readonly Validator Validator = new(Definitions, TimeProvider.System);

    [Theory]
    [InlineData("""{"overallStatus":"PAUSED"}""", Status + ".overallStatus")]
    [InlineData("""{"startDateStruct":{"date":"Spring 2020","type":"ACTUAL"}}""", Status + ".startDateStruct.date")]
    [InlineData("""{"startDateStruct":{"date":"2020-02-30"}}""", Status + ".startDateStruct.date")]
    [InlineData("""{"startDateStruct":{"date":"2020","type":"GUESSED"}}""", Status + ".startDateStruct.type")]
    [InlineData(
        """{"startDateStruct":{"date":"2020-05"},"completionDateStruct":{"date":"2019-12-31"}}""",
        Status + ".completionDateStruct.date")]
    public void What_is_wrong_with_the_status_is_said_and_kept(string module, string leaf) =>
        Holds($$""" "statusModule":{{module}} """, "", leaf);

    [Theory]
    [InlineData(""" "designModule":{"enrollmentInfo":{"count":-4,"type":"ACTUAL"}} """,
        "protocolSection.designModule.enrollmentInfo.count")]
    [InlineData(""" "designModule":{"enrollmentInfo":{"count":99999999999,"type":"ACTUAL"}} """,
        "protocolSection.designModule.enrollmentInfo.count")]
    [InlineData(
        """ "contactsLocationsModule":{"locations":[{"city":"Nowhere","geoPoint":{"lat":91.5,"lon":3}}]} """,
        "protocolSection.contactsLocationsModule.locations[0].geoPoint.lat")]
    [InlineData(""" "designModule":{"phases":["PHASE1","PHASE9"]} """, "protocolSection.designModule.phases[1]")]
    [InlineData(""" "eligibilityModule":{"minimumAge":"65 Years","maximumAge":"18 Years"} """,
        "protocolSection.eligibilityModule.maximumAge")]
    [InlineData(""" "eligibilityModule":{"minimumAge":"eighteen"} """, "protocolSection.eligibilityModule.minimumAge")]
    public void What_is_wrong_with_the_protocol_is_said_and_kept(string module, string leaf) => Holds(module, "", leaf);

    [Theory]
    [InlineData(
        """{"eventGroups":[{"id":"EG000","seriousNumAffected":8,"seriousNumAtRisk":7}]}""",
        Events + ".eventGroups[0].seriousNumAffected")]
    [InlineData(
        """{"otherEvents":[{"term":"Pain","stats":[{"groupId":"EG000","numAffected":8,"numAtRisk":7}]}]}""",
        Events + ".otherEvents[0].stats[0].numAffected")]
    [InlineData(
        """{"otherEvents":[{"term":"Pain","stats":[{"groupId":"EG000","numAffected":-1}]}]}""",
        Events + ".otherEvents[0].stats[0].numAffected")]
    public void Contradictory_counts_are_said_and_kept(string events, string leaf) =>
        Holds(""" "statusModule":{} """, $$""" ,"resultsSection":{"adverseEventsModule":{{events}} } """, leaf);

    [Theory]
    [InlineData(
        """{"participantFlowModule":{"groups":[{"id":"FG000"}],"periods":[{"milestones":[{"achievements":"""
            + """[{"groupId":"FG001"}]}]}]}}""",
        "participantFlowModule.periods[0].milestones[0].achievements[0].groupId")]
    [InlineData(
        """{"participantFlowModule":{"groups":[{"id":"FG000"}],"periods":[{"dropWithdraws":[{"reasons":"""
            + """[{"groupId":"FG001"}]}]}]}}""",
        "participantFlowModule.periods[0].dropWithdraws[0].reasons[0].groupId")]
    [InlineData(
        """{"baselineCharacteristicsModule":{"groups":[{"id":"BG000"}],"denoms":[{"counts":[{"groupId":"BG000"},"""
            + """{"groupId":"FG000"}]}]}}""",
        "baselineCharacteristicsModule.denoms[0].counts[1].groupId")]
    [InlineData(
        """{"outcomeMeasuresModule":{"outcomeMeasures":[{"groups":[{"id":"OG000"},{"id":"OG001"}]},"""
            + """{"title":"Death","groups":[{"id":"OG000"}],"analyses":[{"groupIds":["OG000","OG001"]}]}]}}""",
        "outcomeMeasuresModule.outcomeMeasures[1].analyses[0].groupIds[1]")]
    [InlineData(
        """{"adverseEventsModule":{"eventGroups":[{"id":"EG000"}],"otherEvents":[{"term":"Pain","stats":"""
            + """[{"groupId":"EG0"}]}]}}""",
        "adverseEventsModule.otherEvents[0].stats[0].groupId")]
    public void A_result_of_a_group_that_nothing_declares_is_said_and_kept(string results, string leaf) =>
        OfResults(results, leaf);

    [Theory]
    [InlineData(
        """{"outcomeMeasuresModule":{"outcomeMeasures":[{"title":"Death","analyses":"""
            + """[{"paramValue":"1","ciLowerLimit":"2.5","ciUpperLimit":"-3"}]}]}}""",
        "outcomeMeasuresModule.outcomeMeasures[0].analyses[0].ciLowerLimit")]
    [InlineData(
        """{"baselineCharacteristicsModule":{"measures":[{"title":"Age","classes":[{"categories":[{"measurements":"""
            + """[{"value":"40","lowerLimit":"80","upperLimit":"18"}]}]}]}]}}""",
        "baselineCharacteristicsModule.measures[0].classes[0].categories[0].measurements[0].lowerLimit")]
    public void Limits_that_are_the_wrong_way_round_are_said_and_kept(string results, string leaf) =>
        OfResults(results, leaf);

    [Theory]
    [InlineData(
        """{"baselineCharacteristicsModule":{"groups":[{"id":"BG000"}],"denoms":[{"units":"Participants","counts":"""
            + """[{"groupId":"BG000","value":"twelve"}]}]}}""",
        "baselineCharacteristicsModule.denoms[0].counts[0].value")]
    [InlineData(
        """{"outcomeMeasuresModule":{"outcomeMeasures":[{"title":"Death","denoms":[{"units":"Eyes","counts":"""
            + """[{"value":"-2"}]}]}]}}""",
        "outcomeMeasuresModule.outcomeMeasures[0].denoms[0].counts[0].value")]
    [InlineData(
        """{"participantFlowModule":{"periods":[{"milestones":[{"type":"STARTED","achievements":"""
            + """[{"numSubjects":"1.5"}]}]}]}}""",
        "participantFlowModule.periods[0].milestones[0].achievements[0].numSubjects")]
    [InlineData(
        """{"participantFlowModule":{"periods":[{"dropWithdraws":[{"type":"Death","reasons":"""
            + """[{"numUnits":"99999999999"}]}]}]}}""",
        "participantFlowModule.periods[0].dropWithdraws[0].reasons[0].numUnits")]
    [InlineData(
        """{"adverseEventsModule":{"eventGroups":[{"id":"EG000","deathsNumAtRisk":1.5}]}}""",
        "adverseEventsModule.eventGroups[0].deathsNumAtRisk")]
    public void A_count_that_is_no_number_is_said_and_kept(string results, string leaf) => OfResults(results, leaf);

    [Theory]
    [InlineData(""" "referencesModule":{"seeAlsoLinks":[{"label":"More","url":"see our site"}]} """,
        "referencesModule.seeAlsoLinks[0].url")]
    [InlineData(""" "referencesModule":{"seeAlsoLinks":[{"url":"http://https//example.org"}]} """,
        "referencesModule.seeAlsoLinks[0].url")]
    [InlineData(""" "referencesModule":{"availIpds":[{"id":"1","url":"www.example.org"}]} """,
        "referencesModule.availIpds[0].url")]
    [InlineData(""" "ipdSharingStatementModule":{"ipdSharing":"YES","url":"/data"} """,
        "ipdSharingStatementModule.url")]
    [InlineData(
        """ "armsInterventionsModule":{"armGroups":[{"label":"A"}],"interventions":[{"name":"B","armGroupLabels":"""
            + """["A","a"]}]} """,
        "armsInterventionsModule.interventions[0].armGroupLabels[1]")]
    public void A_link_or_a_label_that_leads_nowhere_is_said_and_kept(string module, string leaf) =>
        Holds(module, "", $"protocolSection.{leaf}");

    [Theory]
    [InlineData(""" ,"hasResults":true """)]
    [InlineData(""" ,"hasResults":false,"resultsSection":{"participantFlowModule":{"recruitmentDetails":"None"}} """)]
    public void A_record_that_is_wrong_about_its_results_is_said_and_kept(string rest) =>
        Holds(""" "statusModule":{} """, rest, "hasResults");

    [Fact]
    public void More_who_complete_than_start_is_said_and_kept() => Holds(
        """ "statusModule":{} """,
        """
        ,"resultsSection":{"participantFlowModule":{"periods":[{"milestones":[
          {"type":"STARTED","achievements":[{"groupId":"FG000","numSubjects":"3"}]},
          {"type":"COMPLETED","achievements":[{"groupId":"FG000","numSubjects":"4"}]}]}]}}
        """,
        "resultsSection.participantFlowModule.periods[0].milestones[1].achievements[0].numSubjects");

    [Fact]
    public void More_participants_in_a_category_than_were_analyzed_is_said_and_kept() => Holds(
        """ "statusModule":{} """,
        """
        ,"resultsSection":{"baselineCharacteristicsModule":{"groups":[{"id":"BG000","title":"All"}],
          "denoms":[{"units":"Participants","counts":[{"groupId":"BG000","value":"7"}]}],
          "measures":[{"title":"Sex","paramType":"COUNT_OF_PARTICIPANTS","classes":[{"categories":[
            {"title":"Female","measurements":[{"groupId":"BG000","value":"7"}]},
            {"title":"Male","measurements":[{"groupId":"BG000","value":"8"}]}]}]}]}}
        """,
        "resultsSection.baselineCharacteristicsModule.measures[0].classes[0].categories[1].measurements[0].value");

    [Theory]
    [InlineData("""{"protocolSection":{"identificationModule":{"briefTitle":"A study"}}}""")]
    [InlineData("""{"protocolSection":{"identificationModule":{"nctId":"NCT1","briefTitle":"A study"}}}""")]
    [InlineData("""{"protocolSection":{"identificationModule":{"nctId":"NCT00000001"}}}""")]
    [InlineData("""{"protocolSection":{"identificationModule":{"nctId":"NCT00000001","briefTitle":["A study"]}}}""")]
    [InlineData("""{"protocolSection":{"identificationModule":{"nctId":"NCT00000001","briefTitle":"A study"}"""
        + ""","designModule":[]}}""")]
    public void What_is_no_record_is_refused_whole(string json)
    {
        var read = RegistryReader.Read(Encoding.UTF8.GetBytes(json));
        Assert.Null(read.Record);
        Assert.All(read.Issues, issue => Assert.True(issue.IsError));
    }

    static void OfResults(string results, string leaf) =>
        Holds(
            """ "statusModule":{} """, $$""" ,"hasResults":true,"resultsSection":{{results}} """,
            $"resultsSection.{leaf}");

    static void Holds(string module, string rest, string leaf)
    {
        var read = RegistryReader.Read(Encoding.UTF8.GetBytes(
            "{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT00000001\",\"briefTitle\":\"A study\"},"
            + module + "}" + rest + "}"));
        var study = StudyMapper.Map(read.Record!, Definitions.Types);
        Assert.Contains(read.Issues.Concat(study.Issues), issue => !issue.IsError && issue.Expression == leaf);
        Assert.Empty(
            study.Resources.SelectMany(r => Validator.Validate(r)).Where(i => i.IsError).Select(i => i.Diagnostics));
        Assert.Equal([], RoundTripTests.Differences(read.Record!));
    }

    [Fact]
    public void A_study_of_more_resources_than_any_has_is_refused()
    {
        var sites = string.Join(',', Enumerable.Range(0, 50_001).Select(i => $$"""{"facility":"{{i}}"}"""));
        var record = Records.WithProtocol($$""" "contactsLocationsModule":{"locations":[{{sites}}]} """);

        var refused = Assert.Throws<FhirException>(() => StudyMapper.ToJson(record));

        Assert.Equal(IssueCode.TooCostly, Assert.Single(refused.Issues).Code);
    }
}
