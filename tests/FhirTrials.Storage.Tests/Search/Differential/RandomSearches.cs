namespace FhirTrials.Storage.Tests.Search.Differential;

/// <summary>Random small sets of resources, and random searches whose values are often among theirs.</summary>
sealed class RandomSearches(int seed)
{
    const int Patients = 12, Organizations = 5;

    const string Ucum = "http://unitsofmeasure.org";

    static readonly string[] Names = ["Müller", "Mullins", "Miller", "Smith", "Smíth", "Ann", "Änne", "Bo"];

    static readonly string[] Genders =
        ["male", "female", "http://hl7.org/fhir/administrative-gender|male", "http://wrong|male"];

    static readonly string[] Units =
        ["", "||g/L", $"|{Ucum}|g/L", $"|{Ucum}|g/dL", $"|{Ucum}|mg/dL", "|http://units|g/L"];

    static readonly string[] Dates =
    [
        "1980", "1980-02", "1980-02-29", "1980-03", "1980-03-01", "1981",
        "1980-02-29T23:30:00Z", "1980-02-29T23:30:00-01:00", "1980-03-01T00:30:00Z",
    ];

    static readonly string[] Periods =
        ["""{"start":"1980"}""", """{"start":"1980-02-29","end":"1980-03-01"}""", """{"end":"1980-03"}"""];

    static readonly string[] Uris =
    [
        "http://a.test", "http://a.test/", "http://a.test/x", "http://a.test/x/", "http://a.test/x/y",
        "http://a.test/xy", "http://b.test/x", "urn:oid:1.2.3", "urn:oid:1.2.3.4",
    ];

    /// <summary>Among them both poles, both sides of the date line, and neighbours.</summary>
    static readonly string[] Places =
        ["52.5|13.4", "52.6|13.5", "48.1|11.6", "0|0", "0|179.9", "0.1|-179.9", "90|0", "-90|120", "89.9|-60"];

    static readonly string[] Distances = ["", "|20", "|500|km", "|30|[mi_i]", "|15000|m", "|10100", "|0"];

    static readonly string[] Numbers = ["9", "12.5", "12.50", "13", "90", "125", "130", "1250", "0.3"];

    static readonly string[] Probabilities = ["0.25", "0.3", "0.30", "0.35", "0.4", "12.5", "13"];

    readonly Random _random = new(seed);

    public IEnumerable<string> Resources()
    {
        for (var i = 0; i < Organizations; i++)
        {
            yield return Json(
                "Organization", $"g{i}",
                Maybe("active", Pick("true", "false")), $"\"name\":\"{Name()}\"", Maybe("partOf", Ref("Organization")));
        }

        for (var i = 0; i < Patients; i++)
        {
            yield return Json(
                "Patient", $"p{i}",
                Maybe("active", Pick("true", "false")),
                Maybe("gender", $"\"{Pick("male", "female")}\""),
                Maybe("birthDate", $"\"{Pick(Dates[..6])}\""),
                Many("name", () => $$"""{"family":"{{Name()}}","given":["{{Name()}}"]}"""),
                Many(
                    "identifier",
                    () => $$"""{{{Pick("", IdentifierType())}}{{System()}}"value":"{{_random.Next(4)}}"}"""),
                Maybe("managingOrganization", Ref("Organization")));
        }

        for (var i = 0; i < 25; i++)
        {
            yield return Json(
                "Observation", $"o{i}",
                $"\"status\":\"{Pick("final", "amended")}\"",
                $"\"code\":{Concept()}",
                Maybe("subject", Pick(Ref("Patient"), Ref("Patient"), ByIdentifier())),
                Many("component", () => $$"""{"code":{{Concept()}},{{Quantity()}}}"""),
                Pick("", $"\"effectiveDateTime\":\"{Date()}\"", $"\"effectivePeriod\":{Pick(Periods)}"),
                Pick("", Quantity()));
        }

        for (var i = 0; i < 12; i++)
        {
            yield return Json(
                "ActivityDefinition", $"a{i}", "\"status\":\"active\"", Maybe("url", $"\"{Pick(Uris)}\""));
            yield return Json(
                "Location", $"l{i}", $"\"name\":\"{Name()}\"", Maybe("position", Position(Pick(Places).Split('|'))));
        }

        for (var i = 0; i < 8; i++)
        {
            yield return Json(
                "RiskAssessment", $"r{i}", "\"status\":\"final\"", $"\"subject\":{Ref("Patient")}",
                Many("prediction", () => $$"""{"probabilityDecimal":{{Pick(Probabilities)}}}"""));
            yield return Json("ResearchStudy", $"s{i}", "\"status\":\"active\"", Maybe("title", $"\"{Title()}\""));
        }
    }

    public (string Type, (string Name, string Value)[] Conditions) Next()
    {
        var type = Pick(
            "Patient", "Patient", "Observation", "Observation", "Observation", "Organization", "RiskAssessment",
            "ActivityDefinition", "Location", "ResearchStudy");
        return (type, [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Condition(type, depth: 2))]);
    }

    /// <summary>What an answer is sorted by, the most important first: names with a minus
    /// where the greatest comes first.</summary>
    public string[] Order(string type)
    {
        string[] names = type switch
        {
            "Patient" => [
                "gender", "identifier", "family", "name", "birthdate", "organization", "active", "_id", "_lastUpdated",
            ],
            "Observation" => ["status", "code", "date", "subject", "value-quantity", "_id"],
            "Organization" => ["active", "name", "partof"],
            "ActivityDefinition" => ["url", "status"],
            "Location" => ["name", "_id"],
            "ResearchStudy" => ["title", "_id"],
            _ => ["probability", "subject"],
        };
        return [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pick(names)).Distinct()
            .Select(n => Pick("", "-") + n)];
    }

    public int PageSize() => _random.Next(1, 9);

    (string Name, string Value) Condition(string type, int depth)
    {
        var links = depth == 0 ? [] : Links(type);
        return links.Length > 0 && _random.Next(3) == 0 ? Linked(Pick(links), depth - 1) : Own(type);
    }

    /// <summary>What a chain or <c>_has</c> begins with, and the type that it leads to.</summary>
    static (string Prefix, string Type)[] Links(string type) => type switch
    {
        "Patient" =>
        [
            ("organization.", "Organization"), ("_has:Observation:subject:", "Observation"),
            ("_has:RiskAssessment:subject:", "RiskAssessment"),
        ],
        "Organization" =>
        [
            ("partof.", "Organization"), ("_has:Patient:organization:", "Patient"),
            ("_has:Organization:partof:", "Organization"),
        ],
        "ActivityDefinition" or "Location" or "ResearchStudy" => [],
        _ => [("subject:Patient.", "Patient"), ("patient.", "Patient")],
    };

    (string Name, string Value) Linked((string Prefix, string Type) link, int depth)
    {
        var (name, value) = Condition(link.Type, depth);

        // A chain ends with a parameter or a further chain.
        return name.StartsWith("_has", StringComparison.Ordinal) && link.Prefix.EndsWith('.')
            ? Linked(link, 0)
            : (link.Prefix + name, value);
    }

    (string Name, string Value) Own(string type)
    {
        var (name, modifiers, value) = type switch
        {
            "Patient" => _random.Next(9) switch
            {
                8 => ("identifier", "of-type", () => $"http://t|{Pick("MR", "SS")}|{_random.Next(5)}"),
                0 => ("gender", "not", (Func<string>)(() => Pick(Genders))),
                1 => ("active", "not", () => Pick("true", "false")),
                2 => ("identifier", "not", () => Pick("", "|", "http://a|", "http://b|") + _random.Next(5)),
                3 => ("name", "exact contains", () => Part(Name())),
                4 => ("family", "exact contains", () => Part(Name())),
                5 => ("birthdate", "", () => Prefixed(Date())),
                6 => ("organization", "Organization", () => "g" + _random.Next(Organizations + 1)),
                _ => ("_id", "", () => "p" + _random.Next(Patients)),
            },
            "ActivityDefinition" =>
                ("url", "below above", () => Pick([.. Uris, "http://a.test/x/y/z", "http://a", "urn:oid:1.2"])),
            "Location" => _random.Next(3) == 0
                ? ("name", "exact contains", (Func<string>)(() => Part(Name())))
                : ("near", "", () => Pick(Places) + Pick(Distances)),
            "ResearchStudy" => ("title", "exact contains", () => Part(Pick(Name(), Title()))),
            "Observation" => _random.Next(10) switch
            {
                7 => ("subject", "identifier", () => Pick("", "|", "http://a|", "http://b|") + _random.Next(4)),
                8 or 9 => (
                    Pick("code-value-quantity", "component-code-value-quantity", "combo-code-value-quantity"), "",
                    () => Pick("", "http://a|", "http://b|")
                        + Pick("x", "y", "z") + "$" + Prefixed(Pick(Numbers)) + Pick(Units)),
                0 => ("status", "not", () => Pick("final", "amended", "http://hl7.org/fhir/observation-status|final")),
                1 => ("code", "not", () => Pick("", "http://a|", "http://b|") + Pick("x", "y", "z")),
                2 => ("code", "text", () => Part(Name())),
                3 => ("date", "", () => Prefixed(Date())),
                4 => ("value-quantity", "", () => Prefixed(Pick(Numbers)) + Pick(Units)),
                5 => ("subject", "Patient", () => Pick("", "Patient/") + "p" + _random.Next(Patients + 1)),
                _ => ("patient", "", () => "Patient/p" + _random.Next(Patients + 1)),
            },
            "Organization" => _random.Next(3) switch
            {
                0 => ("active", "not", () => Pick("true", "false")),
                1 => ("name", "exact contains", () => Part(Name())),
                _ => ("partof", "Organization", () => "g" + _random.Next(Organizations + 1)),
            },
            _ => _random.Next(3) == 0
                ? ("subject", "Patient", () => "p" + _random.Next(Patients))
                : ("probability", "", () => Prefixed(Pick(Probabilities))),
        };
        if (name != "_id"
            && !name.Contains("-value-", StringComparison.Ordinal) && name != "near" && _random.Next(8) == 0)
        {
            return ($"{name}:missing", Pick("true", "false"));
        }

        var modifier =
            modifiers is "text" or "of-type" or "identifier" ? modifiers : Pick(["", .. modifiers.Split(' ')]);
        var values = string.Join(',', Enumerable.Range(0, Pick(1, 1, 1, 2, 3)).Select(_ => value()));
        return modifier switch
        {
            "" => (name, values),
            "Patient" => ($"{name}:{modifier}", values.Replace("Patient/", "", StringComparison.Ordinal)),
            _ => ($"{name}:{modifier}", values),
        };
    }

    T Pick<T>(params T[] among) => among[_random.Next(among.Length)];

    string Name() => Pick(Names);

    string Title() =>
        $"{Name()} {Pick("*", "[b]?", "\U0001F9EC", "of")} {Name()}{Pick("", new string('x', 260) + Name())}";

    string Date() => Pick(Dates);

    string Prefixed(string value) => Pick("", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap") + value;

    /// <summary>A text, its beginning or its end, in another case perhaps.</summary>
    string Part(string text) => Pick(text, text[..2], text[1..], text.ToUpperInvariant(), text.Replace('ü', 'u'));

    /// <summary>A reference, to nothing perhaps.</summary>
    string Ref(string type) =>
        $$"""{"reference":"{{type}}/{{type switch
        {
            "Patient" => $"p{_random.Next(Patients + 1)}",
            _ => $"g{_random.Next(Organizations + 1)}",
        }}}"}""";

    string ByIdentifier() => $$"""
        {{{Pick("", $"\"reference\":\"Patient/p{_random.Next(Patients)}\",")}}"identifier":
         {{{System()}}"value":"{{_random.Next(4)}}"} }
        """;

    string IdentifierType() => $$"""
        "type":{"coding":[{"system":"http://t","code":"{{Pick("MR", "SS")}}"}]},
        """.Trim();

    string Quantity()
    {
        var unit = Pick(
            "\"unit\":\"g/L\"", Coded("http://units", "g/L"), Coded(Ucum, "g/L"), Coded(Ucum, "g/dL"),
            Coded(Ucum, "mg/dL"));
        var comparator = Pick("", "", "", "", $"\"comparator\":\"{Pick("<", "<=", ">", ">=")}\",");
        return $$"""
            "valueQuantity":{"value":{{Pick(Numbers)}},{{comparator}}{{unit}}}
            """.Trim();
    }

    static string Position(string[] place) => $$"""{"latitude":{{place[0]}},"longitude":{{place[1]}}}""";

    string Concept() => _random.Next(6) == 0
        ? $$"""{"text":"{{Name()}}"}"""
        : $$"""{{{Text("text")}}"coding":[{{Coding()}}{{Pick("", "," + Coding())}}]}""";

    string Coding() => $$"""{{{System()}}{{Text("display")}}"code":"{{Pick("x", "y", "z")}}"}""";

    string System() => Pick("", "\"system\":\"http://a\",", "\"system\":\"http://b\",");

    string Text(string name) => Pick("", $"\"{name}\":\"{Name()}\",");

    static string Coded(string system, string code) => $"\"system\":\"{system}\",\"code\":\"{code}\"";

    string Maybe(string name, string value) => _random.Next(4) == 0 ? "" : $"\"{name}\":{value}";

    string Many(string name, Func<string> value) => _random.Next(3) is var count and > 0
        ? $"\"{name}\":[{string.Join(',', Enumerable.Range(0, count).Select(_ => value()))}]"
        : "";

    static string Json(string type, string id, params IEnumerable<string> members)
    {
        var others = string.Concat(members.Where(m => m.Length > 0).Select(m => $",{m}"));
        return $$"""{"resourceType":"{{type}}","id":"{{id}}"{{others}}}""";
    }
}
