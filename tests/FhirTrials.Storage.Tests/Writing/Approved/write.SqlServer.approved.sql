UPDATE [ChangeCounter] SET [Value] = [Value]; SELECT [Value], [Time], [SearchVersion] FROM [ChangeCounter]

SELECT [Key], [Type], [Id], [Version], [LastUpdated], [Change], [Method], [IsDeleted], [Json], [Hash] FROM [Resource] WHERE ([Type] = @Type_0 AND [Id] = @Id_0) OR ([Type] = @Type_1 AND [Id] = @Id_1)

INSERT INTO [Resource] ([Key], [Change], [Hash], [Id], [IsDeleted], [Json], [LastUpdated], [Method], [Type], [Version]) VALUES (@Key_0, @Change_0, @Hash_0, @Id_0, @IsDeleted_0, @Json_0, @LastUpdated_0, @Method_0, @Type_0, @Version_0), (@Key_1, @Change_1, @Hash_1, @Id_1, @IsDeleted_1, @Json_1, @LastUpdated_1, @Method_1, @Type_1, @Version_1)

INSERT INTO [ResourceVersion] ([ResourceKey], [Version], [Change], [Id], [Json], [LastUpdated], [Method], [Type]) VALUES (@ResourceKey_0, @Version_0, @Change_0, @Id_0, @Json_0, @LastUpdated_0, @Method_0, @Type_0), (@ResourceKey_1, @Version_1, @Change_1, @Id_1, @Json_1, @LastUpdated_1, @Method_1, @Type_1)

INSERT INTO [Name] ([Kind], [Id], [Value]) VALUES (@Kind_0, @Id_0, @Value_0), (@Kind_1, @Id_1, @Value_1)

INSERT INTO [DateIndex] ([ResourceKey], [Ordinal], [End], [Group], [Parameter], [Start], [Type]) VALUES (@ResourceKey_0, @Ordinal_0, @End_0, @Group_0, @Parameter_0, @Start_0, @Type_0), (@ResourceKey_1, @Ordinal_1, @End_1, @Group_1, @Parameter_1, @Start_1, @Type_1)

INSERT INTO [NumberIndex] ([ResourceKey], [Ordinal], [Group], [High], [Low], [Parameter], [Type]) VALUES (@ResourceKey_0, @Ordinal_0, @Group_0, @High_0, @Low_0, @Parameter_0, @Type_0), (@ResourceKey_1, @Ordinal_1, @Group_1, @High_1, @Low_1, @Parameter_1, @Type_1)

INSERT INTO [PositionIndex] ([ResourceKey], [Ordinal], [Group], [Parameter], [Type], [X], [Y], [Z]) VALUES (@ResourceKey_0, @Ordinal_0, @Group_0, @Parameter_0, @Type_0, @X_0, @Y_0, @Z_0), (@ResourceKey_1, @Ordinal_1, @Group_1, @Parameter_1, @Type_1, @X_1, @Y_1, @Z_1)

INSERT INTO [QuantityIndex] ([ResourceKey], [Ordinal], [Code], [Group], [High], [Low], [Parameter], [System], [Type], [Unit]) VALUES (@ResourceKey_0, @Ordinal_0, @Code_0, @Group_0, @High_0, @Low_0, @Parameter_0, @System_0, @Type_0, @Unit_0), (@ResourceKey_1, @Ordinal_1, @Code_1, @Group_1, @High_1, @Low_1, @Parameter_1, @System_1, @Type_1, @Unit_1)

INSERT INTO [ReferenceIndex] ([ResourceKey], [Ordinal], [Group], [Parameter], [Target], [TargetType], [Type], [Version]) VALUES (@ResourceKey_0, @Ordinal_0, @Group_0, @Parameter_0, @Target_0, @TargetType_0, @Type_0, @Version_0), (@ResourceKey_1, @Ordinal_1, @Group_1, @Parameter_1, @Target_1, @TargetType_1, @Type_1, @Version_1)

INSERT INTO [StringIndex] ([ResourceKey], [Ordinal], [Group], [Parameter], [Text], [Type], [Value], [Whole]) VALUES (@ResourceKey_0, @Ordinal_0, @Group_0, @Parameter_0, @Text_0, @Type_0, @Value_0, @Whole_0), (@ResourceKey_1, @Ordinal_1, @Group_1, @Parameter_1, @Text_1, @Type_1, @Value_1, @Whole_1)

INSERT INTO [TokenIndex] ([ResourceKey], [Ordinal], [Code], [Group], [Parameter], [System], [Type]) VALUES (@ResourceKey_0, @Ordinal_0, @Code_0, @Group_0, @Parameter_0, @System_0, @Type_0), (@ResourceKey_1, @Ordinal_1, @Code_1, @Group_1, @Parameter_1, @System_1, @Type_1)

INSERT INTO [UriIndex] ([ResourceKey], [Ordinal], [Group], [Parameter], [Type], [Value]) VALUES (@ResourceKey_0, @Ordinal_0, @Group_0, @Parameter_0, @Type_0, @Value_0), (@ResourceKey_1, @Ordinal_1, @Group_1, @Parameter_1, @Type_1, @Value_1)

INSERT INTO [WordList] ([ResourceKey], [Ordinal], [Group], [Parameter], [Type], [Words]) VALUES (@ResourceKey_0, @Ordinal_0, @Group_0, @Parameter_0, @Type_0, @Words_0), (@ResourceKey_1, @Ordinal_1, @Group_1, @Parameter_1, @Type_1, @Words_1)

UPDATE [Resource] SET [Change] = @Change_0, [Hash] = @Hash_0, [IsDeleted] = @IsDeleted_0, [Json] = @Json_0, [LastUpdated] = @LastUpdated_0, [Method] = @Method_0, [Version] = @Version_0 WHERE [Key] = @Key_0; UPDATE [Resource] SET [Change] = @Change_1, [Hash] = @Hash_1, [IsDeleted] = @IsDeleted_1, [Json] = @Json_1, [LastUpdated] = @LastUpdated_1, [Method] = @Method_1, [Version] = @Version_1 WHERE [Key] = @Key_1

DELETE FROM [DateIndex] WHERE [ResourceKey] IN (@ResourceKey_0, @ResourceKey_1); DELETE FROM [NumberIndex] WHERE [ResourceKey] IN (@ResourceKey_0, @ResourceKey_1); DELETE FROM [PositionIndex] WHERE [ResourceKey] IN (@ResourceKey_0, @ResourceKey_1); DELETE FROM [QuantityIndex] WHERE [ResourceKey] IN (@ResourceKey_0, @ResourceKey_1); DELETE FROM [ReferenceIndex] WHERE [ResourceKey] IN (@ResourceKey_0, @ResourceKey_1); DELETE FROM [StringIndex] WHERE [ResourceKey] IN (@ResourceKey_0, @ResourceKey_1); DELETE FROM [TokenIndex] WHERE [ResourceKey] IN (@ResourceKey_0, @ResourceKey_1); DELETE FROM [UriIndex] WHERE [ResourceKey] IN (@ResourceKey_0, @ResourceKey_1); DELETE FROM [WordList] WHERE [ResourceKey] IN (@ResourceKey_0, @ResourceKey_1)

DELETE FROM [Setting] WHERE [Name] = @Name_0; INSERT INTO [Setting] ([Name], [Value]) VALUES (@Name_0, @Value_0)

UPDATE [ChangeCounter] SET [Value] = @Value_0, [Time] = @Time_0, [SearchVersion] = @SearchVersion_0
