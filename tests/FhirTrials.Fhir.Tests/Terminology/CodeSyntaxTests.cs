using FhirTrials.Fhir.Terminology;

namespace FhirTrials.Fhir.Tests.Terminology;

public sealed class CodeSyntaxTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("de-CH")]
    [InlineData("zh-Hant-TW")]
    [InlineData("sl-rozaj-biske")]
    [InlineData("es-419")]
    [InlineData("en-US-u-islamcal")]
    [InlineData("x-whatever")]
    [InlineData("i-klingon")]
    [InlineData("de-1996")]
    public void A_language_tag_is_well_formed(string tag) => Assert.True(CodeSyntax.IsLanguageTag(tag));

    [Theory]
    [InlineData("")]
    [InlineData("e")]
    [InlineData("english language")]
    [InlineData("en_US")]
    [InlineData("en-")]
    [InlineData("en-US-US")]
    [InlineData("x")]
    [InlineData("toolonglanguage")]
    public void Anything_else_is_not(string tag) => Assert.False(CodeSyntax.IsLanguageTag(tag));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/fhir+json")]
    [InlineData("text/html; charset=utf-8")]
    [InlineData("image/svg+xml")]
    public void A_media_type_is_well_formed(string type) => Assert.True(CodeSyntax.IsMimeType(type));

    [Theory]
    [InlineData("text")]
    [InlineData("text/")]
    [InlineData("/plain")]
    [InlineData("text/pl ain")]
    [InlineData("text/plain; charset")]
    [InlineData("")]
    public void Any_other_is_not(string type) => Assert.False(CodeSyntax.IsMimeType(type));
}
