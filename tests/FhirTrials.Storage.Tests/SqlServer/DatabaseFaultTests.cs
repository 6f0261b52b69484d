using System.Reflection;
using FhirTrials.Fhir.Outcomes;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Tests.SqlServer;

/// <summary>What the errors of either engine mean.</summary>
public sealed class DatabaseFaultTests
{
    /// <summary>Severities as <c>sys.messages</c> has them; -2 and 64 are the driver's own.</summary>
    [Theory]
    [InlineData(1205, 13, "conflict")]
    [InlineData(1222, 16, "conflict")]
    [InlineData(3960, 16, "conflict")]
    [InlineData(-2, 11, "away")]
    [InlineData(64, 20, "away")]
    [InlineData(701, 17, "away")]
    [InlineData(942, 14, "away")]
    [InlineData(976, 14, "away")]
    [InlineData(983, 14, "away")]
    [InlineData(1105, 17, "away")]
    [InlineData(3906, 16, "away")]
    [InlineData(4060, 11, "away")]
    [InlineData(9002, 17, "away")]
    [InlineData(10054, 20, "away")]
    [InlineData(18456, 14, "away")]
    [InlineData(40197, 17, "away")]
    [InlineData(40501, 20, "away")]
    [InlineData(40613, 17, "away")]
    [InlineData(49918, 16, "away")]
    [InlineData(208, 16, "fault")]
    [InlineData(547, 16, "fault")]
    [InlineData(2601, 14, "fault")]
    [InlineData(2627, 14, "fault")]
    [InlineData(8152, 16, "fault")]
    public void An_error_of_SQL_Server_is_told_as_what_it_means(int number, byte severity, string meaning) =>
        Is(SqlError(number, severity), meaning, $"SQL Server error {number}, severity {severity}");

    [Theory]
    [InlineData(5, "conflict")]
    [InlineData(6, "conflict")]
    [InlineData(3, "away")]
    [InlineData(8, "away")]
    [InlineData(10, "away")]
    [InlineData(13, "away")]
    [InlineData(14, "away")]
    [InlineData(26, "away")]
    [InlineData(1, "fault")]
    [InlineData(19, "fault")]
    public void An_error_of_SQLite_is_told_as_what_it_means(int code, string meaning) =>
        Is(new SqliteException("of ann", code), meaning, $"SQLite error {code}");

    [Fact]
    public void What_no_engine_says_is_no_fault_of_one()
    {
        var e = new FhirException(Issue.Error(IssueCode.Conflict, "x"));

        Assert.False(DatabaseFault.IsOfDatabase(e) || DatabaseFault.IsConflict(e) || DatabaseFault.IsAway(e));
    }

    /// <summary>Alone and as EF wraps it.</summary>
    static void Is(Exception fault, string meaning, string code)
    {
        foreach (var e in (Exception[])[fault, new DbUpdateException("of ann", fault)])
        {
            Assert.True(DatabaseFault.IsOfDatabase(e));
            Assert.Equal(
                meaning, DatabaseFault.IsConflict(e) ? "conflict" : DatabaseFault.IsAway(e) ? "away" : "fault");
            Assert.Equal(code, DatabaseFault.Code(e));
        }
    }

    /// <summary>The driver lets nobody else make one.</summary>
    static SqlException SqlError(int number, byte severity)
    {
        const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;
        var constructor = typeof(SqlError).GetConstructors(Hidden)
            .First(c => c.GetParameters() is [{ ParameterType.Name: "Int32" }, ..]);
        object?[] values =
        [
            .. constructor.GetParameters().Select(p => (object?)(p.Name switch
            {
                "infoNumber" => number,
                "errorClass" => severity,
                _ => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType)
                    : p.ParameterType == typeof(string) ? "of ann"
                    : null,
            })),
        ];
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [constructor.Invoke(values)]);
        return (SqlException)typeof(SqlException)
            .GetMethod("CreateException", Hidden, [typeof(SqlErrorCollection), typeof(string)])!
            .Invoke(null, [errors, "16.0"])!;
    }
}
