IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId])
    );
END;
GO

BEGIN TRANSACTION;
CREATE TABLE [ChangeCounter] (
    [Id] int NOT NULL,
    [Value] bigint NOT NULL,
    CONSTRAINT [PK_ChangeCounter] PRIMARY KEY ([Id])
);

CREATE TABLE [DateIndex] (
    [ResourceKey] bigint NOT NULL,
    [Ordinal] int NOT NULL,
    [Start] bigint NOT NULL,
    [End] bigint NOT NULL,
    [Type] smallint NOT NULL,
    [Parameter] smallint NOT NULL,
    [Group] int NOT NULL,
    CONSTRAINT [PK_DateIndex] PRIMARY KEY ([ResourceKey], [Ordinal])
);

CREATE TABLE [Name] (
    [Kind] tinyint NOT NULL,
    [Id] int NOT NULL,
    [Value] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT [PK_Name] PRIMARY KEY ([Kind], [Id])
);

CREATE TABLE [NumberIndex] (
    [ResourceKey] bigint NOT NULL,
    [Ordinal] int NOT NULL,
    [Low] float NOT NULL,
    [High] float NOT NULL,
    [Type] smallint NOT NULL,
    [Parameter] smallint NOT NULL,
    [Group] int NOT NULL,
    CONSTRAINT [PK_NumberIndex] PRIMARY KEY ([ResourceKey], [Ordinal])
);

CREATE TABLE [PositionIndex] (
    [ResourceKey] bigint NOT NULL,
    [Ordinal] int NOT NULL,
    [X] float NOT NULL,
    [Y] float NOT NULL,
    [Z] float NOT NULL,
    [Type] smallint NOT NULL,
    [Parameter] smallint NOT NULL,
    [Group] int NOT NULL,
    CONSTRAINT [PK_PositionIndex] PRIMARY KEY ([ResourceKey], [Ordinal])
);

CREATE TABLE [QuantityIndex] (
    [ResourceKey] bigint NOT NULL,
    [Ordinal] int NOT NULL,
    [Low] float NOT NULL,
    [High] float NOT NULL,
    [System] int NOT NULL,
    [Code] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Unit] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Type] smallint NOT NULL,
    [Parameter] smallint NOT NULL,
    [Group] int NOT NULL,
    CONSTRAINT [PK_QuantityIndex] PRIMARY KEY ([ResourceKey], [Ordinal])
);

CREATE TABLE [ReferenceIndex] (
    [ResourceKey] bigint NOT NULL,
    [Ordinal] int NOT NULL,
    [TargetType] smallint NOT NULL,
    [Target] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Version] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
    [Type] smallint NOT NULL,
    [Parameter] smallint NOT NULL,
    [Group] int NOT NULL,
    CONSTRAINT [PK_ReferenceIndex] PRIMARY KEY ([ResourceKey], [Ordinal])
);

CREATE TABLE [Resource] (
    [Key] bigint NOT NULL,
    [Type] smallint NOT NULL,
    [Id] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Version] int NOT NULL,
    [LastUpdated] bigint NOT NULL,
    [Change] bigint NOT NULL,
    [Method] tinyint NOT NULL,
    [IsDeleted] bit NOT NULL,
    [Json] varbinary(max) NOT NULL,
    [Hash] varbinary(32) NOT NULL,
    CONSTRAINT [PK_Resource] PRIMARY KEY ([Key])
);

CREATE TABLE [ResourceVersion] (
    [ResourceKey] bigint NOT NULL,
    [Version] int NOT NULL,
    [Type] smallint NOT NULL,
    [Id] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [LastUpdated] bigint NOT NULL,
    [Change] bigint NOT NULL,
    [Method] tinyint NOT NULL,
    [Json] varbinary(max) NOT NULL,
    CONSTRAINT [PK_ResourceVersion] PRIMARY KEY ([ResourceKey], [Version])
);

CREATE TABLE [Setting] (
    [Name] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Value] varbinary(max) NOT NULL,
    CONSTRAINT [PK_Setting] PRIMARY KEY ([Name])
);

CREATE TABLE [StringIndex] (
    [ResourceKey] bigint NOT NULL,
    [Ordinal] int NOT NULL,
    [Value] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Whole] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [Text] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Type] smallint NOT NULL,
    [Parameter] smallint NOT NULL,
    [Group] int NOT NULL,
    CONSTRAINT [PK_StringIndex] PRIMARY KEY ([ResourceKey], [Ordinal])
);

CREATE TABLE [TokenIndex] (
    [ResourceKey] bigint NOT NULL,
    [Ordinal] int NOT NULL,
    [System] int NOT NULL,
    [Code] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Type] smallint NOT NULL,
    [Parameter] smallint NOT NULL,
    [Group] int NOT NULL,
    CONSTRAINT [PK_TokenIndex] PRIMARY KEY ([ResourceKey], [Ordinal])
);

CREATE TABLE [UriIndex] (
    [ResourceKey] bigint NOT NULL,
    [Ordinal] int NOT NULL,
    [Value] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Type] smallint NOT NULL,
    [Parameter] smallint NOT NULL,
    [Group] int NOT NULL,
    CONSTRAINT [PK_UriIndex] PRIMARY KEY ([ResourceKey], [Ordinal])
);

IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'Value') AND [object_id] = OBJECT_ID(N'[ChangeCounter]'))
    SET IDENTITY_INSERT [ChangeCounter] ON;
INSERT INTO [ChangeCounter] ([Id], [Value])
VALUES (1, CAST(0 AS bigint));
IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'Value') AND [object_id] = OBJECT_ID(N'[ChangeCounter]'))
    SET IDENTITY_INSERT [ChangeCounter] OFF;

CREATE INDEX [IX_DateIndex_Type_Parameter_Start_End_ResourceKey_Group] ON [DateIndex] ([Type], [Parameter], [Start], [End], [ResourceKey], [Group]);

CREATE UNIQUE INDEX [IX_Name_Kind_Value] ON [Name] ([Kind], [Value]);

CREATE INDEX [IX_NumberIndex_Type_Parameter_Low_High_ResourceKey_Group] ON [NumberIndex] ([Type], [Parameter], [Low], [High], [ResourceKey], [Group]);

CREATE INDEX [IX_PositionIndex_Type_Parameter_Z_X_Y_ResourceKey] ON [PositionIndex] ([Type], [Parameter], [Z], [X], [Y], [ResourceKey]);

CREATE INDEX [IX_QuantityIndex_Type_Parameter_Low_High_System_Code_ResourceKey_Group] ON [QuantityIndex] ([Type], [Parameter], [Low], [High], [System], [Code], [ResourceKey], [Group]);

CREATE INDEX [IX_ReferenceIndex_TargetType_Target_Parameter_ResourceKey] ON [ReferenceIndex] ([TargetType], [Target], [Parameter], [ResourceKey]);

CREATE INDEX [IX_ReferenceIndex_Type_Parameter_Target_TargetType_ResourceKey_Group] ON [ReferenceIndex] ([Type], [Parameter], [Target], [TargetType], [ResourceKey], [Group]);

CREATE UNIQUE INDEX [IX_Resource_Change] ON [Resource] ([Change]);

CREATE INDEX [IX_Resource_Type_Change] ON [Resource] ([Type], [Change]);

CREATE UNIQUE INDEX [IX_Resource_Type_Id] ON [Resource] ([Type], [Id]);

CREATE INDEX [IX_Resource_Type_IsDeleted_Key] ON [Resource] ([Type], [IsDeleted], [Key]);

CREATE INDEX [IX_Resource_Type_LastUpdated_Key] ON [Resource] ([Type], [LastUpdated], [Key]);

CREATE UNIQUE INDEX [IX_ResourceVersion_Change] ON [ResourceVersion] ([Change]);

CREATE INDEX [IX_ResourceVersion_Type_Change] ON [ResourceVersion] ([Type], [Change]);

CREATE INDEX [IX_StringIndex_Type_Parameter_Value_ResourceKey] ON [StringIndex] ([Type], [Parameter], [Value], [ResourceKey]);

CREATE INDEX [IX_TokenIndex_Type_Parameter_Code_System_ResourceKey_Group] ON [TokenIndex] ([Type], [Parameter], [Code], [System], [ResourceKey], [Group]);

CREATE INDEX [IX_UriIndex_Type_Parameter_Value_ResourceKey] ON [UriIndex] ([Type], [Parameter], [Value], [ResourceKey]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121040122_Initial', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [ChangeCounter] ADD [Time] bigint NOT NULL DEFAULT CAST(0 AS bigint);

UPDATE [ChangeCounter] SET [Time] = (SELECT COALESCE(MAX([LastUpdated]), 0) FROM [Resource])

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121063514_CommitTime', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
DROP INDEX [IX_TokenIndex_Type_Parameter_Code_System_ResourceKey_Group] ON [TokenIndex];

CREATE INDEX [IX_TokenIndex_Type_Parameter_Code_ResourceKey_System_Group] ON [TokenIndex] ([Type], [Parameter], [Code], [ResourceKey], [System], [Group]);

CREATE INDEX [IX_DateIndex_Type_Parameter_End_ResourceKey] ON [DateIndex] ([Type], [Parameter], [End], [ResourceKey]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121063821_SearchOrder', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [ExpungedVersion] (
    [ResourceKey] bigint NOT NULL,
    [Version] int NOT NULL,
    CONSTRAINT [PK_ExpungedVersion] PRIMARY KEY ([ResourceKey], [Version])
);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121065247_ExpungedVersion', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [ChangeCounter] ADD [SearchVersion] bigint NOT NULL DEFAULT CAST(0 AS bigint);

CREATE TABLE [Job] (
    [Id] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Kind] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Definition] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Status] tinyint NOT NULL,
    [Place] bigint NOT NULL,
    [Done] bigint NOT NULL,
    [Total] bigint NOT NULL,
    [Owner] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
    [LeaseEnd] bigint NOT NULL,
    [Created] bigint NOT NULL,
    [Updated] bigint NOT NULL,
    [Error] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    CONSTRAINT [PK_Job] PRIMARY KEY ([Id])
);

CREATE TABLE [PostedParameter] (
    [Url] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Change] bigint NOT NULL,
    [IsComplete] bit NOT NULL,
    [Types] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT [PK_PostedParameter] PRIMARY KEY ([Url])
);

UPDATE [ChangeCounter] SET [SearchVersion] = CAST(0 AS bigint)
WHERE [Id] = 1;
SELECT @@ROWCOUNT;


CREATE INDEX [IX_Job_Status] ON [Job] ([Status]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121073855_Jobs', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [WordIndex] (
    [Type] smallint NOT NULL,
    [Parameter] smallint NOT NULL,
    [Word] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [ResourceKey] bigint NOT NULL,
    [InNarrative] bit NOT NULL,
    CONSTRAINT [PK_WordIndex] PRIMARY KEY ([Type], [Parameter], [Word], [ResourceKey])
);

CREATE TABLE [WordList] (
    [ResourceKey] bigint NOT NULL,
    [Ordinal] int NOT NULL,
    [Words] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Type] smallint NOT NULL,
    [Parameter] smallint NOT NULL,
    [Group] int NOT NULL,
    CONSTRAINT [PK_WordList] PRIMARY KEY ([ResourceKey], [Ordinal])
);

EXEC(N'CREATE TRIGGER [WordListInsert] ON [WordList] AFTER INSERT AS
BEGIN
SET NOCOUNT ON;
INSERT INTO [WordIndex] ([Type], [Parameter], [Word], [ResourceKey], [InNarrative])
SELECT l.[Type], l.[Parameter], w.[key] COLLATE Latin1_General_100_BIN2, l.[ResourceKey], CAST(w.[value] AS bit)
FROM inserted AS l CROSS APPLY OPENJSON(l.[Words]) AS w;
END')

EXEC(N'CREATE TRIGGER [WordListDelete] ON [WordList] AFTER DELETE AS
BEGIN
SET NOCOUNT ON;
DELETE x FROM deleted AS l CROSS APPLY OPENJSON(l.[Words]) AS w
INNER JOIN [WordIndex] AS x ON x.[Type] = l.[Type] AND x.[Parameter] = l.[Parameter]
AND x.[Word] = w.[key] COLLATE Latin1_General_100_BIN2 AND x.[ResourceKey] = l.[ResourceKey];
END')

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121082127_Words', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [Job] ADD [Attempts] int NOT NULL DEFAULT 0;

ALTER TABLE [Job] ADD [Skipped] bigint NOT NULL DEFAULT CAST(0 AS bigint);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121082412_JobAttempts', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [ExportFile] (
    [JobId] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Number] int NOT NULL,
    [Kind] tinyint NOT NULL,
    [Type] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
    [Lines] int NOT NULL,
    [Length] bigint NOT NULL,
    [Stored] bigint NOT NULL,
    [Content] varbinary(max) NOT NULL,
    CONSTRAINT [PK_ExportFile] PRIMARY KEY ([JobId], [Number])
);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121094125_ExportFiles', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE INDEX [IX_NumberIndex_Type_Parameter_High_ResourceKey] ON [NumberIndex] ([Type], [Parameter], [High], [ResourceKey]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121130356_NumberOrder', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE INDEX [IX_StringIndex_Type_Parameter_ResourceKey] ON [StringIndex] ([Type], [Parameter], [ResourceKey]) WHERE "Whole" IS NOT NULL;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121132547_LongTexts', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
DROP TRIGGER [WordListInsert]

DROP TRIGGER [WordListDelete]

EXEC(N'CREATE TRIGGER [WordListInsert] ON [WordList] AFTER INSERT AS
BEGIN
SET NOCOUNT ON;
INSERT INTO [WordIndex] ([Type], [Parameter], [Word], [ResourceKey], [InNarrative])
SELECT l.[Type], l.[Parameter], REPLACE(w.[value], N''!'', N'''') COLLATE Latin1_General_100_BIN2, l.[ResourceKey], CAST(CASE WHEN w.[value] LIKE N''%!'' THEN 1 ELSE 0 END AS bit)
FROM inserted AS l CROSS APPLY STRING_SPLIT(l.[Words], N'' '') AS w WHERE w.[value] <> N'''';
END')

EXEC(N'CREATE TRIGGER [WordListDelete] ON [WordList] AFTER DELETE AS
BEGIN
SET NOCOUNT ON;
DELETE x FROM deleted AS l CROSS APPLY STRING_SPLIT(l.[Words], N'' '') AS w
INNER JOIN [WordIndex] AS x ON x.[Type] = l.[Type] AND x.[Parameter] = l.[Parameter]
AND x.[Word] = REPLACE(w.[value], N''!'', N'''') COLLATE Latin1_General_100_BIN2 AND x.[ResourceKey] = l.[ResourceKey];
END')

UPDATE [WordList] SET [Words] = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
[Words], N'{"', N' '), N'":0,"', N' '), N'":1,"', N'! '), N'":0}', N''), N'":1}', N'!')

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121194000_WordLists', N'10.0.14');

COMMIT;
GO
