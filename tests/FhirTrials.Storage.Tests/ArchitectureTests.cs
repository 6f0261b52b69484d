namespace FhirTrials.Storage.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void The_project_builds_on_the_projects_below_it() =>
        Assert.True(File.Exists(typeof(ArchitectureTests).Assembly.Location));
}
