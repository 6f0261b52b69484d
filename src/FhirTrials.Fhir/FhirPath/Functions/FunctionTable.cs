using System.Collections.Frozen;
using FhirTrials.Fhir.FhirPath.Operators;
using FhirTrials.Fhir.FhirPath.Values;

namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>Every function, grouped by the sections of https://hl7.org/fhirpath/N1/#functions and
/// https://hl7.org/fhir/R4/fhirpath.html#functions. Functions that take a type, define a variable or sort need the
/// syntax of their arguments: the compiler binds those.</summary>
static class FunctionTable
{
    static readonly Function[] Functions =
    [
        // Existence
        new("empty", 0, 0, (_, input, _) => input.IsEmpty),
        new("exists", 0, 1, Existence.Exists),
        new("all", 1, 1, Existence.All),
        new("allTrue", 0, 0, (_, input, _) => Existence.Every(input, true)),
        new("anyTrue", 0, 0, (_, input, _) => Existence.Some(input, true)),
        new("allFalse", 0, 0, (_, input, _) => Existence.Every(input, false)),
        new("anyFalse", 0, 0, (_, input, _) => Existence.Some(input, false)),
        new("subsetOf", 1, 1, (scope, input, a) => Collections.IsSubset(scope, input, a[0](scope))),
        new("supersetOf", 1, 1, (scope, input, a) => Collections.IsSubset(scope, a[0](scope), input)),
        new("count", 0, 0, (_, input, _) => input.Count),
        new("distinct", 0, 0, (scope, input, _) => Collections.Distinct(scope, input)),
        new("isDistinct", 0, 0, (scope, input, _) => Collections.Distinct(scope, input).Count == input.Count),

        // Filtering and projection
        new("where", 1, 1, Filtering.Where),
        new("select", 1, 1, Filtering.Select),
        new("repeat", 1, 1, Filtering.Repeat),

        // Subsetting
        new("single", 0, 0, (_, input, _) => Subsetting.Single(input)),
        new("first", 0, 0, (_, input, _) => input.Slice(0, 1)),
        new("last", 0, 0, (_, input, _) => input.Slice(input.Count - 1, input.Count)),
        new("tail", 0, 0, (_, input, _) => input.Slice(1, input.Count)),
        new("skip", 1, 1, (scope, input, a) => Subsetting.Skip(input, a[0](scope))),
        new("take", 1, 1, (scope, input, a) => Subsetting.Take(input, a[0](scope))),
        new("intersect", 1, 1, (scope, input, a) => Collections.Intersect(scope, input, a[0](scope))),
        new("exclude", 1, 1, (scope, input, a) => Collections.Exclude(scope, input, a[0](scope))),

        // Combining
        new("union", 1, 1, (scope, input, a) => Collections.Union(scope, input, a[0](scope))),
        new("combine", 1, 1, (scope, input, a) => Collections.Combine(scope, input, a[0](scope))),

        // Conversion
        new("iif", 2, 3, Conversion.Iif),
        new("toBoolean", 0, 0, (_, input, _) => Conversion.To(input, Conversion.Boolean)),
        new("convertsToBoolean", 0, 0, (_, input, _) => Conversion.ConvertsTo(input, Conversion.Boolean)),
        new("toInteger", 0, 0, (_, input, _) => Conversion.To(input, Conversion.Integer)),
        new("convertsToInteger", 0, 0, (_, input, _) => Conversion.ConvertsTo(input, Conversion.Integer)),
        new("toDecimal", 0, 0, (_, input, _) => Conversion.To(input, Conversion.Decimal)),
        new("convertsToDecimal", 0, 0, (_, input, _) => Conversion.ConvertsTo(input, Conversion.Decimal)),
        new("toString", 0, 0, (_, input, _) => Conversion.To(input, Conversion.Text)),
        new("convertsToString", 0, 0, (_, input, _) => Conversion.ConvertsTo(input, Conversion.Text)),
        new("toDate", 0, 0, (_, input, _) => Conversion.To(input, Conversion.Date)),
        new("convertsToDate", 0, 0, (_, input, _) => Conversion.ConvertsTo(input, Conversion.Date)),
        new("toDateTime", 0, 0, (_, input, _) => Conversion.To(input, Conversion.DateTime)),
        new("convertsToDateTime", 0, 0, (_, input, _) => Conversion.ConvertsTo(input, Conversion.DateTime)),
        new("toTime", 0, 0, (_, input, _) => Conversion.To(input, Conversion.Time)),
        new("convertsToTime", 0, 0, (_, input, _) => Conversion.ConvertsTo(input, Conversion.Time)),
        new("toQuantity", 0, 1, Conversion.ToQuantity),
        new("convertsToQuantity", 0, 1, (scope, input, a) => Conversion.ConvertsToQuantity(scope, input, a)),

        // String manipulation
        new("indexOf", 1, 1, (s, input, a) => Strings.IndexOf(input, a[0](s))),
        new("lastIndexOf", 1, 1, (s, input, a) => Strings.LastIndexOf(input, a[0](s))),
        new("substring", 1, 2, Strings.Substring),
        new("startsWith", 1, 1, (s, input, a) => Strings.StartsWith(input, a[0](s))),
        new("endsWith", 1, 1, (s, input, a) => Strings.EndsWith(input, a[0](s))),
        new("contains", 1, 1, (s, input, a) => Strings.Contains(input, a[0](s))),
        new("upper", 0, 0, (_, input, _) => Singleton.String(input)?.ToUpperInvariant()),
        new("lower", 0, 0, (_, input, _) => Singleton.String(input)?.ToLowerInvariant()),
        new("replace", 2, 2, Strings.Replace),
        new("matches", 1, 1, (s, input, a) => Patterns.Matches(s, input, a[0](s), isFull: false)),
        new("matchesFull", 1, 1, (s, input, a) => Patterns.Matches(s, input, a[0](s), isFull: true)),
        new("replaceMatches", 2, 2, Strings.ReplaceMatches),
        new("length", 0, 0, (_, input, _) => Singleton.String(input)?.Length),
        new("toChars", 0, 0, (scope, input, _) => Strings.Chars(scope, input)),
        new("encode", 1, 1, (s, input, a) => Strings.With(input, a[0](s), Encodings.Encode)),
        new("decode", 1, 1, (s, input, a) => Strings.With(input, a[0](s), Encodings.Decode)),
        new("escape", 1, 1, (s, input, a) => Strings.With(input, a[0](s), Encodings.Escape)),
        new("unescape", 1, 1, (s, input, a) => Strings.With(input, a[0](s), Encodings.Unescape)),
        new("trim", 0, 0, (_, input, _) => Singleton.String(input)?.Trim()),
        new("split", 1, 1, (s, input, a) => Strings.Split(s, input, a[0](s))),
        new("join", 0, 1, Strings.Join),

        // Math
        new("abs", 0, 0, (_, input, _) => Maths.Abs(input)),
        new("ceiling", 0, 0, (_, input, _) => Maths.Whole(input, decimal.Ceiling)),
        new("exp", 0, 0, (_, input, _) => Maths.Of(input, Math.Exp)),
        new("floor", 0, 0, (_, input, _) => Maths.Whole(input, decimal.Floor)),
        new("ln", 0, 0, (_, input, _) => Maths.Of(input, Math.Log)),
        new("log", 1, 1, (s, input, a) => Maths.Of(input, a[0](s), Math.Log)),
        new("power", 1, 1, (s, input, a) => Maths.Power(input, a[0](s))),
        new("round", 0, 1, Maths.Round),
        new("sqrt", 0, 0, (_, input, _) => Maths.Of(input, Math.Sqrt)),
        new("truncate", 0, 0, (_, input, _) => Maths.Whole(input, decimal.Truncate)),

        // Tree navigation
        new("children", 0, 0, (scope, input, _) => Navigation.Children(scope, input)),
        new("descendants", 0, 0, (scope, input, _) => Navigation.Descendants(scope, input)),

        // Utility
        new("trace", 1, 2, Utility.Trace),
        new("now", 0, 0, (scope, _, _) => Items.One(Utility.Now(scope))),
        new("today", 0, 0, (scope, _, _) => Items.One(new SystemDate(scope.Context.Now.Date, TemporalPrecision.Day))),
        new("timeOfDay", 0, 0, (scope, _, _) => Items.One(Utility.TimeOfDay(scope))),
        new("lowBoundary", 0, 1, (s, input, a) => Boundaries.Of(s, input, a, isHigh: false)),
        new("highBoundary", 0, 1, (s, input, a) => Boundaries.Of(s, input, a, isHigh: true)),
        new("precision", 0, 0, (_, input, _) => Boundaries.Precision(input)),
        new("comparable", 1, 1, (s, input, a) => Utility.Comparable(input, a[0](s))),

        // Boolean logic
        new("not", 0, 0, (_, input, _) => !Singleton.Boolean(input)),

        // Types
        new("type", 0, 0, (_, input, _) => Utility.Types(input)),

        // Aggregates
        new("aggregate", 1, 2, Filtering.Aggregate),

        // FHIR's own
        new("extension", 1, 1, (s, input, a) => Fhir.Extension(s, input, a[0](s))),
        new("hasExtension", 1, 1, (s, input, a) => !Fhir.Extension(s, input, a[0](s)).IsEmpty),
        new("hasValue", 0, 0, (_, input, _) => Fhir.HasValue(input)),
        new("getValue", 0, 0, (_, input, _) => Fhir.GetValue(input)),
        new("resolve", 0, 0, (scope, input, _) => References.Resolve(scope, input)),
        new("memberOf", 1, 1, (s, input, a) => Fhir.MemberOf(s, input, a[0](s))),
        new("conformsTo", 1, 1, (s, input, a) => Fhir.ConformsTo(s, input, a[0](s))),
        new("subsumes", 1, 1, (s, input, a) => Fhir.Subsumes(s, input, a[0](s))),
        new("subsumedBy", 1, 1, (s, input, a) => Fhir.Subsumes(s, a[0](s), input)),
        new("htmlChecks", 0, 0, (_, input, _) => Fhir.HtmlChecks(input)),
        new("elementDefinition", 0, 0, (scope, input, _) => Fhir.ElementDefinition(scope, input)),
        new("slice", 2, 2, (s, input, a) => Fhir.Slice(s, input, a[0](s), a[1](s))),
        new("checkModifiers", 0, int.MaxValue, Fhir.CheckModifiers),
    ];

    /// <summary>The functions by name.</summary>
    public static readonly FrozenDictionary<string, Function> ByName =
        Functions.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
}
