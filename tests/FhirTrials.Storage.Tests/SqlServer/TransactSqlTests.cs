using FhirTrials.Storage.Checking;
using FhirTrials.Storage.Tests.Search;
using FhirTrials.Storage.Tests.Writing;
using FhirTrials.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace FhirTrials.Storage.Tests.SqlServer;

/// <summary>SQL Server's own parser reads every statement that is sent to it; no server is needed for that.</summary>
public sealed class TransactSqlTests
{
    const string Engine = nameof(DatabaseProvider.SqlServer);

    [Fact]
    public void The_parser_refuses_what_is_of_the_other_engine() =>
        Assert.NotEmpty(Errors("SELECT 1 FROM \"Resource\" AS r LIMIT 1"));

    public static TheoryData<string> Shapes => [.. SearchSqlTests.Shapes.Select(s => s.Name)];

    [Theory, MemberData(nameof(Shapes))]
    public void The_SQL_of_a_search_is_read(string shape)
    {
        var search = SearchSqlTests.Shapes.Single(s => s.Name == shape).Search;

        Assert.All(SearchSqlTests.Statements(search, Engine), s => Read(s.Sql.Write().Text));
    }

    public static TheoryData<string> Includes => [.. SearchSqlTests.IncludeShapes.Select(s => s.Name)];

    [Theory, MemberData(nameof(Includes))]
    public void The_SQL_of_an_include_is_read(string name)
    {
        var search = SearchSqlTests.IncludeShapes.Single(s => s.Name == name).Search;

        Assert.All(SearchSqlTests.IncludeStatements(search, Engine), sql => Read(sql.Write().Text));
    }

    [Fact]
    public void The_SQL_of_a_write_is_read() =>
        Assert.All(WriteSqlTests.Statements(DatabaseProvider.SqlServer, rows: 2), Read);

    [Fact]
    public void The_SQL_that_checks_and_repairs_words_is_read() =>
        Assert.All([WordSql.Of(DatabaseProvider.SqlServer).Check, WordSql.Of(DatabaseProvider.SqlServer).Fill], Read);

    [Theory, InlineData(MigrationsSqlGenerationOptions.Default), InlineData(MigrationsSqlGenerationOptions.Idempotent)]
    public void The_script_of_the_migrations_is_read_with_what_it_executes(MigrationsSqlGenerationOptions options)
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var script = context.GetService<IMigrator>().GenerateScript(options: options);
        Read(script);

        var executed = new ExecutedTexts();
        Parse(script, out _).Accept(executed);
        Assert.Contains(executed.Texts, t => t.Contains("CREATE TRIGGER", StringComparison.Ordinal));
        Assert.All(executed.Texts, Read);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.SqlServer)]
    public void The_SQL_that_checks_and_repairs_words_is_the_approved_one(DatabaseProvider provider)
    {
        var sql = WordSql.Of(provider);

        Approved.Verify($"{sql.Check}\n\n{sql.Fill}", $"check-words.{provider}", "sql");
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.SqlServer)]
    public void The_script_of_the_migrations_is_the_approved_one(DatabaseProvider provider)
    {
        using FhirContext context = provider switch
        {
            DatabaseProvider.Sqlite => new SqliteDesignTimeFactory().CreateDbContext([]),
            DatabaseProvider.SqlServer => new SqlServerDesignTimeFactory().CreateDbContext([]),
        };

        Approved.Verify(context.GetService<IMigrator>().GenerateScript(), $"migrations.{provider}", "sql");
    }

    /// <summary>It is read, and what it names is there.</summary>
    internal static void Read(string sql)
    {
        var fragment = Parse(sql, out var errors);
        var named = new NamedColumns(Columns);
        fragment.Accept(named);
        Assert.True(
            errors.Count + named.Unknown.Count == 0,
            string.Join('\n', [.. errors.Select(e => $"{e.Line}:{e.Column} {e.Message}"), .. named.Unknown, sql]));
    }

    [Fact]
    public void A_column_that_its_table_lacks_is_told()
    {
        var named = new NamedColumns(Columns);
        Parse("SELECT r.\"Key\", r.\"Word\" FROM \"Resource\" AS r CROSS JOIN (SELECT 1 AS \"Key\") AS k", out _)
            .Accept(named);

        Assert.Equal(["Resource.Word"], named.Unknown);
    }

    /// <summary>Of each table of the model.</summary>
    static readonly ILookup<string, string> Columns = new SqlServerDesignTimeFactory()
        .CreateDbContext([]).Model.GetEntityTypes()
        .SelectMany(t => t.GetProperties().Select(p => (Table: t.GetTableName()!, Column: p.GetColumnName())))
        .ToLookup(c => c.Table, c => c.Column);

    static IReadOnlyList<string> Errors(string sql)
    {
        Parse(sql, out var errors);
        return [.. errors.Select(e => $"{e.Line}:{e.Column} {e.Message}")];
    }

    static TSqlFragment Parse(string sql, out IList<ParseError> errors)
    {
        using var reader = new StringReader(sql);
        return new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out errors);
    }

    /// <summary>Columns that are named with the alias of a table, which no statement here gives twice.</summary>
    sealed class NamedColumns(ILookup<string, string> columns) : TSqlFragmentVisitor
    {
        readonly Dictionary<string, string> _tables = [];
        readonly List<(string Alias, string Column)> _named = [];

        public IReadOnlyCollection<string> Unknown =>
        [
            .. _named.Where(n => _tables.TryGetValue(n.Alias, out var table) && !columns[table].Contains(n.Column))
                .Select(n => $"{_tables[n.Alias]}.{n.Column}"),
        ];

        public override void Visit(NamedTableReference node)
        {
            var table = node.SchemaObject.BaseIdentifier.Value;
            if (columns.Contains(table))
            {
                _tables[node.Alias?.Value ?? table] = table;
            }
        }

        public override void Visit(ColumnReferenceExpression node)
        {
            if (node.MultiPartIdentifier?.Identifiers is [var alias, var column])
            {
                _named.Add((alias.Value, column.Value));
            }
        }
    }

    /// <summary>The texts within EXEC.</summary>
    sealed class ExecutedTexts : TSqlFragmentVisitor
    {
        public List<string> Texts { get; } = [];

        public override void Visit(ExecutableStringList node) =>
            Texts.AddRange(node.Strings.OfType<StringLiteral>().Select(s => s.Value));
    }
}
