using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>The scope that a criterion's prefix states, and where the criterion itself begins.</summary>
/// <param name="UnknownCohort">The prefix, where it names a cohort that is no arm of the study; else null.</param>
readonly record struct ScopePrefix(CriterionScope Scope, int End, string? UnknownCohort);

/// <summary>Reads what stands before the first colon: arms and cohorts (<c>Ph-IIM:</c>), or an age band
/// (<c>Participants aged &lt; 16 years old:</c>).</summary>
sealed partial class ScopeReader(ImmutableArray<string> armTitles)
{
    const int MaxPrefix = 160;

    /// <summary>No prefix of a real study means more arms, nor are their titles longer, together: since each criterion
    /// repeats them, it is open then whom it binds.</summary>
    const int MaxArms = 50;

    const int MaxTitles = 5_000;

    /// <summary>No real study has more arms: of which of them a prefix speaks is open then.</summary>
    const int MaxArmsOfStudy = 1_000;

    readonly ImmutableArray<(string Title, ImmutableArray<string> Words)> _arms =
        armTitles.Length > MaxArmsOfStudy ? [] : [.. armTitles.Select(title => (title, TermText.Words(title)))];

    public ScopePrefix Read(string text, TextSpan span, ImmutableArray<Chunk> chunks)
    {
        var none = new ScopePrefix(CriterionScope.All, span.Start, null);
        var colon = chunks.FirstOrDefault(c => c.Kind is ChunkKind.Colon or ChunkKind.Stop);
        if (colon is not { Kind: ChunkKind.Colon } || colon.Start - span.Start > MaxPrefix)
        {
            return none;
        }

        var prefix = text[span.Start..colon.Start].Trim();
        if (AgeBand(chunks, colon) is { } age)
        {
            return new(CriterionScope.All with { Age = age }, colon.End, null);
        }

        var scope = Arms(prefix);
        var unknown = new ScopePrefix(CriterionScope.All, colon.End, prefix);
        return scope is not null ? IsTooLong(scope) ? unknown : new(scope, colon.End, null)
            : CohortName().IsMatch(prefix) ? unknown
            : IsLabel(chunks, colon) ? none with { End = colon.End }
            : armTitles.Length > MaxArmsOfStudy ? unknown
            : none;
    }

    static bool IsTooLong(CriterionScope scope) =>
        scope.Arms.Length > MaxArms || scope.Arms.Sum(title => (long)title.Length) > MaxTitles;

    /// <summary>The age band that stands before the colon of a sentence, and what is asked of it; null for
    /// others.</summary>
    public static (Measurement Age, ImmutableArray<Chunk> Asked)? Band(ImmutableArray<Chunk> sentence) =>
        sentence.FirstOrDefault(c => c.Kind == ChunkKind.Colon) is { } colon && AgeBand(sentence, colon) is { } age
            ? (age, sentence[(sentence.IndexOf(colon) + 1)..]) : null;

    /// <summary>An age band: people and an age, nothing else.</summary>
    static Measurement? AgeBand(ImmutableArray<Chunk> chunks, Chunk colon)
    {
        var prefix = chunks[..chunks.IndexOf(colon)];
        var people = prefix.Any(c => c.Is(Cue.Person));
        var onlyAge =
            prefix.All(c => c.Kind == ChunkKind.Number || (c.Sign ?? c.SignAfter) is not null || c.Concept?.Key == "age"
                || (c.Kind == ChunkKind.Cue && c.Cue is Cue.Person or Cue.Filler or Cue.To or Cue.And or Cue.Between));
        if (!people || !onlyAge
            || prefix.LastOrDefault(c => c.Kind == ChunkKind.Number)?.Number is not { Unit: "a" } last)
        {
            return null;
        }

        Limits? limits = null;
        for (var at = 0; at < prefix.Length; at++)
        {
            if (prefix[at].Number is not { } number)
            {
                continue;
            }

            var next = at + 1 < prefix.Length ? prefix[at + 1] : null;
            var before = at > 0 ? prefix[at - 1] : null;
            var comparator = before?.Sign ?? next?.SignAfter;
            comparator ??= next?.Cue is Cue.To ? Comparator.GreaterOrEqual
                : before?.Cue is Cue.To ? Comparator.LessOrEqual
                : Comparator.Between;
            var here = Limits.Of(comparator.Value, number with { Unit = "a" });
            limits = limits is { } first ? first.And(here) : here;
        }

        return limits is { } all && ConceptVocabulary.Default.Find("age") is { } age
            ? ((Clause.Measured)Facts.Measured(age, all, null)).Measurement : null;
    }

    /// <summary>The arms that every name of the prefix means, or null where one means none.</summary>
    CriterionScope? Arms(string prefix)
    {
        var arms = ImmutableArray.CreateBuilder<string>();
        var cohorts = ImmutableArray.CreateBuilder<string>();
        foreach (var name in Separator().Split(Frame().Replace(prefix, "")).Select(n => n.Trim())
            .Where(n => n.Length > 0))
        {
            var (found, words) = (false, TermText.Words(name));
            foreach (var (title, titleWords) in _arms)
            {
                if (Match(words, titleWords) is { } isCohort)
                {
                    arms.Add(title);
                    cohorts.Add(isCohort ? name : "");
                    found = true;
                }
            }

            if (!found)
            {
                return null;
            }

            if (arms.Count > MaxArms)
            {
                break;
            }
        }

        return arms.Count == 0 ? null
            : new(arms.ToImmutable(), cohorts.All(c => c.Length == 0) ? [] : cohorts.ToImmutable(), null);
    }

    /// <summary>False where the name is how the arm's title begins, true where it adds a letter to that
    /// (<c>Ph-IIRa</c>), null where neither.</summary>
    static bool? Match(ImmutableArray<string> words, ImmutableArray<string> titleWords)
    {
        if (words.Length == 0 || words.Length > titleWords.Length
            || !words.AsSpan()[..^1].SequenceEqual(titleWords.AsSpan()[..(words.Length - 1)]))
        {
            return null;
        }

        var (last, titled) = (words[^1], titleWords[words.Length - 1]);
        return last == titled ? false
            : last.Length == titled.Length + 1 && last.StartsWith(titled, StringComparison.Ordinal) && words.Length > 1
                ? true
            : null;
    }

    /// <summary>A heading inside the line (<c>Hematology: …</c>): few words without a concept or a number.</summary>
    static bool IsLabel(ImmutableArray<Chunk> chunks, Chunk colon)
    {
        const int few = 5;
        var prefix = chunks[..chunks.IndexOf(colon)];
        return prefix.Length <= few
            && prefix.All(c => c.Kind == ChunkKind.Word
                || c.Cue is Cue.Filler or Cue.NormalValues or Cue.AbnormalValues or Cue.And or Cue.Person);
    }

    [GeneratedRegex(@"^\s*(for|in|only)\s+|\s+only\s*$|\b(cohorts?|arms?|parts?)\s+only\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Frame();

    [GeneratedRegex(@",|;|&|\band\b|\bor\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    [GeneratedRegex(
        @"^\s*(for\s+)?(the\s+)?(cohorts?|arms?|part|parts|group|groups|phase|stage|stratum|strata|dose[- ](escalation|"
            + @"expansion|finding)|ph-)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CohortName();
}
