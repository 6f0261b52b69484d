using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FhirTrials.Storage.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class SearchOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_TokenIndex_Type_Parameter_Code_System_ResourceKey_Group",
                table: "TokenIndex");

            migrationBuilder.CreateIndex(
                name: "IX_TokenIndex_Type_Parameter_Code_ResourceKey_System_Group",
                table: "TokenIndex",
                columns: new[] { "Type", "Parameter", "Code", "ResourceKey", "System", "Group" });

            migrationBuilder.CreateIndex(
                name: "IX_DateIndex_Type_Parameter_End_ResourceKey",
                table: "DateIndex",
                columns: new[] { "Type", "Parameter", "End", "ResourceKey" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_TokenIndex_Type_Parameter_Code_ResourceKey_System_Group",
                table: "TokenIndex");

            migrationBuilder.DropIndex(
                name: "IX_DateIndex_Type_Parameter_End_ResourceKey",
                table: "DateIndex");

            migrationBuilder.CreateIndex(
                name: "IX_TokenIndex_Type_Parameter_Code_System_ResourceKey_Group",
                table: "TokenIndex",
                columns: new[] { "Type", "Parameter", "Code", "System", "ResourceKey", "Group" });
        }
    }
}
