using System.Text;
using FhirTrials.Tests;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Tests;

/// <summary>The registry records that tests read: the five of examples/, and nine real
/// ones of the reference data.</summary>
static class Records
{
    public static readonly string[] Five = ["NCT01207388", "NCT02013167", "NCT02458014", "NCT04521231", "NCT07192237"];

    public static readonly string[] Nine =
    [
        "NCT00465816", "NCT00763412", "NCT00973089", "NCT02210780", "NCT02552212", "NCT03418623", "NCT03475563",
        "NCT03630471", "NCT05594173",
    ];

    public static TheoryData<string> All => [.. Five, .. Nine];

    /// <summary>The record of that number; the test is skipped where its file is
    /// reference data that is absent.</summary>
    public static RegistryRecord Read(string nctId) => Read(Bytes(nctId));

    public static byte[] Bytes(string nctId) => File.ReadAllBytes(Five.Contains(nctId)
        ? Path.Combine(Repository.Root, "examples", "registry", $"{nctId}.json")
        : Repository.SharedData("ctgov-v2", $"{nctId}.json"));

    public static RegistryRecord Read(byte[] utf8)
    {
        var read = RegistryReader.Read(utf8);
        Assert.DoesNotContain(read.Issues, issue => issue.IsError);
        return read.Record!;
    }

    /// <summary>The smallest record with these further modules of the protocol section, as JSON properties.</summary>
    public static RegistryRecord WithProtocol(string modules) => Read(Encoding.UTF8.GetBytes(
        "{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT00000001\",\"briefTitle\":\"A study\"},"
            + modules + "}}"));
}
