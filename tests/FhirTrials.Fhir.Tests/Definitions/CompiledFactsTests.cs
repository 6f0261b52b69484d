using FhirTrials.Fhir.Compiler;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Tests;

namespace FhirTrials.Fhir.Tests.Definitions;

public sealed class CompiledFactsTests
{
    static readonly string Committed =
        Path.Combine(Repository.Root, "src", "FhirTrials.Fhir", "Definitions", "r4.facts.bin");

    [Fact]
    public void Compiling_the_package_again_gives_the_committed_bytes() =>
        Assert.True(PackageCompiler.Compile(R4Package.Folder).AsSpan().SequenceEqual(File.ReadAllBytes(Committed)));

    [Fact]
    public void No_prose_of_the_definitions_is_carried_over()
    {
        var facts = File.ReadAllText(Committed);
        Assert.DoesNotContain("All FHIR elements must have a @value or children", facts, StringComparison.Ordinal);
        Assert.DoesNotContain("Demographics and other administrative information", facts, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_layout_is_refused() =>
        Assert.Throws<InvalidDataException>(() => new FactFile([.. "FTR4\x01\0\0\0"u8, .. new byte[64]]));
}
