using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace FhirTrials.Trials.Criteria;

/// <summary>One item of the criteria text: a bullet or a paragraph, without its bullet.</summary>
/// <param name="LeadIn">The item that introduces it (<c>BM function as follows:</c>, or the bullet above a nested one);
/// null at the top.</param>
/// <remarks>Two items are equal where they are the same one.</remarks>
sealed record OutlineItem(CriterionSection Section, TextSpan Span, OutlineItem? LeadIn)
{
    /// <summary>No real list is nested deeper.</summary>
    public const int MaxDepth = 20;

    /// <summary>How many items are above it.</summary>
    public int Depth { get; } = LeadIn is null ? 0 : LeadIn.Depth + 1;

    public bool IsTooDeep => Depth > MaxDepth;

    public bool Equals(OutlineItem? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}

/// <summary>Splits a criteria text into its items: sections by headings, bullets and numbers, nesting by indentation or
/// by a line that ends in a colon. Offsets are those of the text as given.</summary>
static partial class CriteriaOutline
{
    const int MaxHeadingLength = 120;

    /// <summary>A shorter line was not broken because it was full; nor was one that its next word would have fitted
    /// on.</summary>
    const int FullLine = 60;

    /// <param name="maxItems">What follows so many items is one last item.</param>
    /// <param name="maxLength">What follows the line with so many characters is, too.</param>
    public static ImmutableArray<OutlineItem> Read(string text, int maxItems, int maxLength = int.MaxValue)
    {
        var reader = new Reader(text, LongestLine(text));
        var at = 0;
        while (at < text.Length && at < maxLength && reader.Items.Count < maxItems)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            reader.Line(at, end);
            at = end + 1;
        }

        if (at < text.Length && !text.AsSpan(at).IsWhiteSpace())
        {
            reader.Rest(at);
        }

        return [.. reader.Items];
    }

    static int LongestLine(string text)
    {
        var longest = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            longest = Math.Max(longest, line.TrimEnd().Length);
        }

        return longest;
    }

    /// <summary>The section that a line announces; null for a line that is no heading. A heading for both starts with
    /// inclusion.</summary>
    internal static CriterionSection? Heading(string line)
    {
        var bare = line.Trim().Trim('*', '#', '_', ' ', '\r', '-', '\u2022');
        if (bare.Length > MaxHeadingLength || !(bare.EndsWith(':') || HeadingWord().IsMatch(bare)))
        {
            return null;
        }

        return HeadingText().Match(bare) is not { Success: true } match ? null
            : match.Groups["ex"].Success && !match.Groups["in"].Success ? CriterionSection.Exclusion
            : CriterionSection.Inclusion;
    }

    [GeneratedRegex(
        @"^(key |main |major |general |core |important |specific |additional |study |patient |subject |participant |"
            + @"selection )*(eligibility )?((?<in>inclusions?|eligibility|eligible|must have)|(?<ex>exclusions?|"
            + @"non-inclusion|noninclusion|ineligibility|must not have))( (and|&|or) (?<in>inclusions?)?"
            + @"(?<ex>exclusions?)?)?( ?/ ?exclusion)?( (criteria|criterion|criterias|characteristics))?( \(.{0,60}\))?"
            + @"( (for|of|include|includes|are|are as follows|as follows)( [^:.;]{0,60})?)?\s*:?$|^criteria for "
            + @"(?<in>inclusion)?(?<ex>exclusion)?\s*:?$|^(patients?|subjects?|participants?) (will be|are|"
            + @"must be) (?<ex>excluded)( if| who)?[^.;]{0,60}:$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HeadingText();

    [GeneratedRegex(@"criteri|^(inclusions?|exclusions?|must (not )?have)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HeadingWord();

    [GeneratedRegex(
        @"\G(?<indent>[ \t]*)(?<bullet>(?:[*\u2022\u2023\u25e6\u00b7\u25aa\u25cf\u2013\u2014+-]|\(?\d{1,3}[.)]|"
            + @"\(?[a-zA-Z][.)]|\([ivxIVX]{1,4}\)|[ivx]{1,4}[.)])\\?[ \t]+)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();

    /// <summary>A bullet that is still open to indented or wrapped lines, with where it stands.</summary>
    readonly record struct Open(OutlineItem Item, int Indent);

    sealed class Reader(string text, int width)
    {
        readonly List<Open> _above = [];
        CriterionSection _section = CriterionSection.Inclusion;
        OutlineItem? _blockLeadIn;
        int _blockLeadInIndent;
        bool _afterBlank;

        public List<OutlineItem> Items { get; } = [];

        public void Line(int start, int end)
        {
            if (text.AsSpan(start, end - start).IsWhiteSpace())
            {
                EndBlock();
                return;
            }

            if (Heading(text[start..end]) is { } section)
            {
                _section = section;
                _above.Clear();
                _blockLeadIn = null;
                _afterBlank = false;
                return;
            }

            var match = Bullet().Match(text, start);
            var bullet = match.Groups["bullet"];
            var indent = match.Groups["indent"].Length;
            var content = Trim(match.Index + match.Length, end);
            if (!bullet.Success && Continues(content.Start, indent))
            {
                Extend(end);
            }
            else
            {
                Add(content, indent);
            }

            _afterBlank = false;
        }

        public void Rest(int start) => Items.Add(new(_section, Trim(start, text.Length), null));

        /// <summary>A blank line ends a block; a lead-in before it opens the next one for the bullets that follow
        /// it.</summary>
        void EndBlock()
        {
            if (_afterBlank)
            {
                return;
            }

            _afterBlank = true;
            var last = Items.Count > 0 ? Items[^1] : null;
            _blockLeadIn = last is not null && last.Section == _section && EndsWithColon(last) ? last : null;
            _blockLeadInIndent = _above.Count > 0 ? _above[^1].Indent : 0;
        }

        void Add(TextSpan span, int indent)
        {
            while (_above.Count > 0 && _above[^1].Indent >= indent)
            {
                _above.RemoveAt(_above.Count - 1);
            }

            var inBlock = _blockLeadIn is not null && indent <= _blockLeadInIndent;
            var leadIn = inBlock ? _blockLeadIn : _above.Count > 0 ? _above[^1].Item : null;
            var item = new OutlineItem(_section, span, leadIn is { IsTooDeep: true } ? leadIn.LeadIn : leadIn);
            Items.Add(item);
            _above.Add(new(item, indent));
        }

        /// <summary>Whether a line without a bullet goes on with the item above: indented under it, or a sentence that
        /// was wrapped.</summary>
        bool Continues(int start, int indent)
        {
            if (_afterBlank || _above.Count == 0)
            {
                return false;
            }

            var last = Items[^1].Span;
            var lineStart = text.LastIndexOf('\n', last.End - 1) + 1;
            var word = start;
            while (word < text.Length && !char.IsWhiteSpace(text[word]))
            {
                word++;
            }

            var full = last.End - lineStart;
            var unfinished = full >= FullLine && full + 1 + word - start > width
                && !".;:".Contains(text[last.End - 1], StringComparison.Ordinal);
            return indent > _above[^1].Indent || (unfinished && char.IsLower(text[start]));
        }

        void Extend(int end)
        {
            var old = Items[^1];
            var longer = old with { Span = Trim(old.Span.Start, end) };
            Items[^1] = longer;
            _above[^1] = _above[^1] with { Item = longer };
        }

        bool EndsWithColon(OutlineItem item) => text[item.Span.Start + item.Span.Length - 1] == ':';

        TextSpan Trim(int start, int end)
        {
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            while (end > start + 1 && char.IsWhiteSpace(text[end - 1]))
            {
                end--;
            }

            return new(start, end - start);
        }
    }
}
