DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @last bigint = CAST(-9223372036854775808 AS bigint);
DECLARE @Value bigint = CAST(624589920000000000 AS bigint);
DECLARE @parameter9 smallint = CAST(2 AS smallint);
DECLARE @last11 nvarchar(256) = N'􏿿';
DECLARE @Value12 nvarchar(256) = N'ann';
DECLARE @key bigint = CAST(42 AS bigint);

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND (COALESCE((
    SELECT MAX([d].[End])
    FROM [DateIndex] AS [d]
    WHERE [d].[Parameter] = @parameter AND [d].[ResourceKey] = [r].[Key]), @last) < @Value OR (COALESCE((
    SELECT MAX([d0].[End])
    FROM [DateIndex] AS [d0]
    WHERE [d0].[Parameter] = @parameter AND [d0].[ResourceKey] = [r].[Key]), @last) = @Value AND (COALESCE((
    SELECT MIN([s].[Value])
    FROM [StringIndex] AS [s]
    WHERE [s].[Parameter] = @parameter9 AND [s].[ResourceKey] = [r].[Key]), @last11) > @Value12 OR (COALESCE((
    SELECT MIN([s0].[Value])
    FROM [StringIndex] AS [s0]
    WHERE [s0].[Parameter] = @parameter9 AND [s0].[ResourceKey] = [r].[Key]), @last11) = @Value12 AND [r].[Key] > @key))))
ORDER BY COALESCE((
    SELECT MAX([d1].[End])
    FROM [DateIndex] AS [d1]
    WHERE [d1].[Parameter] = @parameter AND [d1].[ResourceKey] = [r].[Key]), @last) DESC, COALESCE((
    SELECT MIN([s1].[Value])
    FROM [StringIndex] AS [s1]
    WHERE [s1].[Parameter] = @parameter9 AND [s1].[ResourceKey] = [r].[Key]), @last11), [r].[Key]
