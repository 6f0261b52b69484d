using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Storage;

namespace FhirTrials.Server.Http;

/// <summary>The place of a page with all that is needed to go on from there.</summary>
/// <param name="Scope">What is paged: a resource type, or the URL path of a history.</param>
/// <param name="Parameters">The parameters of the first page, as name and value in turn.</param>
/// <param name="Next">The store's own token.</param>
sealed record PagePlace(string Scope, string[] Parameters, string Next);

/// <summary>Seals a place into the only parameter of a <c>next</c> link, so that a link neither shows what was searched
/// for nor can be altered. Every node on the same database opens it.</summary>
sealed class PageToken(FhirDatabase database)
{
    public const string Parameter = "_page";

    const int NonceLength = 12;
    const int TagLength = 16;

    byte[]? _key;

    public async Task<string> Seal(PagePlace place, CancellationToken ct)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(place);
        var sealedPlace = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(sealedPlace.AsSpan(0, NonceLength));
        using var aes = new AesGcm(await Key(ct), TagLength);
        aes.Encrypt(
            sealedPlace.AsSpan(0, NonceLength), plain, sealedPlace.AsSpan(NonceLength + TagLength),
            sealedPlace.AsSpan(NonceLength, TagLength));
        return Base64Url.EncodeToString(sealedPlace);
    }

    /// <summary>The place in a token made for the same scope; throws (400) for anything else.</summary>
    public async Task<PagePlace> Open(string token, string scope, CancellationToken ct)
    {
        var bytes = Base64Url.IsValid(token) ? Base64Url.DecodeFromChars(token) : [];
        if (bytes.Length < NonceLength + TagLength)
        {
            throw Invalid();
        }

        var plain = new byte[bytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(await Key(ct), TagLength);
        try
        {
            aes.Decrypt(
                bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength + TagLength),
                bytes.AsSpan(NonceLength, TagLength), plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Invalid();
        }

        var place = JsonSerializer.Deserialize<PagePlace>(plain)!;
        return place.Scope == scope ? place : throw Invalid();
    }

    async Task<byte[]> Key(CancellationToken ct) =>
        _key ??= HKDF.DeriveKey(
            HashAlgorithmName.SHA256, await database.PageKey(ct), outputLength: 32,
            info: "FhirTrials page link"u8.ToArray());

    static FhirException Invalid() =>
        new(Issue.Error(
            IssueCode.Value,
            "The page token is not one of this server for this URL; start again from the first page."));
}
