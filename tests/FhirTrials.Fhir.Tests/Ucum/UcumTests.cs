using System.Xml.Linq;
using FhirTrials.Fhir.Ucum;
using FsCheck;
using FsCheck.Fluent;
using Units = FhirTrials.Fhir.Ucum.Ucum;

namespace FhirTrials.Fhir.Tests.Ucum;

public sealed class UcumTests
{
    static readonly XNamespace Essence = "http://unitsofmeasure.org/ucum-essence";

    [Theory]
    [InlineData(1.5, "10*9/L", "10*3/uL", 1.5)]
    [InlineData(1500, "/uL", "10*9/L", 1.5)]
    [InlineData(1500, "/mm3", "10*9/L", 1.5)]
    [InlineData(1500, "{cells}/uL", "/uL", 1500)]
    [InlineData(100, "10*3/uL", "10*3/mm3", 100)]
    [InlineData(8, "g/dL", "g/L", 80)]
    [InlineData(1.2, "mg/dL", "mg/L", 12)]
    [InlineData(5, "%", "1", 0.05)]
    [InlineData(50, "mL/min", "mL/s", 0.833333333333)]
    [InlineData(1, "mmol/L", "umol/L", 1000)]
    [InlineData(60, "mL/min/{1.73_m2}", "mL/min", 60)]
    [InlineData(37, "Cel", "[degF]", 98.6)]
    [InlineData(98.6, "[degF]", "Cel", 37)]
    [InlineData(0, "Cel", "K", 273.15)]
    [InlineData(80, "[degRe]", "Cel", 100)]
    [InlineData(7.4, "[pH]", "nmol/L", 39.810717055)]
    [InlineData(20, "dB", "B", 2)]
    [InlineData(3, "Np", "Np", 3)]
    [InlineData(45, "deg", "%[slope]", 100)]
    [InlineData(1, "[in_i]", "cm", 2.54)]
    [InlineData(185, "[lb_av]", "kg", 83.91458845)]
    [InlineData(1, "wk", "d", 7)]
    [InlineData(1, "a", "d", 365.25)]
    [InlineData(2, "[IU]/mL", "k[iU]/L", 2)]
    [InlineData(1, "m[H2O]", "kPa", 9.80665)]
    [InlineData(1, "kg.m/s2", "N", 1)]
    [InlineData(1, "(kg.m)/(s.s)", "N", 1)]
    [InlineData(1, "/m", "m-1", 1)]
    [InlineData(2, "[diop]", "/m", 2)]
    [InlineData(3, "[mesh_i]", "/[in_i]", 3)]
    [InlineData(5, "kBd", "/s", 5000)]
    [InlineData(1, "[LPF]", "1", 100)]
    [InlineData(2, "Np", "1", 7.389056098931)]
    [InlineData(30, "dB", "1", 1000)]
    [InlineData(20, "dB[10.nV]", "nV", 100)]
    [InlineData(1, "[arb'U]/mL", "[arb'U]/L", 1000)]
    public void A_value_converts(double value, string from, string to, double expected)
    {
        Assert.True(Units.TryConvert((decimal)value, from, to, out var converted));
        Assert.Equal((decimal)expected, converted, 9);
    }

    [Theory]
    [InlineData("mg/dL", "mmol/L")]
    [InlineData("[iU]/L", "g/L")]
    [InlineData("[iU]", "[arb'U]")]
    [InlineData("m", "s")]
    [InlineData("Cel", "m")]
    [InlineData("[pH]", "g/L")]
    public void Units_of_different_dimensions_do_not_convert(string from, string to)
    {
        Assert.False(Units.AreCommensurable(from, to));
        Assert.False(Units.TryConvert(1, from, to, out _));
        Assert.Null(Units.Compare(1, from, 1, to));
    }

    [Theory]
    [InlineData(1, "mg/dL", "umol/L", 113.12, 88.401697313)]
    [InlineData(88.401697313, "umol/L", "mg/dL", 113.12, 1)]
    [InlineData(5.5, "mmol/L", "mg/dL", 180.16, 99.088)]
    [InlineData(1, "mol", "g", 18.015, 18.015)]
    [InlineData(2, "mg/kg/d", "mmol/kg/d", 40, 0.05)]
    public void A_mass_converts_to_moles_by_the_molar_mass_alone(
        double value, string from, string to, double molarMass, double expected)
    {
        Assert.False(Units.TryConvert((decimal)value, from, to, out _));
        Assert.True(Units.TryConvert((decimal)value, from, to, (decimal)molarMass, out var converted));
        Assert.Equal((decimal)expected, converted, 9);
    }

    [Theory]
    [InlineData("mg/dL", "10*9/L")]
    [InlineData("mg/dL", "g/L")]
    [InlineData("mmol/L", "umol/L")]
    [InlineData("mg/dL", "meq/L")]
    [InlineData("mosm/kg", "mg/kg")]
    [InlineData("[iU]/L", "mmol/L")]
    [InlineData("mg/dL", "mmol")]
    [InlineData("mg/dL", "[pH]")]
    [InlineData("mg/dL", "nonsense")]
    public void No_other_units_convert_by_a_molar_mass(string from, string to) =>
        Assert.False(Units.TryConvert(1, from, to, 180.16m, out _));

    [Theory]
    [InlineData("")]
    [InlineData(" mg")]
    [InlineData("mg ")]
    [InlineData("ML/MIN")]
    [InlineData("foo")]
    [InlineData("mg//dL")]
    [InlineData("mg/")]
    [InlineData("(mg")]
    [InlineData("mg)")]
    [InlineData("{cells")]
    [InlineData("{ce{ll}s}")]
    [InlineData("{two words}")]
    [InlineData("m[lb_av]")]
    [InlineData("[unknown]")]
    [InlineData("[in_i")]
    [InlineData("0.m")]
    [InlineData("Cel2")]
    [InlineData("Cel/h")]
    [InlineData("m999999999")]
    [InlineData("m99999999999999999999")]
    [InlineData("mol99.mol99")]
    [InlineData("mm[Hg] mm")]
    [InlineData("µg")]
    public void What_is_no_unit_is_refused(string code)
    {
        Assert.False(UcumUnit.TryParse(code, out _));
        Assert.False(Units.TryConvert(1, code, "m", out _));
        Assert.Null(Units.AreCommensurable(code, "m"));
    }

    [Fact]
    public void A_unit_code_of_any_length_is_refused_without_harm()
    {
        Assert.False(Units.IsValid(new string('(', 100_000)));
        Assert.False(Units.IsValid(string.Join('.', Enumerable.Repeat("m", 100_000))));
    }

    [Theory]
    [InlineData("mg/dL", 10.0, "g.m-3")]
    [InlineData("10*9/L", 1e12, "m-3")]
    [InlineData("%", 0.01, "1")]
    [InlineData("mm[Hg]", 133322.0, "m-1.s-2.g")]
    [InlineData("[iU]/L", 1000.0, "m-3.[iU]")]
    [InlineData("Cel", 274.15, "K")]
    public void A_unit_has_one_canonical_form(string unit, double value, string canonical)
    {
        Assert.True(Units.TryCanonical(1m, unit, out var exact, out var exactUnit));
        Assert.True(Units.TryCanonical(1.0, unit, out double rough, out var roughUnit));

        Assert.Equal((decimal)value, exact, 6);
        Assert.Equal(value, rough, value * 1e-12);
        Assert.Equal([Ordered(canonical), Ordered(canonical)], [Ordered(exactUnit), Ordered(roughUnit)]);
    }

    [Fact]
    public void A_canonical_value_that_no_decimal_holds_is_a_double()
    {
        Assert.False(Units.TryCanonical(1m, "u", out decimal _, out _));
        Assert.True(Units.TryCanonical(1.0, "u", out double rough, out var unit));
        Assert.Equal(1.66053906660e-24, rough, 1e-34);
        Assert.Equal("g", unit);
    }

    [Fact]
    public void Values_compare_exactly()
    {
        Assert.Equal(0, Units.Compare(4.0000m, "g", 4000.0m, "mg"));
        Assert.True(Units.Compare(1.4999999999999999999999999999m, "10*9/L", 1500, "/uL") < 0);
        Assert.True(Units.Compare(38, "Cel", 100, "[degF]") > 0);
        Assert.True(Units.Compare(-2, "kg", 1, "g") < 0);
        Assert.True(Units.Compare(1, "Ym", 1, "ym") > 0);
        Assert.True(Units.Compare(1, "ym9", 1.0000000000000000001m, "ym9") < 0);
        Assert.True(Units.Compare(2, "ym20", 1, "ym20") > 0);
        Assert.Equal(0, Units.Compare(0, "Ym20", 0, "ym20"));
    }

    [Fact]
    public void Every_unit_of_the_published_table_is_known_with_its_definition()
    {
        var root = XDocument.Load(Repository.SharedData("ucum", "ucum-essence.xml")).Root!;
        var units = root.Elements(Essence + "unit").ToList();

        Assert.Equal(305, units.Count);
        Assert.All(root.Elements(Essence + "base-unit"), b => Assert.True(Units.IsValid(Code(b))));
        Assert.All(units, unit =>
        {
            Assert.True(UcumUnit.TryParse(Code(unit), out var known));
            var isSpecial = unit.Attribute("isSpecial")?.Value == "yes";
            Assert.Equal(isSpecial, known.IsSpecial);
            if (!isSpecial && unit.Attribute("isArbitrary")?.Value != "yes")
            {
                var value = unit.Element(Essence + "value")!;
                Assert.True(
                    Units.TryCanonical(1.0, value.Attribute("Unit")!.Value, out double expected, out var canonical));
                Assert.True(Units.TryCanonical(1.0, Code(unit), out double actual, out var actualCanonical));
                var factor =
                    double.Parse(value.Attribute("value")!.Value, System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal(1, expected * factor / actual, 1e-12);
                Assert.Equal(canonical, actualCanonical);
            }
        });
    }

    [Fact]
    public void Every_metric_unit_of_the_published_table_takes_every_prefix_and_no_other_does()
    {
        var root = XDocument.Load(Repository.SharedData("ucum", "ucum-essence.xml")).Root!;
        var codes = root.Elements(Essence + "unit").Concat(root.Elements(Essence + "base-unit"))
            .Select(Code).ToHashSet();
        var metric = root.Elements(Essence + "base-unit")
            .Concat(root.Elements(Essence + "unit").Where(u => u.Attribute("isMetric")!.Value == "yes"))
            .Select(Code).ToHashSet();

        foreach (var prefix in root.Elements(Essence + "prefix").Select(Code))
        {
            foreach (var code in codes)
            {
                var isUnit = codes.Contains(prefix + code) || metric.Contains(code)
                    || Enumerable.Range(1, 2).Any(n => (prefix + code).Length > n && root.Elements(Essence + "prefix")
                        .Any(p => Code(p) == (prefix + code)[..n]) && metric.Contains((prefix + code)[n..]));
                Assert.True(isUnit == Units.IsValid(prefix + code), prefix + code);
            }
        }
    }

    [Fact]
    public void A_conversion_there_and_back_gives_the_value_again()
    {
        string[][] families =
        [
            ["mg/dL", "g/L", "kg/m3", "[oz_av]/[gal_us]"], ["Cel", "[degF]", "K"],
            ["10*9/L", "/uL", "10*3/mm3", "mol/L"], ["s", "min", "h", "d", "wk", "a"],
        ];
        var cases = ArbMap.Default.GeneratorFor<int>().SelectMany(v => Gen.Elements(families)
            .SelectMany(
                f => Gen.Elements(f).SelectMany(from => Gen.Elements(f).Select(to => (Value: v / 100m, from, to)))));

        Prop.ForAll(cases.ToArbitrary(), c =>
            !Units.TryConvert(c.Value, c.from, c.to, out var there)
            || !Units.TryConvert(there, c.to, c.from, out var back)
            || Math.Abs(back - c.Value) <= 1e-9m * Math.Max(1, Math.Abs(c.Value))).QuickCheckThrowOnFailure();
    }

    static string Code(XElement unit) => unit.Attribute("Code")!.Value;

    static string Ordered(string unit) => string.Join('.', unit.Split('.').Order(StringComparer.Ordinal));
}
