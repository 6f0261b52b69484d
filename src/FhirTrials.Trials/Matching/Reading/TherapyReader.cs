using FhirTrials.Fhir.Model;

namespace FhirTrials.Trials.Matching.Reading;

/// <summary>Medications given or taken, procedures done, allergies → facts. What is planned, ordered or was not done is
/// never a therapy received.</summary>
static class TherapyReader
{
    /// <summary>MedicationAdministration, MedicationStatement, MedicationDispense, MedicationRequest.</summary>
    public static void ReadMedication(RecordEntry entry, ReadingContext context, RecordParts parts)
    {
        var resource = entry.Resource;
        var status = resource.ValueOf("status");
        if (status is "not-done" or "not-taken" or "cancelled" or "declined" or "preparation" or "draft" or "unknown")
        {
            parts.Leave(entry, $"its status is {status}");
            return;
        }

        var medication = MedicationOf(resource, context);
        var named = NamedConcepts.Of(medication, context.Vocabulary);
        var planned = resource.Type.Name == "MedicationRequest" || status == "intended";
        var when = Dates(resource, status, context.ReferenceDate);
        parts.Facts.Add(new PatientFact(
            planned ? FactSource.Planned : FactSource.Therapy,
            entry.Reference,
            named.Label,
            [.. named.Keys.Select(k => ByRoute(k, resource))],
            named.ByText,
            true,
            status is "active" or "in-progress",
            when));
    }

    public static void ReadProcedure(RecordEntry entry, ReadingContext context, RecordParts parts)
    {
        var procedure = entry.Resource;
        var status = procedure.ValueOf("status");
        if (status is "not-done" or "unknown")
        {
            parts.Leave(entry, $"its status is {status}");
            return;
        }

        var named = NamedConcepts.Of(procedure.Child("code"), context.Vocabulary);
        parts.Facts.Add(new PatientFact(
            status == "preparation" ? FactSource.Planned : FactSource.Procedure,
            entry.Reference,
            named.Label,
            named.Keys,
            named.ByText,
            true,
            status == "in-progress",
            procedure.DatesOf("performed", context.ReferenceDate)));
    }

    /// <summary>ServiceRequest and what else only plans.</summary>
    public static void ReadRequest(RecordEntry entry, ReadingContext context, RecordParts parts)
    {
        if (entry.Resource.ValueOf("status") is not ("active" or "on-hold"))
        {
            return;
        }

        var named = NamedConcepts.Of(entry.Resource.Child("code"), context.Vocabulary);
        parts.Facts.Add(new PatientFact(
            FactSource.Planned, entry.Reference, named.Label, named.Keys, named.ByText, true, true, null));
    }

    public static void ReadAllergy(RecordEntry entry, ReadingContext context, RecordParts parts)
    {
        var allergy = entry.Resource;
        var named = NamedConcepts.Of(allergy.Child("code"), context.Vocabulary);
        parts.Facts.Add(new PatientFact(
            FactSource.Allergy,
            entry.Reference,
            named.Label,
            named.Keys,
            named.ByText,
            allergy.CodeOf("verificationStatus") switch { "refuted" => false, "unconfirmed" => null, _ => true },
            allergy.CodeOf("clinicalStatus") is null or "active",
            allergy.DatesOf("onset", context.ReferenceDate) ?? allergy.DatesOf("recordedDate", context.ReferenceDate)));
    }

    static Element? MedicationOf(Element resource, ReadingContext context)
    {
        var medication = resource.Child("medication");
        return medication is { Type.Name: "Reference" }
            ? medication.ValueOf("reference") is { } reference ? context.Resolve(reference)?.Child("code") : null
            : medication;
    }

    /// <summary>When it was given. Something completed or stopped without an end is known by its start alone, which is
    /// then no
    /// more than the earliest day.</summary>
    static DateRange? Dates(Element resource, string? status, DateOnly reference)
    {
        var name = resource.Type.Name switch
        {
            "MedicationDispense" => "whenHandedOver",
            "MedicationRequest" => "authoredOn",
            _ => "effective",
        };
        var dates = resource.DatesOf(name, reference);
        var ongoing = status is "active" or "in-progress";
        return dates is { } given && ongoing && given.First <= reference ? new DateRange(given.First, reference) : dates;
    }

    /// <summary>Blinatumomab by its route, where the record gives it: criteria tell subcutaneous from
    /// intravenous.</summary>
    static string ByRoute(string key, Element resource)
    {
        if (key != "blinatumomab")
        {
            return key;
        }

        var route = resource["dosage"].Concat(resource["dosageInstruction"])
            .Select(d => d.At("route", "text")?.Value ?? d.At("route", "coding", "display")?.Value)
            .OfType<string>()
            .FirstOrDefault() ?? "";
        return route.Contains("subcutan", StringComparison.OrdinalIgnoreCase) ? "blinatumomab-sc"
            : route.Contains("intraven", StringComparison.OrdinalIgnoreCase) ? "blinatumomab-iv"
            : key;
    }
}
