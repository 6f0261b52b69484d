using System.Text;

namespace FhirTrials.Fhir.Tests.Generation;

/// <summary>Damages bytes in a few places, seeded: changes, removes, repeats, and puts in pieces that mean something to
/// whoever reads them.</summary>
static class Mutation
{
    const int MostChanges = 3;
    const int LongestCut = 20;
    const int LongestCopy = 40;

    public static byte[] Of(ReadOnlySpan<byte> bytes, Random random, params ReadOnlySpan<string> pieces)
    {
        var damaged = new List<byte>(bytes.Length + 64);
        damaged.AddRange(bytes);
        for (var changes = random.Next(1, MostChanges + 1); changes > 0; changes--)
        {
            Change(damaged, random, pieces);
        }

        return [.. damaged];
    }

    public static string Of(string text, Random random, params ReadOnlySpan<string> pieces) =>
        Encoding.UTF8.GetString(Of(Encoding.UTF8.GetBytes(text), random, pieces));

    static void Change(List<byte> bytes, Random random, ReadOnlySpan<string> pieces)
    {
        var at = random.Next(bytes.Count + 1);
        switch (random.Next(4))
        {
            case 0 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, Math.Min(random.Next(1, LongestCut), bytes.Count - at));
                break;
            case 2:
                var from = random.Next(bytes.Count + 1);
                bytes.InsertRange(at, bytes.GetRange(from, Math.Min(random.Next(1, LongestCopy), bytes.Count - from)));
                break;
            default:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]));
                break;
        }
    }
}
