DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @low float = 5.3499999999999996E0;
DECLARE @high float = 5.4500000000000002E0;

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] IN (
    SELECT [q].[ResourceKey]
    FROM [QuantityIndex] AS [q]
    WHERE [q].[Type] = @type1 AND [q].[Parameter] = @parameter AND [q].[System] <> -1 AND [q].[Low] >= @low AND [q].[High] < @high
)
ORDER BY [r].[Key]
