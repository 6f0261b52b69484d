DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit)
ORDER BY [r].[LastUpdated] DESC, [r].[Key]
