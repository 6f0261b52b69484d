using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <summary>A unit as written after a number: its UCUM code, whether it is a multiple of a limit of normal, and where
/// it ends.</summary>
readonly record struct UnitRead(string Code, ReferenceLimit? Limit, int End);

/// <summary>Units as protocols write them, and their UCUM codes — https://ucum.org/ucum</summary>
static class UnitText
{
    /// <summary>UCUM code, then its spellings without blanks, lower case, micro as <c>u</c>, the sign of multiplication
    /// as <c>x</c>.</summary>
    static readonly ImmutableArray<(string Code, string Spellings)> Table =
    [
        ("%", "%|percent|percentage|per cent"),
        ("a", "years|year|yrs|yr|y|years-old|year-old|yearsold|yearold|y.o.|y/o|yo|yearsofage|year(s)"),
        ("mo", "months|month|mos|mths|mo|monthsold|monthold|month(s)|months-old"),
        ("wk", "completedweeks|fullweeks|weeks|week|wks|wk|week(s)|weeks-old"),
        ("d", "days|day|d|calendardays|consecutivedays|workingdays|day(s)"),
        ("h", "hours|hour|hrs|hr|h|hour(s)"),
        ("min", "minutes|minute|mins|min"),
        ("s", "seconds|second|secs|sec"),
        ("{half-life}", "half-lives|half-life|halflives|half-life(s)"),
        ("x", "x"),
        ("[IU]/dL", "iu/dl|u/dl"),
        ("g/g", "g/g"),
        ("mg/mmol", "mg/mmol"),
        ("ug/g", "ug/g|mcg/g"),
        ("mosm/kg", "mosm/kg|mosmol/kg"),
        ("k[IU]/L", "kiu/l|ku/l"),
        ("/h", "/h|/hr|/hour|events/h|events/hr|events/hour|h-1|perhour|events per hour|times/hour"),
        ("[diop]", "diopters|diopter|dioptres|dioptre|dpt"),
        ("mL/s", "ml/s|ml/sec|ml/second"),
        ("[ppb]", "ppb"),
        ("L/min/m2", "l/min/m2|l/min/m\u00b2"),
        ("L/min", "l/min|l/minute|liters/min|liters/minute|litres/min|lpm|litersperminute|litresperminute"),
        ("L", "l|liter|liters|litre|litres"),
        ("fL", "fl"),
        ("g/dL",
            "g/dl|gm/dl|grams/dl|gms/dl|g%|gm%|grams/deciliter|gram/deciliter|gms/dl|g/deciliter|gramsperdeciliter"),
        ("g/L", "g/l|gm/l|grams/l"),
        ("g", "g|gram|grams"),
        ("g/d", "g/day|g/24h|g/24hours|g/24hr|g/24hrs|gm/24hr|grams/day|gramsperday"),
        ("mg/d", "mg/day|mg/d|mgdaily|mgperday|mg/24h|mg/24hours|mg/24hr"),
        ("mg/kg", "mg/kg"),
        ("mg/kg/d", "mg/kg/day|mg/kg/d"),
        ("mg/dL", "mg/dl|mg%|mgs/dl|milligrams/deciliter|milligramsperdeciliter|mgperdl"),
        ("mg/L", "mg/l|mg/liter|mg/litre"),
        ("mg/g", "mg/g"),
        ("ng/mL", "ng/ml|ng/milliliter|nanograms/milliliter"),
        ("ng/dL", "ng/dl"),
        ("ng/L", "ng/l"),
        ("pg/mL", "pg/ml|picograms/milliliter"),
        ("ug/L", "ug/l|mcg/l"),
        ("ug/mL", "ug/ml|mcg/ml"),
        ("ug/dL", "ug/dl|mcg/dl"),
        ("ug/d", "ug/day|mcg/day"),
        ("ug", "ug|mcg|micrograms"),
        ("mmol/L", "mmol/l|mmol/liter|mmol/litre|mmoles/l|millimol/l"),
        ("mmol/mol", "mmol/mol"),
        ("umol/L", "umol/l|umol/liter|umol/litre|micromol/litre|umoles/l|mcmol/l|micromol/l|micromole/l|micromoles/l"),
        ("nmol/L", "nmol/l"),
        ("pmol/L", "pmol/l"),
        ("meq/L", "meq/l"),
        ("U/L", "u/l|iu/l|units/l|ui/l|units/liter"),
        ("U/mL", "u/ml|units/ml"),
        ("[IU]/mL", "iu/ml|ui/ml"),
        ("m[IU]/mL", "miu/ml|mu/ml|milliunits/milliliter|milliunits/ml"),
        ("m[IU]/L", "miu/l|mu/l"),
        ("{copies}/mL", "copies/ml|copies/milliliter|copiesperml|copies/cc"),
        ("mL/min/{1.73_m2}",
            "ml/min/1.73m2|ml/min/1.73m^2|ml/min/1.73m\u00b2|ml/min/1.73m(2)|ml/minute/1.73m2|ml/minute/1.73m^2|"
                + "ml/minute/1.73m\u00b2|"
            + "ml/min/1.73sq.m|ml/min/1.73sqm|ml/min/1,73m2|ml/min/1,73m\u00b2|ml/min/1.73squaremeters|"
                + "ml/min/1.73metersquared|"
            + "ml/minper1.73m2|ml/minper1.73m^2|ml/minper1.73m\u00b2|ml/minuteper1.73m2|ml/minuteper1.73m\u00b2|"
                + "mlperminper1.73m2|"
            + "mlperminuteper1.73m2|mlperminuteper1.73m\u00b2|ml/minper1.73squaremeters|ml/min1.73m2|"
                + "ml/min1.73m\u00b2"),
        ("mL/kg/min", "ml/kg/min|ml/min/kg|ml/kg/minute|mlo2/kg/min"),
        ("mL/kg/h", "ml/kg/h|ml/kg/hr|ml/kg/hour|cc/kg/hr|cc/kg/hour"),
        ("mL/kg", "ml/kg|cc/kg"),
        ("mL/min", "ml/min|ml/minute|milliliterperminute|millilitersperminute|milliliters/minute|cc/min|ml/minutes|"
            + "mls/min|mlperminute|mlpermin"),
        ("mL", "ml|milliliters|millilitres|cc"),
        ("mL/m2", "ml/m2|ml/m\u00b2"),
        ("g/m2", "g/m2|g/m\u00b2"),
        ("10*9/L", "gigaliter|gigalitres|gigalitre|giga/l|x10e9/l|gpt/l"),
        ("/uL", "/ul|/mcl|cells/ul|cells/mcl|cells/microliter|/microliter|permicroliter|cellspermicroliter|"
            + "percubicmicroliter|/mm3|/mm^3|/mm\u00b3|/cmm|cells/mm3|cells/mm^3|cells/mm\u00b3|/cubicmillimeter|"
            + "percubicmillimeter|permm3|percubicmm|permm^3|cellspermm3|/cumm|cells/cumm|cels/mm3|perul"),
        ("10*3/uL", "x10e3/ul|x1000/ul|x1000/mm3|103/ul|10^3/ul|10\u00b3/ul|k/ul|k/mm3|k/mcl|k/cumm|thousand/ul|"
            + "thou/ul|x103/ul|x10^3/ul|x10\u00b3/ul"),
        ("/L", "/l|/liter|/litre|perliter|cells/l|per l"),
        ("/mL", "/ml|cells/ml"),
        ("kg/m2", "kg/m2|kg/m^2|kg/m\u00b2|kilogrampermetersquare|kilogramspermetersquared|kilograms/metersquared|"
            + "kg/squaremeter|kgpersquaremeter|kg/sqm|kgm-2|kg/metersquared|kilogrampersquaremeter|"
            + "kilogramspersquaremeter|kilogramspersquaremetre"),
        ("kg", "kg|kilograms|kilogram|kgs|kilos"),
        ("[lb_av]", "pounds|lbs|lb"),
        ("cm", "cm|centimeters|centimetres|centimeter"),
        ("/mm2", "/mm2|/mm^2|/mm\u00b2|cells/mm2|cells/mm^2|cells/mm\u00b2"),
        ("mm2", "mm2|mm^2|mm\u00b2|squaremillimeters|sqmm|millimeterssquared"),
        ("m/s", "m/s|m/sec|meterspersecond|meters/second|metrespersecond"),
        ("cm/s", "cm/s|cm/sec"),
        ("u[IU]/mL", "uiu/ml"),
        ("mm3", "mm3|mm^3|mm\u00b3"),
        ("cm2", "cm2|cm^2|cm\u00b2|squarecentimeters|squarecentimetres|sqcm|sq.cm|cmsquared|cmsq|"
            + "centimeterssquared|centimetersquared"),
        ("mm", "mm|millimeters|millimetres|millimeter"),
        ("mm/h", "mm/h|mm/hr|mm/hour|mm/1h|mm/1hr|mmperhour|millimeters/hour|mm/firsthour|mm/1sthour"),
        ("[in_i]", "inches|inch"),
        ("[ft_i]", "feet|ft"),
        ("um", "um|microns|micron|micrometers"),
        ("m", "m|meters|metres"),
        ("mm[Hg]", "mmhg|mm hg|mm/hg|mmofhg|millimetersofmercury"),
        ("cm[H2O]", "cmh2o|cmsh2o"),
        ("kPa", "kpa"),
        ("ms", "ms|msec|msecs|milliseconds|millisecond|msecond"),
        ("mg", "mg|milligrams"),
        ("mg/m2", "mg/m2|mg/m^2|mg/m\u00b2"),
        ("mg/mL", "mg/ml"),
        ("pg/dL", "pg/dl"),
        ("pmol/mL", "pmol/ml"),
        ("[IU]/d", "iu/day|iu/d|iudaily|iuperday"),
        ("{units}/d", "units/day|u/day|units/d|unitsperday|unitsdaily"),
        ("{units}/kg/d", "units/kg/day|u/kg/day|u/kg/d|units/kg/d"),
        ("Gy", "gy|gray"),
        ("cGy", "cgy"),
        ("mSv", "msv"),
        ("kcal/d", "kcal/day|kcal/d|kcalperday|calories/day|caloriesperday"),
        ("{pack-years}", "pack-years|packyears|pack-year|packyear|pack/years|pack/year"),
        ("/min", "bpm|beats/min|/min|beatsperminute|beats/minute|beatpermin|beats/m|breaths/min|breathsperminute|"
            + "rpm|perminute"),
        ("{score}", "points|point|scorepoints"),
        ("V", "volts|volt|v"),
        ("deg", "degrees|degree"),
        ("dB", "db|decibels|decibel"),
        ("Cel", "\u00b0c|\u00bac|degreescelsius|degreesc|degc|celsius"),
        ("[degF]", "\u00b0f|\u00baf|degreesfahrenheit|degreesf|fahrenheit"),
    ];

    /// <summary>Multiples of a limit of normal: <c>5 × ULN</c>, <c>5 times institutional upper limit of
    /// normal</c>.</summary>
    static readonly ImmutableArray<(ReferenceLimit Limit, string Tails)> Limits =
    [
        (ReferenceLimit.Uln,
            "uln|unl|uppernormallimits|upperlimitofnormal|upperlimitsofnormal|upperlimitofthenormal|"
                + "uppernormallimit|upperlimitnormal|upperlimit"
            + "|upperlimitofnormalrange|upperlimitofthenormalrange|normalupperlimit|upperlimitofnormality|"
                + "uppernormalrange"
            + "|uppernormalvalue|upperlimitofthereferencerange|upperlimitofnormalvalue|upperlimitofreferencerange|"
                + "uppernormal"),
        (ReferenceLimit.Lln, "lln|lowerlimitofnormal|lowerlimitofthenormal|lowerlimitsofnormal|lowernormallimit"),
    ];

    static readonly ImmutableArray<string> Times =
        [
            "", "x", "times", "timesthe", "xthe", "fold", "foldthe", "-fold", "timesof", "xof", "foldof", "timesabove",
            "timesabovethe",
            "foldhigherthan", "foldhigherthanthe", "foldgreaterthan", "foldgreaterthanthe", "timesgreaterthan",
            "timesgreaterthanthe", "timeshigherthan", "timeshigherthanthe", "timesofthe", "foldabove"];

    /// <summary>Less exact names of the upper limit, which only follow a multiple: <c>3 times normal</c>.</summary>
    static readonly ImmutableArray<string> Normals =
        ["normal", "normalvalue", "normalvalues", "normalrange", "normallimit", "normallimits",
        "referencerange", "referencevalue",
            "normallevel", "normallevels", "normalupper", "upperreferencelimit", "n"];

    static readonly ImmutableArray<string> Whose =
        ["", "institutional", "theinstitutional", "local", "site", "laboratory", "thelaboratory", "locallaboratory",
            "age-adjusted", "institution's", "institutionspecific", "the", "normal"];

    static readonly ImmutableArray<(string Code, string Word)> Sizes =
        [("", ""), ("m", "milli"), ("u", "micro"), ("n", "nano"), ("p", "pico"), ("k", "kilo")];

    static readonly ImmutableArray<(string Code, string Word)> Quantities =
        [("g", "gram"), ("mol", "mole"), ("[IU]", "internationalunit"), ("U", "unit"), ("eq", "equivalent")];

    static readonly ImmutableArray<(string Code, string Word)> Volumes =
        [
            ("L", "liter"), ("L", "litre"), ("dL", "deciliter"), ("dL", "decilitre"), ("mL", "milliliter"),
            ("mL", "millilitre"),
        ];

    static readonly ImmutableArray<string> Endings = ["", "s"];

    static readonly Node Root = Index();

    /// <summary>The unit that stands after a number; null where none does.</summary>
    public static UnitRead? Read(string text, int at) => Read(text, at, Root, null);

    /// <summary>The limit of normal that stands after <c>twice</c> and the like; null where none does.</summary>
    public static UnitRead? ReadMultiple(string text, int at) => Read(text, at, null, [Root.At("times").Then!]);

    static UnitRead? Read(string text, int at, Node? node, List<Node>? limits)
    {
        UnitRead? longest = null;
        for (var i = at; i < text.Length && (node is not null || limits is { Count: > 0 }); i++)
        {
            var c = text[i];
            if (c != '\n' && (char.IsWhiteSpace(c) || c == '\\'))
            {
                continue;
            }

            node = node?.Next.GetValueOrDefault(Plain(c));
            limits = Step(limits, Plain(c));
            if (node?.Then is { } then)
            {
                (limits ??= []).Add(then);
            }

            var end = node?.Code is not null ? node : limits?.Find(n => n.Code is not null);
            if (end is not null && !RunsOn(text, i) && !IsDivided(text, i + 1))
            {
                longest = new(end.Code!, end.Limit, i + 1);
            }
        }

        return longest;
    }

    /// <summary>Where a letter leads from any of the places, and where a part of a limit may end and the next
    /// begin.</summary>
    static List<Node>? Step(List<Node>? places, char letter)
    {
        if (places is null)
        {
            return null;
        }

        var next = new List<Node>();
        foreach (var place in places)
        {
            if (place.Next.TryGetValue(letter, out var node))
            {
                next.Add(node);
                next.AddRange(node.Then is { } then ? [then] : []);
            }
        }

        return next;
    }

    static char Plain(char c) => c switch
    {
        '\u00b5' or '\u03bc' => 'u',
        '\u00d7' or '*' => 'x',
        '\u2019' => '\'',
        '\u2010' or '\u2011' => '-',
        _ => char.ToLowerInvariant(c),
    };

    /// <summary>Whether a word goes on after the letter.</summary>
    static bool RunsOn(string text, int at) =>
        char.IsLetter(text[at]) && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]);

    /// <summary>Whether the unit goes on with what it is counted in (<c>kg per week</c>): another unit.</summary>
    static bool IsDivided(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at + 1 < text.Length && text[at] == '/' && char.IsLetter(text[at + 1])
            || (string.CompareOrdinal(text, at, "per ", 0, 4) == 0
                && string.CompareOrdinal(text, at, "per protocol", 0, 12) != 0);
    }

    /// <summary>The units, and the limits in their parts: how many times, whose limit, which.</summary>
    static Node Index()
    {
        var (root, afterTimes, afterWhose) = (new Node(), new Node(), new Node());
        foreach (var (code, spellings) in Table)
        {
            foreach (var spelling in spellings.Split('|'))
            {
                root.Add(spelling.Replace(" ", "", StringComparison.Ordinal), code, null);
            }
        }

        foreach (var (code, spelling) in SpelledOut())
        {
            root.Add(spelling, code, null);
        }

        foreach (var times in Times.Where(t => t.Length > 0))
        {
            root.At(times).Then = afterTimes;
        }

        foreach (var normal in Normals)
        {
            afterTimes.Add(normal, "1", ReferenceLimit.Uln);
        }

        foreach (var (limit, tails) in Limits)
        {
            foreach (var tail in tails.Split('|'))
            {
                root.Add(tail, "1", limit);
                afterTimes.Add(tail, "1", limit);
                afterWhose.Add(tail, "1", limit);
            }
        }

        foreach (var whose in Whose.Where(w => w.Length > 0))
        {
            root.At(whose).Then = afterWhose;
            afterTimes.At(whose).Then = afterWhose;
        }

        return root;
    }

    /// <summary>Units in words: <c>nanograms per milliliter</c>.</summary>
    static IEnumerable<(string Code, string Spelling)> SpelledOut() =>
        from size in Sizes
        from what in Quantities
        from volume in Volumes
        from plural in Endings
        select ($"{size.Code}{what.Code}/{volume.Code}", $"{size.Word}{what.Word}{plural}per{volume.Word}");

    /// <summary>What follows a prefix of a spelling.</summary>
    sealed class Node
    {
        public Dictionary<char, Node> Next { get; } = [];

        /// <summary>Where the next part of a limit begins.</summary>
        public Node? Then { get; set; }

        public string? Code { get; private set; }

        public ReferenceLimit? Limit { get; private set; }

        /// <summary>A spelling that another unit has stays with it.</summary>
        public void Add(string spelling, string code, ReferenceLimit? limit)
        {
            var node = At(spelling);
            if (node.Code is null)
            {
                (node.Code, node.Limit) = (code, limit);
            }
        }

        public Node At(string spelling)
        {
            var node = this;
            foreach (var c in spelling)
            {
                if (!node.Next.TryGetValue(c, out var next))
                {
                    node.Next.Add(c, next = new());
                }

                node = next;
            }

            return node;
        }
    }
}
