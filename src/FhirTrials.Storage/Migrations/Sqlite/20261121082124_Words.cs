using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FhirTrials.Storage.Migrations.Sqlite
{
    /// <summary>Words out of the codes into a tree of their own, which triggers keep as the lists are: one statement a resource.
    /// What is stored is indexed anew by the job that a new form of index starts. An index on codes that the model had left
    /// goes.</summary>
    public partial class Words : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX IF EXISTS \"IX_TokenIndex_Type_Parameter_Code_System_ResourceKey_Group\"");
            migrationBuilder.Sql("""
                CREATE TABLE "WordIndex" ("Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Word" TEXT NOT NULL,
                "ResourceKey" INTEGER NOT NULL, "InNarrative" INTEGER NOT NULL,
                CONSTRAINT "PK_WordIndex" PRIMARY KEY ("Type", "Parameter", "Word", "ResourceKey")) WITHOUT ROWID
                """);
            migrationBuilder.Sql("""
                CREATE TABLE "WordList" ("ResourceKey" INTEGER NOT NULL, "Ordinal" INTEGER NOT NULL, "Words" TEXT NOT NULL,
                "Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Group" INTEGER NOT NULL,
                CONSTRAINT "PK_WordList" PRIMARY KEY ("ResourceKey", "Ordinal")) WITHOUT ROWID
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

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "WordList");

            migrationBuilder.DropTable(
                name: "WordIndex");
        }
    }
}
