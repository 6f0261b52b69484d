using System.Collections.Frozen;
using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Matching.Reading;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching;

/// <summary>A record as read, or why it could not be: exactly one of the two is set, <paramref name="Issues"/> holding
/// errors.</summary>
public sealed record PatientRecordResult(PatientRecord? Record, ImmutableArray<Issue> Issues);

/// <summary>Reads one patient's record from a FHIR Bundle (collection, searchset, transaction, batch,
/// document).</summary>
public static class PatientRecordReader
{
    const int MaxEntries = 50_000;

    /// <summary>From it as far back as anything is looked for there are dates.</summary>
    static readonly DateOnly EarliestReference = new(1800, 1, 1);

    /// <summary>How often a record may name concepts, all in all.</summary>
    const int MaxNames = 500_000;

    static readonly FrozenDictionary<string, Action<RecordEntry, ReadingContext, RecordParts>> Readers =
        new Dictionary<string, Action<RecordEntry, ReadingContext, RecordParts>>
        {
            ["Condition"] = ConditionReader.Read,
            ["Observation"] = ObservationReader.Read,
            ["MedicationAdministration"] = TherapyReader.ReadMedication,
            ["MedicationStatement"] = TherapyReader.ReadMedication,
            ["MedicationDispense"] = TherapyReader.ReadMedication,
            ["MedicationRequest"] = TherapyReader.ReadMedication,
            ["Procedure"] = TherapyReader.ReadProcedure,
            ["ServiceRequest"] = TherapyReader.ReadRequest,
            ["AllergyIntolerance"] = TherapyReader.ReadAllergy,
            ["List"] = StatementReader.ReadList,
            ["QuestionnaireResponse"] = StatementReader.ReadAnswers,
        }.ToFrozenDictionary();

    /// <param name="bundle">The Bundle's element.</param>
    /// <param name="referenceDate">The day that ages and windows count from: today, unless a case is replayed.</param>
    /// <param name="faults">Structural errors found in it, with paths from <c>Bundle</c>: what they are in is left
    /// out.</param>
    public static PatientRecordResult Read(
        Element bundle, DateOnly referenceDate, ConceptVocabulary? vocabulary = null, Freshness? freshness = null,
        ImmutableArray<Issue> faults = default)
    {
        if (bundle.Type.Name != "Bundle")
        {
            return Refused(IssueCode.Invalid, "The patient's record must be a Bundle.", bundle.Type.Name);
        }

        if (referenceDate < EarliestReference)
        {
            return Refused(IssueCode.Value, "The reference date is too long ago.", "referenceDate");
        }

        if (bundle.ValueOf("type") == "history")
        {
            return Refused(
                IssueCode.BusinessRule, "A history holds what is no longer so: send the record as it is now.",
                "Bundle.type");
        }

        var broken = RecordFaults.Of(bundle, faults.IsDefault ? [] : faults, vocabulary ?? ConceptVocabulary.Default);
        if (!broken.Refusals.IsEmpty)
        {
            return new(null, broken.Refusals);
        }

        var entries = Entries(bundle, broken.Lost);
        if (entries.Length > MaxEntries)
        {
            return Refused(
                IssueCode.TooLong, $"The patient's record has more than {MaxEntries} entries.", "Bundle.entry");
        }

        var patients = entries.Where(e => e.Resource.Type.Name == "Patient").ToArray();
        return patients switch
        {
            [] => Refused(IssueCode.Required, "The Bundle holds no Patient.", "Bundle.entry.resource"),
            [var patient] => Bounded(Read(bundle, patient, entries, broken, referenceDate, vocabulary, freshness)),
            _ => Refused(
                IssueCode.BusinessRule, "The Bundle holds more than one Patient: send one patient at a time.",
                patients[1].Path),
        };
    }

    static PatientRecordResult Bounded(PatientRecord record) =>
        record.Facts.Sum(f => f.Concepts.Length) + record.Results.Sum(r => r.Concepts.Length) > MaxNames
            ? Refused(
                IssueCode.TooCostly, $"The patient's record names more than {MaxNames} findings and treatments.",
                "Bundle.entry")
            : new(record, []);

    static PatientRecord Read(
        Element bundle, RecordEntry patient, ImmutableArray<RecordEntry> entries, RecordFaults broken,
        DateOnly referenceDate, ConceptVocabulary? vocabulary, Freshness? freshness)
    {
        var byReference = ByReference(bundle);
        var context = new ReadingContext(
            referenceDate, freshness ?? Freshness.Default, vocabulary ?? ConceptVocabulary.Default,
            r => byReference.GetValueOrDefault(r));
        var (parts, subject) = (new RecordParts(), new RecordSubject(patient, byReference));
        foreach (var entry in entries)
        {
            if (Readers.TryGetValue(entry.Resource.Type.Name, out var read)
                && Counts(entry, subject, context, parts))
            {
                read(entry, context, parts);
            }
        }

        return new PatientRecord(
            bundle, patient.Reference, patient.Resource.ValueOf("gender"),
            DateRange.Parse(patient.Resource.ValueOf("birthDate")), referenceDate, parts.Facts.ToImmutable(),
            parts.Results.ToImmutable(), parts.Answers.ToImmutable(),
            parts.Complete.Where(c => !broken.Lost.Values.Any(l => l.Voids(c.Key))).ToImmutableDictionary(),
            [.. broken.Warnings, .. parts.Notes])
        {
            Lost = [.. broken.Lost.Values],
        };
    }

    /// <summary>Whether the resource counts: of this patient, not entered in error, not of the future.</summary>
    static bool Counts(RecordEntry entry, RecordSubject patient, ReadingContext context, RecordParts parts)
    {
        var resource = entry.Resource;
        if (resource.ValueOf("status") == "entered-in-error"
            || resource.CodeOf("verificationStatus") == "entered-in-error")
        {
            parts.Leave(entry, "it was entered in error");
            return false;
        }

        var subject = resource.At("subject", "reference") ?? resource.At("patient", "reference");
        if (subject?.Value is { } reference && !patient.IsMeantBy(reference))
        {
            parts.Leave(entry, "it is about another subject");
            return false;
        }

        if (resource["focus"].Any(f => f.ValueOf("reference") is not { } focus || !patient.IsMeantBy(focus)))
        {
            parts.Leave(entry, "it is about something or someone else than its subject");
            return false;
        }

        if (FirstDay(resource, context.ReferenceDate) is { } day && day > context.ReferenceDate && !IsPlan(resource))
        {
            parts.Leave(entry, "it is dated after the reference date");
            return false;
        }

        return true;
    }

    static bool IsPlan(Element resource) =>
        resource.Type.Name is "ServiceRequest" or "MedicationRequest"
        || resource.ValueOf("status") is "preparation" or "intended";

    static DateOnly? FirstDay(Element resource, DateOnly reference)
    {
        string[] names =
            ["effective", "performed", "onset", "recordedDate", "authored", "date", "issued", "whenHandedOver"];
        return names.Select(n => resource.DatesOf(n, reference)).FirstOrDefault(d => d is not null)?.First;
    }

    /// <summary>What the Bundle holds: not what it deletes, nor what could not be read.</summary>
    static ImmutableArray<RecordEntry> Entries(Element bundle, ImmutableDictionary<int, LostEntry> lost) =>
        [.. bundle["entry"].Select((e, i) => (Entry: e, Index: i))
            .Where(p => p.Entry.Child("resource") is not null && !lost.ContainsKey(p.Index)
                && p.Entry.At("request", "method")?.Value != "DELETE")
            .Select(p => new RecordEntry(
                p.Entry.Child("resource")!, $"Bundle.entry[{p.Index}].resource",
                ReferenceOf(p.Entry, p.Entry.Child("resource")!)))];

    static string ReferenceOf(Element entry, Element resource) =>
        resource.Id is { } id ? $"{resource.Type.Name}/{id}" : entry.ValueOf("fullUrl") ?? resource.Type.Name;

    static Dictionary<string, Element> ByReference(Element bundle)
    {
        var found = new Dictionary<string, Element>(StringComparer.Ordinal);
        foreach (var entry in bundle["entry"])
        {
            if (entry.Child("resource") is not { } resource)
            {
                continue;
            }

            if (entry.ValueOf("fullUrl") is { } url)
            {
                found.TryAdd(url, resource);
            }

            if (resource.Id is { } id)
            {
                found.TryAdd($"{resource.Type.Name}/{id}", resource);
            }
        }

        return found;
    }

    static PatientRecordResult Refused(IssueCode code, string diagnostics, string expression) =>
        new(null, [Issue.Error(code, diagnostics, expression)]);
}
