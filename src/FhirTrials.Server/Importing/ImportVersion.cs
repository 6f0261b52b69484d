using System.Security.Cryptography;
using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Server.Configuration;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Server.Importing;

/// <summary>Tells one way of importing from another: the program's code, the profiles and the vocabulary. A record that
/// was imported in another way is imported again.</summary>
sealed class ImportVersion(Profiles profiles)
{
    readonly Lazy<byte[]> _hash = new(() => Hash(profiles));

    /// <summary>SHA-256 of a record and of how it is imported.</summary>
    public byte[] HashOf(ReadOnlySpan<byte> record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_hash.Value);
        hash.AppendData(record);
        return hash.GetHashAndReset();
    }

    static byte[] Hash(Profiles profiles)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var code in new[] { typeof(ImportVersion), typeof(StudyMapper), typeof(FhirDefinitions) })
        {
            // Another for each build that differs.
            hash.AppendData(code.Module.ModuleVersionId.ToByteArray());
        }

        foreach (var resource in profiles.Definitions)
        {
            hash.AppendData(FhirJson.ToUtf8Bytes(resource));
        }

        foreach (var concept in ConceptVocabulary.Default.Concepts)
        {
            var codes = concept.Codes.Select(c => $"{c.System}|{c.Code}");
            var names =
                string.Join('\n', [concept.Key, concept.Text, .. concept.Parents, .. concept.Synonyms, .. codes]);
            hash.AppendData(Encoding.UTF8.GetBytes(names));
        }

        return hash.GetHashAndReset();
    }
}
