using System.Text.Json.Nodes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>contactsLocationsModule → the study's contacts, and its sites with the status and contacts they have in
/// this study.</summary>
static class ContactsModule
{
    public static JsonArray? Contacts(RegistryRecord record) =>
        FhirNode.Array(Module(record).Items("centralContacts").Select(Contact));

    /// <summary>References to the sites. A place may recruit for one study and not for another: so the status stands
    /// here.</summary>
    public static JsonArray? Sites(RegistryRecord record, AddressBook book) =>
        FhirNode.Array(Module(record).Items("locations").Select(site =>
        {
            var reference = book.Location(site);
            var recruitment = FhirNode.Extension(
                Canonicals.Ours("site-recruitment"),
                [
                    FhirNode.Extension("status", "valueCode",
                        site.Code("status", RegistryCodes.RecruitmentStatus)?.Code),
                    .. site.Items("contacts").Select(contact =>
                        FhirNode.Extension("contact", "valueContactDetail", Contact(contact))),
                ]);
            if (recruitment is not null)
            {
                reference.Insert(0, "extension", FhirNode.Array(recruitment));
            }

            return reference;
        }));

    /// <summary>The countries of the sites, by the registry's names.</summary>
    public static JsonArray? Countries(RegistryRecord record) => FhirNode.Array(
        Module(record).Items("locations").Select(site => site.Text("country")).OfType<string>().Distinct()
            .Select(country => FhirNode.Text(country)));

    /// <summary>Phone, with its extension, and e-mail.</summary>
    public static JsonArray? Telecom(RegistryNode contact) => FhirNode.Array(
        contact.Text("phone") is { } phone
            ? FhirNode.Object(
                ("extension", FhirNode.Array(FhirNode.Extension(
                    Canonicals.Hl7("contactpoint-extension"), "valueString", contact.Text("phoneExt")))),
                ("system", "phone"),
                ("value", phone))
            : null,
        contact.Text("email") is { } email ? FhirNode.Object(("system", "email"), ("value", email)) : null);

    static JsonObject? Contact(RegistryNode contact) => FhirNode.Object(
        ("extension", FhirNode.Array(FhirNode.Extension(
            Canonicals.Ours("contact-role"), "valueCode", contact.Code("role", RegistryCodes.ContactRole)?.Code))),
        ("name", contact.Text("name")),
        ("telecom", Telecom(contact)));

    static RegistryNode Module(RegistryRecord record) => record.Protocol["contactsLocationsModule"];
}
