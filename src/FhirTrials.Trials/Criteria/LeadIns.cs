using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>How the items of a list hold.</summary>
enum ListKind
{
    /// <summary>Each is a criterion of its own.</summary>
    Each,

    /// <summary>At least so many of them.</summary>
    Some,

    /// <summary>All of them at once.</summary>
    All,

    /// <summary>None of them.</summary>
    None,

    /// <summary>Exceptions, permissions, conditions: nothing tells how they decide.</summary>
    Open,

    /// <summary>Each, besides what the words above them say.</summary>
    Besides,
}

/// <param name="Count">Of <see cref="ListKind.Some"/>: how many.</param>
readonly record struct ListFrame(ListKind Kind, int Count = 1);

/// <summary>Reads what the words above a list say of its items: <c>at least 2 of the following:</c>, <c>none of the
/// following</c>, <c>no other disease, including:</c>, <c>except for the following:</c>.</summary>
static partial class LeadIns
{
    /// <summary>No words above a list are as long: such a list is open.</summary>
    const int MaxLength = 1_000;

    static readonly ImmutableArray<string> Numbers = ["zero", "one", "two", "three", "four", "five", "six"];

    public static ListFrame Of(string leadIn, CriterionSection section)
    {
        var (frame, exclusion) = (Of(leadIn), section == CriterionSection.Exclusion);
        return frame.Kind switch
        {
            ListKind.None when exclusion => new(ListKind.Open),
            ListKind.Each or ListKind.Some when exclusion && frame.Count == 1 =>
                new(!IsBesides(leadIn) ? ListKind.Each : leadIn.Length > MaxLength ? ListKind.Open : ListKind.Besides),
            ListKind.All when !exclusion => new(ListKind.Each),
            _ => frame,
        };
    }

    /// <summary>What the words say, in whichever section.</summary>
    public static ListFrame Of(string leadIn)
    {
        leadIn = leadIn[(leadIn.LastIndexOf(". ", StringComparison.Ordinal) + 1)..];
        if (leadIn.Length > MaxLength)
        {
            return new(ListKind.Open);
        }

        var lists = Following().IsMatch(leadIn);
        if (!lists && !leadIn.EndsWith(':'))
        {
            return new(ListKind.Each);
        }

        var denied = Denial().IsMatch(leadIn) || NoneOf().IsMatch(leadIn);
        return Forbidden().IsMatch(leadIn) ? new(ListKind.None)
            : Exception().IsMatch(leadIn) || (Condition().IsMatch(leadIn) && !Eligibility().IsMatch(leadIn))
                || (denied && Method().IsMatch(leadIn))
                || (lists && Limited().IsMatch(leadIn)) ? new(ListKind.Open)
            : denied ? new(ListKind.None)
            : Counted().Match(leadIn) is { Success: true } counted ? new(ListKind.Some, CountOf(counted))
            : AllOf().IsMatch(leadIn) ? new(ListKind.All)
            : AnyOf().IsMatch(leadIn) ? new(ListKind.Some)
            : new(ListKind.Each);
    }

    static int CountOf(Match counted)
    {
        var word = counted.Groups["n"].Value.ToLowerInvariant();
        var count = word.Length == 1 && char.IsAsciiDigit(word[0]) ? word[0] - '0' : Numbers.IndexOf(word);
        return counted.Groups["over"].Success ? count + 1 : count;
    }

    /// <summary>Whether the words above a list of exclusions name something that must be there too: <c>cirrhosis with
    /// any of the following:</c>.</summary>
    public static bool IsBesides(string leadIn) => leadIn.Length > MaxLength
        || (Joined().Match(leadIn) is { Success: true } joined && !Explained().IsMatch(leadIn)
            && ConceptVocabulary.Default.Names(leadIn[..joined.Index])
                .Any(n => n.Concept.Kind is not (ConceptKind.Population or ConceptKind.Demographic)));

    [GeneratedRegex(@"\b(?:following|below)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Following();

    [GeneratedRegex(@"\b(?:not (?:be )?(?:allowed|permitted|acceptable)|prohibited|forbidden)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Forbidden();

    [GeneratedRegex(
        @"\b(?:except\w*|unless|other than|apart from|with the exclusion of|allowed|permitted|acceptable|"
            + @"since prior)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Exception();

    [GeneratedRegex(@"\b(?:if|when|until|in case of)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Condition();

    [GeneratedRegex(
        @"\b(?:eligible|eligibility|includ\w+|inclusion|enrol\w*|participat\w+|exclu\w+|ineligible|recruited|admitted|"
            + @"qualif\w+)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Eligibility();

    [GeneratedRegex(
        @"^\W*(?:(?:patients?|subjects?|participants?|individuals?|the|must|should|may|do|does|has|have|had|who|with|"
            + @"are|is|will|can|be|there)\s+)*(?:no|not|never|none|without|absence of|free of|cannot|negative for)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Denial();

    [GeneratedRegex(@"\b(?:none|neither) of\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoneOf();

    [GeneratedRegex(
        @"\b(?:confirmed|defined|documented|verified|determined|evidenced|assessed|according|based) (?:by|as|to|on)\b|"
            + @"\b(?:by|as follows|as described)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Method();

    [GeneratedRegex(
        @"\b(?:no more than|less than|fewer than|at most|exactly|only|up to|maximum of) (?:\w+ ){1,2}of (?:the|"
            + @"these)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Limited();

    [GeneratedRegex(
        @"(?<over>more than |greater than |> ?)?\b(?<n>[1-6]|one|two|three|four|five|six)\b(?: ?\( ?\w+ ?\))?,?(?: ?"
            + @"(?:\(?or|and/or) (?:more|both|greater|all)\)?)?(?: \w+)? of (?:the|these|those) (?:\w+ ){0,2}"
            + @"(?:following|below)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Counted();

    [GeneratedRegex(@"\b(?:all|both|each)(?: of)? (?:the|these) (?:\w+ ){0,2}(?:following|below)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AllOf();

    [GeneratedRegex(@"\b(?:any|either)(?: one)?(?: of)? (?:the|these) (?:\w+ ){0,2}(?:following|below)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnyOf();

    [GeneratedRegex(@"\b(?:with|and|plus|having|who have)\b(?=[^:]*\b(?:following|below)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Joined();

    [GeneratedRegex(@"\b(?:defined|includ\w+|such as|as follows|e\.?g|i\.?e|by)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Explained();
}
