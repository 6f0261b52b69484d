using System.Collections.Frozen;

namespace FhirTrials.Trials.Registry;

/// <summary>What a field of the format holds.</summary>
abstract record RegistryField
{
    RegistryField()
    {
    }

    /// <summary>The fields that a table lists: one a line, two blanks deeper than the object it is of; <c>[]</c> after
    /// the name of an array; then what it holds, or nothing for an object.</summary>
    public static Fields Parse(string table)
    {
        var lines = table.Split('\n');
        var at = 0;
        return Children(0);

        Fields Children(int depth)
        {
            var fields = new Dictionary<string, RegistryField>(StringComparer.Ordinal);
            while (at < lines.Length && DepthOf(lines[at]) == depth)
            {
                var cells = lines[at].Trim().Split(' ');
                at++;
                var item = cells.Length == 1 ? Children(depth + 1) : KindOf(cells[1]);
                var isArray = cells[0].EndsWith("[]", StringComparison.Ordinal);
                fields.Add(isArray ? cells[0][..^2] : cells[0], isArray ? new Array(item) : item);
            }

            return new(fields.ToFrozenDictionary(StringComparer.Ordinal));
        }
    }

    static int DepthOf(string line) => (line.Length - line.TrimStart(' ').Length) / 2;

    static RegistryField KindOf(string kind) => kind switch
    {
        "text" => new Text(),
        "date" => new Date(),
        "flag" => new Flag(),
        "number" => new Number(),
        "count" => new Count(),
        "numeral" => new Numeral(),
        "link" => new Link(),
        _ => new Code(RegistryCodes.ByName[kind]),
    };

    /// <summary>An object with these fields.</summary>
    public sealed record Fields(FrozenDictionary<string, RegistryField> ByName) : RegistryField;

    /// <summary>An array of such items.</summary>
    public sealed record Array(RegistryField Item) : RegistryField;

    public sealed record Text : RegistryField;

    public sealed record Date : RegistryField;

    public sealed record Flag : RegistryField;

    public sealed record Number : RegistryField;

    /// <summary>A whole number, not negative.</summary>
    public sealed record Count : RegistryField;

    /// <summary>A whole number, not negative, in text.</summary>
    public sealed record Numeral : RegistryField;

    /// <summary>The address of a page.</summary>
    public sealed record Link : RegistryField;

    /// <summary>Text that is one of these codes.</summary>
    public sealed record Code(RegistryCodes Codes) : RegistryField;
}
