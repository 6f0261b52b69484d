using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FhirTrials.Storage.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class LongTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_StringIndex_Type_Parameter_ResourceKey",
                table: "StringIndex",
                columns: new[] { "Type", "Parameter", "ResourceKey" },
                filter: "\"Whole\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_StringIndex_Type_Parameter_ResourceKey",
                table: "StringIndex");
        }
    }
}
