using System.Buffers;
using System.Text;

namespace FhirTrials.Trials.Mapping;

/// <summary>The human-readable part of a resource: XHTML of headings, paragraphs, tables and lists, every text escaped
/// — https://hl7.org/fhir/R4/narrative.html</summary>
sealed class Narrative
{
    const string Open = "<div xmlns=\"http://www.w3.org/1999/xhtml\">";

    static readonly SearchValues<char> Escaped = SearchValues.Create("<>&\"");

    readonly StringBuilder _xhtml = new(Open);

    bool _inTable;

    public Narrative(string title) => Heading(2, title);

    /// <summary>A section with its heading; nothing where there is no text.</summary>
    public Narrative Section(string title, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return this;
        }

        EndTable();
        Heading(3, title);
        return Paragraphs(text);
    }

    /// <summary>A labelled fact; nothing where there is none. Facts in a row make one table.</summary>
    public Narrative Fact(string label, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            if (!_inTable)
            {
                _xhtml.Append("<table><tbody>");
                _inTable = true;
            }

            _xhtml.Append("<tr><th>");
            Escape(label);
            _xhtml.Append("</th><td>");
            Lines(value);
            _xhtml.Append("</td></tr>");
        }

        return this;
    }

    /// <summary>A labelled fact of several values.</summary>
    public Narrative Fact(string label, IEnumerable<string> values) => Fact(label, string.Join("; ", values));

    /// <summary>A text; its blank lines part paragraphs, its other line ends break lines.</summary>
    public Narrative Paragraphs(string? text)
    {
        EndTable();
        foreach (var paragraph in (text ?? "").ReplaceLineEndings("\n")
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            _xhtml.Append("<p>");
            Lines(paragraph.Trim('\n'));
            _xhtml.Append("</p>");
        }

        return this;
    }

    /// <summary>A list with its heading; nothing where there are no items.</summary>
    public Narrative List(string title, IEnumerable<string> items)
    {
        var all = items.ToList();
        if (all.Count == 0)
        {
            return this;
        }

        EndTable();
        Heading(3, title);
        _xhtml.Append("<ul>");
        foreach (var item in all)
        {
            _xhtml.Append("<li>");
            Lines(item);
            _xhtml.Append("</li>");
        }

        _xhtml.Append("</ul>");
        return this;
    }

    /// <summary>The Narrative datatype; ends the narrative.</summary>
    public ObjectNode ToNode()
    {
        EndTable();
        return new() { ["status"] = "generated", ["div"] = _xhtml.Append("</div>").ToString() };
    }

    void Heading(int level, string title)
    {
        _xhtml.Append("<h").Append(level).Append('>');
        Escape(title);
        _xhtml.Append("</h").Append(level).Append('>');
    }

    void EndTable()
    {
        if (_inTable)
        {
            _xhtml.Append("</tbody></table>");
            _inTable = false;
        }
    }

    void Lines(string text)
    {
        var first = true;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!first)
            {
                _xhtml.Append("<br/>");
            }

            first = false;
            Escape(line);
        }
    }

    void Escape(ReadOnlySpan<char> text)
    {
        for (int at; (at = text.IndexOfAny(Escaped)) >= 0; text = text[(at + 1)..])
        {
            _xhtml.Append(text[..at]).Append(text[at] switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                _ => "&quot;",
            });
        }

        _xhtml.Append(text);
    }
}
