namespace FhirTrials.Trials.Vocabulary;

/// <summary>How old, in days, what was measured may be where a criterion does not
/// say; older counts as missing.</summary>
public sealed record Freshness
{
    static Freshness? _site;

    /// <summary>The product's, or what the site has set.</summary>
    public static Freshness Default => Volatile.Read(ref _site) ?? Usually;

    static readonly Freshness Usually = new();

    /// <summary>Sets a site's, at start, before criteria or records are read.</summary>
    public static void SetAtStart(Freshness freshness) => Volatile.Write(ref _site, freshness);

    /// <summary>Blood counts, chemistry, vital signs, performance scores, circulating blasts.</summary>
    public int Usual { get; init; } = 28;

    /// <summary>Marrow and cerebrospinal fluid: blasts, minimal residual disease.</summary>
    public int Marrow { get; init; } = 42;

    /// <summary>Tests for infections.</summary>
    public int Infection { get; init; } = 180;

    /// <summary>Pregnancy tests.</summary>
    public int Pregnancy { get; init; } = 14;

    /// <summary>Lists that state a record's kind completely.</summary>
    public int Lists { get; init; } = 90;

    /// <summary>Answers to screening questions.</summary>
    public int Answers { get; init; } = 90;

    /// <summary>The oldest a value of a concept may be, in days; null where age does not matter (genetics).</summary>
    public int? Of(string concept) => concept switch
    {
        "mrd" or "bm-blasts" or "csf-wbc" or "cns-leukemia" or "extramedullary" => Marrow,
        "hiv" or "hbv" or "hcv" => Infection,
        "pregnancy" => Pregnancy,
        "ph-positive" or "ph-negative" or "cd19-positive" => null,
        _ => Usual,
    };
}
