using System.Collections.Immutable;

namespace FhirTrials.Trials.Vocabulary;

/// <summary>What a concept of the vocabulary is; the word in the <c>kind</c> column.</summary>
public enum ConceptKind
{
    Condition,

    /// <summary>The state of a disease: relapsed, refractory, in remission.</summary>
    Status,

    Genomic,
    Pregnancy,

    /// <summary>A group of people or an ability (childbearing potential) that is no diagnosis.</summary>
    Population,

    Demographic,
    Lab,
    Vital,
    Score,

    /// <summary>A laboratory test whose positive result states the condition that is its parent.</summary>
    Test,

    /// <summary>A class of treatments.</summary>
    Therapy,

    /// <summary>One ingredient.</summary>
    Drug,

    /// <summary>What one may be allergic to and that is no treatment.</summary>
    Substance,

    Procedure,
}

/// <summary>A code, or with a trailing <c>*</c> all codes that begin so (ICD-10, ATC).</summary>
/// <param name="System">A key of <see cref="CodeSystems"/>: <c>sct icd10 ncit loinc rx atc</c>.</param>
public readonly record struct CodePattern(string System, string Code);

/// <summary>A concept: what criteria name and records code.</summary>
/// <param name="Key">Stable, in words and hyphens: <c>b-all</c>.</param>
/// <param name="Text">Preferred name in English.</param>
/// <param name="Parents">Keys of broader concepts.</param>
/// <param name="Codes">Codes that mean this concept or a narrower one.</param>
/// <param name="Synonyms">Other names and abbreviations, American or British.</param>
/// <param name="Unit">The usual UCUM unit of a measured concept; empty for others.</param>
/// <param name="Source">Where the codes were looked up.</param>
public sealed record VocabularyConcept(
    string Key,
    ConceptKind Kind,
    string Text,
    ImmutableArray<string> Parents,
    ImmutableArray<CodePattern> Codes,
    ImmutableArray<string> Synonyms,
    string Unit,
    string Source);

/// <summary>What a site adds to a concept.</summary>
/// <param name="Key">The concept's.</param>
public sealed record ConceptAddition(string Key, ImmutableArray<CodePattern> Codes, ImmutableArray<string> Names);
