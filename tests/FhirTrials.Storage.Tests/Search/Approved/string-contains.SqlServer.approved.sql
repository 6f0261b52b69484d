DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @_8__locals1_text_contains nvarchar(256) = N'%ann%';
DECLARE @_8__locals1_text_contains0 nvarchar(4000) = N'%ann%';

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] IN (
    SELECT [s].[ResourceKey]
    FROM [StringIndex] AS [s]
    WHERE [s].[Type] = @type1 AND [s].[Parameter] = @parameter AND ([s].[Value] LIKE @_8__locals1_text_contains ESCAPE N'\' OR ([s].[Whole] IS NOT NULL AND [s].[Whole] LIKE @_8__locals1_text_contains0 ESCAPE N'\'))
)
ORDER BY [r].[Key]
