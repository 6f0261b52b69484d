using System.Text.RegularExpressions;

namespace FhirTrials.Trials.Criteria;

/// <summary>Remarks in brackets that restrict nobody in a way a record could show.</summary>
static partial class Asides
{
    public static bool IsAside(string text) => Known().IsMatch(text);

    /// <summary>The age of majority, which differs between countries.</summary>
    public static bool IsLegalAge(string text) => text.Contains("legal age", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^normal\b.*\d|^includ(es|ing) (?!.*\b(no|not)\b)|transfusion|^(see|refer|as per|per|e\.?g\.?|"
        + @"i\.?e\.?|according)\b|^\d{4}$|^(the |by |using |based on |modified )*(cockcroft|mdrd|ckd[- ]?epi|"
            + @"fridericia|bazett|schwartz|jelliffe|friedewald)\b[\w\s-]*$|^(or|and) its|^(s|es|ies)$|^((both|all|"
                + @"limits|extremes|ends|endpoints|bounds|range) )*(inclusive|included)( of both)?$",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Known();
}
