using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Definitions;

/// <summary>HL7's R4 definitions as the embedded facts hold them. Only the indexes are read at once; each definition is
/// decoded when asked for.</summary>
sealed class R4Facts
{
    readonly FactFile _file;
    readonly FrozenDictionary<string, (string Type, bool IsProfile, int Offset)> _structures;
    readonly Constraint?[] _constraints;
    readonly int _constraintOffsets;

    public R4Facts(FactFile file)
    {
        _file = file;
        var constraints = file.Section(FactSection.Constraints);
        _constraints = new Constraint?[constraints.Int()];
        _constraintOffsets = constraints.Offset;
        _structures = ReadStructureIndex();
        Types = new FhirTypes(_structures.Values.Where(s => !s.IsProfile).Select(s => s.Type), LoadType);
    }

    public static R4Facts FromEmbedded()
    {
        using var stream = typeof(R4Facts).Assembly.GetManifestResourceStream("r4.facts.bin")
            ?? throw new InvalidDataException("The definitions are not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new R4Facts(new FactFile(bytes));
    }

    public FhirTypes Types { get; }

    public IReadOnlyCollection<string> StructureUrls => _structures.Keys;

    /// <summary>A structure definition with its snapshot in lines, or null.</summary>
    public (StructureFact Structure, ImmutableArray<ElementFact> Snapshot)? Structure(string url)
    {
        if (!_structures.TryGetValue(url, out var entry))
        {
            return null;
        }

        var cursor = _file.At(entry.Offset);
        var structure = ReadStructure(ref cursor, url, entry.Type, entry.IsProfile);
        return (structure, ReadElements(ref cursor));
    }

    public IEnumerable<SearchParameter> SearchParameters()
    {
        var index = _file.Section(FactSection.SearchParameters);
        var count = index.Int();
        for (var i = 0; i < count; i++)
        {
            _ = index.Texts();
            var cursor = _file.At(index.FileOffset());
            yield return ReadSearchParameter(ref cursor);
        }
    }

    public IReadOnlyDictionary<string, int> Index(FactSection section)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var cursor = _file.Section(section);
        var count = cursor.Int();
        for (var i = 0; i < count; i++)
        {
            var url = cursor.Text();
            index[url] = cursor.FileOffset();
        }

        return index;
    }

    public ValueSet ValueSet(string url, int offset)
    {
        var cursor = _file.At(offset);
        return new ValueSet(
            url,
            cursor.TextOrNull(),
            cursor.TextOrNull() ?? "",
            List(ref cursor, ReadInclude),
            List(ref cursor, ReadInclude),
            List(ref cursor, ReadCode));
    }

    public CodeSystem CodeSystem(string url, int offset)
    {
        var cursor = _file.At(offset);
        return new CodeSystem(
            url,
            cursor.TextOrNull(),
            cursor.TextOrNull() ?? "",
            (CodeSystemContent)cursor.Int(),
            cursor.Int() == 1,
            cursor.TextOrNull(),
            cursor.TextOrNull(),
            List(ref cursor, ReadConcept));
    }

    public ImmutableArray<Compartment> Compartments()
    {
        var cursor = _file.Section(FactSection.Compartments);
        return List(ref cursor, ReadCompartment);
    }

    FrozenDictionary<string, (string Type, bool IsProfile, int Offset)> ReadStructureIndex()
    {
        var index = new Dictionary<string, (string, bool, int)>(StringComparer.Ordinal);
        var cursor = _file.Section(FactSection.Structures);
        var count = cursor.Int();
        for (var i = 0; i < count; i++)
        {
            var url = cursor.Text();
            index[url] = (cursor.Text(), cursor.Int() == 1, cursor.FileOffset());
        }

        return index.ToFrozenDictionary(StringComparer.Ordinal);
    }

    FhirType LoadType(FhirTypes types, string name)
    {
        var url = FhirDefinitions.CoreUrl(name);
        var cursor = _file.At(_structures[url].Offset);
        var structure = ReadStructure(ref cursor, url, name, isProfile: false);
        return TypeTree.Build(types, structure, () =>
        {
            var elements = cursor;
            return ReadElements(ref elements);
        });
    }

    static StructureFact ReadStructure(ref FactCursor cursor, string url, string type, bool isProfile) => new(
        url,
        cursor.TextOrNull(),
        cursor.Text(),
        type,
        cursor.Text(),
        cursor.Int() == 1,
        isProfile,
        cursor.TextOrNull(),
        List(ref cursor, ReadContext),
        cursor.Texts());

    ImmutableArray<ElementFact> ReadElements(ref FactCursor cursor)
    {
        var count = cursor.Int();
        var elements = ImmutableArray.CreateBuilder<ElementFact>(count);
        for (var i = 0; i < count; i++)
        {
            elements.Add(ReadElement(ref cursor));
        }

        return elements.MoveToImmutable();
    }

    ElementFact ReadElement(ref FactCursor cursor)
    {
        var path = cursor.Text();
        var slice = cursor.TextOrNull();
        var min = cursor.Int();
        var max = cursor.Int();
        var flags = cursor.Int();
        return new ElementFact
        {
            Path = path,
            SliceName = slice,
            Min = min,
            Max = max == 0 ? ElementDefinition.Many : max - 1,
            IsArray = (flags & 1) != 0,
            IsModifier = (flags & 2) != 0,
            IsSummary = (flags & 4) != 0,
            MustSupport = (flags & 8) != 0,
            IsXmlAttribute = (flags & 16) != 0,
            IsLiteral = (flags & 32) != 0,
            BasePath = cursor.TextOrNull(),
            ContentReference = cursor.TextOrNull(),
            Types = List(ref cursor, ReadTypeFact),
            Binding = ReadBinding(ref cursor),
            Constraints = ReadConstraints(ref cursor),
            Fixed = ReadValue(ref cursor),
            Pattern = ReadValue(ref cursor),
            MinValue = ReadValue(ref cursor),
            MaxValue = ReadValue(ref cursor),
            MaxLength = cursor.Int() is var length and not 0 ? length : null,
            Regex = cursor.TextOrNull(),
            Slicing = ReadSlicing(ref cursor),
        };
    }

    ImmutableArray<Constraint> ReadConstraints(ref FactCursor cursor)
    {
        var count = cursor.Int();
        var constraints = ImmutableArray.CreateBuilder<Constraint>(count);
        for (var i = 0; i < count; i++)
        {
            var number = cursor.Int();
            constraints.Add(_constraints[number] ??= ReadConstraint(number));
        }

        return constraints.MoveToImmutable();
    }

    Constraint ReadConstraint(int number)
    {
        var place = _file.At(_constraintOffsets + (sizeof(int) * number));
        var cursor = _file.At(place.FileOffset());
        var key = cursor.Text();
        return new Constraint(key, cursor.Int() == 1, $"rule {key}", cursor.Text());
    }

    Element? ReadValue(ref FactCursor cursor) =>
        cursor.TextOrNull() is { } type
            ? FhirJson.ReadFragment(Encoding.UTF8.GetBytes(cursor.Text()), Types[type])
            : null;

    static Binding? ReadBinding(ref FactCursor cursor) =>
        cursor.Int() is var strength and not 0
            ? new Binding((BindingStrength)(strength - 1), cursor.Text(), cursor.TextOrNull())
            : null;

    static Slicing? ReadSlicing(ref FactCursor cursor)
    {
        var rules = cursor.Int();
        if (rules == 0)
        {
            return null;
        }

        var isOrdered = cursor.Int() == 1;
        return new Slicing(List(ref cursor, ReadDiscriminator), (SlicingRules)(rules - 1), isOrdered);
    }

    static Discriminator ReadDiscriminator(ref FactCursor cursor) =>
        new((DiscriminatorType)cursor.Int(), cursor.Text());

    static TypeFact ReadTypeFact(ref FactCursor cursor) => new(cursor.Text(), cursor.Texts(), cursor.Texts());

    static (string Type, string Expression) ReadContext(ref FactCursor cursor) => (cursor.Text(), cursor.Text());

    static SearchParameter ReadSearchParameter(ref FactCursor cursor) => new(
        cursor.Text(),
        cursor.Text(),
        (SearchParameterType)cursor.Int(),
        cursor.Texts(),
        cursor.TextOrNull(),
        cursor.Texts(),
        List(ref cursor, ReadContext));

    static ValueSetInclude ReadInclude(ref FactCursor cursor) => new(
        cursor.TextOrNull(),
        cursor.TextOrNull(),
        List(ref cursor, ReadCode),
        List(ref cursor, ReadFilter),
        cursor.Texts());

    static ValueSetCode ReadCode(ref FactCursor cursor) => new(cursor.TextOrNull(), cursor.Text(), cursor.TextOrNull());

    static ValueSetFilter ReadFilter(ref FactCursor cursor) => new(cursor.Text(), cursor.Text(), cursor.Text());

    static Concept ReadConcept(ref FactCursor cursor)
    {
        var (code, display, designations) = (cursor.Text(), cursor.TextOrNull(), cursor.Texts());
        var (parents, flags) = (cursor.Texts(), cursor.Int());
        return new Concept(code, display, parents, (flags & 1) != 0, (flags & 2) != 0) { Designations = designations };
    }

    static Compartment ReadCompartment(ref FactCursor cursor) => new(
        cursor.Text(),
        cursor.Text(),
        List(ref cursor, ReadMember).ToFrozenDictionary(m => m.Type, m => m.Parameters, StringComparer.Ordinal));

    static (string Type, ImmutableArray<string> Parameters) ReadMember(ref FactCursor cursor) =>
        (cursor.Text(), cursor.Texts());

    delegate T ReadItem<T>(ref FactCursor cursor);

    static ImmutableArray<T> List<T>(ref FactCursor cursor, ReadItem<T> read)
    {
        var count = cursor.Int();
        if (count == 0)
        {
            return [];
        }

        var items = ImmutableArray.CreateBuilder<T>(count);
        for (var i = 0; i < count; i++)
        {
            items.Add(read(ref cursor));
        }

        return items.MoveToImmutable();
    }
}
