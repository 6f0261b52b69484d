using FhirTrials.Fhir.Model;

namespace FhirTrials.Trials.Matching.Reading;

/// <summary>The patient of a record, by all that a reference may name.</summary>
sealed class RecordSubject(RecordEntry patient, Dictionary<string, Element> byReference)
{
    readonly string? _name = patient.Resource.Id is { } id ? $"Patient/{id}" : null;
    readonly string? _ending = patient.Resource.Id is { } id ? $"/Patient/{id}" : null;

    /// <summary>Whether the Bundle says which URL the patient has; then one on another server is another
    /// patient.</summary>
    readonly bool _hasUrl = byReference.Any(r => ReferenceEquals(r.Value, patient.Resource)
        && r.Key.StartsWith("http", StringComparison.Ordinal));

    public bool IsMeantBy(string reference) => byReference.TryGetValue(reference, out var found)
        ? ReferenceEquals(found, patient.Resource)
        : _name is not null
            && (reference == _name || (!_hasUrl && reference.EndsWith(_ending!, StringComparison.Ordinal)));
}
