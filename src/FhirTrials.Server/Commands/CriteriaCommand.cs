using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Hosting;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Server.Commands;

/// <summary><c>criteria FILE|-</c>: what the parser reads in a text; no database is
/// needed and nothing is kept.</summary>
static class CriteriaCommand
{
    /// <summary>The largest text read, in bytes.</summary>
    const int MaxBytes = RegistryReader.MaxBytes;

    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Command Command(string[] settings)
    {
        var file = new Argument<string>("FILE|-")
        {
            Description = "Eligibility criteria as plain text, or a registry record (JSON); - reads standard input",
        };
        var json = new Option<bool>("--json") { Description = "One JSON object per criterion, one a line" };
        var command =
            new Command("criteria", "Read eligibility criteria and print what is understood of each.") { file, json };
        command.SetAction((parsed, ct) => Run(parsed.GetValue(file)!, parsed.GetValue(json), settings, ct));
        return command;
    }

    /// <returns>0; 1 where the text cannot be read.</returns>
    static async Task<int> Run(string file, bool json, string[] settings, CancellationToken ct)
    {
        if (file != "-" && !File.Exists(file))
        {
            return Fail($"{file}: there is no such file.");
        }

        await using var input = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        if (await Bounded(input, ct) is not { } bytes)
        {
            return Fail($"{file}: the text is larger than {MaxBytes} bytes.");
        }

        // The criteria are read with the site's terminology.
        await using var app = FhirTrialsApp.Build(settings);
        var (text, problems) = Read(file, bytes);
        if (text is null)
        {
            return Fail([.. problems]);
        }

        await using var output = Console.OpenStandardOutput();
        await using var buffered = new BufferedStream(output, 1 << 16);
        foreach (var criterion in CriteriaParser.Parse(text))
        {
            if (json)
            {
                CriterionJson.Write(buffered, criterion);
                buffered.WriteByte((byte)'\n');
            }
            else
            {
                await buffered.WriteAsync(Utf8.GetBytes(CriterionOutline.Of(criterion)), ct);
            }
        }

        return 0;
    }

    /// <summary>All of the input; null where it is too large.</summary>
    static async Task<byte[]?> Bounded(Stream input, CancellationToken ct)
    {
        using var read = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await input.ReadAsync(buffer, ct) is > 0 and var count)
        {
            if (read.Length + count > MaxBytes)
            {
                return null;
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    static (EligibilityText? Text, ImmutableArray<string> Problems) Read(string file, byte[] bytes)
    {
        var content = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
        if (content.Span.TrimStart(" \t\r\n"u8) is [(byte)'{', ..])
        {
            var record = RegistryReader.Read(content);
            return record.Record is { } study ? (EligibilityModule.TextOf(study), [])
                : (null, [.. record.Issues.Select(i => IssueLine.Of(file, i))]);
        }

        try
        {
            var text = Utf8.GetString(content.Span);
            return (new(text, []) { MaxCriteria = int.MaxValue, MaxLength = int.MaxValue }, []);
        }
        catch (DecoderFallbackException e)
        {
            return (null, [$"{file}: the text is not UTF-8 (byte {e.Index})."]);
        }
    }

    static int Fail(params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            Console.Error.WriteLine(line);
        }

        return 1;
    }
}
