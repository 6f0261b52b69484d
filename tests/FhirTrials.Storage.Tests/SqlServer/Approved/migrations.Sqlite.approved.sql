CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

BEGIN TRANSACTION;
CREATE TABLE "ChangeCounter" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ChangeCounter" PRIMARY KEY,
    "Value" INTEGER NOT NULL
);

CREATE TABLE "DateIndex" (
    "ResourceKey" INTEGER NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Start" INTEGER NOT NULL,
    "End" INTEGER NOT NULL,
    "Type" INTEGER NOT NULL,
    "Parameter" INTEGER NOT NULL,
    "Group" INTEGER NOT NULL,
    CONSTRAINT "PK_DateIndex" PRIMARY KEY ("ResourceKey", "Ordinal")
);

CREATE TABLE "Name" (
    "Kind" INTEGER NOT NULL,
    "Id" INTEGER NOT NULL,
    "Value" TEXT NOT NULL,
    CONSTRAINT "PK_Name" PRIMARY KEY ("Kind", "Id")
);

CREATE TABLE "NumberIndex" (
    "ResourceKey" INTEGER NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Low" REAL NOT NULL,
    "High" REAL NOT NULL,
    "Type" INTEGER NOT NULL,
    "Parameter" INTEGER NOT NULL,
    "Group" INTEGER NOT NULL,
    CONSTRAINT "PK_NumberIndex" PRIMARY KEY ("ResourceKey", "Ordinal")
);

CREATE TABLE "PositionIndex" (
    "ResourceKey" INTEGER NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "X" REAL NOT NULL,
    "Y" REAL NOT NULL,
    "Z" REAL NOT NULL,
    "Type" INTEGER NOT NULL,
    "Parameter" INTEGER NOT NULL,
    "Group" INTEGER NOT NULL,
    CONSTRAINT "PK_PositionIndex" PRIMARY KEY ("ResourceKey", "Ordinal")
);

CREATE TABLE "QuantityIndex" (
    "ResourceKey" INTEGER NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Low" REAL NOT NULL,
    "High" REAL NOT NULL,
    "System" INTEGER NOT NULL,
    "Code" TEXT NOT NULL,
    "Unit" TEXT NOT NULL,
    "Type" INTEGER NOT NULL,
    "Parameter" INTEGER NOT NULL,
    "Group" INTEGER NOT NULL,
    CONSTRAINT "PK_QuantityIndex" PRIMARY KEY ("ResourceKey", "Ordinal")
);

CREATE TABLE "ReferenceIndex" (
    "ResourceKey" INTEGER NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "TargetType" INTEGER NOT NULL,
    "Target" TEXT NOT NULL,
    "Version" TEXT NULL,
    "Type" INTEGER NOT NULL,
    "Parameter" INTEGER NOT NULL,
    "Group" INTEGER NOT NULL,
    CONSTRAINT "PK_ReferenceIndex" PRIMARY KEY ("ResourceKey", "Ordinal")
);

CREATE TABLE "Resource" (
    "Key" INTEGER NOT NULL CONSTRAINT "PK_Resource" PRIMARY KEY,
    "Type" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "LastUpdated" INTEGER NOT NULL,
    "Change" INTEGER NOT NULL,
    "Method" INTEGER NOT NULL,
    "IsDeleted" INTEGER NOT NULL,
    "Json" BLOB NOT NULL,
    "Hash" BLOB NOT NULL
);

CREATE TABLE "ResourceVersion" (
    "ResourceKey" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    "Type" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "LastUpdated" INTEGER NOT NULL,
    "Change" INTEGER NOT NULL,
    "Method" INTEGER NOT NULL,
    "Json" BLOB NOT NULL,
    CONSTRAINT "PK_ResourceVersion" PRIMARY KEY ("ResourceKey", "Version")
);

CREATE TABLE "Setting" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_Setting" PRIMARY KEY,
    "Value" BLOB NOT NULL
);

CREATE TABLE "StringIndex" (
    "ResourceKey" INTEGER NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Value" TEXT NOT NULL,
    "Whole" TEXT NULL,
    "Text" TEXT NOT NULL,
    "Type" INTEGER NOT NULL,
    "Parameter" INTEGER NOT NULL,
    "Group" INTEGER NOT NULL,
    CONSTRAINT "PK_StringIndex" PRIMARY KEY ("ResourceKey", "Ordinal")
);

CREATE TABLE "TokenIndex" (
    "ResourceKey" INTEGER NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "System" INTEGER NOT NULL,
    "Code" TEXT NOT NULL,
    "Type" INTEGER NOT NULL,
    "Parameter" INTEGER NOT NULL,
    "Group" INTEGER NOT NULL,
    CONSTRAINT "PK_TokenIndex" PRIMARY KEY ("ResourceKey", "Ordinal")
);

CREATE TABLE "UriIndex" (
    "ResourceKey" INTEGER NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Value" TEXT NOT NULL,
    "Type" INTEGER NOT NULL,
    "Parameter" INTEGER NOT NULL,
    "Group" INTEGER NOT NULL,
    CONSTRAINT "PK_UriIndex" PRIMARY KEY ("ResourceKey", "Ordinal")
);

INSERT INTO "ChangeCounter" ("Id", "Value")
VALUES (1, 0);
SELECT changes();


CREATE INDEX "IX_DateIndex_Type_Parameter_Start_End_ResourceKey_Group" ON "DateIndex" ("Type", "Parameter", "Start", "End", "ResourceKey", "Group");

CREATE UNIQUE INDEX "IX_Name_Kind_Value" ON "Name" ("Kind", "Value");

CREATE INDEX "IX_NumberIndex_Type_Parameter_Low_High_ResourceKey_Group" ON "NumberIndex" ("Type", "Parameter", "Low", "High", "ResourceKey", "Group");

CREATE INDEX "IX_PositionIndex_Type_Parameter_Z_X_Y_ResourceKey" ON "PositionIndex" ("Type", "Parameter", "Z", "X", "Y", "ResourceKey");

CREATE INDEX "IX_QuantityIndex_Type_Parameter_Low_High_System_Code_ResourceKey_Group" ON "QuantityIndex" ("Type", "Parameter", "Low", "High", "System", "Code", "ResourceKey", "Group");

CREATE INDEX "IX_ReferenceIndex_TargetType_Target_Parameter_ResourceKey" ON "ReferenceIndex" ("TargetType", "Target", "Parameter", "ResourceKey");

CREATE INDEX "IX_ReferenceIndex_Type_Parameter_Target_TargetType_ResourceKey_Group" ON "ReferenceIndex" ("Type", "Parameter", "Target", "TargetType", "ResourceKey", "Group");

CREATE UNIQUE INDEX "IX_Resource_Change" ON "Resource" ("Change");

CREATE INDEX "IX_Resource_Type_Change" ON "Resource" ("Type", "Change");

CREATE UNIQUE INDEX "IX_Resource_Type_Id" ON "Resource" ("Type", "Id");

CREATE INDEX "IX_Resource_Type_IsDeleted_Key" ON "Resource" ("Type", "IsDeleted", "Key");

CREATE INDEX "IX_Resource_Type_LastUpdated_Key" ON "Resource" ("Type", "LastUpdated", "Key");

CREATE UNIQUE INDEX "IX_ResourceVersion_Change" ON "ResourceVersion" ("Change");

CREATE INDEX "IX_ResourceVersion_Type_Change" ON "ResourceVersion" ("Type", "Change");

CREATE INDEX "IX_StringIndex_Type_Parameter_Value_ResourceKey" ON "StringIndex" ("Type", "Parameter", "Value", "ResourceKey");

CREATE INDEX "IX_TokenIndex_Type_Parameter_Code_System_ResourceKey_Group" ON "TokenIndex" ("Type", "Parameter", "Code", "System", "ResourceKey", "Group");

CREATE INDEX "IX_UriIndex_Type_Parameter_Value_ResourceKey" ON "UriIndex" ("Type", "Parameter", "Value", "ResourceKey");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121040116_Initial', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "ChangeCounter" ADD "Time" INTEGER NOT NULL DEFAULT 0;

UPDATE "ChangeCounter" SET "Time" = (SELECT COALESCE(MAX("LastUpdated"), 0) FROM "Resource")

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121063451_CommitTime', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
DROP INDEX "IX_TokenIndex_Type_Parameter_Code_System_ResourceKey_Group";

CREATE INDEX "IX_TokenIndex_Type_Parameter_Code_ResourceKey_System_Group" ON "TokenIndex" ("Type", "Parameter", "Code", "ResourceKey", "System", "Group");

CREATE INDEX "IX_DateIndex_Type_Parameter_End_ResourceKey" ON "DateIndex" ("Type", "Parameter", "End", "ResourceKey");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121063817_SearchOrder', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "ExpungedVersion" (
    "ResourceKey" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_ExpungedVersion" PRIMARY KEY ("ResourceKey", "Version")
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121065240_ExpungedVersion', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "DateIndex" RENAME TO "DateIndexBefore"

CREATE TABLE "DateIndex" ("ResourceKey" INTEGER NOT NULL, "Ordinal" INTEGER NOT NULL, "Start" INTEGER NOT NULL, "End" INTEGER NOT NULL, "Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Group" INTEGER NOT NULL, CONSTRAINT "PK_DateIndex" PRIMARY KEY ("ResourceKey", "Ordinal")) WITHOUT ROWID

INSERT INTO "DateIndex" SELECT * FROM "DateIndexBefore"

DROP TABLE "DateIndexBefore"

CREATE INDEX "IX_DateIndex_Type_Parameter_Start_End_ResourceKey_Group" ON "DateIndex" ("Type", "Parameter", "Start", "End", "ResourceKey", "Group")

CREATE INDEX "IX_DateIndex_Type_Parameter_End_ResourceKey" ON "DateIndex" ("Type", "Parameter", "End", "ResourceKey")

ALTER TABLE "NumberIndex" RENAME TO "NumberIndexBefore"

CREATE TABLE "NumberIndex" ("ResourceKey" INTEGER NOT NULL, "Ordinal" INTEGER NOT NULL, "Low" REAL NOT NULL, "High" REAL NOT NULL, "Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Group" INTEGER NOT NULL, CONSTRAINT "PK_NumberIndex" PRIMARY KEY ("ResourceKey", "Ordinal")) WITHOUT ROWID

INSERT INTO "NumberIndex" SELECT * FROM "NumberIndexBefore"

DROP TABLE "NumberIndexBefore"

CREATE INDEX "IX_NumberIndex_Type_Parameter_Low_High_ResourceKey_Group" ON "NumberIndex" ("Type", "Parameter", "Low", "High", "ResourceKey", "Group")

ALTER TABLE "PositionIndex" RENAME TO "PositionIndexBefore"

CREATE TABLE "PositionIndex" ("ResourceKey" INTEGER NOT NULL, "Ordinal" INTEGER NOT NULL, "X" REAL NOT NULL, "Y" REAL NOT NULL, "Z" REAL NOT NULL, "Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Group" INTEGER NOT NULL, CONSTRAINT "PK_PositionIndex" PRIMARY KEY ("ResourceKey", "Ordinal")) WITHOUT ROWID

INSERT INTO "PositionIndex" SELECT * FROM "PositionIndexBefore"

DROP TABLE "PositionIndexBefore"

CREATE INDEX "IX_PositionIndex_Type_Parameter_Z_X_Y_ResourceKey" ON "PositionIndex" ("Type", "Parameter", "Z", "X", "Y", "ResourceKey")

ALTER TABLE "QuantityIndex" RENAME TO "QuantityIndexBefore"

CREATE TABLE "QuantityIndex" ("ResourceKey" INTEGER NOT NULL, "Ordinal" INTEGER NOT NULL, "Low" REAL NOT NULL, "High" REAL NOT NULL, "System" INTEGER NOT NULL, "Code" TEXT NOT NULL, "Unit" TEXT NOT NULL, "Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Group" INTEGER NOT NULL, CONSTRAINT "PK_QuantityIndex" PRIMARY KEY ("ResourceKey", "Ordinal")) WITHOUT ROWID

INSERT INTO "QuantityIndex" SELECT * FROM "QuantityIndexBefore"

DROP TABLE "QuantityIndexBefore"

CREATE INDEX "IX_QuantityIndex_Type_Parameter_Low_High_System_Code_ResourceKey_Group" ON "QuantityIndex" ("Type", "Parameter", "Low", "High", "System", "Code", "ResourceKey", "Group")

ALTER TABLE "ReferenceIndex" RENAME TO "ReferenceIndexBefore"

CREATE TABLE "ReferenceIndex" ("ResourceKey" INTEGER NOT NULL, "Ordinal" INTEGER NOT NULL, "TargetType" INTEGER NOT NULL, "Target" TEXT NOT NULL, "Version" TEXT NULL, "Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Group" INTEGER NOT NULL, CONSTRAINT "PK_ReferenceIndex" PRIMARY KEY ("ResourceKey", "Ordinal")) WITHOUT ROWID

INSERT INTO "ReferenceIndex" SELECT * FROM "ReferenceIndexBefore"

DROP TABLE "ReferenceIndexBefore"

CREATE INDEX "IX_ReferenceIndex_TargetType_Target_Parameter_ResourceKey" ON "ReferenceIndex" ("TargetType", "Target", "Parameter", "ResourceKey")

CREATE INDEX "IX_ReferenceIndex_Type_Parameter_Target_TargetType_ResourceKey_Group" ON "ReferenceIndex" ("Type", "Parameter", "Target", "TargetType", "ResourceKey", "Group")

ALTER TABLE "StringIndex" RENAME TO "StringIndexBefore"

CREATE TABLE "StringIndex" ("ResourceKey" INTEGER NOT NULL, "Ordinal" INTEGER NOT NULL, "Value" TEXT NOT NULL, "Whole" TEXT NULL, "Text" TEXT NOT NULL, "Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Group" INTEGER NOT NULL, CONSTRAINT "PK_StringIndex" PRIMARY KEY ("ResourceKey", "Ordinal")) WITHOUT ROWID

INSERT INTO "StringIndex" SELECT * FROM "StringIndexBefore"

DROP TABLE "StringIndexBefore"

CREATE INDEX "IX_StringIndex_Type_Parameter_Value_ResourceKey" ON "StringIndex" ("Type", "Parameter", "Value", "ResourceKey")

ALTER TABLE "TokenIndex" RENAME TO "TokenIndexBefore"

CREATE TABLE "TokenIndex" ("ResourceKey" INTEGER NOT NULL, "Ordinal" INTEGER NOT NULL, "System" INTEGER NOT NULL, "Code" TEXT NOT NULL, "Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Group" INTEGER NOT NULL, CONSTRAINT "PK_TokenIndex" PRIMARY KEY ("ResourceKey", "Ordinal")) WITHOUT ROWID

INSERT INTO "TokenIndex" SELECT * FROM "TokenIndexBefore"

DROP TABLE "TokenIndexBefore"

CREATE INDEX "IX_TokenIndex_Type_Parameter_Code_System_ResourceKey_Group" ON "TokenIndex" ("Type", "Parameter", "Code", "System", "ResourceKey", "Group")

CREATE INDEX "IX_TokenIndex_Type_Parameter_Code_ResourceKey_System_Group" ON "TokenIndex" ("Type", "Parameter", "Code", "ResourceKey", "System", "Group")

ALTER TABLE "UriIndex" RENAME TO "UriIndexBefore"

CREATE TABLE "UriIndex" ("ResourceKey" INTEGER NOT NULL, "Ordinal" INTEGER NOT NULL, "Value" TEXT NOT NULL, "Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Group" INTEGER NOT NULL, CONSTRAINT "PK_UriIndex" PRIMARY KEY ("ResourceKey", "Ordinal")) WITHOUT ROWID

INSERT INTO "UriIndex" SELECT * FROM "UriIndexBefore"

DROP TABLE "UriIndexBefore"

CREATE INDEX "IX_UriIndex_Type_Parameter_Value_ResourceKey" ON "UriIndex" ("Type", "Parameter", "Value", "ResourceKey")

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121070605_ClusterIndex', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "ChangeCounter" ADD "SearchVersion" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "Job" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Job" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "Definition" TEXT NOT NULL,
    "Status" INTEGER NOT NULL,
    "Place" INTEGER NOT NULL,
    "Done" INTEGER NOT NULL,
    "Total" INTEGER NOT NULL,
    "Owner" TEXT NULL,
    "LeaseEnd" INTEGER NOT NULL,
    "Created" INTEGER NOT NULL,
    "Updated" INTEGER NOT NULL,
    "Error" TEXT NULL
);

CREATE TABLE "PostedParameter" (
    "Url" TEXT NOT NULL CONSTRAINT "PK_PostedParameter" PRIMARY KEY,
    "Change" INTEGER NOT NULL,
    "IsComplete" INTEGER NOT NULL,
    "Types" TEXT NOT NULL
);

UPDATE "ChangeCounter" SET "SearchVersion" = 0
WHERE "Id" = 1;
SELECT changes();


CREATE INDEX "IX_Job_Status" ON "Job" ("Status");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121073845_Jobs', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
DROP INDEX IF EXISTS "IX_TokenIndex_Type_Parameter_Code_System_ResourceKey_Group"

CREATE TABLE "WordIndex" ("Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Word" TEXT NOT NULL,
"ResourceKey" INTEGER NOT NULL, "InNarrative" INTEGER NOT NULL,
CONSTRAINT "PK_WordIndex" PRIMARY KEY ("Type", "Parameter", "Word", "ResourceKey")) WITHOUT ROWID

CREATE TABLE "WordList" ("ResourceKey" INTEGER NOT NULL, "Ordinal" INTEGER NOT NULL, "Words" TEXT NOT NULL,
"Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Group" INTEGER NOT NULL,
CONSTRAINT "PK_WordList" PRIMARY KEY ("ResourceKey", "Ordinal")) WITHOUT ROWID

CREATE TRIGGER "WordListInsert" AFTER INSERT ON "WordList" BEGIN
INSERT INTO "WordIndex" ("Type", "Parameter", "Word", "ResourceKey", "InNarrative")
SELECT NEW."Type", NEW."Parameter", w."key", NEW."ResourceKey", w."value" FROM json_each(NEW."Words") AS w;
END

CREATE TRIGGER "WordListDelete" AFTER DELETE ON "WordList" BEGIN
DELETE FROM "WordIndex" WHERE "Type" = OLD."Type" AND "Parameter" = OLD."Parameter"
AND "Word" IN (SELECT w."key" FROM json_each(OLD."Words") AS w) AND "ResourceKey" = OLD."ResourceKey";
END

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121082124_Words', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "Job" ADD "Attempts" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "Job" ADD "Skipped" INTEGER NOT NULL DEFAULT 0;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121082408_JobAttempts', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "ExportFile" (
    "JobId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Type" TEXT NULL,
    "Lines" INTEGER NOT NULL,
    "Length" INTEGER NOT NULL,
    "Stored" INTEGER NOT NULL,
    "Content" BLOB NOT NULL,
    CONSTRAINT "PK_ExportFile" PRIMARY KEY ("JobId", "Number")
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121094122_ExportFiles', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
DROP TRIGGER "WordListInsert"

DROP TRIGGER "WordListDelete"

DROP TABLE "WordIndex";

CREATE VIEW "WordText" AS SELECT "ResourceKey",
replace(replace(replace(replace("Words", '{"', "Type" || 'x'), ',"', ' ' || "Type" || 'x'), '":0', ''), '":1', '!') AS "Words"
FROM "WordList"

CREATE VIRTUAL TABLE "WordIndex" USING fts5("Words", content='WordText', content_rowid='ResourceKey',
tokenize="ascii tokenchars '!'", detail='none', columnsize=0)

INSERT INTO "WordIndex" ("WordIndex") VALUES ('rebuild')

CREATE TRIGGER "WordListDelete" BEFORE DELETE ON "WordList" BEGIN
INSERT INTO "WordIndex" ("WordIndex", "rowid", "Words")
SELECT 'delete', t."ResourceKey", t."Words" FROM "WordText" AS t WHERE t."ResourceKey" = OLD."ResourceKey";
END

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121100251_WordText', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
CREATE INDEX "IX_NumberIndex_Type_Parameter_High_ResourceKey" ON "NumberIndex" ("Type", "Parameter", "High", "ResourceKey");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121130332_NumberOrder', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
CREATE INDEX "IX_StringIndex_Type_Parameter_ResourceKey" ON "StringIndex" ("Type", "Parameter", "ResourceKey") WHERE "Whole" IS NOT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121132523_LongTexts', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
DROP TRIGGER "WordListDelete"

DROP VIEW "WordText"

ALTER TABLE "WordList" RENAME TO "OldWordList"

CREATE TABLE "WordList" ("ResourceKey" INTEGER NOT NULL, "Ordinal" INTEGER NOT NULL, "Words" TEXT NOT NULL,
"Type" INTEGER NOT NULL, "Parameter" INTEGER NOT NULL, "Group" INTEGER NOT NULL,
CONSTRAINT "PK_WordList" PRIMARY KEY ("ResourceKey")) 

INSERT INTO "WordList" ("ResourceKey", "Ordinal", "Words", "Type", "Parameter", "Group")
SELECT "ResourceKey", "Ordinal", replace(replace(replace(replace(replace("Words", '{"', ' '), '":0,"', ' '), '":1,"', '! '), '":0}', ''), '":1}', '!'), "Type", "Parameter", "Group" FROM "OldWordList" ORDER BY "ResourceKey"

DROP TABLE "OldWordList"

CREATE VIEW "WordText" AS SELECT "ResourceKey", replace("Words", ' ', ' ' || "Type" || 'x') AS "Words" FROM "WordList" 

CREATE TRIGGER "WordListDelete" BEFORE DELETE ON "WordList" BEGIN
INSERT INTO "WordIndex" ("WordIndex", "rowid", "Words")
SELECT 'delete', t."ResourceKey", t."Words" FROM "WordText" AS t WHERE t."ResourceKey" = OLD."ResourceKey";
END

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121194000_WordLists', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
CREATE VIRTUAL TABLE "TitleIndex" USING fts5("Title", "OfficialTitle", "Ordinal" UNINDEXED, "Type" UNINDEXED,
"Parameter" UNINDEXED, "Group" UNINDEXED, columnsize=0, tokenize='trigram case_sensitive 1')

INSERT INTO "TitleIndex" ("rowid", "Title", "OfficialTitle", "Ordinal", "Type", "Parameter", "Group")
SELECT s."ResourceKey", COALESCE(group_concat(CASE p."Value" WHEN 'http://hl7.org/fhir/SearchParameter/ResearchStudy-title' THEN COALESCE(s."Whole", s."Value") END, char(10)), ''),
COALESCE(group_concat(CASE p."Value" WHEN 'http://fhirtrials.org/fhir/SearchParameter/ResearchStudy-official-title' THEN COALESCE(s."Whole", s."Value") END, char(10)), ''), 0, s."Type", 0, 0
FROM "Name" AS t CROSS JOIN "Name" AS p CROSS JOIN "StringIndex" AS s
WHERE t."Kind" = 0 AND t."Value" = 'ResearchStudy' AND p."Kind" = 1 AND p."Value" IN (
'http://hl7.org/fhir/SearchParameter/ResearchStudy-title',
'http://fhirtrials.org/fhir/SearchParameter/ResearchStudy-official-title')
AND s."Type" = t."Id" AND s."Parameter" = p."Id"
GROUP BY s."ResourceKey"

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261122020000_Titles', '10.0.14');

COMMIT;
