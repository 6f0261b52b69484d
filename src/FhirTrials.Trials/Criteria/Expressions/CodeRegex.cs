using System.Text;

namespace FhirTrials.Trials.Criteria.Expressions;

/// <summary>A regular expression for a list of codes that writes what several begin with once:
/// <c>91(06[14]|2)</c>.</summary>
static class CodeRegex
{
    sealed class Node
    {
        public SortedDictionary<char, Node> Next { get; } = [];

        public bool Ends { get; set; }

        /// <summary>Whether all that begins so counts.</summary>
        public bool Open { get; set; }
    }

    /// <param name="codes">Whole codes.</param>
    /// <param name="beginnings">What codes may begin with.</param>
    public static string Of(IEnumerable<string> codes, IEnumerable<string> beginnings)
    {
        var root = new Node();
        foreach (var code in codes)
        {
            At(root, code).Ends = true;
        }

        foreach (var beginning in beginnings)
        {
            At(root, beginning).Open = true;
        }

        return Text(root);
    }

    static Node At(Node node, string code)
    {
        foreach (var c in code)
        {
            if (!node.Next.TryGetValue(c, out var next))
            {
                node.Next[c] = next = new();
            }

            node = next;
        }

        return node;
    }

    /// <summary>What may follow a node: its branches, those of one letter as a class.</summary>
    static string Text(Node node)
    {
        if (node.Open)
        {
            return ".*";
        }

        var branches = node.Next.Select(n => (Letter: n.Key, After: Text(n.Value)))
            .GroupBy(b => b.After)
            .Select(g => Class([.. g.Select(b => b.Letter)]) + g.Key)
            .ToArray();
        return (branches, node.Ends) switch
        {
            ([], _) => "",
            ([var only], false) => only,
            (_, false) => $"({string.Join('|', branches)})",
            (_, true) => $"({string.Join('|', branches)})?",
        };
    }

    static string Class(char[] letters)
    {
        if (letters is [var one])
        {
            return char.IsLetterOrDigit(one) || one == '-' ? one.ToString() : $"[{one}]";
        }

        var text = new StringBuilder("[");
        for (var at = 0; at < letters.Length;)
        {
            var end = at;
            while (end + 1 < letters.Length && letters[end + 1] == letters[end] + 1)
            {
                end++;
            }

            text.Append(letters[at]);
            if (end > at)
            {
                text.Append(end > at + 1 ? "-" : "").Append(letters[end]);
            }

            at = end + 1;
        }

        return text.Append(']').ToString();
    }
}
