namespace FhirTrials.Storage.Rows;

/// <summary>One value by which a current resource is found.</summary>
abstract class IndexRow
{
    public long ResourceKey { get; set; }

    /// <summary>Tells the rows of a resource in one table apart.</summary>
    public int Ordinal { get; set; }

    /// <summary>The interned resource type.</summary>
    public short Type { get; init; }

    /// <summary>The interned index key.</summary>
    public short Parameter { get; init; }

    /// <summary>Rows of a composite parameter that come from one element share it.</summary>
    public int Group { get; init; }
}

sealed class TokenRow : IndexRow
{
    /// <summary>The system is not given.</summary>
    public const int NoSystem = 0;

    /// <summary>The system is implied by the element's definition, but which it is could not be told.</summary>
    public const int ImpliedSystem = -1;

    public int System { get; init; }

    public required string Code { get; init; }
}

sealed class StringRow : IndexRow
{
    /// <summary>The beginning of the normalised text.</summary>
    public required string Value { get; init; }

    /// <summary>The normalised text where <see cref="Value"/> is only its beginning.</summary>
    public string? Whole { get; init; }

    /// <summary>The text as it stands.</summary>
    public required string Text { get; init; }
}

/// <summary>A study's titles by their parts of three characters, for what is asked to be anywhere in one: only an
/// embedded engine has them, as a full-text index — https://sqlite.org/fts5.html#the_trigram_tokenizer</summary>
sealed class TitleRow : IndexRow
{
    /// <summary>A shorter part of a text is no entry of the index.</summary>
    public const int PartLength = 3;

    /// <summary>Normalised; empty where there is none, and of several each on a line.</summary>
    public required string Title { get; init; }

    /// <inheritdoc cref="Title"/>
    public required string OfficialTitle { get; init; }

    /// <summary>The column that has the texts of a parameter; null where none has.</summary>
    public static string? ColumnOf(string index) => index switch
    {
        "http://hl7.org/fhir/SearchParameter/ResearchStudy-title" => nameof(Title),
        "http://fhirtrials.org/fhir/SearchParameter/ResearchStudy-official-title" => nameof(OfficialTitle),
        _ => null,
    };
}

/// <summary>All words of a resource. The index of them is an embedded engine's full-text index; on a server there is a
/// <see cref="WordRow"/> for each.</summary>
sealed class WordListRow : IndexRow
{
    /// <summary>As <see cref="Writing.WordList"/> writes them.</summary>
    public required string Words { get; init; }
}

/// <summary>One word of a resource's <see cref="WordListRow"/>.</summary>
sealed class WordRow
{
    public short Type { get; init; }

    public short Parameter { get; init; }

    public required string Word { get; init; }

    public long ResourceKey { get; init; }

    public bool InNarrative { get; init; }
}

/// <summary>A half-open range of UTC ticks.</summary>
sealed class DateRow : IndexRow
{
    public long Start { get; init; }

    public long End { get; init; }
}

/// <summary>A number as the range that its written precision stands for.</summary>
interface INumberBounds
{
    double Low { get; }

    double High { get; }
}

sealed class NumberRow : IndexRow, INumberBounds
{
    public double Low { get; init; }

    public double High { get; init; }
}

sealed class QuantityRow : IndexRow, INumberBounds
{
    /// <summary>The row is of the quantity in canonical units.</summary>
    public const int CanonicalSystem = -1;

    public double Low { get; init; }

    public double High { get; init; }

    public int System { get; init; }

    public required string Code { get; init; }

    public required string Unit { get; init; }
}

sealed class ReferenceRow : IndexRow
{
    /// <summary>The target's interned type, 0 where the reference does not tell it.</summary>
    public short TargetType { get; init; }

    /// <summary>A logical id on this server, or a URL.</summary>
    public required string Target { get; init; }

    public string? Version { get; init; }
}

sealed class UriRow : IndexRow
{
    public required string Value { get; init; }
}

/// <summary>A point on the unit sphere.</summary>
sealed class PositionRow : IndexRow
{
    public double X { get; init; }

    public double Y { get; init; }

    public double Z { get; init; }
}
