using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace FhirTrials.Storage;

/// <summary>For <c>dotnet ef migrations add NAME --context SqliteFhirContext --output-dir
/// Migrations/Sqlite</c>.</summary>
sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteFhirContext>
{
    public SqliteFhirContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteFhirContext>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>For <c>dotnet ef migrations add NAME --context SqlServerFhirContext --output-dir
/// Migrations/SqlServer</c>.</summary>
sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerFhirContext>
{
    public SqlServerFhirContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerFhirContext>().UseSqlServer("Server=.").Options);
}
