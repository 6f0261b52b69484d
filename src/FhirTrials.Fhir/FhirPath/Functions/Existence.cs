namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>https://hl7.org/fhirpath/N1/#existence</summary>
static class Existence
{
    public static Items Exists(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        if (arguments.IsEmpty)
        {
            return !input.IsEmpty;
        }

        var iteration = scope.Iterate();
        var index = 0;
        foreach (var item in input)
        {
            if (Singleton.Boolean(arguments[0](iteration.At(item, index++))) == true)
            {
                return true;
            }
        }

        return false;
    }

    public static Items All(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        var iteration = scope.Iterate();
        var index = 0;
        foreach (var item in input)
        {
            if (Singleton.Boolean(arguments[0](iteration.At(item, index++))) != true)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether every item is that Boolean.</summary>
    public static bool Every(Items input, bool value)
    {
        var holds = true;
        foreach (var item in input)
        {
            holds &= Boolean(item) == value;
        }

        return holds;
    }

    /// <summary>Whether any item is that Boolean.</summary>
    public static bool Some(Items input, bool value)
    {
        var holds = false;
        foreach (var item in input)
        {
            holds |= Boolean(item) == value;
        }

        return holds;
    }

    static bool Boolean(object item) =>
        Singleton.Unwrap(item) is bool value ? value : throw Singleton.Mismatch("A Boolean");
}
