DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(2 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @type3 smallint = CAST(2 AS smallint);
DECLARE @type4 smallint = CAST(2 AS smallint);
DECLARE @parameter5 smallint = CAST(2 AS smallint);
DECLARE @_8__locals1_code nvarchar(256) = N'718-7';
DECLARE @type7 smallint = CAST(1 AS smallint);

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Id] IN (
    SELECT [r0].[Target]
    FROM [ReferenceIndex] AS [r0]
    WHERE [r0].[Type] = @type1 AND [r0].[Parameter] = @parameter AND [r0].[ResourceKey] IN (
        SELECT [r1].[Key]
        FROM [Resource] AS [r1]
        WHERE [r1].[Type] = @type3 AND [r1].[IsDeleted] = CAST(0 AS bit) AND [r1].[Key] IN (
            SELECT [t].[ResourceKey]
            FROM [TokenIndex] AS [t]
            WHERE [t].[Type] = @type4 AND [t].[Parameter] = @parameter5 AND [t].[Code] = @_8__locals1_code
        )
    ) AND [r0].[TargetType] = @type7
)
ORDER BY [r].[Key]
