using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FhirTrials.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class NumberOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_NumberIndex_Type_Parameter_High_ResourceKey",
                table: "NumberIndex",
                columns: new[] { "Type", "Parameter", "High", "ResourceKey" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_NumberIndex_Type_Parameter_High_ResourceKey",
                table: "NumberIndex");
        }
    }
}
