using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>What a person reads first about a study.</summary>
static class StudyNarrative
{
    public static Narrative Of(RegistryRecord record)
    {
        var (protocol, identification) = (record.Protocol, record.Identification);
        var (status, design) = (protocol["statusModule"], protocol["designModule"]);
        var enrollment = design["enrollmentInfo"];
        return new Narrative(identification.Text("briefTitle")!)
            .Fact("Number", record.NctId)
            .Fact("Official title", identification.Text("officialTitle"))
            .Fact("Acronym", identification.Text("acronym"))
            .Fact("Status", status.Code("overallStatus", RegistryCodes.Status)?.Display)
            .Fact("Why stopped", status.Text("whyStopped"))
            .Fact("Type", design.Code("studyType", RegistryCodes.StudyType)?.Display)
            .Fact("Phase", design.Codes("phases", RegistryCodes.Phase).Select(phase => phase.Display))
            .Fact("Purpose", design["designInfo"].Code("primaryPurpose", RegistryCodes.PrimaryPurpose)?.Display)
            .Fact("Conditions", protocol["conditionsModule"].Texts("conditions"))
            .Fact("Participants", Join(
                enrollment["count"].Exists ? enrollment["count"].Json.GetRawText() : null,
                enrollment.Code("type", RegistryCodes.EnrollmentType)?.Display))
            .Fact("Start", DateOf(status["startDateStruct"]))
            .Fact("Primary completion", DateOf(status["primaryCompletionDateStruct"]))
            .Fact("Completion", DateOf(status["completionDateStruct"]))
            .Fact("Sponsor", protocol["sponsorCollaboratorsModule"]["leadSponsor"].Text("name"))
            .Fact("Collaborators", protocol["sponsorCollaboratorsModule"].Items("collaborators")
                .Select(collaborator => collaborator.Text("name")).OfType<string>())
            .Fact("Sites", Sites(protocol["contactsLocationsModule"]))
            .Section("Summary", protocol["descriptionModule"].Text("briefSummary"))
            .List("Arms", protocol["armsInterventionsModule"].Items("armGroups").Select(arm => Join(
                arm.Text("label"), arm.Code("type", RegistryCodes.ArmGroupType)?.Display) ?? "Arm"))
            .List("Outcomes", OutcomesModule.Lines(record));
    }

    static string? DateOf(RegistryNode date) =>
        Join(date.Date("date"), date.Code("type", RegistryCodes.DateType)?.Display);

    static string? Join(string? text, string? remark) =>
        text is null ? null : remark is null ? text : $"{text} ({remark.ToLowerInvariant()})";

    static string? Sites(RegistryNode module) =>
        module.Items("locations").ToList() is { Count: > 0 } sites
            ? $"{sites.Count} in {string.Join(", ", sites.Select(s => s.Text("country")).OfType<string>().Distinct())}"
            : null;
}
