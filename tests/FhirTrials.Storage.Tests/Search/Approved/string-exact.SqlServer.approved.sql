DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @beginning nvarchar(256) = N'ann';
DECLARE @_8__locals1_text nvarchar(4000) = N'Ann';

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] IN (
    SELECT [s].[ResourceKey]
    FROM [StringIndex] AS [s]
    WHERE [s].[Type] = @type1 AND [s].[Parameter] = @parameter AND [s].[Value] = @beginning AND [s].[Text] = @_8__locals1_text
)
ORDER BY [r].[Key]
