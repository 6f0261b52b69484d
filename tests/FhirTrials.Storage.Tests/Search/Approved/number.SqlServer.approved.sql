DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @low float = 0.245E0;
DECLARE @high float = 0.255E0;

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] IN (
    SELECT [n].[ResourceKey]
    FROM [NumberIndex] AS [n]
    WHERE [n].[Type] = @type1 AND [n].[Parameter] = @parameter AND [n].[Low] >= @low AND [n].[High] < @high
)
ORDER BY [r].[Key]
