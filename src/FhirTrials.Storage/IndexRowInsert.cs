using System.Data.Common;
using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace FhirTrials.Storage;

/// <summary>Inserts index rows, of which a resource has some dozens: the bulk of what a write writes.</summary>
static class IndexRowInsert
{
    /// <summary>An embedded engine has no round trips to save, so one prepared command a table beats batches many times over;
    /// a server gets the batches that EF makes.</summary>
    public static async Task Insert(FhirContext context, IReadOnlyCollection<IndexRow> rows, CancellationToken ct)
    {
        if (!context.Database.IsSqlite())
        {
            context.AddRange(rows);
            await context.SaveChangesAsync(ct);
            context.ChangeTracker.Clear();
            return;
        }

        foreach (var table in rows.GroupBy(r => r.GetType()))
        {
            var type = context.Model.FindEntityType(table.Key)!;
            IProperty[] columns = [.. type.GetProperties()];
            await using var command = Command(context, type, columns);
            foreach (var row in table)
            {
                for (var i = 0; i < columns.Length; i++)
                {
                    command.Parameters[i].Value = columns[i].GetGetter().GetClrValue(row) ?? DBNull.Value;
                }

                await command.ExecuteNonQueryAsync(ct);
            }
        }
    }

    static DbCommand Command(FhirContext context, IEntityType type, IProperty[] columns)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        foreach (var column in columns)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + column.Name;
            command.Parameters.Add(parameter);
        }

        var names = string.Join(", ", columns.Select(c => sql.DelimitIdentifier(c.GetColumnName())));
        var values = string.Join(", ", columns.Select(c => "@" + c.Name));
        command.CommandText = $"INSERT INTO {sql.DelimitIdentifier(type.GetTableName()!)} ({names}) VALUES ({values})";
        return command;
    }
}
