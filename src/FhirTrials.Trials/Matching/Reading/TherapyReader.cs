using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Trials.Matching.Reading;

/// <summary>Medications given or taken, procedures done, allergies → facts. What is planned, ordered or was not done is
/// never a therapy received.</summary>
static class TherapyReader
{
    static readonly ImmutableArray<string> LocalRoutes =
        [
            "intrathecal", "topical", "inhal", "ophthalm", "ocular", "nasal", "otic", "intravitreal", "intralesional",
            "intra-articular",
        ];

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

        if (resource.ValueOf("doNotPerform") == "true")
        {
            parts.Leave(entry, "it asks that the medication not be given");
            return;
        }

        var medication = MedicationOf(resource, context);
        var named = NamedConcepts.Of(medication, context.Vocabulary);
        var isRequest = resource.Type.Name == "MedicationRequest";
        var routes = RoutesOf(resource);
        var fact = new PatientFact(
            isRequest || status == "intended" ? FactSource.Planned : FactSource.Therapy,
            entry.Reference,
            named.Label,
            [.. named.Keys.Select(k => ByRoute(k, routes))],
            named.ByText,
            resource.Type.Name == "MedicationDispense" && status is "on-hold" or "stopped" || routes.Any(IsLocal)
                ? null
                : true,
            status is "active" or "in-progress",
            Dates(resource, status, context.ReferenceDate))
        {
            Through = ThroughOf(resource, status, context.ReferenceDate),
        };
        parts.Add(fact, named);
        if (routes.Any(r => r.Contains("intrathecal", StringComparison.OrdinalIgnoreCase)))
        {
            parts.Facts.Add(fact with { Concepts = ["intrathecal-therapy"], Holds = true });
        }

        if (isRequest && resource.ValueOf("intent") is not ("proposal" or "plan" or "option"))
        {
            parts.Facts.Add(fact with { Source = FactSource.Therapy, Holds = null });
        }
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
        parts.Add(
            new PatientFact(
                status == "preparation" ? FactSource.Planned : FactSource.Procedure,
                entry.Reference,
                named.Label,
                named.Keys,
                named.ByText,
                status is "on-hold" or "stopped" ? null : true,
                status == "in-progress",
                Lasting(
                    procedure.DatesOf("performed", context.ReferenceDate), status == "in-progress",
                    context.ReferenceDate))
            {
                Through = status == "in-progress" ? new DateRange(context.ReferenceDate, context.ReferenceDate)
                    : DateRange.Parse(procedure.At("performed", "end")?.Value),
            },
            named);
    }

    /// <summary>ServiceRequest and what else only plans.</summary>
    public static void ReadRequest(RecordEntry entry, ReadingContext context, RecordParts parts)
    {
        if (entry.Resource.ValueOf("status") is not ("active" or "on-hold")
            || entry.Resource.ValueOf("doNotPerform") == "true")
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
        parts.Add(new PatientFact(
            FactSource.Allergy,
            entry.Reference,
            named.Label,
            named.Keys,
            named.ByText,
            allergy.CodeOf("verificationStatus") switch { "refuted" => false, "unconfirmed" => null, _ => true },
            allergy.CodeOf("clinicalStatus") is null or "active",
            allergy.DatesOf("onset", context.ReferenceDate)
                ?? allergy.DatesOf("recordedDate", context.ReferenceDate)), named);
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
        return Lasting(resource.DatesOf(name, reference), status is "active" or "in-progress", reference);
    }

    /// <summary>What goes on lasts until the reference date.</summary>
    static DateRange? Lasting(DateRange? dates, bool ongoing, DateOnly reference) =>
        dates is { } given && ongoing && given.First <= reference ? new DateRange(given.First, reference) : dates;

    /// <summary>Blinatumomab by its route, where the record gives it: criteria tell subcutaneous from
    /// intravenous.</summary>
    static string ByRoute(string key, ImmutableArray<string> routes) =>
        key != "blinatumomab" || routes.IsEmpty ? key
        : routes.All(r => r.Contains("subcutan", StringComparison.OrdinalIgnoreCase)) ? "blinatumomab-sc"
        : routes.All(r => r.Contains("intraven", StringComparison.OrdinalIgnoreCase)) ? "blinatumomab-iv"
        : key;

    static ImmutableArray<string> RoutesOf(Element resource) =>
    [
        .. resource["dosage"].Concat(resource["dosageInstruction"])
            .Select(d => d.At("route", "text")?.Value ?? d.At("route", "coding", "display")?.Value)
            .OfType<string>(),
    ];

    /// <summary>Whether a drug given that way may be no systemic therapy.</summary>
    static bool IsLocal(string route) => LocalRoutes.Any(l => route.Contains(l, StringComparison.OrdinalIgnoreCase));

    /// <summary>The end of a course, on which the therapy was still given: the reference date where it goes
    /// on.</summary>
    static DateRange? ThroughOf(Element resource, string? status, DateOnly reference) =>
        status is "active" or "in-progress" && resource.Type.Name != "MedicationRequest"
            ? new DateRange(reference, reference)
        : resource.Child("effective") is { Type.Name: "Period" } period
            && DateRange.Parse(period.ValueOf("end")) is { } end
            && end.Last <= reference ? end
        : null;
}
