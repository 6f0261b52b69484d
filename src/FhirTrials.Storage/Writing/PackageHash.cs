using System.Security.Cryptography;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Writing;

/// <summary>Which package of resources was written last under a name, by the SHA-256 of their JSON.</summary>
static class PackageHash
{
    public static byte[] Of(IEnumerable<Element> resources)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var resource in resources)
        {
            hash.AppendData(FhirJson.ToUtf8Bytes(resource));
        }

        return hash.GetHashAndReset();
    }

    public static async Task<bool> IsStored(FhirDatabase database, string name, byte[] hash, CancellationToken ct)
    {
        await using var context = database.Open();
        var setting = Setting(name);
        var stored = await context.Settings.Where(s => s.Name == setting).Select(s => s.Value).SingleOrDefaultAsync(ct);
        return stored is not null && stored.AsSpan().SequenceEqual(hash);
    }

    public static Task Store(WriteTransaction transaction, string name, byte[] hash) =>
        transaction.Commands.Replace(new SettingRow { Name = Setting(name), Value = hash });

    static string Setting(string name) => "package " + name;
}
