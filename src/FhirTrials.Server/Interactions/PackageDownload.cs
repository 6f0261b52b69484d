using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Configuration;
using Microsoft.Net.Http.Headers;

namespace FhirTrials.Server.Interactions;

/// <summary>The profiles and all that belongs to them as one FHIR package —
/// https://confluence.hl7.org/display/FHIR/NPM+Package+Specification</summary>
static class PackageDownload
{
    public const string Path = "/package.tgz";

    public static IResult Handle(ProfileArchive archive) => archive.Content is var (bytes, hash)
        ? Results.Bytes(bytes, "application/gzip", entityTag: new EntityTagHeaderValue($"\"{hash}\""))
        : throw new FhirException(
            Issue.Error(IssueCode.NotFound, "This server was started without a package of profiles."));
}
