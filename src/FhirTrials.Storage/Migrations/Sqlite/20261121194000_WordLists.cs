using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FhirTrials.Storage.Migrations.Sqlite
{
    /// <summary>Lists of words as plain text: what the full-text index takes, but for the type before each word. The table is by the
    /// row's number, where a page holds long rows, which else go to pages of their own. The full-text index stays as it is.</summary>
    public partial class WordLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            Replace(
                migrationBuilder,
                "(\"ResourceKey\")",
                "",
                """
                replace(replace(replace(replace(replace("Words", '{"', ' '), '":0,"', ' '), '":1,"', '! '), '":0}', ''), '":1}', '!')
                """,
                """
                replace("Words", ' ', ' ' || "Type" || 'x')
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            Replace(
                migrationBuilder,
                "(\"ResourceKey\", \"Ordinal\")",
                "WITHOUT ROWID",
                """
                '{"' || replace(replace(rtrim(substr("Words", 2), '!'), '! ', '":1,"'), ' ', '":0,"')
                || CASE WHEN "Words" LIKE '%!' THEN '":1}' ELSE '":0}' END
                """,
                """
                replace(replace(replace(replace("Words", '{"', "Type" || 'x'), ',"', ' ' || "Type" || 'x'), '":0', ''), '":1', '!')
                """);
        }

        static void Replace(MigrationBuilder migrationBuilder, string key, string kind, string words, string indexed)
        {
            migrationBuilder.Sql("DROP TRIGGER \"WordListDelete\"");
            migrationBuilder.Sql("DROP VIEW \"WordText\"");
            migrationBuilder.Sql("ALTER TABLE \"WordList\" RENAME TO \"OldWordList\"");
            migrationBuilder.Sql($"""
                CREATE TABLE "WordList" ("ResourceKey" INTEGER NOT NULL, "Ordinal" INTEGER NOT NULL, "Words" TEXT NOT NULL,
                "Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Group" INTEGER NOT NULL,
                CONSTRAINT "PK_WordList" PRIMARY KEY {key}) {kind}
                """);
            migrationBuilder.Sql($"""
                INSERT INTO "WordList" ("ResourceKey", "Ordinal", "Words", "Type", "Parameter", "Group")
                SELECT "ResourceKey", "Ordinal", {words}, "Type", "Parameter", "Group" FROM "OldWordList" ORDER BY "ResourceKey"
                """);
            migrationBuilder.Sql("DROP TABLE \"OldWordList\"");
            migrationBuilder.Sql($"""CREATE VIEW "WordText" AS SELECT "ResourceKey", {indexed} AS "Words" FROM "WordList" """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "WordListDelete" BEFORE DELETE ON "WordList" BEGIN
                INSERT INTO "WordIndex" ("WordIndex", "rowid", "Words")
                SELECT 'delete', t."ResourceKey", t."Words" FROM "WordText" AS t WHERE t."ResourceKey" = OLD."ResourceKey";
                END
                """);
        }
    }
}
