using System.IO.Compression;
using System.Text;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Importing;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Server.Tests.Importing;

/// <summary>Records are told apart in files of any shape, as a stream.</summary>
public sealed class RecordFilesTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("fhirtrials-files-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.json", """{"b":[1]}""", """: {"b":[1]}""")]
    [InlineData("a.json", """[{"b":[1]}, 2 ,"c"]""", """#1: {"b":[1]}|#2: 2|#3: "c" """)]
    [InlineData("a.json", """{"totalCount":2,"x":{"studies":[7]},"studies":[{"a":1},{}],"nextPageToken":"t"}""",
        """#1: {"a":1}|#2: {}""")]
    [InlineData("a.json", "\uFEFF [1]", "#1: 1")]
    [InlineData("a.json", """{"studies":{}}""", """: {"studies":{}}""")]
    [InlineData("a.json", "[]", "")]
    [InlineData("a.json", "", ": ")]
    [InlineData("a.json", "[1,}", "#1: 1|#2 structure")]
    [InlineData("a.json", """{"studies":[1],"b":}""", "#1: 1|#2 structure")]
    [InlineData("a.json", "[1] 2", "#1: 1|#2 structure")]
    [InlineData("a.json", "{", ": {")]
    [InlineData("a.xml", "  <a>[1]</a>", ":   <a>[1]</a>")]
    [InlineData("a.ndjson", "{}\r\n\n 7\n[1]", ":1: {}\r|:3:  7|:4: [1]")]
    [InlineData("a.jsonl", "{}", ":1: {}")]
    [InlineData("a.zip", "no zip", " structure")]
    public void Records_are_what_the_file_holds(string file, string text, string expected)
    {
        var path = Path.Combine(_folder, file);
        File.WriteAllText(path, text);
        Assert.Equal(expected.TrimEnd(' ').Length == 0 ? "" : expected.TrimEnd(), Records(path).TrimEnd());
    }

    [Theory, InlineData("a.json"), InlineData("a.ndjson"), InlineData("a.zip")]
    public void Many_records_larger_than_a_buffer_come_one_by_one(string file)
    {
        var path = Path.Combine(_folder, file);
        string[] records = [.. Enumerable.Range(0, 40).Select(i => $$"""{"a":"{{new string('é', i * 9000)}}"}""")];
        var text = file == "a.ndjson" ? string.Join('\n', records) : $"{{\"studies\":[{string.Join(",\n", records)}]}}";
        if (file == "a.zip")
        {
            using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
            using var entry = zip.CreateEntry("deep/a.json").Open();
            entry.Write(Encoding.UTF8.GetBytes(text));
        }
        else
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(records, RecordFiles.Read(path).Select(r => Encoding.UTF8.GetString(r.Content.Span)));
    }

    [Theory]
    [InlineData("a.json", "", "", " too-long")]
    [InlineData("a.json", "[1,", ",2]", "#1: 1|#2 too-long")]
    [InlineData("a.ndjson", "1\n", "\n2", ":1: 1|:2 too-long|:3: 2")]
    [InlineData("a.xml", "<", "", " too-long")]
    public void A_record_that_is_too_long_is_refused_without_keeping_it(
        string file, string before, string after, string expected)
    {
        var path = Path.Combine(_folder, file);
        using (var output = File.Create(path))
        {
            output.Write(Encoding.UTF8.GetBytes(before + "\""));
            var part = new byte[1 << 20];
            part.AsSpan().Fill((byte)'x');
            for (var i = 0; i <= 3 * (RegistryReader.MaxBytes >> 20); i++)
            {
                output.Write(part);
            }

            output.Write(Encoding.UTF8.GetBytes("\"" + after));
        }

        Assert.Equal(expected, Records(path));
    }

    [Fact]
    public void A_zip_that_unpacks_to_far_more_than_its_size_is_refused_and_the_rest_of_it_read()
    {
        var path = Path.Combine(_folder, "a.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using (var bomb = zip.CreateEntry("a.ndjson").Open())
            {
                for (var i = 0; i < 40; i++)
                {
                    bomb.Write(new byte[1 << 20]);
                }
            }

            using var sound = zip.CreateEntry("b.json").Open();
            sound.Write("7"u8);
        }

        Assert.Equal("#a.ndjson too-long|#b.json: 7", Records(path));
    }

    [Fact]
    public void A_damaged_zip_gives_what_comes_before_the_damage()
    {
        var path = Path.Combine(_folder, "a.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("a.ndjson").Open();
            var random = new Random(1);
            for (var i = 0; i < 20_000; i++)
            {
                entry.Write(Encoding.UTF8.GetBytes($"{random.NextInt64()}\n"));
            }
        }

        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(bytes.Length / 2, 2000).Fill(0xFF);
        File.WriteAllBytes(path, bytes);

        var records = RecordFiles.Read(path).ToList();
        Assert.True(records.Count > 100);
        Assert.Equal(IssueCode.Structure, records[^1].Refusal?.Code);
    }

    /// <summary>The records with what their names add to that of the file.</summary>
    static string Records(string path) => string.Join('|', RecordFiles.Read(path).Select(r =>
        r.Name[path.Length..] + (r.Refusal is { } issue
            ? $" {issue.Code.ToFhirCode()}" : $": {Encoding.UTF8.GetString(r.Content.Span)}")));
}
