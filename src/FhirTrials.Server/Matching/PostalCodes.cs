using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage;

namespace FhirTrials.Server.Matching;

/// <summary>Where a postal code is, as far as the stored Locations tell: there is no geocoder.</summary>
sealed class PostalCodes(ResourceStore store, FhirDefinitions definitions, TimeProvider clock)
{
    const string Parameter = "Parameters.parameter.where(name = 'zipCode')";

    const int MaxLength = 16;

    const int MaxLocations = 100;

    /// <summary>Locations of one postal code that are farther apart are in different countries.</summary>
    const double MaxSpread = 100;

    /// <summary>The middle of the Locations with exactly that postal code, or why it cannot be told.</summary>
    /// <param name="country">Only Locations in that country; null for all.</param>
    public async Task<(SpherePoint? Place, Issue? Issue)> Find(string code, string? country, CancellationToken ct)
    {
        if (code.Length > MaxLength || !code.All(c => char.IsLetterOrDigit(c) || c is ' ' or '-'))
        {
            throw new FhirException(Issue.Error(
                IssueCode.Value, $"A postal code has letters, digits, blanks and hyphens, {MaxLength} at most.",
                Parameter));
        }

        List<KeyValuePair<string, string>> asked = [new("address-postalcode:exact", code)];
        var query = new SearchQueryParser(definitions, clock).Parse("Location", asked, lenient: false).Query;
        var page = await store.Search(query with { Count = MaxLocations }, null, ct);
        var places = page.Matches.Where(l => country is null || IsIn(country, l))
            .Select(PositionOf).OfType<SpherePoint>()
            .ToImmutableArray();
        if (places.IsEmpty)
        {
            return (null, Issue.Warning(
                IssueCode.NotFound,
                "No stored Location has that postal code and a position: no study is left out for its distance. Ask by "
                    + "near.",
                Parameter));
        }

        var middle = Middle(places);
        return places.Any(p => NearSearch.Kilometres(NearSearch.Within(0, middle), p) > MaxSpread)
            ? (null, Issue.Warning(
                IssueCode.MultipleMatches,
                "Places far apart have that postal code: no study is left out for its distance. Name the country, or "
                    + "ask by near.",
                Parameter))
            : (middle, null);
    }

    bool IsIn(string country, StoredResource location) =>
        Parse(location)?.At("address", "country")?.Value is { } name
        && string.Equals(name, country, StringComparison.OrdinalIgnoreCase);

    SpherePoint? PositionOf(StoredResource location) =>
        Parse(location)?.Child("position") is { } position
        && double.TryParse(
            position.ValueOf("latitude"), System.Globalization.CultureInfo.InvariantCulture, out var latitude)
        && double.TryParse(
            position.ValueOf("longitude"), System.Globalization.CultureInfo.InvariantCulture, out var longitude)
            ? SpherePoint.Of(latitude, longitude)
            : null;

    Fhir.Model.Element? Parse(StoredResource stored) =>
        FhirJson.Read(stored.Json.Span, definitions.Types, ReadLimits.Stored).Resource;

    static SpherePoint Middle(ImmutableArray<SpherePoint> places)
    {
        var (x, y, z) = (places.Sum(p => p.X), places.Sum(p => p.Y), places.Sum(p => p.Z));
        var length = Math.Sqrt((x * x) + (y * y) + (z * z));
        return length > 0 ? new(x / length, y / length, z / length) : places[0];
    }
}
