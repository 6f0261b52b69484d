DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @_8__locals1_code nvarchar(256) = N'female';
DECLARE @type4 smallint = CAST(1 AS smallint);
DECLARE @parameter5 smallint = CAST(2 AS smallint);
DECLARE @start bigint = CAST(624511296000000000 AS bigint);
DECLARE @type7 smallint = CAST(1 AS smallint);
DECLARE @parameter8 smallint = CAST(3 AS smallint);
DECLARE @Value nvarchar(256) = N'ann';
DECLARE @Value10 nvarchar(256) = N'ano';

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] IN (
    SELECT [t].[ResourceKey]
    FROM [TokenIndex] AS [t]
    WHERE [t].[Type] = @type1 AND [t].[Parameter] = @parameter AND [t].[Code] = @_8__locals1_code
) AND [r].[Key] IN (
    SELECT [d].[ResourceKey]
    FROM [DateIndex] AS [d]
    WHERE [d].[Type] = @type4 AND [d].[Parameter] = @parameter5 AND [d].[Start] < @start
) AND [r].[Key] IN (
    SELECT [s].[ResourceKey]
    FROM [StringIndex] AS [s]
    WHERE [s].[Type] = @type7 AND [s].[Parameter] = @parameter8 AND [s].[Value] >= @Value AND [s].[Value] < @Value10
)
ORDER BY [r].[Key]
