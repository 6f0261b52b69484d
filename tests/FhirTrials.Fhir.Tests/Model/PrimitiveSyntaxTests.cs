using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Tests.Model;

public sealed class PrimitiveSyntaxTests
{
    public static TheoryData<FhirPrimitive, string[], string[]> Literals => new()
    {
        { FhirPrimitive.Boolean, ["true", "false"], ["", "True", "1", " true"] },
        { FhirPrimitive.Integer, ["0", "-0", "-1", "2147483647", "-2147483648"],
            ["", "-", "01", "+1", "1.0", "1e3", "2147483648", "-2147483649", " 1", "١"] },
        { FhirPrimitive.UnsignedInt, ["0", "2147483647"], ["-1", "-0", "2147483648", "1.5"] },
        { FhirPrimitive.PositiveInt, ["1", "2147483647"], ["0", "-1", "2147483648"] },
        { FhirPrimitive.Decimal, ["0", "-1.50", "1e5", "0.0001", "1E+10"],
            ["", ".5", "1.", "+1", "01", "NaN", "1,5", "0x1"] },
        { FhirPrimitive.Date, ["2024", "2024-02", "2024-02-29", "0001-01-01"], [
            "24", "0000", "2024-13", "2024-00", "2023-02-29", "2024-04-31", "2024-1-1", "2024-01-01T00:00:00Z",
            "2024-01-01\n",
        ] },
        {
            FhirPrimitive.DateTime,
            [
                "2024", "2024-02", "2024-02-29", "2024-02-29T23:59:60Z", "2024-02-29T00:00:00.123456+14:00",
                "2024-02-29T00:00:00-05:30",
            ],
            [
                "2024-02-29T10:00Z", "2024-02-29T10:00:00", "2024-02-29T24:00:00Z", "2024-02-29T10:00:00+14:01",
                "2024-02-30T10:00:00Z", "2024-02-29 10:00:00Z", "2024-02-29t10:00:00z",
            ]
        },
        { FhirPrimitive.Instant, ["2024-02-29T10:00:00Z", "2024-02-29T10:00:00.1+01:00"],
            ["2024", "2024-02-29", "2024-02-29T10:00:00", "2023-02-29T10:00:00Z"] },
        { FhirPrimitive.Time, ["00:00:00", "23:59:60.999"], ["24:00:00", "10:00", "10:60:00", "10:00:00Z"] },
        { FhirPrimitive.Code, ["a", "a b", "<="], ["", " a", "a ", "a  b", "\ta"] },
        { FhirPrimitive.Id, ["a", "A-1.b", "1234567890123456789012345678901234567890123456789012345678901234"],
            ["", "a_b", "a b", "ä", "12345678901234567890123456789012345678901234567890123456789012345"] },
        { FhirPrimitive.Oid, ["urn:oid:1.2.3", "urn:oid:2.0"], ["1.2.3", "urn:oid:3.1", "urn:oid:1.02", "urn:oid:1"] },
        { FhirPrimitive.Uuid, ["urn:uuid:c757873d-ec9a-4326-a141-556f43239520"], [
            "c757873d-ec9a-4326-a141-556f43239520", "urn:uuid:C757873D-ec9a-4326-a141-556f43239520",
            "urn:uuid:c757873d",
        ] },
        { FhirPrimitive.Uri, ["http://x.org", "urn:a", "x"], ["", "a b", "http://x.org\n"] },
        { FhirPrimitive.Url, ["http://x.org"], ["a b"] },
        { FhirPrimitive.Canonical, ["http://x.org|1", "#a"], ["a b"] },
        { FhirPrimitive.Base64Binary, ["YQ==", "YWI=", "YWJj", "YWJj\nYWJj"],
            ["", "Y", "YQ=", "YQ==YQ==", "Y=Q=", "YW*j", "===="] },
        { FhirPrimitive.String, ["a", " ", "\t\r\n", "ü\u00A0😀", "\u0085"], ["", "\u0000", "a\u001F", "\u000B"] },
        { FhirPrimitive.Markdown, ["# a\n\nb"], ["", "\u0000"] },
        { FhirPrimitive.Xhtml, ["<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>"], ["", "<div>\u0000</div>"] },
    };

    [Theory]
    [MemberData(nameof(Literals))]
    public void A_literal_is_judged_by_its_type(FhirPrimitive primitive, string[] right, string[] wrong)
    {
        Assert.All(right, literal => Assert.Null(PrimitiveSyntax.Problem(primitive, literal)));
        Assert.All(wrong, literal => Assert.NotNull(PrimitiveSyntax.Problem(primitive, literal)));
    }

    [Fact]
    public void No_primitive_holds_a_control_character()
    {
        var controls = Enumerable.Range(0, ' ').Select(c => (char)c).Except(['\t', '\r', '\n']);
        var rights = Literals.Select(row => (Primitive: row.Data.Item1, Right: row.Data.Item2[0]));
        Assert.Equal(Enum.GetValues<FhirPrimitive>().Order(), rights.Select(r => r.Primitive).Order());
        Assert.All(rights, r => Assert.All(controls, control => Assert.All(
            [$"{control}{r.Right}", r.Right.Insert(1, $"{control}"), $"{r.Right}{control}"],
            literal => Assert.NotNull(PrimitiveSyntax.Problem(r.Primitive, literal)))));
    }

    /// <summary>R4's expressions are necessary; the calendar, ranges and padding are ours.</summary>
    [Theory]
    [MemberData(nameof(Literals))]
    public void What_is_right_also_matches_R4s_expression(FhirPrimitive primitive, string[] right, string[] wrong)
    {
        var name = char.ToLowerInvariant(primitive.ToString()[0]) + primitive.ToString()[1..];
        Assert.NotEmpty(wrong);
        if (FhirDefinitions.R4.Types[name].Regex is { } regex)
        {
            // \s and \S mean ASCII white space there.
            Assert.All(right, literal => Assert.Matches(new Regex($"^(?:{regex})$", RegexOptions.ECMAScript), literal));
        }
    }

    [Fact]
    public void A_string_is_at_most_a_mebi_characters_long()
    {
        Assert.Null(PrimitiveSyntax.Problem(FhirPrimitive.String, new string('x', 1 << 20)));
        Assert.NotNull(PrimitiveSyntax.Problem(FhirPrimitive.String, new string('x', (1 << 20) + 1)));
    }
}
