UPDATE "ChangeCounter" SET "Value" = "Value"; SELECT "Value", "Time", "SearchVersion" FROM "ChangeCounter"

SELECT "Key", "Type", "Id", "Version", "LastUpdated", "Change", "Method", "IsDeleted", "Json", "Hash" FROM "Resource" WHERE ("Type" = @Type_0 AND "Id" = @Id_0)

INSERT OR FAIL INTO "Resource" ("Key", "Change", "Hash", "Id", "IsDeleted", "Json", "LastUpdated", "Method", "Type", "Version") VALUES (@Key_0, @Change_0, @Hash_0, @Id_0, @IsDeleted_0, @Json_0, @LastUpdated_0, @Method_0, @Type_0, @Version_0)

INSERT OR FAIL INTO "ResourceVersion" ("ResourceKey", "Version", "Change", "Id", "Json", "LastUpdated", "Method", "Type") VALUES (@ResourceKey_0, @Version_0, @Change_0, @Id_0, @Json_0, @LastUpdated_0, @Method_0, @Type_0)

INSERT OR FAIL INTO "Name" ("Kind", "Id", "Value") VALUES (@Kind_0, @Id_0, @Value_0)

INSERT OR FAIL INTO "DateIndex" ("ResourceKey", "Ordinal", "End", "Group", "Parameter", "Start", "Type") VALUES (@ResourceKey_0, @Ordinal_0, @End_0, @Group_0, @Parameter_0, @Start_0, @Type_0)

INSERT OR FAIL INTO "NumberIndex" ("ResourceKey", "Ordinal", "Group", "High", "Low", "Parameter", "Type") VALUES (@ResourceKey_0, @Ordinal_0, @Group_0, @High_0, @Low_0, @Parameter_0, @Type_0)

INSERT OR FAIL INTO "PositionIndex" ("ResourceKey", "Ordinal", "Group", "Parameter", "Type", "X", "Y", "Z") VALUES (@ResourceKey_0, @Ordinal_0, @Group_0, @Parameter_0, @Type_0, @X_0, @Y_0, @Z_0)

INSERT OR FAIL INTO "QuantityIndex" ("ResourceKey", "Ordinal", "Code", "Group", "High", "Low", "Parameter", "System", "Type", "Unit") VALUES (@ResourceKey_0, @Ordinal_0, @Code_0, @Group_0, @High_0, @Low_0, @Parameter_0, @System_0, @Type_0, @Unit_0)

INSERT OR FAIL INTO "ReferenceIndex" ("ResourceKey", "Ordinal", "Group", "Parameter", "Target", "TargetType", "Type", "Version") VALUES (@ResourceKey_0, @Ordinal_0, @Group_0, @Parameter_0, @Target_0, @TargetType_0, @Type_0, @Version_0)

INSERT OR FAIL INTO "StringIndex" ("ResourceKey", "Ordinal", "Group", "Parameter", "Text", "Type", "Value", "Whole") VALUES (@ResourceKey_0, @Ordinal_0, @Group_0, @Parameter_0, @Text_0, @Type_0, @Value_0, @Whole_0)

INSERT OR FAIL INTO "TitleIndex" ("rowid", "Group", "OfficialTitle", "Ordinal", "Parameter", "Title", "Type") VALUES (@ResourceKey_0, @Group_0, @OfficialTitle_0, @Ordinal_0, @Parameter_0, @Title_0, @Type_0)

INSERT OR FAIL INTO "TokenIndex" ("ResourceKey", "Ordinal", "Code", "Group", "Parameter", "System", "Type") VALUES (@ResourceKey_0, @Ordinal_0, @Code_0, @Group_0, @Parameter_0, @System_0, @Type_0)

INSERT OR FAIL INTO "UriIndex" ("ResourceKey", "Ordinal", "Group", "Parameter", "Type", "Value") VALUES (@ResourceKey_0, @Ordinal_0, @Group_0, @Parameter_0, @Type_0, @Value_0)

INSERT OR FAIL INTO "WordList" ("ResourceKey", "Ordinal", "Group", "Parameter", "Type", "Words") VALUES (@ResourceKey_0, @Ordinal_0, @Group_0, @Parameter_0, @Type_0, @Words_0); INSERT INTO "WordIndex" ("rowid", "Words") VALUES (@ResourceKey_0, replace(@Words_0, ' ', ' ' || @Type_0 || 'x'))

UPDATE "Resource" SET "Change" = @Change_0, "Hash" = @Hash_0, "IsDeleted" = @IsDeleted_0, "Json" = @Json_0, "LastUpdated" = @LastUpdated_0, "Method" = @Method_0, "Version" = @Version_0 WHERE "Key" = @Key_0

DELETE FROM "DateIndex" WHERE "ResourceKey" IN (@ResourceKey_0); DELETE FROM "NumberIndex" WHERE "ResourceKey" IN (@ResourceKey_0); DELETE FROM "PositionIndex" WHERE "ResourceKey" IN (@ResourceKey_0); DELETE FROM "QuantityIndex" WHERE "ResourceKey" IN (@ResourceKey_0); DELETE FROM "ReferenceIndex" WHERE "ResourceKey" IN (@ResourceKey_0); DELETE FROM "StringIndex" WHERE "ResourceKey" IN (@ResourceKey_0); DELETE FROM "TitleIndex" WHERE "rowid" IN (@ResourceKey_0); DELETE FROM "TokenIndex" WHERE "ResourceKey" IN (@ResourceKey_0); DELETE FROM "UriIndex" WHERE "ResourceKey" IN (@ResourceKey_0); DELETE FROM "WordList" WHERE "ResourceKey" IN (@ResourceKey_0)

DELETE FROM "Setting" WHERE "Name" = @Name_0; INSERT OR FAIL INTO "Setting" ("Name", "Value") VALUES (@Name_0, @Value_0)

UPDATE "ChangeCounter" SET "Value" = @Value_0, "Time" = @Time_0, "SearchVersion" = @SearchVersion_0
