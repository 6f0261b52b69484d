using System.Globalization;
using FhirTrials.Fhir.FhirPath.Operators;
using FhirTrials.Fhir.FhirPath.Values;
using Units = FhirTrials.Fhir.Ucum.Ucum;

namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>https://hl7.org/fhirpath/N1/#conversion. A conversion gives null where
/// the value has no such form.</summary>
static class Conversion
{
    public static Items Iif(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        _ = Singleton.Item(input);
        var on = scope.On(input);
        return Singleton.Boolean(arguments[0](on)) == true ? arguments[1](on)
            : arguments.Length > 2 ? arguments[2](on)
            : Items.Empty;
    }

    public static Items To(Items input, Func<object, object?> conversion) =>
        Singleton.Value(input) is { } value && conversion(value) is { } result ? Items.One(result) : Items.Empty;

    public static Items ConvertsTo(Items input, Func<object, object?> conversion) =>
        Singleton.Value(input) is { } value ? conversion(value) is not null : Items.Empty;

    public static object? Boolean(object value) => value switch
    {
        bool => value,
        int or decimal => Convert.ToDecimal(value, CultureInfo.InvariantCulture) switch
        {
            1 => Boxed.Of(true),
            0 => Boxed.Of(false),
            _ => null,
        },
        string text => text.ToUpperInvariant() switch
        {
            "TRUE" or "T" or "YES" or "Y" or "1" or "1.0" => Boxed.Of(true),
            "FALSE" or "F" or "NO" or "N" or "0" or "0.0" => Boxed.Of(false),
            _ => null,
        },
        _ => null,
    };

    public static object? Integer(object value) => value switch
    {
        int => value,
        bool truth => Boxed.Of(truth ? 1 : 0),
        string text
            when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
            Boxed.Of(number),
        _ => null,
    };

    public static object? Decimal(object value) => value switch
    {
        decimal => value,
        int number => (decimal)number,
        bool truth => truth ? 1m : 0m,
        string text when SystemValue.TryDecimal(text, out var number) => number,
        _ => null,
    };

    public static object? Text(object value) => value switch
    {
        string => value,
        bool truth => truth ? "true" : "false",
        int or decimal => Convert.ToString(value, CultureInfo.InvariantCulture),
        SystemDate or SystemDateTime or SystemTime or SystemQuantity => value.ToString(),
        _ => null,
    };

    public static object? Date(object value) => value switch
    {
        SystemDate => value,
        SystemDateTime { Precision: <= TemporalPrecision.Day } at => new SystemDate(at.Start, at.Precision),
        SystemDateTime at => new SystemDate(at.Start.Date, TemporalPrecision.Day),
        string text when SystemDateTime.TryParse(text, out var at) => Date(at),
        _ => null,
    };

    public static object? DateTime(object value) => value switch
    {
        SystemDateTime => value,
        SystemDate date => date.ToDateTime(),
        string text when SystemDateTime.TryParse(text, out var at) => at,
        _ => null,
    };

    public static object? Time(object value) => value switch
    {
        SystemTime => value,
        string text when SystemTime.TryParse(text, out var time) => time,
        _ => null,
    };

    public static Items ToQuantity(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        var unit = arguments.IsEmpty ? null : Singleton.String(arguments[0](scope));
        return To(input, value => Quantity(value) is not { } quantity ? null
            : unit is null ? quantity
            : InUnit(quantity, unit));
    }

    public static Items ConvertsToQuantity(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments) =>
        input.IsEmpty ? Items.Empty : !ToQuantity(scope, input, arguments).IsEmpty;

    static SystemQuantity? Quantity(object value) => value switch
    {
        SystemQuantity quantity => quantity,
        int number => new(number, SystemQuantity.One),
        decimal number => new(number, SystemQuantity.One),
        bool truth => new(truth ? 1 : 0, SystemQuantity.One),
        string text when SystemQuantity.TryParse(text, out var quantity) => quantity,
        _ => null,
    };

    static SystemQuantity? InUnit(SystemQuantity quantity, string unit)
    {
        var target = new SystemQuantity(0, unit, SystemQuantity.IsCalendarUnit(unit));
        return target.Unit == quantity.Unit ? quantity
            : !Comparison.IsCalendarBesideDefinite(quantity, target)
                && Units.TryConvert(quantity.Value, quantity.Ucum, target.Ucum, out var converted)
                ? target with { Value = converted }
                : null;
    }
}
