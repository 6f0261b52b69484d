using System.Text.Json;

namespace FhirTrials.Fhir.Tests.Validation;

public sealed class NarrativeTests
{
    [Theory]
    [InlineData("<p>A <b>trial</b> of <i>x</i></p>")]
    [InlineData("<table class=\"grid\"><tbody><tr><td colspan=\"2\">1</td></tr></tbody></table>")]
    [InlineData("<a href=\"https://example.org/\">x</a>")]
    [InlineData("<a href=\"#part\">x</a>")]
    [InlineData("<img src=\"data:image/png;base64,AAAA\" alt=\"x\"/>")]
    [InlineData("<img src=\"#picture\" alt=\"x\"/>")]
    [InlineData("<img src=\"picture.png\" alt=\"x\"/>")]
    [InlineData("<p style=\"color: red; background: url('data:image/png;base64,AAAA')\">x</p>")]
    [InlineData("a &amp; b &#160;")]
    [InlineData("<!-- a remark -->x")]
    [InlineData("<![CDATA[a < b]]>")]
    [InlineData("<h:p xmlns:h=\"http://www.w3.org/1999/xhtml\">x</h:p>")]
    public void Formatted_text_is_fine(string content) => Assert.Empty(Validated.Errors(Patient(content)));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<p onclick=\"alert(1)\">x</p>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("<a href=\"JaVaScRiPt:alert(1)\">x</a>")]
    [InlineData("<a href=\" javascript:alert(1)\">x</a>")]
    [InlineData("<a href=\"java&#10;script:alert(1)\">x</a>")]
    [InlineData("<a href=\"data:text/html,x\">x</a>")]
    [InlineData("<img src=\"data:text/html,x\"/>")]
    [InlineData("<img src=\"https://example.org/x.png\"/>")]
    [InlineData("<img src=\"//example.org/x.png\"/>")]
    [InlineData("<img src=\"\\\\example.org/x.png\"/>")]
    [InlineData("<img src=\" https://example.org/x.png\"/>")]
    [InlineData("<p style=\"background: image-set('https://example.org/x' 1x)\">x</p>")]
    [InlineData("<p style=\"background: u/**/rl(https://example.org/x)\">x</p>")]
    [InlineData("<p style=\"color: red; @IMPORT 'https://example.org/x'\">x</p>")]
    [InlineData("<iframe src=\"https://example.org\">x</iframe>")]
    [InlineData("<form><input/>x</form>")]
    [InlineData("<style>p { }</style>x")]
    [InlineData("<link rel=\"stylesheet\" href=\"https://example.org/x.css\"/>x")]
    [InlineData("<object data=\"x\">x</object>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>x</text></svg>")]
    [InlineData("<p style=\"background: url(https://example.org/x)\">x</p>")]
    [InlineData("<p style=\"width: expression(alert(1))\">x</p>")]
    [InlineData("<p style=\"background: u\\72l(x)\">x</p>")]
    [InlineData("<p>not closed")]
    [InlineData("&nbsp;")]
    [InlineData("")]
    [InlineData("<p>  </p>")]
    [InlineData("<head><title>x</title></head>")]
    [InlineData("<?xml-stylesheet href=\"https://example.org/x.css\"?>x")]
    public void Anything_that_could_act_or_says_nothing_is_an_error(string content) =>
        Assert.Equal(["invariant Patient.text.div"], Validated.Errors(Patient(content)));

    [Theory]
    [InlineData("<div>no namespace</div>")]
    [InlineData("<p xmlns=\"http://www.w3.org/1999/xhtml\">no div</p>")]
    [InlineData("<!DOCTYPE div [<!ENTITY x \"y\">]><div xmlns=\"http://www.w3.org/1999/xhtml\">&x;</div>")]
    [InlineData("no markup")]
    [InlineData("<?show?><div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>")]
    [InlineData("<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div><?show?>")]
    [InlineData("<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div><p>y</p>")]
    [InlineData("x<div xmlns=\"http://www.w3.org/1999/xhtml\">y</div>")]
    public void The_whole_is_one_xhtml_div(string div) =>
        Assert.Equal(["invariant Patient.text.div"], Validated.Errors(PatientWithDiv(div)));

    static string Patient(string content) =>
        PatientWithDiv($"<div xmlns=\"http://www.w3.org/1999/xhtml\">{content}</div>");

    static string PatientWithDiv(string div) =>
        $$"""{"resourceType":"Patient","text":{"status":"generated","div":{{JsonSerializer.Serialize(div)}} } }""";
}
