using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Server.Importing;

/// <summary>A registry record of some input, whole or one of many.</summary>
/// <param name="Name">The file or address, with the record's place in it where it holds several.</param>
/// <param name="Refusal">Why there is no content.</param>
readonly record struct InputRecord(string Name, ReadOnlyMemory<byte> Content, Issue? Refusal = null)
{
    public static InputRecord Refused(string name, IssueCode code, string why) =>
        new(name, default, Issue.Error(code, why));

    public RegistryReadResult Read() => Refusal is null ? RegistryReader.Read(Content) : new(null, [Refusal]);
}
