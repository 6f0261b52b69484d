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
    internal static readonly (string Name, string Search)[] Shapes =
    [
        ("id", "Patient?_id=ann"),
        ("ids", "Patient?_id=ann,bob"),
        ("last-updated", "Patient?_lastUpdated=ge2024-05-17"),
        ("token", "Patient?gender=female"),
        ("token-with-system", "Patient?identifier=http://s.test|1,http://s.test|2"),
        ("token-of-system", "Patient?identifier=http://s.test|"),
        ("token-without-system", "Patient?identifier=|1"),
        ("token-not", "Patient?gender:not=female"),
        ("token-in", "Patient?gender:in=http://hl7.org/fhir/ValueSet/administrative-gender"),
        ("words", "Patient?_content=ann bob"),
        ("word-of-narrative", "Patient?_text=ann"),
        ("list", "Patient?_list=ann"),
        ("filter", "Patient?_filter=gender eq female and (name ew ann or birthdate po 1980) and family ne bob"),
        ("string-starts-with", "Patient?name=ann"),
        ("string-contains", "Patient?name:contains=ann"),
        ("title-contains", "ResearchStudy?title:contains=blinatu"),
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
        ("near-sorted", "Location?near=52.5|13.4|10|km&_sort=near"),
        ("near-sorted-with-more", "Location?near=52.5|13.4|10|km&name=ann&_sort=near,-_lastUpdated"),
        ("near-sorted-descending", "Location?near=52.5|13.4|10|km&_sort=-near"),
        ("missing", "Patient?birthdate:missing=true"),
        ("composite", "Observation?code-value-quantity=http://loinc.org|718-7$gt5"),
        ("chain", "Observation?patient.name=ann"),
        ("chain-by-url", "PlanDefinition?definition:ActivityDefinition.name=blin"),
        ("has", "Patient?_has:Observation:patient:code=718-7"),
        ("chain-deep", "Observation?patient.organization.partof.name=ann"),
        ("has-deep", "Organization?_has:Patient:organization:_has:Observation:patient:code=718-7"),
        ("several", "Patient?gender=female&birthdate=lt1980&name=ann"),
        ("sort", "Patient?_sort=-birthdate,family"),
        ("sort-of-common", "Patient?gender=female&_sort=-birthdate"),
        ("sort-by-quantity", "Observation?_sort=value-quantity"),
        ("sort-by-last-updated", "Patient?_sort=-_lastUpdated"),
    ];

    static readonly SearchQueryParser Parser = new(FhirDefinitions.R4);

    public static TheoryData<string, string> Engines => new MatrixTheoryData<string, string>(
        Shapes.Select(s => s.Name), [nameof(DatabaseProvider.Sqlite), nameof(DatabaseProvider.SqlServer)]);

    [Theory, MemberData(nameof(Engines))]
    public void The_SQL_of_a_search_is_the_approved_one(string shape, string engine) =>
        Approved.Verify(
            Text(Statements(Shapes.Single(s => s.Name == shape).Search, engine)), $"{shape}.{engine}", "sql");

    [Theory]
    [InlineData("later-page", "Patient?_sort=-birthdate,family", "Sqlite")]
    [InlineData("later-page", "Patient?_sort=-birthdate,family", "SqlServer")]
    [InlineData("later-page-by-last-updated", "Patient?_sort=_lastUpdated", "Sqlite")]
    [InlineData("later-page-by-last-updated", "Patient?_sort=_lastUpdated", "SqlServer")]
    public void The_SQL_of_a_later_page_is_the_approved_one(string name, string search, string engine) =>
        Approved.Verify(Text(Statements(search, engine, Place)), $"{name}.{engine}", "sql");

    /// <summary>Where a page of patients ended.</summary>
    internal static OrderedPlace Place => new(
        42,
        new("Patient", "ann", 1, DateTimeOffset.UnixEpoch, 42, StoredBy.Create, default),
        new SearchIndexer(FhirDefinitions.R4).Index(TestStore.Resource(
            """{"resourceType":"Patient","id":"ann","birthDate":"1980-03","name":[{"family":"Ann"}]}""")));

    static readonly (string Name, string Search)[] Includes =
    [
        ("include", "Observation?_include=Observation:subject:Patient"),
        ("include-by-url", "PlanDefinition?_include=PlanDefinition:definition"),
        ("include-any", "Observation?_include=*"),
        ("revinclude", "Patient?_revinclude=Observation:subject"),
        ("revinclude-by-url", "ActivityDefinition?_revinclude=PlanDefinition:definition"),
    ];

    public static TheoryData<string, string> IncludeEngines => new MatrixTheoryData<string, string>(
        Includes.Select(s => s.Name), [nameof(DatabaseProvider.Sqlite), nameof(DatabaseProvider.SqlServer)]);

    [Theory, MemberData(nameof(IncludeEngines))]
    public void The_SQL_of_an_include_is_the_approved_one(string name, string engine) => Approved.Verify(
        Text(IncludeStatements(Includes.Single(i => i.Name == name).Search, engine).Select(sql => (name, sql))),
        $"{name}.{engine}", "sql");

    internal static IEnumerable<Sql> IncludeStatements(string search, string engine)
    {
        var query = Query(search);
        var names = Names(query);
        names.Learn(new()
        {
            Kind = NameKind.IndexKey, Id = 77, Value = CanonicalUrl.IndexOf("ActivityDefinition", FhirDefinitions.R4)!,
        });
        names.Learn(new() { Kind = NameKind.ResourceType, Id = 78, Value = "ActivityDefinition" });
        var type = names.Type(query.ResourceType);
        ResourceRow[] rows = [.. new[] { "ann", "bob" }
            .Select((id, i) => new ResourceRow { Key = 40 + i, Type = type, Id = id, Json = [], Hash = [] })];
        var sql = new IncludeSql(SqlDialect.Of(Enum.Parse<DatabaseProvider>(engine)), FhirDefinitions.R4, names);
        return query.Includes.SelectMany(i => i.Reverse ? sql.Referring(i, rows, 5001) : sql.Referred(i, rows, 5001));
    }

    internal static IEnumerable<(string Name, string Search)> IncludeShapes => Includes;

    [Theory, MemberData(nameof(Engines))]
    public void No_value_of_a_search_stands_in_the_text_of_a_command(string shape, string engine)
    {
        var statements = Statements(Shapes.Single(s => s.Name == shape).Search, engine);
        foreach (var text in statements.Select(s => s.Sql.Write().Text))
        {
            foreach (var value in (string[])[
                "ann", "bob", "female", "http", "1980", "0.25", "5.4", "718", "52.", "blin",
            ])
            {
                Assert.DoesNotContain(value, text, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    /// <summary>Every statement that a search may send: the estimates of its filters and of the type, the pages of each
    /// path that may be chosen, and the total.</summary>
    internal static IReadOnlyList<(string Name, Sql Sql)> Statements(
        string search, string engine, OrderedPlace? after = null)
    {
        var query = Query(search);
        var names = Names(query);
        var dialect = SqlDialect.Of(Enum.Parse<DatabaseProvider>(engine));
        var type = new SearchOfType(query.ResourceType, query.Filters, [.. query.Types[0].Sort.Select(SortColumn.Of)]);
        var drivers = type.Filters.Where(FilterSql.CanDrive).ToList();
        var start = new PageStart(
            1000,
            after is null ? null : (after.Key, [.. type.Sort.Select(c => c.ValueAt(after, new RowOrder(dialect)))]));
        SearchSql Sql() => new(dialect, FhirDefinitions.R4, names);

        var statements = new List<(string, Sql)>();
        if (drivers.Count > 0)
        {
            statements.Add(("estimates", Sql().Estimates(type.Type, drivers, new DatabaseOptions().FewMatches)));
            statements.Add(("estimate of all", Sql().Estimate(type.Type, new DatabaseOptions().FewMatches)));
        }

        foreach (var path in SearchPlanner.Paths(type))
        {
            statements.AddRange(path is SearchPath.Outwards outwards
                ? Outwards(Sql(), type, outwards, start)
                : Sql().Pages(type, path, start, 21).Select(page => (path.GetType().Name, page)));
        }

        var driver = drivers.Count > 0 ? new SearchPath.FromKeys(drivers[0]) : null;
        statements.Add(("total", Sql().Total(type.Type, type.Filters, driver)));
        foreach (var slow in drivers.Where(FilterSql.IsSlow))
        {
            var known = new SearchPath.FromKeys(slow, "[41,42]");
            statements.AddRange(Sql().Pages(type, known, start, 21).Select(page => ("FromKeys", page)));
            statements.Add(("total", Sql().Total(type.Type, type.Filters, known)));
        }

        return statements;
    }

    /// <summary>The places of a circle, what is at one of them, and what is beyond.</summary>
    static (string, Sql)[] Outwards(SearchSql sql, SearchOfType type, SearchPath.Outwards path, PageStart start) =>
    [
        ("Places", sql.Places(type, path, path.Near, -1, 33)),
        ("AtPlace", sql.AtPlace(type, path, new(0, 0.6, 0.8), 0.01, start, 21)),
        ("Within", sql.Within(type, path, path.Near, 0.01, start, 21)),
    ];

    static string Text(IEnumerable<(string Name, Sql Sql)> statements)
    {
        var text = new StringBuilder();
        foreach (var (name, sql) in statements)
        {
            var (command, values) = sql.Write();
            text.Append("-- ").Append(name).Append('\n').Append(command).Append('\n').Append("-- ")
                .AppendJoin(", ", values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture))).Append("\n\n");
        }

        return text.ToString();
    }

    static SearchQuery Query(string search)
    {
        var parts = search.Split('?');
        var parsed = Parser.Parse(parts[0], TestStore.Parameters(parts[1]), lenient: false);
        Assert.Empty(parsed.Issues);
        return parsed.Query;
    }

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
