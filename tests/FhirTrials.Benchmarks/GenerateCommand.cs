using System.Globalization;
using FhirTrials.Tests.Studies;

namespace FhirTrials.Benchmarks;

/// <summary>Writes generated studies to a file, one a line.</summary>
static class GenerateCommand
{
    /// <param name="args">How many, the file, and the seed (2026).</param>
    public static int Run(string[] args)
    {
        var count = int.Parse(args[0], CultureInfo.InvariantCulture);
        var seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 2026;
        using var file = File.Create(args[1]);
        foreach (var study in StudyGenerator.Of(Checkout.Root).Studies(seed, count))
        {
            file.Write(study);
            file.WriteByte((byte)'\n');
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} studies, {file.Length / 1e6:0} MB, {file.Length / 1e3 / count:0.0} KB each"));
        return 0;
    }
}
