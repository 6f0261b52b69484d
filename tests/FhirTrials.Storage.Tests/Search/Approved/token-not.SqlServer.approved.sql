DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @_8__locals1_code nvarchar(256) = N'female';

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] NOT IN (
    SELECT [t].[ResourceKey]
    FROM [TokenIndex] AS [t]
    WHERE [t].[Type] = @type1 AND [t].[Parameter] = @parameter AND [t].[Code] = @_8__locals1_code
)
ORDER BY [r].[Key]
