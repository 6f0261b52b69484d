using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace FhirTrials.Trials.Registry;

/// <summary>What the old XML says of the protocol in other forms than a field for a field.</summary>
static class OldXmlProtocol
{
    const string Phases = "protocolSection.designModule.phases";
    const string Contacts = "protocolSection.contactsLocationsModule.";

    /// <summary>The longest text that is a list in words.</summary>
    const int MaxList = 1_000;

    public static void Complete(XElement study, JsonObject record)
    {
        AddPhases(study, record);
        AddMasked(study, record);
        AddRegistry(study, record);
        AddArms(record);
        AddPeople(study, record);
        AddReferenceTypes(study, record);
        AddHeadings(study, record);
        record["hasResults"] = study.Element("clinical_results") is not null;
    }

    /// <summary><c>Phase 1/Phase 2</c>.</summary>
    static void AddPhases(XElement study, JsonObject record)
    {
        var text = study.Element("phase")?.Value.Trim() ?? "";
        string[] phases = text == "N/A" ? ["NA"]
            : text.Length > MaxList ? [text]
            : text.Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var phase in phases)
        {
            OldXml.ArrayAt(record, Phases).Add(OldXmlText.Code(phase, RegistryCodes.Phase));
        }
    }

    /// <summary><c>Double (Participant, Investigator)</c>.</summary>
    static void AddMasked(XElement study, JsonObject record)
    {
        var masking = study.Element("study_design_info")?.Element("masking")?.Value ?? "";
        var (open, close) = (masking.IndexOf('(', StringComparison.Ordinal), masking.LastIndexOf(')'));
        if (open < 0 || close < open || masking.Length > MaxList
            || masking.StartsWith("None", StringComparison.Ordinal))
        {
            return;
        }

        foreach (var who in masking[(open + 1)..close].Split(',', StringSplitOptions.TrimEntries))
        {
            OldXml.ArrayAt(record, "protocolSection.designModule.designInfo.maskingInfo.whoMasked")
                .Add(OldXmlText.Code(who, RegistryCodes.WhoMasked));
        }
    }

    /// <summary><c>Observational [Patient Registry]</c>.</summary>
    static void AddRegistry(XElement study, JsonObject record)
    {
        if (study.Element("study_type")?.Value.Contains("Patient Registry", StringComparison.Ordinal) == true)
        {
            OldXml.OwnerOf(record, "protocolSection.designModule.patientRegistry")["patientRegistry"] = true;
        }
    }

    /// <summary>An arm names its interventions: <c>Drug: Blinatumomab</c>. That only repeats what these say of their
    /// arms, so it is left out where it would be longer than that of any study.</summary>
    static void AddArms(JsonObject record)
    {
        if (record["protocolSection"]?["armsInterventionsModule"] is not JsonObject module
            || module["armGroups"] is not JsonArray arms || module["interventions"] is not JsonArray interventions)
        {
            return;
        }

        var named = from intervention in interventions.OfType<JsonObject>()
            let name = NameOf(intervention)
            from label in (intervention["armGroupLabels"] as JsonArray ?? []).Select(label => (string?)label).Distinct()
            where label is not null
            select (Label: label, Name: name);
        var names = named.ToLookup(n => n.Label, n => n.Name, StringComparer.Ordinal);
        var lengths = names.ToDictionary(n => n.Key, n => n.Sum(name => name.Length + 1L), StringComparer.Ordinal);
        var ofArms = arms.OfType<JsonObject>().Select(arm => (Arm: arm, Label: (string?)arm["label"]))
            .Where(arm => arm.Label is not null && names.Contains(arm.Label)).ToList();
        if (ofArms.Sum(arm => lengths[arm.Label!]) <= RegistryReader.MaxBytes / 8)
        {
            ofArms.ForEach(arm =>
                arm.Arm["interventionNames"] = new JsonArray([.. names[arm.Label!].Select(name => (JsonNode?)name)]));
        }
    }

    static string NameOf(JsonObject intervention)
    {
        var type = (string?)intervention["type"] ?? "";
        return $"{RegistryCodes.InterventionType.Find(type)?.Display ?? type}: {(string?)intervention["name"]}";
    }

    static void AddPeople(XElement study, JsonObject record)
    {
        foreach (var official in study.Elements("overall_official"))
        {
            OldXml.ArrayAt(record, Contacts + "overallOfficials")
                .Add((JsonNode)Person(official, RegistryCodes.OfficialRole));
        }

        foreach (var contact in study.Elements("overall_contact").Concat(study.Elements("overall_contact_backup")))
        {
            OldXml.ArrayAt(record, Contacts + "centralContacts").Add((JsonNode)Contact(contact, "CONTACT"));
        }

        foreach (var (site, item) in study.Elements("location").Zip(
            record["protocolSection"]?["contactsLocationsModule"]?["locations"]?.AsArray() ?? []))
        {
            foreach (var contact in site.Elements("contact").Concat(site.Elements("contact_backup")))
            {
                OldXml.ArrayAt(item!.AsObject(), "contacts").Add((JsonNode)Contact(contact, "CONTACT"));
            }

            foreach (var investigator in site.Elements("investigator"))
            {
                OldXml.ArrayAt(item!.AsObject(), "contacts")
                    .Add((JsonNode)Person(investigator, RegistryCodes.ContactRole));
            }
        }
    }

    static JsonObject Person(XElement person, RegistryCodes roles)
    {
        var made = new JsonObject();
        Set(made, "name", Name(person));
        Set(made, "affiliation", person.Element("affiliation")?.Value.Trim());
        Set(made, "role", person.Element("role")?.Value.Trim() is { } role ? OldXmlText.Code(role, roles) : null);
        return made;
    }

    static JsonObject Contact(XElement contact, string role)
    {
        var made = new JsonObject();
        Set(made, "name", Name(contact));
        made["role"] = role;
        Set(made, "phone", contact.Element("phone")?.Value.Trim());
        Set(made, "phoneExt", contact.Element("phone_ext")?.Value.Trim());
        Set(made, "email", contact.Element("email")?.Value.Trim());
        return made;
    }

    /// <summary>First, middle and last name, then degrees.</summary>
    static string? Name(XElement person)
    {
        string[] parts = ["first_name", "middle_name", "last_name"];
        var name = string.Join(
            ' ', parts.Select(p => person.Element(p)?.Value.Trim()).Where(p => !string.IsNullOrEmpty(p)));
        return person.Element("degrees")?.Value.Trim() is { Length: > 0 } degrees ? $"{name}, {degrees}"
            : name.Length > 0 ? name : null;
    }

    /// <summary>The old XML parts publications of results from others.</summary>
    static void AddReferenceTypes(XElement study, JsonObject record)
    {
        var background = study.Elements("reference").Count();
        foreach (var (index, reference) in
            (record["protocolSection"]?["referencesModule"]?["references"]?.AsArray() ?? []).Index())
        {
            reference!["type"] = index < background ? "BACKGROUND" : "RESULT";
        }
    }

    static void AddHeadings(XElement study, JsonObject record)
    {
        (string Element, string Module)[] all =
            [("condition_browse", "conditionBrowseModule"), ("intervention_browse", "interventionBrowseModule")];
        foreach (var (element, module) in all)
        {
            foreach (var term in study.Elements(element).Elements("mesh_term"))
            {
                OldXml.ArrayAt(record, $"derivedSection.{module}.meshes")
                    .Add((JsonNode)new JsonObject { ["term"] = term.Value.Trim() });
            }
        }
    }

    static void Set(JsonObject owner, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            owner[name] = value;
        }
    }
}
