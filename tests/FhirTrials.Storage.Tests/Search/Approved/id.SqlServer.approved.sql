DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @only nvarchar(64) = N'ann';

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Id] = @only
ORDER BY [r].[Key]
