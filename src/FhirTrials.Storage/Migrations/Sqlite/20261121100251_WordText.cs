using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FhirTrials.Storage.Migrations.Sqlite
{
    /// <summary>Words in the engine's full-text index, which writes what a commit adds as one piece, instead of in a tree, where
    /// every word of a resource changed a page of its own. Before each word stands the type of the resource, after it an
    /// exclamation mark where the narrative has it.</summary>
    public partial class WordText : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER \"WordListInsert\"");
            migrationBuilder.Sql("DROP TRIGGER \"WordListDelete\"");
            migrationBuilder.DropTable(
                name: "WordIndex");
            migrationBuilder.Sql("""
                CREATE VIEW "WordText" AS SELECT "ResourceKey",
                replace(replace(replace(replace("Words", '{"', "Type" || 'x'), ',"', ' ' || "Type" || 'x'), '":0', ''), '":1', '!') AS "Words"
                FROM "WordList"
                """);
            migrationBuilder.Sql("""
                CREATE VIRTUAL TABLE "WordIndex" USING fts5("Words", content='WordText', content_rowid='ResourceKey',
                tokenize="ascii tokenchars '!'", detail='none', columnsize=0)
                """);
            migrationBuilder.Sql("INSERT INTO \"WordIndex\" (\"WordIndex\") VALUES ('rebuild')");
            migrationBuilder.Sql("""
                CREATE TRIGGER "WordListDelete" BEFORE DELETE ON "WordList" BEGIN
                INSERT INTO "WordIndex" ("WordIndex", "rowid", "Words")
                SELECT 'delete', t."ResourceKey", t."Words" FROM "WordText" AS t WHERE t."ResourceKey" = OLD."ResourceKey";
                END
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER \"WordListDelete\"");
            migrationBuilder.DropTable(
                name: "WordIndex");
            migrationBuilder.Sql("DROP VIEW \"WordText\"");
            migrationBuilder.Sql("""
                CREATE TABLE "WordIndex" ("Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Word" TEXT NOT NULL,
                "ResourceKey" INTEGER NOT NULL, "InNarrative" INTEGER NOT NULL,
                CONSTRAINT "PK_WordIndex" PRIMARY KEY ("Type", "Parameter", "Word", "ResourceKey")) WITHOUT ROWID
                """);
            migrationBuilder.Sql("""
                INSERT INTO "WordIndex" ("Type", "Parameter", "Word", "ResourceKey", "InNarrative")
                SELECT l."Type", l."Parameter", w."key", l."ResourceKey", w."value" FROM "WordList" AS l CROSS JOIN json_each(l."Words") AS w
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "WordListInsert" AFTER INSERT ON "WordList" BEGIN
                INSERT INTO "WordIndex" ("Type", "Parameter", "Word", "ResourceKey", "InNarrative")
                SELECT NEW."Type", NEW."Parameter", w."key", NEW."ResourceKey", w."value" FROM json_each(NEW."Words") AS w;
                END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "WordListDelete" AFTER DELETE ON "WordList" BEGIN
                DELETE FROM "WordIndex" WHERE "Type" = OLD."Type" AND "Parameter" = OLD."Parameter"
                AND "Word" IN (SELECT w."key" FROM json_each(OLD."Words") AS w) AND "ResourceKey" = OLD."ResourceKey";
                END
                """);
        }
    }
}
