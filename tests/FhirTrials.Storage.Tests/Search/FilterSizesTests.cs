using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Search;

namespace FhirTrials.Storage.Tests.Search;

public sealed class FilterSizesTests
{
    static readonly SearchFilter Tenth = new IdFilter(["tenth"]), Unknown = new IdFilter(["unknown"]),
        Half = new IdFilter(["half"]);

    static readonly FilterSizes Sizes =
        new([Unknown, Half, Tenth], [null, 50_000, 10_000], [null, null, null], Few: 1000, OfType: 100_000);

    [Fact]
    public void What_is_not_known_drives_no_search() =>
        Assert.Equal((Tenth, 100_000), (Sizes.Least, Sizes.Of(Unknown)));

    /// <summary>Of what is not known a tenth is taken to match: midway between a thousand and all.</summary>
    [Fact]
    public void A_walk_is_longer_the_fewer_match_all_filters() =>
        Assert.Equal(
            (21 * 10 * 2 * 10d, 21 * 10 * 2d), (Math.Round(Sizes.Walk(null, 21)), Math.Round(Sizes.Walk(Tenth, 21))));
}
