DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @target nvarchar(256) = N'ann';
DECLARE @type4 smallint = CAST(2 AS smallint);

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] IN (
    SELECT [r0].[ResourceKey]
    FROM [ReferenceIndex] AS [r0]
    WHERE [r0].[Type] = @type1 AND [r0].[Parameter] = @parameter AND [r0].[Target] = @target AND [r0].[TargetType] = @type4
)
ORDER BY [r].[Key]
