using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

enum ChunkKind
{
    /// <summary>A concept of the vocabulary.</summary>
    Term,

    /// <summary>A small word or phrase that steers the reading.</summary>
    Cue,

    Number,
    Comparison,
    Comma,
    Semicolon,
    Colon,
    Stop,
    Open,
    Close,

    /// <summary>A word that nothing knows.</summary>
    Word,

    /// <summary>A time that looks back.</summary>
    Window,

    /// <summary>Words that belong together and that no record answers.</summary>
    Unread,
}

/// <summary>One or more tokens with their meaning. Offsets are those of the criteria text.</summary>
sealed record Chunk(ChunkKind Kind, int Start, int End, string Word = "")
{
    public VocabularyConcept? Concept { get; init; }

    public Cue? Cue { get; init; }

    public Quantity? Number { get; init; }

    public Comparator? Comparator { get; init; }

    /// <summary>How it compares what follows: by a sign, or in words (<c>at least</c>).</summary>
    public Comparator? Sign => Comparator ?? Cue switch
    {
        Criteria.Cue.GreaterOrEqual => Criteria.Comparator.GreaterOrEqual,
        Criteria.Cue.GreaterThan => Criteria.Comparator.GreaterThan,
        Criteria.Cue.LessOrEqual => Criteria.Comparator.LessOrEqual,
        Criteria.Cue.LessThan => Criteria.Comparator.LessThan,
        _ => null,
    };

    /// <summary>How it compares what stands before it: <c>or more</c>.</summary>
    public Comparator? SignAfter => Cue switch
    {
        Criteria.Cue.OrMore => Criteria.Comparator.GreaterOrEqual,
        Criteria.Cue.OrLess => Criteria.Comparator.LessOrEqual,
        _ => null,
    };

    /// <summary>The sign was lost in the text and is inferred.</summary>
    public bool IsInferred { get; init; }

    public Window? Window { get; init; }

    /// <summary>The time that words which belong together are said of.</summary>
    public Chunk? Time { get; init; }

    /// <summary>The half-lives that are the other time.</summary>
    public HalfLives? HalfLives { get; init; }

    /// <summary>The sex that a number is meant for: <c>≥ 13 g/dL in men</c>.</summary>
    public string? Sex { get; init; }

    /// <summary>What must be there too where these words hold: <c>due to diabetes</c>.</summary>
    public ImmutableArray<Chunk> Implied { get; init; } = [];

    /// <summary>All that these words say, where it is known: <c>steroid-naive</c>.</summary>
    public Clause? Says { get; init; }

    /// <summary>What these words speak of and say nothing of: <c>contraindication to NSAIDs</c>.</summary>
    public ImmutableArray<Chunk> Mentioned { get; init; } = [];

    public bool Is(Cue cue) => Cue == cue;

    /// <summary>Whether it joins or separates phrases.</summary>
    public bool IsConnective => Kind == ChunkKind.Comma
        || Cue is Criteria.Cue.And or Criteria.Cue.Or or Criteria.Cue.AndOr;
}
