DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(2 AS smallint);
DECLARE @_8__locals1_code nvarchar(256) = N'718-7';
DECLARE @system int = 1;
DECLARE @type5 smallint = CAST(1 AS smallint);
DECLARE @parameter6 smallint = CAST(3 AS smallint);
DECLARE @exact float = 5.0E0;

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] IN (
    SELECT [t].[ResourceKey]
    FROM [TokenIndex] AS [t]
    WHERE [t].[Type] = @type1 AND [t].[Parameter] = @parameter AND [t].[Code] = @_8__locals1_code AND ([t].[System] = @system OR [t].[System] = -1) AND EXISTS (
        SELECT 1
        FROM [QuantityIndex] AS [q]
        WHERE [q].[Type] = @type5 AND [q].[Parameter] = @parameter6 AND [q].[System] <> -1 AND [q].[High] > @exact AND [q].[ResourceKey] = [t].[ResourceKey] AND [q].[Group] = [t].[Group])
)
ORDER BY [r].[Key]
