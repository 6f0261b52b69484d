using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Search;
using FhirTrials.Trials.Mapping;

namespace FhirTrials.Trials.Matching.Index;

/// <summary>A site of a study.</summary>
/// <param name="Location">The Location's id.</param>
/// <param name="Position">Null where it is not known.</param>
public sealed record StudySite(string Location, SpherePoint? Position);

/// <summary>How far a study is from a place.</summary>
/// <param name="Nearest">The nearest site whose position is known; null where none is.</param>
/// <param name="Kilometres">To that site.</param>
/// <param name="MayBeNearer">Whether there is a site whose position is not known.</param>
public readonly record struct StudyDistance(StudySite? Nearest, double Kilometres, bool MayBeNearer);

/// <summary>What a study may be chosen by, besides the patient. Codes and names in the form of
/// <see cref="Plain"/>.</summary>
/// <param name="Phases">FHIR's codes and the registry's.</param>
/// <param name="Statuses">FHIR's status and the registry's recruitment status.</param>
/// <param name="Conditions">As the study names them.</param>
/// <param name="Sites">Those that may take patients, as far as their own status in the study says; all where none
/// may.</param>
public sealed record StudyFacets(
    ImmutableArray<string> Phases,
    ImmutableArray<string> Statuses,
    ImmutableArray<string> Countries,
    ImmutableArray<string> Conditions,
    ImmutableArray<StudySite> Sites)
{
    static readonly string ProgressStatus = Canonicals.R5("progressStatus");

    static readonly string SiteRecruitment = Canonicals.Ours("site-recruitment");

    /// <param name="study">A ResearchStudy.</param>
    /// <param name="location">The Location of an id, or null.</param>
    public static StudyFacets Of(Element study, Func<string, Element?> location) => new(
        [.. Codes(study.Child("phase")).Select(Plain).Distinct()],
        [.. RegistryStatuses(study).Append(study.ValueOf("status")).OfType<string>().Select(Plain).Distinct()],
        [.. study["location"].SelectMany(c => Codes(c).Append(c.ValueOf("text")))
            .OfType<string>().Select(Plain).Distinct()],
        [.. study["condition"].SelectMany(c => Codes(c).Append(c.ValueOf("text")))
            .OfType<string>().Select(Plain).Distinct()],
        Open([.. study["site"].Select(s => (Site(s, location), StatusOf(s)))]));

    /// <summary>Letters and digits in capitals: <c>PHASE2</c> of <c>phase-2</c> and <c>Phase 2</c>.</summary>
    public static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>How far the study is from a place.</summary>
    public StudyDistance From(NearValue place)
    {
        var (nearest, least, mayBeNearer) = (default(StudySite), double.MaxValue, false);
        foreach (var site in Sites)
        {
            if (site.Position is not { } position)
            {
                mayBeNearer = true;
            }
            else if (NearSearch.Square(place, position) is var square && square < least)
            {
                (nearest, least) = (site, square);
            }
        }

        return new(nearest, nearest is null ? 0 : NearSearch.Kilometres(place, nearest.Position!.Value), mayBeNearer);
    }

    static ImmutableArray<StudySite> Open((StudySite? Site, string? Status)[] sites)
    {
        ImmutableArray<StudySite> open = [.. sites.Where(s => IsOpen(s.Status))
            .Select(s => s.Site).OfType<StudySite>()];
        return open.IsEmpty ? [.. sites.Select(s => s.Site).OfType<StudySite>()] : open;
    }

    static StudySite? Site(Element site, Func<string, Element?> location)
    {
        const string prefix = "Location/";
        if (site.ValueOf("reference") is not { } reference || !reference.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var id = reference[prefix.Length..];
        var place = location(id)?.Child("position");
        return Degrees(place?.ValueOf("latitude")) is { } latitude
            && Degrees(place?.ValueOf("longitude")) is { } longitude
            ? new(id, SpherePoint.Of(latitude, longitude))
            : new(id, null);
    }

    static string? StatusOf(Element site) =>
        site["extension"].FirstOrDefault(e => e.ValueOf("url") == SiteRecruitment)?.Extension("status")?.Value;

    /// <summary>A site that says nothing of itself is as open as its study.</summary>
    static bool IsOpen(string? status) =>
        status is null or "RECRUITING" or "NOT_YET_RECRUITING" or "ENROLLING_BY_INVITATION" or "AVAILABLE";

    static double? Degrees(string? text) => double.TryParse(
        text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture,
        out var degrees)
        && double.IsFinite(degrees) ? degrees : null;

    static IEnumerable<string> RegistryStatuses(Element study) =>
        study["extension"].Where(e => e.ValueOf("url") == ProgressStatus).SelectMany(e => Codes(e.Extension("state")));

    static IEnumerable<string> Codes(Element? concept) =>
        concept?["coding"].Select(c => c.ValueOf("code")).OfType<string>() ?? [];
}
