using System.Text;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Tests.Registry;

public sealed class RegistryReaderTests
{
    public static TheoryData<string> All => Records.All;

    [Theory, MemberData(nameof(All))]
    public void A_record_is_read_without_issues(string nctId) => Assert.Equal(nctId, Records.Read(nctId).NctId);

    /// <summary>Two are excerpts: their results are elsewhere.</summary>
    [Theory, MemberData(nameof(All))]
    public void Nothing_is_wrong_with_a_real_record(string nctId) => Assert.Equal(
        nctId is "NCT00465816" or "NCT02013167" ? ["hasResults"] : [],
        RegistryReader.Read(Records.Bytes(nctId)).Issues.Select(issue => issue.Expression));

    [Theory]
    [InlineData("", IssueCode.Structure, 1, 1)]
    [InlineData("{\"a\":\n  [1,]}", IssueCode.Structure, 2, 6)]
    [InlineData("{\"a\":1,\"a\":2}", IssueCode.Structure, 1, 1)]
    [InlineData("record", IssueCode.Structure, 1, 1)]
    public void What_is_no_JSON_is_refused_with_its_place(string text, IssueCode code, int line, int column)
    {
        var issue = Refused(text);
        Assert.Equal((code, line), (issue.Code, issue.Position.Line));
        Assert.True(issue.Position.Column >= column, $"Column {issue.Position.Column}.");
    }

    [Theory]
    [InlineData("[]", null)]
    [InlineData("{}", "protocolSection")]
    [InlineData("""{"protocolSection":7}""", "protocolSection")]
    [InlineData("""{"resourceType":"Patient"}""", "protocolSection")]
    [InlineData("""{"studies":[]}""", "protocolSection")]
    [InlineData("""{"protocolSection":{"identificationModule":{"briefTitle":"A"}}}""",
        "protocolSection.identificationModule.nctId")]
    [InlineData(
        """{"protocolSection":{"identificationModule":{"nctId":"NCT1","briefTitle":"A"}}}""",
        "protocolSection.identificationModule.nctId")]
    [InlineData(
        """{"protocolSection":{"identificationModule":{"nctId":"NCT00000001","briefTitle":" "}}}""",
        "protocolSection.identificationModule.briefTitle")]
    [InlineData(
        """{"protocolSection":{"identificationModule":{"nctId":"NCT00000001","briefTitle":"\ud800"}}}""",
        "protocolSection.identificationModule.briefTitle")]
    [InlineData(
        """{"protocolSection":{"identificationModule":{"nctId":"\ud800","briefTitle":"A"}}}""",
        "protocolSection.identificationModule.nctId")]
    public void What_is_no_record_is_refused_with_what_is_missing(string text, string? place)
    {
        var issue = Refused(text);
        Assert.Equal((IssueCode.Required, place), (issue.Code, issue.Expression));
    }

    [Theory]
    [InlineData(""" "statusModule":[] """, "protocolSection.statusModule")]
    [InlineData(""" "designModule":{"phases":"PHASE1"} """, "protocolSection.designModule.phases")]
    [InlineData(""" "designModule":{"phases":[{}]} """, "protocolSection.designModule.phases[0]")]
    [InlineData(""" "eligibilityModule":{"healthyVolunteers":"no"} """,
        "protocolSection.eligibilityModule.healthyVolunteers")]
    [InlineData(
        """ "contactsLocationsModule":{"locations":[{},{"city":5}]} """,
        "protocolSection.contactsLocationsModule.locations[1].city")]
    public void A_field_of_the_wrong_kind_is_refused_with_its_place(string module, string place)
    {
        var issue = Refused(WithProtocol(module));
        Assert.Equal((IssueCode.Structure, place), (issue.Code, issue.Expression));
    }

    [Theory]
    [InlineData("\\ud800", IssueCode.Value)]
    [InlineData("\\u0000", IssueCode.Value)]
    [InlineData("\\u001b", IssueCode.Value)]
    public void A_text_that_FHIR_cannot_hold_is_refused(string text, IssueCode code)
    {
        var issue = Refused(WithProtocol($$""" "descriptionModule":{"briefSummary":"{{text}}"} """));
        Assert.Equal((code, "protocolSection.descriptionModule.briefSummary"), (issue.Code, issue.Expression));
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00")]
    [InlineData("a\\ud800b")]
    public void A_name_that_is_no_text_is_refused(string name)
    {
        Assert.Equal(IssueCode.Value, Refused(WithProtocol($$""" "{{name}}":1 """)).Code);
        Assert.Equal(IssueCode.Value, Refused(WithProtocol($$""" "a":[{"b":1,"{{name}}":{},"c":1}] """)).Code);
    }

    [Fact]
    public void Many_warnings_hide_no_error()
    {
        var phases = string.Join(',', Enumerable.Repeat("\"PHASE9\"", 1000));
        var issue = Refused(
            WithProtocol($$""" "designModule":{"phases":[{{phases}}]},"descriptionModule":{"briefSummary":7} """));
        Assert.Equal(
            (IssueCode.Structure, "protocolSection.descriptionModule.briefSummary"), (issue.Code, issue.Expression));
    }

    [Fact]
    public void A_text_longer_than_a_FHIR_string_is_refused()
    {
        var criteria = new string('x', RegistryReader.MaxText + 1);
        var issue = Refused(WithProtocol($$""" "eligibilityModule":{"eligibilityCriteria":"{{criteria}}"} """));
        Assert.Equal(
            (IssueCode.TooLong, "protocolSection.eligibilityModule.eligibilityCriteria"),
            (issue.Code, issue.Expression));
    }

    [Fact]
    public void A_record_of_too_many_bytes_is_refused_unread() =>
        Assert.Equal(IssueCode.TooLong,
            Assert.Single(RegistryReader.Read(new byte[RegistryReader.MaxBytes + 1]).Issues).Code);

    [Fact]
    public void A_list_of_more_items_than_any_study_has_is_refused()
    {
        var items = string.Join(',', Enumerable.Repeat("{}", 100_001));
        var issue = Refused(WithProtocol($$""" "armsInterventionsModule":{"interventions":[{{items}}]} """));
        Assert.Equal(
            (IssueCode.TooLong, "protocolSection.armsInterventionsModule.interventions"),
            (issue.Code, issue.Expression));
    }

    [Fact]
    public void A_field_with_a_name_longer_than_any_is_refused()
    {
        var issue = Refused(WithProtocol($$""" "designModule":{"{{new string('x', 1001)}}":1} """));
        Assert.Equal((IssueCode.TooLong, "protocolSection.designModule"), (issue.Code, issue.Expression));
    }

    /// <summary>Were the counts of all read for each class, these would take half an hour.</summary>
    [Fact]
    public void Counts_of_all_are_read_once_for_many_measures()
    {
        var counts = string.Join(',', Enumerable.Repeat("""{"groupId":"BG000","value":"1"}""", 90_000));
        var measures = string.Join(',', Enumerable.Repeat(
            """{"paramType":"COUNT_OF_PARTICIPANTS","classes":[{}]}""", 90_000));
        var baseline = $$"""
            {"groups":[{"id":"BG000"}],"denoms":[{"units":"Participants","counts":[{{counts}}]}],
             "measures":[{{measures}}]}
            """;
        var read = RegistryReader.Read(Encoding.UTF8.GetBytes(
            WithProtocol(""" "x":null """)[..^1]
                + $$""","hasResults":true,"resultsSection":{"baselineCharacteristicsModule":{{baseline}}} }"""));
        Assert.NotNull(read.Record);
        Assert.Empty(read.Issues);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var deep = new string('[', 100_000);
        Assert.Equal(IssueCode.Structure, Refused(deep).Code);
    }

    [Fact]
    public void Invalid_UTF8_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(WithProtocol(""" "x":"?" """));
        bytes[Array.IndexOf(bytes, (byte)'?')] = 0xFF;
        Assert.Null(RegistryReader.Read(bytes).Record);
    }

    [Theory]
    [InlineData(""" "statusModule":{"overallStatus":"PAUSED"} """, IssueCode.CodeInvalid, "statusModule.overallStatus")]
    [InlineData(""" "statusModule":{"statusVerifiedDate":"May 2020"} """, IssueCode.Value,
        "statusModule.statusVerifiedDate")]
    public void A_code_or_date_that_is_none_is_kept_with_a_warning(string module, IssueCode code, string place)
    {
        var read = RegistryReader.Read(Encoding.UTF8.GetBytes(WithProtocol(module)));
        Assert.NotNull(read.Record);
        var issue = Assert.Single(read.Issues);
        Assert.Equal((IssueSeverity.Warning, code, $"protocolSection.{place}"),
            (issue.Severity, issue.Code, issue.Expression));
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() =>
        Assert.NotNull(RegistryReader.Read(Encoding.UTF8.GetBytes('\uFEFF' + WithProtocol(""" "x":null """))).Record);

    static string WithProtocol(string module) =>
        """{"protocolSection":{"identificationModule":{"nctId":"NCT00000001","briefTitle":"A study"},"""
        + module + "}}";

    static Issue Refused(string text)
    {
        var read = RegistryReader.Read(Encoding.UTF8.GetBytes(text));
        Assert.Null(read.Record);
        return Assert.Single(read.Issues, issue => issue.IsError);
    }
}
