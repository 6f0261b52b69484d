using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;
using FhirTrials.Storage.Search;
using FhirTrials.Tests;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Tests.Search;

/// <summary>The SQL of every search shape on either engine; no server is needed to write it.</summary>
public sealed class SearchSqlTests
{
    static readonly (string Name, string Search)[] Shapes =
    [
        ("id", "Patient?_id=ann"),
        ("ids", "Patient?_id=ann,bob"),
        ("last-updated", "Patient?_lastUpdated=ge2024-05-17"),
        ("token", "Patient?gender=female"),
        ("token-with-system", "Patient?identifier=http://s.test|1,http://s.test|2"),
        ("token-of-system", "Patient?identifier=http://s.test|"),
        ("token-without-system", "Patient?identifier=|1"),
        ("token-not", "Patient?gender:not=female"),
        ("string-starts-with", "Patient?name=ann"),
        ("string-contains", "Patient?name:contains=ann"),
        ("string-exact", "Patient?name:exact=Ann"),
        ("date", "Patient?birthdate=1980-03"),
        ("date-ge", "Patient?birthdate=ge1980-03"),
        ("number", "RiskAssessment?probability=0.25"),
        ("quantity", "Observation?value-quantity=5.4"),
        ("quantity-with-unit", "Observation?value-quantity=gt5.4|http://unitsofmeasure.org|mg"),
        ("reference", "Observation?subject=Patient/ann"),
        ("reference-identifier", "Observation?subject:identifier=http://s.test|1"),
        ("uri", "ActivityDefinition?url=http://a.test/1"),
        ("uri-below", "ActivityDefinition?url:below=http://a.test/"),
        ("uri-above", "ActivityDefinition?url:above=http://a.test/b/c"),
        ("near", "Location?near=52.5|13.4|10|km"),
        ("missing", "Patient?birthdate:missing=true"),
        ("composite", "Observation?code-value-quantity=http://loinc.org|718-7$gt5"),
        ("chain", "Observation?patient.name=ann"),
        ("chain-by-url", "PlanDefinition?definition:ActivityDefinition.name=blin"),
        ("has", "Patient?_has:Observation:patient:code=718-7"),
        ("several", "Patient?gender=female&birthdate=lt1980&name=ann"),
        ("sort", "Patient?_sort=-birthdate,family"),
        ("sort-by-last-updated", "Patient?_sort=-_lastUpdated"),
    ];

    static readonly SearchQueryParser Parser = new(FhirDefinitions.R4);

    public static TheoryData<string, string> Engines => new MatrixTheoryData<string, string>(
        Shapes.Select(s => s.Name), [nameof(DatabaseProvider.Sqlite), nameof(DatabaseProvider.SqlServer)]);

    [Theory, MemberData(nameof(Engines))]
    public void The_SQL_of_a_search_is_the_approved_one(string shape, string engine)
    {
        var query = Query(Shapes.Single(s => s.Name == shape).Search);
        using var context = Context(engine);
        var names = Names(query);
        var matches = new SearchTranslator(context, FhirDefinitions.R4, names).Matches(query);
        var page = new SearchOrder(context, names, query.Sort).Sort(matches).Take(21);

        Approved.Verify(page.ToQueryString(), $"{shape}.{engine}", "sql");
    }

    [Theory, InlineData("Sqlite"), InlineData("SqlServer")]
    public void The_SQL_of_a_later_page_is_the_approved_one(string engine)
    {
        var query = Query("Patient?_sort=-birthdate,family");
        using var context = Context(engine);
        var names = Names(query);
        var resource = TestStore.Resource("""{"resourceType":"Patient","id":"ann","birthDate":"1980-03","name":[{"family":"Ann"}]}""");
        var place = new OrderedPlace(
            42,
            new("Patient", "ann", 1, DateTimeOffset.UnixEpoch, 42, StoredBy.Create, default),
            new SearchIndexer(FhirDefinitions.R4).Index(resource));
        var order = new SearchOrder(context, names, query.Sort);
        var matches = new SearchTranslator(context, FhirDefinitions.R4, names).Matches(query);

        Approved.Verify(order.Sort(order.After(matches, place)).Take(21).ToQueryString(), $"later-page.{engine}", "sql");
    }

    [Theory, MemberData(nameof(Engines))]
    public void No_value_of_a_search_stands_in_the_text_of_a_command(string shape, string engine)
    {
        var query = Query(Shapes.Single(s => s.Name == shape).Search);
        using var context = Context(engine);
        var sql = new SearchTranslator(context, FhirDefinitions.R4, Names(query)).Matches(query).ToQueryString();
        var command = string.Join('\n', sql.Split('\n').Where(line => !line.StartsWith(".param", StringComparison.Ordinal)
            && !line.StartsWith("DECLARE", StringComparison.Ordinal)));

        foreach (var value in (string[])["ann", "bob", "female", "http", "1980", "0.25", "5.4", "718", "52.", "blin"])
        {
            Assert.DoesNotContain(value, command, StringComparison.OrdinalIgnoreCase);
        }
    }

    static SearchQuery Query(string search)
    {
        var parts = search.Split('?');
        var parsed = Parser.Parse(parts[0], TestStore.Parameters(parts[1]), lenient: false);
        Assert.Empty(parsed.Issues);
        return parsed.Query;
    }

    static FhirContext Context(string engine) => engine == nameof(DatabaseProvider.Sqlite)
        ? new SqliteDesignTimeFactory().CreateDbContext([])
        : new SqlServerDesignTimeFactory().CreateDbContext([]);

    /// <summary>Every name of the search under a number, in order.</summary>
    static InternedNames Names(SearchQuery query)
    {
        var names = new InternedNames(new(DatabaseProvider.Sqlite, "Data Source=:memory:"));
        foreach (var kind in SearchNames.Of(query, FhirDefinitions.R4).Distinct().GroupBy(n => n.Kind, n => n.Value))
        {
            foreach (var (i, value) in kind.Index())
            {
                names.Learn(new() { Kind = kind.Key, Id = i + 1, Value = IndexText.Key(value) });
            }
        }

        return names;
    }
}
