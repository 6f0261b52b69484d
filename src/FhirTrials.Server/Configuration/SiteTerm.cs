using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Server.Configuration;

/// <summary>A term of a site's file.</summary>
/// <param name="Id">By which terms of the file name one another: <c>system|code</c>, or a name.</param>
/// <param name="Names">The preferred one first.</param>
/// <param name="Parents">What it is a kind of: ids of terms; else a code of concepts, or the key of one.</param>
/// <param name="Kind">What it is said to be; null for what its parents are.</param>
sealed record SiteTerm(
    string Id,
    ImmutableArray<CodePattern> Codes,
    ImmutableArray<string> Names,
    ImmutableArray<string> Parents,
    ConceptKind? Kind = null)
{
    /// <summary>Where it begins in its file, from 1; null where that is not known.</summary>
    public int? Line { get; init; }

    /// <summary>The terms of an OBO file that are not obsolete —
    /// http://purl.obolibrary.org/obo/oboformat/spec.html</summary>
    public static IEnumerable<SiteTerm> OfObo(IEnumerable<string> lines)
    {
        var system = "http://purl.obolibrary.org/obo/";
        var (id, isTerm, name, names, parents) = ("", false, "", new List<string>(), new List<string>());
        var (at, begin) = (0, 0);
        foreach (var line in lines.Append("["))
        {
            at++;
            if (line.StartsWith('['))
            {
                if (isTerm && id.Length > 0)
                {
                    yield return OfCode(system, id, name.Length > 0 ? names.Prepend(name) : names, parents) with
                    {
                        Line = begin,
                    };
                }

                begin = at;
                (isTerm, id, name, names, parents) = (line.Trim() == "[Term]", "", "", [], []);
            }
            else if (line.Split(": ", 2) is [var tag, var value])
            {
                id = tag == "id" ? value.Trim() : id;
                isTerm &= !(tag == "is_obsolete" && value.Trim() == "true");
                switch (tag)
                {
                    case "ontology" when !isTerm && Uri.IsWellFormedUriString(value, UriKind.Absolute):
                        system = value;
                        break;
                    case "name":
                        if (name.Length > 0)
                        {
                            names.Add(name);
                        }

                        name = value.Trim();
                        break;
                    case "synonym" when value.Contains("\" EXACT", StringComparison.Ordinal):
                        names.Add(value.Split('"')[1]);
                        break;
                    case "is_a":
                        parents.Add(value.Split(['!', '{'])[0].Trim());
                        break;
                }
            }
        }
    }

    static SiteTerm OfCode(string system, string code, IEnumerable<string> names, IEnumerable<string> parents) =>
        new(
            $"{system}|{code}", [new(CodeSystems.KeyOf(system), code)], [.. names],
            [.. parents.Select(p => $"{system}|{p}")]);

    /// <summary>The concepts of a CodeSystem. One below another is a kind of it where the hierarchy means that;
    /// <c>subsumedBy</c> always does — https://hl7.org/fhir/R4/codesystem.html#hierarchy</summary>
    public static IEnumerable<SiteTerm> OfCodeSystem(Element system)
    {
        var isA = system.ValueOf("hierarchyMeaning") == "is-a";
        return Below(system, null);

        IEnumerable<SiteTerm> Below(Element above, string? parent) => above["concept"].SelectMany(concept =>
        {
            var code = concept.ValueOf("code") ?? "";
            var parents = concept["property"]
                .Where(p => p.ValueOf("code") == "subsumedBy" || (isA && p.ValueOf("code") == "parent"))
                .Select(p => p.ValueOf("value")).Append(isA ? parent : null).OfType<string>();
            var names = concept["designation"].Select(d => d.ValueOf("value")).Prepend(concept.ValueOf("display"))
                .OfType<string>();
            return Below(concept, code).Prepend(OfCode(system.ValueOf("url")!, code, names, parents));
        });
    }
}
