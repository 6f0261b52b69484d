using System.Text.RegularExpressions;

namespace FhirTrials.Tests.Studies;

/// <summary>Chance that is the same in every run: what it gives depends on the numbers that it was made from.</summary>
sealed partial class Dice(int seed, int index)
{
    readonly Random _random = new(Mix(seed, index));

    /// <summary>From 0 to below <paramref name="end"/>.</summary>
    public int Below(int end) => _random.Next(end);

    public int Between(int least, int most) => _random.Next(least, most + 1);

    public bool Percent(int percent) => _random.Next(100) < percent;

    public double Fraction() => _random.NextDouble();

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>Some of the items, in their order.</summary>
    public IEnumerable<T> Some<T>(IReadOnlyList<T> items, int count)
    {
        var open = count;
        for (var i = 0; i < items.Count && open > 0; i++)
        {
            if (_random.Next(items.Count - i) < open)
            {
                open--;
                yield return items[i];
            }
        }
    }

    /// <summary>One of those whose weights are summed up; the last sum is that of all.</summary>
    public int Weighted(IReadOnlyList<double> sums)
    {
        var at = _random.NextDouble() * sums[^1];
        var (low, high) = (0, sums.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sums[middle] > at ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>One word of several with their weights: <c>COMPLETED 50, RECRUITING 15</c>.</summary>
    public string Word(string weighted)
    {
        var words = weighted.Split(", ").Select(w => w.Split(' ')).ToList();
        var at = _random.Next(words.Sum(w => int.Parse(w[1], System.Globalization.CultureInfo.InvariantCulture)));
        return words.First(w => (at -= int.Parse(w[1], System.Globalization.CultureInfo.InvariantCulture)) < 0)[0];
    }

    /// <summary>A text in which each <c>{a|b|c}</c> has become one of its parts.</summary>
    public string Text(string template) => Choices().Replace(template, m => Pick(m.Groups[1].Value.Split('|')));

    /// <summary>The templates of a text, one a line; a line that begins with two blanks
    /// goes on from the one before.</summary>
    public static string[] Templates(string text) =>
        text.ReplaceLineEndings("\n").Replace("\n  ", " ", StringComparison.Ordinal).Split('\n');

    static int Mix(int seed, int index)
    {
        unchecked
        {
            var mixed = ((ulong)(uint)seed << 32 | (uint)index) + 0x9E3779B97F4A7C15;
            mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
            return (int)(mixed ^ mixed >> 31);
        }
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Choices();
}
