using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Tests.Generation;

namespace FhirTrials.Fhir.Tests.Definitions;

/// <summary>Archives that lie about themselves: refused with an issue, and without the memory
/// that they promise to need.</summary>
public sealed class HostilePackageTests : IDisposable
{
    const int Block = 512;

    static readonly byte[] Patient = """{"resourceType":"Patient","id":"a"}"""u8.ToArray();
    static readonly PackageLimits Limits = new() { Bytes = 64 << 20, Files = 100 };

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fhirtrials-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_damaged_archive_is_read_or_refused(int seed)
    {
        var tar = Tar(
            "package/package.json", "package/Patient-a.json", "package/" + new string('n', 150) + "/Patient-b.json");
        Load(Gzip(tar));
        Hostile.Try(seed, 400, 16 << 20, random =>
        {
            var isInside = random.Next(3) > 0;
            var bytes =
                isInside ? Gzip(Header(tar, random)) : Mutation.Of(Gzip(tar), random, "\u001f\u008b", "\0\0\0\0");
            Load(bytes);
        });
    }

    /// <summary>Sizes that a header may state: nothing is set aside for what never comes.</summary>
    [Theory]
    [InlineData('0', 60L << 20)]
    [InlineData('0', 500L << 20)]
    [InlineData('0', (8L << 30) - 1)]
    [InlineData('x', 1L << 30)]
    [InlineData('x', (8L << 30) - 1)]
    [InlineData('g', 1L << 30)]
    [InlineData('L', 1L << 30)]
    [InlineData('K', 1L << 30)]
    [InlineData('5', 1L << 30)]
    public void A_header_that_promises_too_much_costs_nothing(char type, long size)
    {
        var header = Tar("package/Patient-a.json")[..Block];
        header[156] = (byte)type;
        Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0') + "\0").CopyTo(header, 124);
        var archive = Gzip(Signed([.. header, .. new byte[Block]]));
        Hostile.Try(1, 2, 16 << 20, _ => Assert.NotNull(Load(archive)));
    }

    [Fact]
    public void A_bomb_is_refused_when_the_limit_is_reached()
    {
        var header = Tar("package/Patient-a.json")[..Block];
        Encoding.ASCII.GetBytes(Convert.ToString(512L << 20, 8).PadLeft(11, '0') + "\0").CopyTo(header, 124);
        var bomb = new MemoryStream();
        using (var zip = new GZipStream(bomb, CompressionLevel.Fastest))
        {
            zip.Write(Signed(header));
            for (var i = 0; i < 80; i++)
            {
                zip.Write(new byte[1 << 20]);
            }
        }

        Hostile.Try(1, 1, 16 << 20, _ => Assert.Equal(IssueCode.TooCostly, Load(bomb.ToArray())));
    }

    [Fact]
    public void Metadata_without_end_is_refused()
    {
        var header = Tar("package/Patient-a.json")[..Block];
        header[156] = (byte)'g';
        Encoding.ASCII.GetBytes("00000001000\0").CopyTo(header, 124);
        byte[] one = [.. Signed(header), .. new byte[Block]];
        Assert.Equal(IssueCode.Structure, Load(Gzip([.. Enumerable.Repeat(one, 1000).SelectMany(b => b)])));
    }

    /// <summary>The first issue's code, or null where it loads.</summary>
    IssueCode? Load(byte[] archive)
    {
        var path = Path.Combine(_folder.FullName, "p.tgz");
        File.WriteAllBytes(path, archive);
        try
        {
            PackageLoader.Load(path, FhirDefinitions.R4.Types, Limits);
            return null;
        }
        catch (FhirException e)
        {
            return e.Issues[0].Code;
        }
    }

    static byte[] Tar(params string[] names)
    {
        var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var name in names)
            {
                tar.WriteEntry(
                    new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Patient) });
            }
        }

        return buffer.ToArray();
    }

    /// <summary>Damages a header (mostly) and makes its checksum right again: what a
    /// checksum stops would not get far.</summary>
    static byte[] Header(byte[] tar, Random random)
    {
        var damaged = tar.ToArray();
        var at = random.Next(damaged.Length / Block) * Block;
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            damaged[at + random.Next(345)] =
                random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"01234567xgLK25/.\0-"[random.Next(18)];
        }

        Sign(damaged.AsSpan(at, Block));
        return random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
    }

    static byte[] Signed(byte[] tar)
    {
        Sign(tar.AsSpan(0, Block));
        return tar;
    }

    static void Sign(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in header)
        {
            sum += b;
        }

        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
    }

    static byte[] Gzip(byte[] bytes)
    {
        var buffer = new MemoryStream();
        using (var zip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return buffer.ToArray();
    }
}
