using System.Globalization;
using System.Text;
using System.Text.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Tests;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Tests.Registry;

/// <summary>The registry's old XML is read as a record of the API v2.</summary>
public sealed class OldXmlTests
{
    /// <summary>The XML of May 2018 against the record of examples/, which was written from the page: leaf by leaf the
    /// same, but for what changed since or the XML does not carry.</summary>
    [Fact]
    public void A_text_longer_than_any_meaning_is_no_code()
    {
        var endless = "Phase 2 " + new string('(', 300_000);

        Assert.Equal("PHASE2", OldXmlText.Code("Phase 2 (of a kind)", RegistryCodes.Phase));
        Assert.Equal(endless, OldXmlText.Code(endless, RegistryCodes.Phase));
    }

    [Fact]
    public void A_study_in_the_old_XML_says_what_its_record_says()
    {
        var read =
            RegistryReader.Read(System.IO.File.ReadAllBytes(Repository.SharedData("ctgov-xml", "NCT01207388.xml")));
        Assert.Equal([], read.Issues.Select(i => i.Diagnostics));
        var (old, now) =
            (Leaves(read.Record!.Root.Json), Leaves(FhirTrials.Trials.Tests.Records.Read("NCT01207388").Root.Json));
        Assert.Equal(
            [
                // What has changed since the XML was published.
                "protocolSection.descriptionModule.detailedDescription",
                "protocolSection.identificationModule.organization.fullName",
                "protocolSection.sponsorCollaboratorsModule.leadSponsor.name",
                "protocolSection.statusModule.overallStatus",
                // What the XML does not carry.
                "protocolSection.designModule.designInfo.allocation",
                "protocolSection.identificationModule.organization.class",
            ],
            now.Except(old).Select(leaf => leaf[..leaf.IndexOf(" =", StringComparison.Ordinal)])
                .Order(StringComparer.Ordinal)
                .OrderBy(leaf => leaf is "protocolSection.designModule.designInfo.allocation"
                    or "protocolSection.identificationModule.organization.class"));
    }

    static HashSet<string> Leaves(JsonElement json) => [.. Each(json, "")];

    static IEnumerable<string> Each(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object =>
            json.EnumerateObject().SelectMany(p => Each(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}")),
        JsonValueKind.Array => json.EnumerateArray().SelectMany((item, index) => Each(item, $"{path}[{index}]")),
        _ => [$"{path} = {json}"],
    };

    [Theory]
    [InlineData("<clinical_study><id_info><nct_id>NCT00000001</nct_id></id_info>", "1:", "structure")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><clinical_study>&b;</clinical_study>", "0:", "structure")]
    [InlineData("<search_results/>", "0:", "required")]
    [InlineData("<clinical_study/>", "0:", "required")]
    public void What_is_no_study_is_refused_with_the_reason(string xml, string place, string code)
    {
        var read = RegistryReader.Read(Encoding.UTF8.GetBytes(xml));
        Assert.Null(read.Record);
        Assert.All(read.Issues, issue => Assert.Equal(code, issue.Code.ToFhirCode()));
        Assert.StartsWith(place, $"{read.Issues[0].Position.Line}:", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<phase>Phase 1/Phase 2</phase>", "protocolSection.designModule.phases", """["PHASE1","PHASE2"]""")]
    [InlineData("<phase>N/A</phase>", "protocolSection.designModule.phases", """["NA"]""")]
    [InlineData("<study_type>Observational [Patient Registry]</study_type>", "protocolSection.designModule",
        """{"studyType":"OBSERVATIONAL","patientRegistry":true}""")]
    [InlineData("<study_design_info><masking>Double (Participant, Outcomes Assessor)</masking></study_design_info>",
        "protocolSection.designModule.designInfo.maskingInfo",
        """{"masking":"DOUBLE","whoMasked":["PARTICIPANT","OUTCOMES_ASSESSOR"]}""")]
    [InlineData("<enrollment type=\"Anticipated\">40</enrollment>", "protocolSection.designModule.enrollmentInfo",
        """{"count":40,"type":"ESTIMATED"}""")]
    [InlineData("<start_date>May 3, 2011</start_date>", "protocolSection.statusModule.startDateStruct.date",
        "\"2011-05-03\"")]
    [InlineData("<start_date>Spring 2011</start_date>", "protocolSection.statusModule.startDateStruct.date",
        "\"Spring 2011\"")]
    [InlineData(
        "<overall_contact><first_name>Ada</first_name><last_name>Doe</last_name><degrees>MD</degrees><phone>1</phone>"
            + "</overall_contact>",
        "protocolSection.contactsLocationsModule.centralContacts",
        """[{"name":"Ada Doe, MD","role":"CONTACT","phone":"1"}]""")]
    [InlineData("<results_reference><citation>A</citation><PMID>7</PMID></results_reference>",
        "protocolSection.referencesModule.references", """[{"pmid":"7","citation":"A","type":"RESULT"}]""")]
    [InlineData(
        "<eligibility><healthy_volunteers>Accepts Healthy Volunteers</healthy_volunteers><maximum_age>N/A</maximum_age>"
            + "</eligibility>",
        "protocolSection.eligibilityModule", """{"healthyVolunteers":true}""")]
    [InlineData(
        "<brief_summary><textblock>\n      One\n      line.\n\n        -  a\n           b\n\n             -  c\n\n"
            + "        -  d\n    </textblock></brief_summary>",
        "protocolSection.descriptionModule.briefSummary", "\"One line.\\n\\n* a b\\n  * c\\n* d\"")]
    public void An_element_is_the_field_that_says_the_same(string xml, string path, string json)
    {
        var read = RegistryReader.Read(Encoding.UTF8.GetBytes(
            $"<clinical_study><id_info><nct_id>NCT00000001</nct_id></id_info><brief_title>A study</brief_title>{xml}"
                + "</clinical_study>"));
        var found = path.Split('.').Aggregate(read.Record!.Root, (node, step) => node[step]);
        Assert.Equal(json, found.Json.GetRawText());
    }

    /// <summary>Were each looked for among all of the others, these would take minutes.</summary>
    [Theory]
    [InlineData(
        "", "<arm_group><arm_group_label>a{0}</arm_group_label></arm_group><intervention>"
            + "<intervention_name>b</intervention_name><arm_group_label>a{0}</arm_group_label></intervention>", "")]
    [InlineData(
        "", "<arm_group><arm_group_label>a</arm_group_label></arm_group><intervention>"
            + "<intervention_name>b</intervention_name><arm_group_label>a</arm_group_label></intervention>", "")]
    [InlineData("<clinical_results><reported_events><group_list>", "<group group_id=\"E{0}\"/>",
        "</group_list><other_events><category_list><category><title>Total</title><event_list><event>",
        "<counts group_id=\"E{0}\" subjects_affected=\"1\"/>",
        "</event></event_list></category></category_list></other_events></reported_events></clinical_results>")]
    [InlineData("<clinical_results><reported_events><other_events><category_list><category>",
        "<event_list><event><sub_title>a</sub_title></event></event_list>",
        "</category></category_list></other_events></reported_events></clinical_results>")]
    [InlineData("<clinical_results><reported_events><other_events>",
        "<category_list><category><event_list><event/></event_list></category></category_list>",
        "</other_events></reported_events></clinical_results>")]
    [InlineData("<phase>", "Phase 1/", "</phase>")]
    [InlineData("<study_design_info><masking>Double (", "Participant, ", ")</masking></study_design_info>")]
    public void Much_of_the_same_is_read_in_one_pass(params string[] parts)
    {
        var xml = string.Concat(parts.Select((part, i) => i % 2 == 0 ? part : string.Concat(
            Enumerable.Range(1, 80_000).Select(n => string.Format(CultureInfo.InvariantCulture, part, n)))));

        var read = RegistryReader.Read(Encoding.UTF8.GetBytes(
            $"<clinical_study><id_info><nct_id>NCT00000001</nct_id></id_info><brief_title>A study</brief_title>{xml}"
                + "</clinical_study>"));

        Assert.NotNull(read.Record);
    }

    [Fact]
    public void What_is_said_of_all_events_is_not_repeated_without_end()
    {
        var events = string.Concat(Enumerable.Repeat("<event/>", 1_000));
        var read = RegistryReader.Read(Encoding.UTF8.GetBytes(
            "<clinical_study><id_info><nct_id>NCT00000001</nct_id></id_info><brief_title>A study</brief_title>"
                + $"<clinical_results><reported_events><other_events><default_vocab>{new string('x', 100_000)}"
                + $"</default_vocab><category_list><category><event_list>{events}</event_list></category>"
                + "</category_list></other_events></reported_events></clinical_results></clinical_study>"));

        Assert.Null(read.Record);
        Assert.Equal(IssueCode.TooCostly, Assert.Single(read.Issues).Code);
    }

    [Theory]
    [InlineData("<novelty>1</novelty><novelty>2</novelty>", "novelty")]
    [InlineData("<location><facility><name>A</name><building>7</building></facility></location>",
        "location/facility/building")]
    [InlineData(
        "<clinical_results><outcome_list><outcome><title>A</title><mood>B</mood></outcome></outcome_list>"
            + "</clinical_results>",
        "clinical_results/outcome_list/outcome/mood")]
    [InlineData("<brief_summary><textblock>A</textblock><picture/></brief_summary>", "brief_summary/picture")]
    public void An_element_that_nothing_reads_is_named_once(string xml, string path)
    {
        var read = RegistryReader.Read(Encoding.UTF8.GetBytes(
            "<clinical_study>\n<id_info><nct_id>NCT00000001</nct_id></id_info><brief_title>A study</brief_title>\n"
                + $"{xml}</clinical_study>"));
        Assert.NotNull(read.Record);
        var issue = Assert.Single(read.Issues);
        Assert.Equal((IssueSeverity.Warning, 3), (issue.Severity, issue.Position.Line));
        Assert.Contains($"element {path} ", issue.Diagnostics, StringComparison.Ordinal);
    }
}
