using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FhirTrials.Tests.Chia;

/// <summary>A range of the text, end exclusive.</summary>
readonly record struct Piece(int Start, int End)
{
    public bool Overlaps(Piece other) => Start < other.End && other.Start < End;
}

/// <summary>An annotated entity; more than one piece where the words do not stand together.</summary>
sealed record Entity(string Id, string Type, Piece[] Pieces, string Text)
{
    public Piece Hull => new(Pieces.Min(p => p.Start), Pieces.Max(p => p.End));

    public bool Overlaps(Piece place) => Pieces.Any(p => p.Overlaps(place));
}

sealed record Relation(string Type, string From, string To);

/// <summary>The inclusion or exclusion criteria of one trial of the Chia corpus with their annotations (brat standoff,
/// https://brat.nlplab.org/standoff.html).</summary>
sealed record ChiaDocument(
    string Name, bool IsExclusion, string Text, IReadOnlyDictionary<string, Entity> Entities,
    IReadOnlyList<Relation> Relations)
{
    /// <summary>Whether it belongs to the part that nobody looks at: 3 of 10, by the
    /// SHA-256 of the trial's number.</summary>
    public bool IsHeldOut =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(Name[..11]))) % 10 >= 7;

    public static IEnumerable<ChiaDocument> ReadAll(string folder) =>
        Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).Select(Read);

    static ChiaDocument Read(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var entities = new Dictionary<string, Entity>(StringComparer.Ordinal);
        var relations = new List<Relation>();
        foreach (var line in File.ReadLines(Path.ChangeExtension(file, ".ann")))
        {
            var cells = line.Split('\t');
            var words = cells.Length > 1 ? cells[1].Split(' ', 2) : [];
            if (line.StartsWith('T') && words.Length == 2)
            {
                entities[cells[0]] = new(cells[0], words[0], [.. words[1].Split(';').Select(ReadPiece)], cells[2]);
            }
            else if (line.StartsWith('R') && words.Length == 2 && words[1]
                .Split(' ') is [['A', 'r', 'g', '1', ':', .. var from], ['A', 'r', 'g', '2', ':', .. var to]])
            {
                relations.Add(new(words[0], from, to));
            }
        }

        return new(name, name.EndsWith("_exc", StringComparison.Ordinal), File.ReadAllText(file), entities, relations);
    }

    static Piece ReadPiece(string text)
    {
        var ends = text.Split(' ');
        return new(int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The entity, or the entities inside it where it is a Scope.</summary>
    public IEnumerable<Entity> Members(string id) => !Entities.TryGetValue(id, out var entity) ? []
        : entity.Type != "Scope" ? [entity]
        : Entities.Values.Where(e => e.Type != "Scope" && entity.Overlaps(e.Hull));
}
