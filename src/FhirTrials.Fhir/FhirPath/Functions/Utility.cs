using FhirTrials.Fhir.FhirPath.Values;
using Units = FhirTrials.Fhir.Ucum.Ucum;

namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>https://hl7.org/fhirpath/N1/#utility-functions</summary>
static class Utility
{
    /// <summary>Leaves the input as it is; the context may be told of it, or of what is projected from it.</summary>
    public static Items Trace(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        var name = Singleton.String(arguments[0](scope)) ?? throw new FhirPathException("trace() needs a name.");
        var traced = arguments.Length > 1 ? Filtering.Select(scope, input, arguments[1..]) : input;
        scope.Context.Trace?.Invoke(name, traced.ToImmutableArray());
        return input;
    }

    public static SystemDateTime Now(Scope scope) => SystemDateTime.Of(scope.Context.Now);

    public static SystemTime TimeOfDay(Scope scope) =>
        new(Now(scope).Start.TimeOfDay, TemporalPrecision.Millisecond, 3);

    /// <summary>Whether two quantities have units of one dimension.</summary>
    public static Items Comparable(Items input, Items argument) =>
        Singleton.Value(input) is SystemQuantity left && Singleton.Value(argument) is SystemQuantity right
            ? Units.AreCommensurable(left.Ucum, right.Ucum) ?? false
            : Items.Empty;

    public static Items Types(Items input)
    {
        var types = default(ItemsBuilder);
        foreach (var item in input)
        {
            types.Add(Operators.Types.Of(item));
        }

        return types.ToItems();
    }
}
