using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Storage.Search;

/// <summary>A place in an ordered result: after which version of which resource, as of which change. It holds numbers
/// alone, no content, and is signed together with the search that it belongs to.</summary>
/// <param name="Total">How many matches the first page counted.</param>
readonly record struct PageToken(long Change, long Key, int Version, long Total = PageToken.NoTotal)
{
    public const long NoTotal = -1;

    const int PayloadLength = 28;
    const int SignatureLength = 16;

    public string Sign(byte[] secret, string search)
    {
        Span<byte> token = stackalloc byte[PayloadLength + SignatureLength];
        BinaryPrimitives.WriteInt64LittleEndian(token, Change);
        BinaryPrimitives.WriteInt64LittleEndian(token[8..], Key);
        BinaryPrimitives.WriteInt32LittleEndian(token[16..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(token[20..], Total);
        Signature(secret, search, token[..PayloadLength]).CopyTo(token[PayloadLength..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Throws a <see cref="FhirException"/> where the token was not made by
    /// this server for this search.</summary>
    public static PageToken Verify(string text, byte[] secret, string search)
    {
        Span<byte> token = stackalloc byte[PayloadLength + SignatureLength];
        var isOurs = text.Length == Base64Url.GetEncodedLength(token.Length)
            && Base64Url.IsValid(text)
            && Base64Url.DecodeFromChars(text, token) == token.Length
            && CryptographicOperations.FixedTimeEquals(
                Signature(secret, search, token[..PayloadLength]), token[PayloadLength..]);
        return isOurs
            ? new(
                BinaryPrimitives.ReadInt64LittleEndian(token),
                BinaryPrimitives.ReadInt64LittleEndian(token[8..]),
                BinaryPrimitives.ReadInt32LittleEndian(token[16..]),
                BinaryPrimitives.ReadInt64LittleEndian(token[20..]))
            : throw new FhirException(Issue.Error(
                IssueCode.Invalid,
                "The page link was not made by this server for this request. Start again from the first page."));
    }

    static byte[] Signature(byte[] secret, string search, ReadOnlySpan<byte> payload)
    {
        byte[] signed = [.. payload, .. Encoding.UTF8.GetBytes(search)];
        return HMACSHA256.HashData(secret, signed)[..SignatureLength];
    }
}
