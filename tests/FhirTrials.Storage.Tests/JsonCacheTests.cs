using System.Text;

namespace FhirTrials.Storage.Tests;

public sealed class JsonCacheTests
{
    [Fact]
    public void A_version_is_decompressed_once()
    {
        var cache = new JsonCache(100_000);

        var json = cache.Decompress(1, Stored("a"));

        Assert.Equal("a", Encoding.UTF8.GetString(json));
        Assert.Same(json, cache.Decompress(1, Stored("a")));
    }

    [Fact]
    public void Other_bytes_under_the_same_number_are_another_version()
    {
        var cache = new JsonCache(100_000);
        cache.Decompress(1, Stored("a"));

        Assert.Equal("b", Encoding.UTF8.GetString(cache.Decompress(1, Stored("b"))));
    }

    [Fact]
    public void What_is_used_stays_and_what_is_not_goes()
    {
        var cache = new JsonCache(100_000);
        var (used, unused) = (cache.Decompress(1, Stored("a")), cache.Decompress(2, Stored("b")));
        for (var change = 3; change < 1000; change++)
        {
            cache.Decompress(change, Stored(new string('c', 500)));
            Assert.Same(used, cache.Decompress(1, Stored("a")));
        }

        Assert.NotSame(unused, cache.Decompress(2, Stored("b")));
    }

    [Fact]
    public void A_version_that_would_drive_out_many_is_not_kept()
    {
        var cache = new JsonCache(100_000);
        var large = Stored(new string('c', 10_000));

        Assert.NotSame(cache.Decompress(1, large), cache.Decompress(1, large));
    }

    [Fact]
    public void A_deletion_has_nothing() => Assert.Empty(new JsonCache(100_000).Decompress(1, []));

    static byte[] Stored(string json) => StoredJson.Compress(Encoding.UTF8.GetBytes(json));
}
