using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FhirTrials.Storage.Migrations.SqlServer
{
    /// <summary>Lists of words as plain text. The rows of the words stay as they are.</summary>
    public partial class WordLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            Triggers(
                migrationBuilder,
                "STRING_SPLIT(l.[Words], N' ')",
                "REPLACE(w.[value], N'!', N'')",
                "CASE WHEN w.[value] LIKE N'%!' THEN 1 ELSE 0 END",
                "w.[value] <> N''");
            migrationBuilder.Sql("""
                UPDATE [WordList] SET [Words] = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
                [Words], N'{"', N' '), N'":0,"', N' '), N'":1,"', N'! '), N'":0}', N''), N'":1}', N'!')
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            Triggers(migrationBuilder, "OPENJSON(l.[Words])", "w.[key]", "w.[value]", "1 = 1");
            migrationBuilder.Sql("""
                UPDATE [WordList] SET [Words] = N'{"'
                + REPLACE(REPLACE(REPLACE(STUFF([Words], 1, 1, N'') + N' ', N'! ', N'":1,"'), N' ', N'":0,"') + N'}', N',"}', N'}')
                """);
        }

        /// <summary>A trigger must be made by a batch of its own.</summary>
        static void Triggers(MigrationBuilder migrationBuilder, string words, string word, string inNarrative, string isWord)
        {
            migrationBuilder.Sql("DROP TRIGGER [WordListInsert]");
            migrationBuilder.Sql("DROP TRIGGER [WordListDelete]");
            Execute($"""
                CREATE TRIGGER [WordListInsert] ON [WordList] AFTER INSERT AS
                BEGIN
                SET NOCOUNT ON;
                INSERT INTO [WordIndex] ([Type], [Parameter], [Word], [ResourceKey], [InNarrative])
                SELECT l.[Type], l.[Parameter], {word} COLLATE Latin1_General_100_BIN2, l.[ResourceKey], CAST({inNarrative} AS bit)
                FROM inserted AS l CROSS APPLY {words} AS w WHERE {isWord};
                END
                """);
            Execute($"""
                CREATE TRIGGER [WordListDelete] ON [WordList] AFTER DELETE AS
                BEGIN
                SET NOCOUNT ON;
                DELETE x FROM deleted AS l CROSS APPLY {words} AS w
                INNER JOIN [WordIndex] AS x ON x.[Type] = l.[Type] AND x.[Parameter] = l.[Parameter]
                AND x.[Word] = {word} COLLATE Latin1_General_100_BIN2 AND x.[ResourceKey] = l.[ResourceKey];
                END
                """);

            void Execute(string batch) =>
                migrationBuilder.Sql($"EXEC(N'{batch.Replace("'", "''", StringComparison.Ordinal)}')");
        }
    }
}
