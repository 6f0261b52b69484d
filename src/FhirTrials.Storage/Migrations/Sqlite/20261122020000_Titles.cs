using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FhirTrials.Storage.Migrations.Sqlite
{
    /// <summary>An index of the titles of studies by their parts: https://sqlite.org/fts5.html#the_trigram_tokenizer. It keeps
    /// the texts itself, so that a row can be deleted by its number alone.</summary>
    public partial class Titles : Migration
    {
        const int ResourceType = 0;
        const int IndexKey = 1;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE VIRTUAL TABLE "TitleIndex" USING fts5("Title", "OfficialTitle", "Ordinal" UNINDEXED, "Type" UNINDEXED,
                "Parameter" UNINDEXED, "Group" UNINDEXED, columnsize=0, tokenize='trigram case_sensitive 1')
                """);
            migrationBuilder.Sql($"""
                INSERT INTO "TitleIndex" ("rowid", "Title", "OfficialTitle", "Ordinal", "Type", "Parameter", "Group")
                SELECT s."ResourceKey", {Texts("http://hl7.org/fhir/SearchParameter/ResearchStudy-title")},
                {Texts("http://fhirtrials.org/fhir/SearchParameter/ResearchStudy-official-title")}, 0, s."Type", 0, 0
                FROM "Name" AS t CROSS JOIN "Name" AS p CROSS JOIN "StringIndex" AS s
                WHERE t."Kind" = {ResourceType} AND t."Value" = 'ResearchStudy' AND p."Kind" = {IndexKey} AND p."Value" IN (
                'http://hl7.org/fhir/SearchParameter/ResearchStudy-title',
                'http://fhirtrials.org/fhir/SearchParameter/ResearchStudy-official-title')
                AND s."Type" = t."Id" AND s."Parameter" = p."Id"
                GROUP BY s."ResourceKey"
                """);
        }

        static string Texts(string parameter) => $"""
            COALESCE(group_concat(CASE p."Value" WHEN '{parameter}' THEN COALESCE(s."Whole", s."Value") END, char(10)), '')
            """;

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("DROP TABLE \"TitleIndex\"");
    }
}
