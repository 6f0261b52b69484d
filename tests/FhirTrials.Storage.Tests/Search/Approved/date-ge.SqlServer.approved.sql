DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @start bigint = CAST(624563136000000000 AS bigint);
DECLARE @end bigint = CAST(624589920000000000 AS bigint);

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] IN (
    SELECT [d].[ResourceKey]
    FROM [DateIndex] AS [d]
    WHERE [d].[Type] = @type1 AND [d].[Parameter] = @parameter AND ([d].[Start] >= @start OR [d].[End] > @end)
)
ORDER BY [r].[Key]
