DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @last bigint = CAST(-9223372036854775808 AS bigint);
DECLARE @parameter4 smallint = CAST(2 AS smallint);
DECLARE @last6 nvarchar(256) = N'􏿿';

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit)
ORDER BY COALESCE((
    SELECT MAX([d].[End])
    FROM [DateIndex] AS [d]
    WHERE [d].[Parameter] = @parameter AND [d].[ResourceKey] = [r].[Key]), @last) DESC, COALESCE((
    SELECT MIN([s].[Value])
    FROM [StringIndex] AS [s]
    WHERE [s].[Parameter] = @parameter4 AND [s].[ResourceKey] = [r].[Key]), @last6), [r].[Key]
