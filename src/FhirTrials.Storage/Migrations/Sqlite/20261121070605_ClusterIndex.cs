using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FhirTrials.Storage.Migrations.Sqlite
{
    /// <summary>Keeps index rows in their primary key's tree, as SQL Server does, instead of a table and a tree of keys beside
    /// it: each row is written once less, and those of a resource lie together. EF has no words for it, so the model stays as it
    /// is.</summary>
    public partial class ClusterIndex : Migration
    {
        const string Common = "\"Type\" INTEGER NOT NULL, \"Parameter\" INTEGER NOT NULL, \"Group\" INTEGER NOT NULL";

        static readonly (string Table, string Columns, string[] Indexes)[] Tables =
        [
            ("DateIndex", "\"Start\" INTEGER NOT NULL, \"End\" INTEGER NOT NULL",
                ["Type_Parameter_Start_End_ResourceKey_Group", "Type_Parameter_End_ResourceKey"]),
            ("NumberIndex", "\"Low\" REAL NOT NULL, \"High\" REAL NOT NULL",
                ["Type_Parameter_Low_High_ResourceKey_Group"]),
            ("PositionIndex", "\"X\" REAL NOT NULL, \"Y\" REAL NOT NULL, \"Z\" REAL NOT NULL",
                ["Type_Parameter_Z_X_Y_ResourceKey"]),
            ("QuantityIndex",
                "\"Low\" REAL NOT NULL, \"High\" REAL NOT NULL, \"System\" INTEGER NOT NULL, \"Code\" TEXT NOT NULL, "
                + "\"Unit\" TEXT NOT NULL",
                ["Type_Parameter_Low_High_System_Code_ResourceKey_Group"]),
            ("ReferenceIndex", "\"TargetType\" INTEGER NOT NULL, \"Target\" TEXT NOT NULL, \"Version\" TEXT NULL",
                ["TargetType_Target_Parameter_ResourceKey", "Type_Parameter_Target_TargetType_ResourceKey_Group"]),
            ("StringIndex", "\"Value\" TEXT NOT NULL, \"Whole\" TEXT NULL, \"Text\" TEXT NOT NULL",
                ["Type_Parameter_Value_ResourceKey"]),
            ("TokenIndex", "\"System\" INTEGER NOT NULL, \"Code\" TEXT NOT NULL",
                ["Type_Parameter_Code_System_ResourceKey_Group", "Type_Parameter_Code_ResourceKey_System_Group"]),
            ("UriIndex", "\"Value\" TEXT NOT NULL", ["Type_Parameter_Value_ResourceKey"]),
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => Rebuild(migrationBuilder, " WITHOUT ROWID");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => Rebuild(migrationBuilder, "");

        static void Rebuild(MigrationBuilder migrationBuilder, string option)
        {
            foreach (var (table, columns, indexes) in Tables)
            {
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" RENAME TO \"{table}Before\"");
                migrationBuilder.Sql(
                    $"CREATE TABLE \"{table}\" (\"ResourceKey\" INTEGER NOT NULL, \"Ordinal\" INTEGER NOT NULL, {columns}, {Common}, "
                    + $"CONSTRAINT \"PK_{table}\" PRIMARY KEY (\"ResourceKey\", \"Ordinal\")){option}");
                migrationBuilder.Sql($"INSERT INTO \"{table}\" SELECT * FROM \"{table}Before\"");
                migrationBuilder.Sql($"DROP TABLE \"{table}Before\"");
                foreach (var index in indexes)
                {
                    migrationBuilder.Sql(
                        $"CREATE INDEX \"IX_{table}_{index}\" ON \"{table}\" (\"{index.Replace("_", "\", \"")}\")");
                }
            }
        }
    }
}
