DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @_8__locals1_code nvarchar(256) = N'g';
DECLARE @exact float = 0.0054000000000000003E0;

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] IN (
    SELECT [q].[ResourceKey]
    FROM [QuantityIndex] AS [q]
    WHERE [q].[Type] = @type1 AND [q].[Parameter] = @parameter AND [q].[System] = -1 AND [q].[Code] = @_8__locals1_code AND [q].[High] > @exact
)
ORDER BY [r].[Key]
