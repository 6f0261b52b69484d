using FhirTrials.Server.Http;

namespace FhirTrials.Server.Tests.Http;

public sealed class FaultTextTests
{
    [Fact]
    public void The_text_of_a_fault_tells_types_and_places_and_no_message()
    {
        var fault = Assert.Throws<InvalidOperationException>(Fail);

        var text = FaultText.Of(fault);

        Assert.Contains("System.InvalidOperationException", text, StringComparison.Ordinal);
        Assert.Contains("System.FormatException", text, StringComparison.Ordinal);
        Assert.Contains(nameof(Fail), text, StringComparison.Ordinal);
        Assert.DoesNotContain("Smith", text, StringComparison.Ordinal);
        Assert.DoesNotContain("1980", text, StringComparison.Ordinal);
    }

    static void Fail()
    {
        try
        {
            throw new FormatException("The input string '1980-03' was not in a correct format.");
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException("Smith could not be read.", e);
        }
    }
}
