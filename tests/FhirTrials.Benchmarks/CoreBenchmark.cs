using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Validation;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Benchmarks;

/// <summary>Measures the core on one thread over HL7's examples, against npm's packages in the same run.</summary>
static class CoreBenchmark
{
    const int MaxBytes = 50_000;

    const string Patient = "Patient-example.json";
    const string Observation = "Observation-example.json";
    const string Questionnaire = "Questionnaire-3141.json";

    static readonly (string Expression, string File)[] Expressions =
    [
        ("Patient.name.given", Patient),
        ("Patient.name.where(use = 'official').given.first()", Patient),
        ("name.select(given.join(' ') & ' ' & family)", Patient),
        ("telecom.where(system = 'phone' and use = 'work').value", Patient),
        ("birthDate <= @2020-01-01 - 18 years", Patient),
        ("contact.all(name.exists() or telecom.exists() or address.exists() or organization.exists())", Patient),
        ("name.given.distinct().count() > 2", Patient),
        ("identifier.where(system = 'urn:oid:1.2.36.146.595.217.0.1').value", Patient),
        ("address.line | address.city", Patient),
        ("iif(active, 'active', 'inactive')", Patient),
        ("name.given.where($this.startsWith('J')).first().upper()", Patient),
        ("descendants().where($this is Period).count()", Patient),
        ("code.coding.where(system = 'http://loinc.org').code", Observation),
        ("value.ofType(Quantity).value > 100", Observation),
        ("(value as Quantity).unit", Observation),
        ("value > 100 'kg'", Observation),
        ("dataAbsentReason.empty() or value.empty()", Observation),
        ("subject.reference.startsWith('Patient/')", Observation),
        ("repeat(item).linkId", Questionnaire),
        ("repeat(item).where(type = 'group').text", Questionnaire),
    ];

    static readonly FhirDefinitions R4 = FhirDefinitions.R4;

    static readonly string Folder = Path.Combine(Checkout.Conformance, "node_modules", "hl7.fhir.r4.examples");

    public static int Run(string[] args)
    {
        if (!Directory.Exists(Folder))
        {
            Console.WriteLine("HL7's examples are not installed; see tests/conformance.");
            return 1;
        }

        var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var time = TimeSpan.FromSeconds(seconds);
        var files = Directory.EnumerateFiles(Folder, "*-*.json")
            .Where(f => char.IsUpper(Path.GetFileName(f)[0]) && new FileInfo(f).Length <= MaxBytes)
            .Order(StringComparer.Ordinal).ToList();
        CoreStart.Print();
        var others = OtherImplementations.Measure(Folder, files.Select(f => Path.GetFileName(f)), Expressions, seconds);
        var examples = files.Select(File.ReadAllBytes).ToList();
        Json(examples, time);
        FhirPath(others, time / 4);
        Validation(examples, others, time);
        Profile(time);
        Size(time);
        return 0;
    }

    static void Json(List<byte[]> examples, TimeSpan time)
    {
        var trees = examples.Select(Read).ToList();
        var megabytes = examples.Sum(e => (double)e.Length) / 1e6;
        Print("parse", Meter.Measure(time, () => examples.ForEach(e => Read(e))));
        Print("serialise", Meter.Measure(time, () => trees.ForEach(t => FhirJson.ToUtf8Bytes(t))));
        Console.WriteLine();

        void Print(string name, Cost cost) => Line(
            $"{name,-12} {megabytes / cost.Seconds,6:F0} MB/s  {examples.Count / cost.Seconds,8:F0} resources/s  ",
            $"{cost.Bytes / 1e6 / megabytes,5:F1} bytes allocated per byte   ",
            $"({examples.Count} examples, {megabytes:F1} MB)");
    }

    static void FhirPath(Dictionary<string, double> others, TimeSpan time)
    {
        Line($"{"FHIRPath, compiled, evaluations/s",-95} {"ours",10} {"npm",10} {"ratio",6} {"bytes",7}");
        var ratios = new List<double>();
        foreach (var (text, file) in Expressions)
        {
            var resource = Read(File.ReadAllBytes(Path.Combine(Folder, file)));
            var expression = FhirPathExpression.Compile(text);
            var context = new FhirPathContext(R4) { Now = TimeProvider.System.GetUtcNow(), Resource = resource };
            var cost = Meter.Measure(time, () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    expression.Evaluate(resource, context);
                }
            });
            var perSecond = 100 / cost.Seconds;
            var ratio = perSecond / others.GetValueOrDefault(text, double.NaN);
            ratios.Add(ratio);
            Line(
                $"  {text,-93} {perSecond,10:F0} {others.GetValueOrDefault(text, double.NaN),10:F0} ",
                $"{ratio,6:F1} {cost.Bytes / 100,7:F0}");
        }

        Line($"  ratio: least {ratios.Min():F1}, geometric mean {Math.Exp(ratios.Average(Math.Log)):F1}\n");
    }

    static void Validation(List<byte[]> examples, Dictionary<string, double> others, TimeSpan time)
    {
        var trees = examples.Select(Read).ToList();
        var validator = new Validator(R4, TimeProvider.System);
        var cost = Meter.Measure(time, () => trees.ForEach(t => validator.Validate(t)));
        var withReading = Meter.Measure(time, () => examples.ForEach(e => validator.Validate(Read(e))));
        var perSecond = examples.Count / cost.Seconds;
        Line($"full validation of {examples.Count} examples of at most {MaxBytes / 1000} KB, resources/s");
        Line(
            $"  ours, with invariants and terminology {perSecond,8:F0}   ",
            $"({cost.Bytes / 1e3 / examples.Count:F1} KB allocated each)");
        Line($"  ours, from JSON text                  {examples.Count / withReading.Seconds,8:F0}");
        foreach (var (name, what) in (ReadOnlySpan<(string, string)>)[
            ("@medplum/core", "validateResource"), ("ajv", "HL7's JSON schema"),
        ])
        {
            var other = others.GetValueOrDefault(name, double.NaN);
            Line($"  {$"{name}, {what}",-37} {other,8:F0}   ours is {perSecond / other:F1} times as fast");
        }

        Console.WriteLine();
    }

    static void Profile(TimeSpan time)
    {
        var package = PackageLoader.Load(Path.Combine(Checkout.Root, "profiles"), R4.Types);
        var definitions = R4.With(package);
        var record = RegistryReader.Read(
            File.ReadAllBytes(Path.Combine(Checkout.Root, "examples", "registry", "NCT04521231.json"))).Record!;
        var mapped = StudyMapper.Map(record, definitions.Types).Resources.First(r => r.Type.Name == "ResearchStudy");
        var profile = mapped.Child("meta")!.ValueOf("profile")!;
        var study = mapped.With("meta");
        var validator = new Validator(definitions, TimeProvider.System);
        var options = new ValidationOptions { Profiles = [profile] };
        var baseCost = Meter.Measure(time / 2, () => validator.Validate(study));
        var profileCost = Meter.Measure(time / 2, () => validator.Validate(study, options));
        Line(
            $"a study of {FhirJson.ToUtf8Bytes(study).Length / 1e3:F0} KB: base {1 / baseCost.Seconds:F0}/s, ",
            $"profile {1 / profileCost.Seconds:F0}/s: {profileCost.Seconds / baseCost.Seconds:F2} times the cost\n");
    }

    /// <summary>One small resource again and again, in Bundles of growing size.</summary>
    static void Size(TimeSpan time)
    {
        var entry = File.ReadAllText(Path.Combine(Folder, Observation));
        var validator = new Validator(R4, TimeProvider.System);
        Line($"{"cost against size, ms/MB",-26} {"parse",8} {"serialise",10} {"validate",9}");
        foreach (var size in (ReadOnlySpan<int>)[10_000, 100_000, 1_000_000, 10_000_000])
        {
            var text = Bundle(entry, size);
            var tree = Read(text);
            var megabytes = text.Length / 1e6;
            Line(
                $"  Bundle of {size / 1000,6} KB        {PerMegabyte(() => Read(text)),8:F1} ",
                $"{PerMegabyte(() => FhirJson.ToUtf8Bytes(tree)),10:F1} ",
                $"{PerMegabyte(() => validator.Validate(tree)),9:F1}");

            double PerMegabyte(Action action) => Meter.Measure(time / 8, action).Seconds * 1e3 / megabytes;
        }
    }

    static byte[] Bundle(string entry, int size)
    {
        var count = Math.Max(1, size / (entry.Length + 80));
        var entries = Enumerable.Range(0, count)
            .Select(i => string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"fullUrl\":\"urn:uuid:00000000-0000-4000-8000-{i:x12}\",\"resource\":{entry}}}"));
        return Encoding.UTF8.GetBytes(
            $"{{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{string.Join(',', entries)}]}}");
    }

    static Element Read(byte[] json) => FhirJson.Read(json, R4.Types).Resource!;

    static void Line(params FormattableString[] parts) =>
        Console.WriteLine(string.Concat(parts.Select(FormattableString.Invariant)));
}
