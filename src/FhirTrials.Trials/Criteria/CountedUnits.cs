using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Gives a number the unit that stands after what is counted: <c>5 white blood cells per cubic
/// millimeter</c>, <c>500 neutrophils/µL</c>.</summary>
sealed class CountedUnits(ConceptVocabulary vocabulary)
{
    const int MaxWords = 4;

    public ImmutableArray<Token> Read(string text, ImmutableArray<Token> tokens)
    {
        for (var at = 0; at < tokens.Length - 1; at++)
        {
            if (tokens[at].Number is not { Unit: "", Over: null } number)
            {
                continue;
            }

            var end = Math.Min(tokens.Length, at + MaxWords + 1);
            for (var last = at + 1; last < end && tokens[last].Kind == TokenKind.Word; last++)
            {
                if (CountUnitAfter(text, tokens[last].End) is { } unit)
                {
                    if (vocabulary.Lookup(text[tokens[at + 1].Start..tokens[last].End])
                        is not { Kind: ConceptKind.Lab, Unit: ['1', '0', '*', ..] or ['/', ..] })
                    {
                        break;
                    }

                    tokens = tokens.SetItem(at, tokens[at] with { Number = number with { Unit = unit.Code } })
                        .RemoveAll(t => t.Start >= tokens[last].End && t.Start < unit.End);
                    break;
                }
            }
        }

        return tokens;
    }

    /// <summary>A volume that cells are counted in: <c>/µL</c>, <c>per cubic millimeter</c>.</summary>
    static UnitRead? CountUnitAfter(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        var divides = at < text.Length && (text[at] == '/' || string.CompareOrdinal(text, at, "per ", 0, 4) == 0);
        return divides && UnitText.Read(text, at) is { Code: "/uL" or "/L" or "/mL" } unit ? unit : null;
    }
}
