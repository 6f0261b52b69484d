using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FhirTrials.Storage.Migrations.SqlServer
{
    /// <summary>Words out of the codes into a tree of their own, which triggers keep as the lists are. What is stored is
    /// indexed anew by the job that a new form of index starts.</summary>
    public partial class Words : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "WordIndex",
                columns: table => new
                {
                    Type = table.Column<short>(type: "smallint", nullable: false),
                    Parameter = table.Column<short>(type: "smallint", nullable: false),
                    Word = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ResourceKey = table.Column<long>(type: "bigint", nullable: false),
                    InNarrative = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WordIndex", x => new { x.Type, x.Parameter, x.Word, x.ResourceKey });
                });

            migrationBuilder.CreateTable(
                name: "WordList",
                columns: table => new
                {
                    ResourceKey = table.Column<long>(type: "bigint", nullable: false),
                    Ordinal = table.Column<int>(type: "int", nullable: false),
                    Words = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    Type = table.Column<short>(type: "smallint", nullable: false),
                    Parameter = table.Column<short>(type: "smallint", nullable: false),
                    Group = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WordList", x => new { x.ResourceKey, x.Ordinal });
                });

            // Within EXEC, since a trigger is made by a batch of its own, which an idempotent script has not.
            migrationBuilder.Sql("""
                EXEC(N'CREATE TRIGGER [WordListInsert] ON [WordList] AFTER INSERT AS
                BEGIN
                SET NOCOUNT ON;
                INSERT INTO [WordIndex] ([Type], [Parameter], [Word], [ResourceKey], [InNarrative])
                SELECT l.[Type], l.[Parameter], w.[key] COLLATE Latin1_General_100_BIN2, l.[ResourceKey], CAST(w.[value] AS bit)
                FROM inserted AS l CROSS APPLY OPENJSON(l.[Words]) AS w;
                END')
                """);
            migrationBuilder.Sql("""
                EXEC(N'CREATE TRIGGER [WordListDelete] ON [WordList] AFTER DELETE AS
                BEGIN
                SET NOCOUNT ON;
                DELETE x FROM deleted AS l CROSS APPLY OPENJSON(l.[Words]) AS w
                INNER JOIN [WordIndex] AS x ON x.[Type] = l.[Type] AND x.[Parameter] = l.[Parameter]
                AND x.[Word] = w.[key] COLLATE Latin1_General_100_BIN2 AND x.[ResourceKey] = l.[ResourceKey];
                END')
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
