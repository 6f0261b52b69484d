using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FhirTrials.Storage.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ChangeCounter",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    Value = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChangeCounter", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DateIndex",
                columns: table => new
                {
                    ResourceKey = table.Column<long>(type: "bigint", nullable: false),
                    Ordinal = table.Column<int>(type: "int", nullable: false),
                    Start = table.Column<long>(type: "bigint", nullable: false),
                    End = table.Column<long>(type: "bigint", nullable: false),
                    Type = table.Column<short>(type: "smallint", nullable: false),
                    Parameter = table.Column<short>(type: "smallint", nullable: false),
                    Group = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DateIndex", x => new { x.ResourceKey, x.Ordinal });
                });

            migrationBuilder.CreateTable(
                name: "Name",
                columns: table => new
                {
                    Kind = table.Column<byte>(type: "tinyint", nullable: false),
                    Id = table.Column<int>(type: "int", nullable: false),
                    Value = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Name", x => new { x.Kind, x.Id });
                });

            migrationBuilder.CreateTable(
                name: "NumberIndex",
                columns: table => new
                {
                    ResourceKey = table.Column<long>(type: "bigint", nullable: false),
                    Ordinal = table.Column<int>(type: "int", nullable: false),
                    Low = table.Column<double>(type: "float", nullable: false),
                    High = table.Column<double>(type: "float", nullable: false),
                    Type = table.Column<short>(type: "smallint", nullable: false),
                    Parameter = table.Column<short>(type: "smallint", nullable: false),
                    Group = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NumberIndex", x => new { x.ResourceKey, x.Ordinal });
                });

            migrationBuilder.CreateTable(
                name: "PositionIndex",
                columns: table => new
                {
                    ResourceKey = table.Column<long>(type: "bigint", nullable: false),
                    Ordinal = table.Column<int>(type: "int", nullable: false),
                    X = table.Column<double>(type: "float", nullable: false),
                    Y = table.Column<double>(type: "float", nullable: false),
                    Z = table.Column<double>(type: "float", nullable: false),
                    Type = table.Column<short>(type: "smallint", nullable: false),
                    Parameter = table.Column<short>(type: "smallint", nullable: false),
                    Group = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PositionIndex", x => new { x.ResourceKey, x.Ordinal });
                });

            migrationBuilder.CreateTable(
                name: "QuantityIndex",
                columns: table => new
                {
                    ResourceKey = table.Column<long>(type: "bigint", nullable: false),
                    Ordinal = table.Column<int>(type: "int", nullable: false),
                    Low = table.Column<double>(type: "float", nullable: false),
                    High = table.Column<double>(type: "float", nullable: false),
                    System = table.Column<int>(type: "int", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Unit = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Type = table.Column<short>(type: "smallint", nullable: false),
                    Parameter = table.Column<short>(type: "smallint", nullable: false),
                    Group = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuantityIndex", x => new { x.ResourceKey, x.Ordinal });
                });

            migrationBuilder.CreateTable(
                name: "ReferenceIndex",
                columns: table => new
                {
                    ResourceKey = table.Column<long>(type: "bigint", nullable: false),
                    Ordinal = table.Column<int>(type: "int", nullable: false),
                    TargetType = table.Column<short>(type: "smallint", nullable: false),
                    Target = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Type = table.Column<short>(type: "smallint", nullable: false),
                    Parameter = table.Column<short>(type: "smallint", nullable: false),
                    Group = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReferenceIndex", x => new { x.ResourceKey, x.Ordinal });
                });

            migrationBuilder.CreateTable(
                name: "Resource",
                columns: table => new
                {
                    Key = table.Column<long>(type: "bigint", nullable: false),
                    Type = table.Column<short>(type: "smallint", nullable: false),
                    Id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<int>(type: "int", nullable: false),
                    LastUpdated = table.Column<long>(type: "bigint", nullable: false),
                    Change = table.Column<long>(type: "bigint", nullable: false),
                    Method = table.Column<byte>(type: "tinyint", nullable: false),
                    IsDeleted = table.Column<bool>(type: "bit", nullable: false),
                    Json = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    Hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Resource", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "ResourceVersion",
                columns: table => new
                {
                    ResourceKey = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    Type = table.Column<short>(type: "smallint", nullable: false),
                    Id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    LastUpdated = table.Column<long>(type: "bigint", nullable: false),
                    Change = table.Column<long>(type: "bigint", nullable: false),
                    Method = table.Column<byte>(type: "tinyint", nullable: false),
                    Json = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ResourceVersion", x => new { x.ResourceKey, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "Setting",
                columns: table => new
                {
                    Name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Value = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Setting", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "StringIndex",
                columns: table => new
                {
                    ResourceKey = table.Column<long>(type: "bigint", nullable: false),
                    Ordinal = table.Column<int>(type: "int", nullable: false),
                    Value = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Whole = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    Text = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    Type = table.Column<short>(type: "smallint", nullable: false),
                    Parameter = table.Column<short>(type: "smallint", nullable: false),
                    Group = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StringIndex", x => new { x.ResourceKey, x.Ordinal });
                });

            migrationBuilder.CreateTable(
                name: "TokenIndex",
                columns: table => new
                {
                    ResourceKey = table.Column<long>(type: "bigint", nullable: false),
                    Ordinal = table.Column<int>(type: "int", nullable: false),
                    System = table.Column<int>(type: "int", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Type = table.Column<short>(type: "smallint", nullable: false),
                    Parameter = table.Column<short>(type: "smallint", nullable: false),
                    Group = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TokenIndex", x => new { x.ResourceKey, x.Ordinal });
                });

            migrationBuilder.CreateTable(
                name: "UriIndex",
                columns: table => new
                {
                    ResourceKey = table.Column<long>(type: "bigint", nullable: false),
                    Ordinal = table.Column<int>(type: "int", nullable: false),
                    Value = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Type = table.Column<short>(type: "smallint", nullable: false),
                    Parameter = table.Column<short>(type: "smallint", nullable: false),
                    Group = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UriIndex", x => new { x.ResourceKey, x.Ordinal });
                });

            migrationBuilder.InsertData(
                table: "ChangeCounter",
                columns: new[] { "Id", "Value" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_DateIndex_Type_Parameter_Start_End_ResourceKey_Group",
                table: "DateIndex",
                columns: new[] { "Type", "Parameter", "Start", "End", "ResourceKey", "Group" });

            migrationBuilder.CreateIndex(
                name: "IX_Name_Kind_Value",
                table: "Name",
                columns: new[] { "Kind", "Value" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_NumberIndex_Type_Parameter_Low_High_ResourceKey_Group",
                table: "NumberIndex",
                columns: new[] { "Type", "Parameter", "Low", "High", "ResourceKey", "Group" });

            migrationBuilder.CreateIndex(
                name: "IX_PositionIndex_Type_Parameter_Z_X_Y_ResourceKey",
                table: "PositionIndex",
                columns: new[] { "Type", "Parameter", "Z", "X", "Y", "ResourceKey" });

            migrationBuilder.CreateIndex(
                name: "IX_QuantityIndex_Type_Parameter_Low_High_System_Code_ResourceKey_Group",
                table: "QuantityIndex",
                columns: new[] { "Type", "Parameter", "Low", "High", "System", "Code", "ResourceKey", "Group" });

            migrationBuilder.CreateIndex(
                name: "IX_ReferenceIndex_TargetType_Target_Parameter_ResourceKey",
                table: "ReferenceIndex",
                columns: new[] { "TargetType", "Target", "Parameter", "ResourceKey" });

            migrationBuilder.CreateIndex(
                name: "IX_ReferenceIndex_Type_Parameter_Target_TargetType_ResourceKey_Group",
                table: "ReferenceIndex",
                columns: new[] { "Type", "Parameter", "Target", "TargetType", "ResourceKey", "Group" });

            migrationBuilder.CreateIndex(
                name: "IX_Resource_Change",
                table: "Resource",
                column: "Change",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Resource_Type_Change",
                table: "Resource",
                columns: new[] { "Type", "Change" });

            migrationBuilder.CreateIndex(
                name: "IX_Resource_Type_Id",
                table: "Resource",
                columns: new[] { "Type", "Id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Resource_Type_IsDeleted_Key",
                table: "Resource",
                columns: new[] { "Type", "IsDeleted", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_Resource_Type_LastUpdated_Key",
                table: "Resource",
                columns: new[] { "Type", "LastUpdated", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_ResourceVersion_Change",
                table: "ResourceVersion",
                column: "Change",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ResourceVersion_Type_Change",
                table: "ResourceVersion",
                columns: new[] { "Type", "Change" });

            migrationBuilder.CreateIndex(
                name: "IX_StringIndex_Type_Parameter_Value_ResourceKey",
                table: "StringIndex",
                columns: new[] { "Type", "Parameter", "Value", "ResourceKey" });

            migrationBuilder.CreateIndex(
                name: "IX_TokenIndex_Type_Parameter_Code_System_ResourceKey_Group",
                table: "TokenIndex",
                columns: new[] { "Type", "Parameter", "Code", "System", "ResourceKey", "Group" });

            migrationBuilder.CreateIndex(
                name: "IX_UriIndex_Type_Parameter_Value_ResourceKey",
                table: "UriIndex",
                columns: new[] { "Type", "Parameter", "Value", "ResourceKey" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ChangeCounter");

            migrationBuilder.DropTable(
                name: "DateIndex");

            migrationBuilder.DropTable(
                name: "Name");

            migrationBuilder.DropTable(
                name: "NumberIndex");

            migrationBuilder.DropTable(
                name: "PositionIndex");

            migrationBuilder.DropTable(
                name: "QuantityIndex");

            migrationBuilder.DropTable(
                name: "ReferenceIndex");

            migrationBuilder.DropTable(
                name: "Resource");

            migrationBuilder.DropTable(
                name: "ResourceVersion");

            migrationBuilder.DropTable(
                name: "Setting");

            migrationBuilder.DropTable(
                name: "StringIndex");

            migrationBuilder.DropTable(
                name: "TokenIndex");

            migrationBuilder.DropTable(
                name: "UriIndex");
        }
    }
}
