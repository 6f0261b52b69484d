using System.Collections.Concurrent;

namespace FhirTrials.Storage;

/// <summary>The JSON of versions that are read again and again, so that each is decompressed once. There are two
/// generations: what is used goes to the younger one, and when that is full the older is forgotten.
/// Thread-safe.</summary>
/// <param name="maxBytes">About how much is kept in all.</param>
sealed class JsonCache(long maxBytes)
{
    /// <summary>A version of more than this share is not kept.</summary>
    const int LargestShare = 64;

    Generation _young = new();
    Generation _old = new();

    /// <param name="change">The version's change number.</param>
    /// <param name="stored">Its bytes: they tell a version from that of another database
    /// which took the place of this one.</param>
    public byte[] Decompress(long change, byte[] stored)
    {
        var young = Volatile.Read(ref _young);
        if (young.Find(change, stored) is { } known)
        {
            return known;
        }

        var json = Volatile.Read(ref _old).Find(change, stored) ?? StoredJson.Decompress(stored);
        if (json.Length is > 0 && json.Length < maxBytes / LargestShare
            && young.Add(change, stored, json) > maxBytes / 2
            && Interlocked.CompareExchange(ref _young, new(), young) == young)
        {
            Volatile.Write(ref _old, young);
        }

        return json;
    }

    sealed class Generation
    {
        readonly ConcurrentDictionary<long, (byte[] Stored, byte[] Json)> _versions = new();
        long _bytes;

        public byte[]? Find(long change, byte[] stored) =>
            _versions.TryGetValue(change, out var kept) && kept.Stored.AsSpan().SequenceEqual(stored)
                ? kept.Json
                : null;

        /// <summary>Gives how many bytes are kept with it.</summary>
        public long Add(long change, byte[] stored, byte[] json)
        {
            _versions[change] = (stored, json);
            return Interlocked.Add(ref _bytes, stored.Length + json.Length);
        }
    }
}
