using System.Collections.Immutable;
using System.Runtime.InteropServices;
using FhirTrials.Fhir.FhirPath.Values;

namespace FhirTrials.Fhir.FhirPath;

/// <summary>FHIRPath's collection: Elements, system values or type infos in order. Empty and single ones need no memory
/// of their own.</summary>
readonly struct Items
{
    /// <summary>Null: none. An array: its items, two or more. Anything else: the one item.</summary>
    readonly object? _content;

    Items(object? content) => _content = content;

    public static Items Empty => default;

    public static Items One(object item) => new(item);

    public static Items Many(List<object> items) => items.Count switch
    {
        0 => default,
        1 => new(items[0]),
        _ => new(items.ToArray()),
    };

    /// <summary>Two or more items, in an array that nobody changes any more.</summary>
    public static Items Owning(object[] items) => new(items);

    public static Items Of(ImmutableArray<object> items) => Many(new List<object>(items));

    public static implicit operator Items(bool value) => new(Boxed.Of(value));

    public static implicit operator Items(int value) => new(Boxed.Of(value));

    public static implicit operator Items(decimal value) => new(value);

    public static implicit operator Items(string? value) => new(value);

    public static implicit operator Items(bool? value) => value is { } known ? known : default(Items);

    public static implicit operator Items(int? value) => value is { } known ? known : default(Items);

    public static implicit operator Items(decimal? value) => value is { } known ? known : default(Items);

    public bool IsEmpty => _content is null;

    public int Count => _content switch
    {
        null => 0,
        object[] many => many.Length,
        _ => 1,
    };

    public object this[int index] => _content is object[] many ? many[index] : _content!;

    /// <summary>The only item; null if there is none or more than one.</summary>
    public object? OnlyOrNull => _content is object[] ? null : _content;

    /// <summary>The items from <paramref name="start"/> up to <paramref name="end"/>, which is left out.</summary>
    public Items Slice(int start, int end)
    {
        start = Math.Max(start, 0);
        end = Math.Min(end, Count);
        return start >= end ? default
            : end - start == Count ? this
            : end - start == 1 ? new(this[start])
            : new(((object[])_content!)[start..end]);
    }

    public Enumerator GetEnumerator() => new(this);

    public ImmutableArray<object> ToImmutableArray() => _content switch
    {
        null => [],
        object[] many => ImmutableCollectionsMarshal.AsImmutableArray(many),
        _ => [_content],
    };

    public struct Enumerator(Items items)
    {
        readonly int _count = items.Count;
        int _at = -1;

        public readonly object Current => items[_at];

        public bool MoveNext() => ++_at < _count;
    }
}
