using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Validation;
using FhirTrials.Tests;

namespace FhirTrials.Trials.Tests.Profiles;

/// <summary>The package speaks to people, shows examples, and is what others take for FHIR.</summary>
public sealed class PackageDocumentationTests
{
    static readonly Element[] Structures =
        [.. ProfilePackage.Resources.Where(r => r.Type.Name == "StructureDefinition")];

    static readonly Element[] Examples =
    [
        .. Directory.EnumerateFiles(Path.Combine(ProfilePackage.Folder, "example")).Order(StringComparer.Ordinal)
            .Select(ProfilePackage.Read),
    ];

    [Fact]
    public void Everything_has_a_description_a_name_and_a_publisher() => Assert.Empty(
        from resource in ProfilePackage.Resources
        from part in (string[])["description", "name", "publisher", "status", "version"]
        where resource.ValueOf(part) is null
        select $"{resource.Type.Name}/{resource.Id}: {part}");

    [Fact]
    public void A_profile_says_what_it_is_for_and_what_it_defines() => Assert.Empty(
        from profile in Structures
        where profile.ValueOf("type") != "Extension"
        where profile.ValueOf("purpose") is null || profile.ValueOf("title") is null
            || profile.At("differential", "element")?.ValueOf("definition") is null
        select profile.Id);

    /// <summary>But for what an extension must say of its own parts (url, value, no
    /// further extensions), and slicing.</summary>
    [Fact]
    public void An_element_that_is_constrained_says_what_it_is() => Assert.Empty(
        from structure in Structures
        from element in structure.Child("differential")!["element"]
        let id = element.ValueOf("id")!
        let isExtension = structure.ValueOf("type") == "Extension"
        where element.ValueOf("max") != "0" && element.ValueOf("short") is null
        where id.Split('.')[^1] is not "extension" && !(isExtension && id.Split('.')[^1] is "url" or "value[x]")
        select $"{structure.Id}: {id}");

    [Fact]
    public void Each_profile_has_an_example()
    {
        var shown = Examples.SelectMany(e => e.Child("meta")!["profile"]).Select(p => p.Value).ToList();
        Assert.Equal(
            Structures.Where(s => s.ValueOf("type") != "Extension").Select(s => s.ValueOf("url"))
                .Order(StringComparer.Ordinal),
            shown.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_example_is_valid_and_named_by_type_and_id()
    {
        var validator = new Validator(FhirDefinitions.R4.With(ProfilePackage.Resources), TimeProvider.System);
        Assert.Empty(
            from example in Examples
            from issue in validator.Validate(example)
            where issue.IsError
            select $"{example.Type.Name}/{example.Id}: {issue.Expression}: {issue.Diagnostics}");
        Assert.Equal(
            Examples.Select(e => $"{e.Type.Name}-{e.Id}.json"),
            Directory.EnumerateFiles(Path.Combine(ProfilePackage.Folder, "example")).Select(f => Path.GetFileName(f)!)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task HL7s_JSON_schema_accepts_every_file()
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(ProfilePackage.Folder, "*.json", SearchOption.AllDirectories)
                .Where(f => Path.GetFileName(f) != "package.json").Order(StringComparer.Ordinal),
        ];
        var answers = await NodeJudge.Ask("schema.mjs", "ajv", new JsonArray([.. files.Select(f => (JsonNode)f)]));
        Assert.Equal(files.Length, answers.Length);
        Assert.Empty(files.Zip(answers).Where(a => a.Second.GetArrayLength() > 0)
            .Select(a => $"{Path.GetFileName(a.First)}: "
                + $"{a.Second.GetRawText()[..Math.Min(300, a.Second.GetRawText().Length)]}"));
    }
}
