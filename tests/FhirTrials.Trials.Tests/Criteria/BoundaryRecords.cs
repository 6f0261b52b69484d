using System.Globalization;
using System.Text.Json.Nodes;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>Small records that lie at the limits of criteria: values at a threshold and beside it, days at a window's
/// edges, units, comparators, and every status by which a resource counts or does not.</summary>
static class BoundaryRecords
{
    public static readonly DateOnly Day = new(2026, 11, 21);

    public static string Ago(int days) => Day.AddDays(-days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static JsonObject Record(params JsonObject[] resources) =>
        Of(new JsonObject { ["gender"] = "male", ["birthDate"] = "1980-05-05" }, resources);

    public static JsonObject Of(JsonObject patient, params JsonObject[] resources)
    {
        patient["resourceType"] = "Patient";
        patient["id"] = "p";
        return new()
        {
            ["resourceType"] = "Bundle",
            ["type"] = "collection",
            ["entry"] = new JsonArray([.. resources.Prepend(patient).Select(r => new JsonObject { ["resource"] = r })]),
        };
    }

    public static JsonObject Resource(string type, params (string Name, JsonNode? Value)[] elements)
    {
        var resource = new JsonObject
        {
            ["resourceType"] = type,
            [type == "AllergyIntolerance" ? "patient" : "subject"] = new JsonObject { ["reference"] = "Patient/p" },
        };
        foreach (var (name, value) in elements.Where(e => e.Value is not null))
        {
            resource[name] = value;
        }

        return resource;
    }

    public static JsonObject Coded(string system, string code) =>
        new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };

    public static JsonObject Named(string text) => new() { ["text"] = text };

    public static JsonObject Status(string code) =>
        new() { ["coding"] = new JsonArray(new JsonObject { ["code"] = code }) };

    public static JsonObject Quantity(decimal value, string? unit, string? comparator = null)
    {
        var quantity = new JsonObject { ["value"] = value };
        if (comparator is not null)
        {
            quantity["comparator"] = comparator;
        }

        if (unit is not null)
        {
            quantity["unit"] = unit;
            quantity["system"] = "http://unitsofmeasure.org";
            quantity["code"] = unit;
        }

        return quantity;
    }

    public static JsonObject Result(
        JsonObject code, JsonObject quantity, string? date = "2026-11-18", string status = "final") =>
        Resource(
            "Observation", ("status", status), ("code", code), ("effectiveDateTime", date),
            ("valueQuantity", quantity));

    /// <summary>Records with results of one thing, in units with the limit in each.</summary>
    public static IEnumerable<JsonObject> OfResult(
        Func<JsonObject> code, (string Unit, decimal Limit)[] units, int fresh)
    {
        foreach (var (unit, limit) in units)
        {
            var step = limit / 1000;
            foreach (var value in new[] { limit - step, limit, limit + step, 0, limit * 10 })
            {
                yield return Record(Result(code(), Quantity(value, unit)));
            }

            foreach (var comparator in new[] { "<", "<=", ">=", ">" })
            {
                foreach (var value in new[] { limit - step, limit, limit + step })
                {
                    yield return Record(Result(code(), Quantity(value, unit, comparator)));
                }
            }
        }

        var (usual, at) = units[0];
        JsonObject Low(string? date, string status = "final") => Result(code(), Quantity(at / 2, usual), date, status);
        JsonObject High(string? date, string status = "final") => Result(code(), Quantity(at * 2, usual), date, status);
        foreach (var ago in new[] { 0, 1, fresh - 1, fresh, fresh + 1, 400, -1, -30 })
        {
            yield return Record(High(Ago(ago)));
            yield return Record(High($"{Ago(ago)}T08:00:00+02:00"));
            yield return Record(Low(Ago(ago)), High(Ago(3)));
        }

        foreach (var status in new[]
        {
            "registered", "preliminary", "amended", "corrected", "cancelled", "entered-in-error", "unknown",
        })
        {
            yield return Record(High(Ago(2), status));
            yield return Record(High(Ago(2), status), Low(Ago(5)));
        }

        yield return Record(High("2026-11"));
        yield return Record(High("2026-11"), Low(Ago(5)));
        yield return Record(High("2026"), Low(Ago(5)));
        yield return Record(High("2025"), Low(Ago(5)));
        yield return Record(High(null));
        yield return Record(High(null), Low(Ago(5)));
        yield return Record(High(Ago(2)), Low(Ago(2)));
        yield return Record(High(Ago(2)), High(Ago(2)));
        yield return Record(Result(code(), Quantity(at * 2, null)));
        yield return Record(Result(code(), Quantity(at * 2, "furlong")));
        yield return Record(Result(code(), Quantity(at * 2, "furlong")), Low(Ago(5)));
        yield return Record();
        var issued = High(null);
        issued["issued"] = $"{Ago(2)}T10:00:00Z";
        yield return Record(issued, Low(Ago(5)));
        var period = High(null);
        period["effectivePeriod"] = new JsonObject { ["start"] = Ago(9), ["end"] = Ago(1) };
        yield return Record(period, Low(Ago(5)));
        var words = Low(Ago(1));
        words.Remove("valueQuantity");
        words["valueString"] = "see comment";
        yield return Record(words, High(Ago(5)));
        var other = Low(Ago(1));
        other["subject"] = new JsonObject { ["reference"] = "Patient/other" };
        yield return Record(other, High(Ago(5)));
        var absent = Low(Ago(1));
        absent.Remove("valueQuantity");
        absent["dataAbsentReason"] = Status("unknown");
        yield return Record(absent, High(Ago(5)));
        var panel =
            Resource("Observation", ("status", "final"), ("code", Named("Panel")), ("effectiveDateTime", Ago(2)));
        panel["component"] = new JsonArray(
            new JsonObject { ["code"] = code(), ["valueQuantity"] = Quantity(at * 2, usual) });
        yield return Record(panel, Low(Ago(5)));
    }

    /// <summary>The same as multiples of a limit of normal.</summary>
    public static IEnumerable<JsonObject> OfMultiple(Func<JsonObject> code, string unit, decimal times)
    {
        foreach (var normal in new[] { 40m, 1.2m, 33.3m, 0m })
        {
            foreach (var value in new[] { (times * normal) - 0.01m, times * normal, (times * normal) + 0.01m })
            {
                yield return Of(value, Range("high", normal, unit));
                yield return Of(value, Range("high", normal, null));
            }
        }

        yield return Of(200);
        yield return Of(200, Range("low", 10, unit));
        yield return Of(200, Range("high", 40, unit), Range("high", 40, unit));
        yield return Of(200, Range("high", 40, unit), Range("high", 50, unit));
        yield return Of(200, Range("high", 40, unit, "treatment"));
        yield return Of(200, Range("high", 40, unit, "treatment"), Range("high", 50, unit, "normal"));
        yield return Of(200, Range("high", 0.7m, "ukat/L"));

        JsonObject Of(decimal value, params JsonObject[] ranges)
        {
            var result = Result(code(), Quantity(value, unit));
            if (ranges.Length > 0)
            {
                result["referenceRange"] = new JsonArray([.. ranges]);
            }

            return Record(result);
        }

        static JsonObject Range(string end, decimal value, string? unit, string? type = null)
        {
            var range = new JsonObject { [end] = Quantity(value, unit) };
            if (type is not null)
            {
                range["type"] = Status(type);
            }

            return range;
        }
    }

    /// <summary>Records with conditions: of the code itself, a narrower, a broader and another one, in every
    /// state.</summary>
    public static IEnumerable<JsonObject> OfCondition(string[] codes, int edge)
    {
        string?[] clinical = ["active", "recurrence", "relapse", "remission", "inactive", "resolved", null];
        string?[] verification =
            ["confirmed", "unconfirmed", "provisional", "differential", "refuted", "entered-in-error", null];
        foreach (var code in codes)
        {
            foreach (var state in clinical)
            {
                yield return Record(One(code, state, "confirmed"));
                yield return Record(One(code, state, "refuted"), One(codes[0], "active", "confirmed"));
            }

            foreach (var sure in verification)
            {
                yield return Record(One(code, "active", sure));
                yield return Record(One(code, "active", sure), One(codes[0], "active", "confirmed"));
                yield return Record(One(code, "active", sure), One(codes[0], "resolved", "confirmed"));
            }

            foreach (var ago in new[] { -5, 0, edge - 1, edge, edge + 1, 6000 })
            {
                yield return Record(One(code, "active", "confirmed", Ago(ago)));
                yield return Record(One(code, "resolved", "confirmed", Ago(ago)));
                yield return Record(One(code, "resolved", "confirmed", Ago(ago), Ago(0)));
            }

            yield return Record(One(code, "resolved", "confirmed", "2026"));
            yield return Record(One(code, "active", "confirmed"), One(code, "resolved", "confirmed"));
            var other = One(code, "active", "confirmed");
            other["subject"] = new JsonObject { ["reference"] = "Patient/other" };
            yield return Record(other);
            yield return BoundaryRecords.Of(
                new JsonObject { ["gender"] = "female", ["birthDate"] = "1990-02-28" },
                One(code, "active", "confirmed"));
        }

        yield return Record();
        yield return BoundaryRecords.Of(new JsonObject { ["gender"] = "female" });

        static JsonObject One(
            string code, string? clinical, string? verification, string? onset = null,
            string? abated = null) => Resource(
                "Condition",
                ("code", code.All(c => char.IsAsciiDigit(c)) ? Coded("http://snomed.info/sct", code)
                    : char.IsAsciiLetterUpper(code[0]) ? Coded("http://hl7.org/fhir/sid/icd-10-cm", code)
                    : Named(code)),
                ("clinicalStatus", clinical is null ? null : Status(clinical)),
                ("verificationStatus", verification is null ? null : Status(verification)),
                ("onsetDateTime", onset),
                ("abatementDateTime", abated));
    }

    /// <summary>Records with qualitative results.</summary>
    public static IEnumerable<JsonObject> OfTest(Func<JsonObject> code, string condition, int fresh)
    {
        foreach (var words in new[]
        {
            "Positive", "Negative", "Not detected", "Detected (qualifier value)", "Invalid", "no", "Negative for now",
        })
        {
            foreach (var ago in new[] { 0, fresh, fresh + 1, -1 })
            {
                yield return Record(Of(words, Ago(ago)));
                yield return Record(
                    Of(words, Ago(ago)),
                    Resource("Condition", ("code", Named(condition)), ("clinicalStatus", Status("active"))));
            }

            yield return Record(Of(words, Ago(3)), Of("Positive", Ago(9)));
            yield return Record(Of(words, "2026-11"));
            yield return Record(Of(words, null));
            var coded = Of("", Ago(3));
            coded.Remove("valueString");
            coded["valueCodeableConcept"] = Named(words);
            yield return Record(coded);
            var twice = coded.DeepClone().AsObject();
            twice["valueCodeableConcept"]!["coding"] = new JsonArray(new JsonObject { ["display"] = "Positive" });
            yield return Record(twice);
            var interpreted = Of(words, Ago(3));
            interpreted["interpretation"] = new JsonArray(Status("POS"));
            yield return Record(interpreted);
            var abnormal = Of(words, Ago(3));
            abnormal["interpretation"] = new JsonArray(Status("A"));
            yield return Record(abnormal);
            var alone = Of("", Ago(3));
            alone.Remove("valueString");
            alone["interpretation"] = new JsonArray(Status("NEG"));
            yield return Record(alone);
            var draft = Of(words, Ago(3));
            draft["status"] = "registered";
            yield return Record(draft);
        }

        JsonObject Of(string words, string? date) =>
            Resource(
                "Observation", ("status", "final"), ("code", code()), ("effectiveDateTime", date),
                ("valueString", words));
    }

    /// <summary>Records with drugs and procedures, by every kind of resource, on the days around an edge.</summary>
    public static IEnumerable<JsonObject> OfTherapy(Func<JsonObject> code, int edge)
    {
        (string Type, string Date, string[] States)[] kinds =
        [
            ("MedicationAdministration", "effectiveDateTime",
                ["in-progress", "not-done", "on-hold", "completed", "entered-in-error", "stopped", "unknown"]),
            ("MedicationStatement", "effectiveDateTime",
                ["active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown", "not-taken"]),
            ("MedicationDispense", "whenHandedOver", [
                "preparation", "in-progress", "cancelled", "on-hold", "completed", "entered-in-error", "stopped",
                "declined", "unknown",
            ]),
            ("MedicationRequest", "authoredOn",
                ["active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown"]),
            ("Procedure", "performedDateTime", [
                "preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error",
                "unknown",
            ]),
            ("ServiceRequest", "authoredOn",
                ["draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"]),
        ];
        foreach (var (type, date, states) in kinds)
        {
            foreach (var state in states)
            {
                yield return Record(One(type, state, (date, Ago(3))));
                yield return Record(One(type, state, (date, Ago(edge + 200))));
            }

            var done = states.Contains("completed") ? "completed" : "active";
            foreach (var ago in new[] { -3, 0, edge - 1, edge, edge + 1 })
            {
                yield return Record(One(type, done, (date, Ago(ago))));
            }

            yield return Record(One(type, done, (date, "2026")));
            yield return Record(One(type, done));
            if (type is "MedicationAdministration" or "MedicationStatement" or "Procedure")
            {
                var name = date.Replace("DateTime", "Period", StringComparison.Ordinal);
                yield return Record(
                    One(type, done, (name, new JsonObject { ["start"] = Ago(edge + 50), ["end"] = Ago(edge) })));
                yield return Record(
                    One(type, done, (name, new JsonObject { ["start"] = Ago(edge + 50), ["end"] = Ago(edge + 1) })));
                yield return Record(One(type, done, (name, new JsonObject { ["start"] = Ago(edge + 50) })));
                yield return Record(One(type, done, (name, new JsonObject { ["end"] = Ago(edge + 1) })));
            }
        }

        foreach (var route in new[] { "Intrathecal", "Intravenous", "Ophthalmic" })
        {
            var local = One("MedicationAdministration", "completed", ("effectiveDateTime", Ago(2)));
            local["dosage"] = new JsonObject { ["route"] = Named(route) };
            yield return Record(local);
        }

        var not = One("MedicationRequest", "active", ("authoredOn", Ago(2)));
        not["doNotPerform"] = true;
        yield return Record(not);
        yield return Record();

        JsonObject One(string type, string status, params (string Name, JsonNode? Value)[] more) => Resource(
            type, [("status", status), ("intent", type.EndsWith("Request", StringComparison.Ordinal) ? "order" : null),
                (type.StartsWith("Medication", StringComparison.Ordinal) ? "medicationCodeableConcept" : "code",
                    code()), .. more]);
    }

    /// <summary>Records with allergies.</summary>
    public static IEnumerable<JsonObject> OfAllergy(Func<JsonObject> code)
    {
        foreach (var sure in new[] { "confirmed", "unconfirmed", "refuted", "entered-in-error" })
        {
            foreach (var state in new[] { "active", "inactive", "resolved" })
            {
                yield return Record(Resource(
                    "AllergyIntolerance", ("code", code()), ("verificationStatus", Status(sure)),
                    ("clinicalStatus", Status(state))));
            }
        }
    }

    /// <summary>Patients on the days around a birthday, with dates of birth of every precision.</summary>
    public static IEnumerable<JsonObject> OfAge(params int[] years)
    {
        foreach (var gender in new[] { "male", "female", "other", "unknown", null })
        {
            yield return Of(gender is null ? new JsonObject() : new JsonObject { ["gender"] = gender });
        }

        foreach (var year in years)
        {
            foreach (var birth in new[]
            {
                Day.AddYears(-year).AddDays(-1), Day.AddYears(-year), Day.AddYears(-year).AddDays(1),
                Day.AddYears(-year - 1), Day.AddYears(-year - 1).AddDays(1),
            })
            {
                yield return Of(
                    new JsonObject { ["birthDate"] = birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) });
            }

            yield return Of(
                new JsonObject { ["birthDate"] = (Day.Year - year).ToString(CultureInfo.InvariantCulture) });
            yield return Of(
                new JsonObject { ["birthDate"] = (Day.Year - year - 2).ToString(CultureInfo.InvariantCulture) });
            yield return Of(new JsonObject { ["birthDate"] = $"{Day.Year - year}-03" });
        }

        yield return Of(new JsonObject { ["birthDate"] = "2027-01-01" });
    }
}
