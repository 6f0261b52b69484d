using System.Text;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Validation;

/// <summary>Where a walk stands: the elements from the root to the current one. It
/// becomes text only for an issue.</summary>
sealed class WalkPath
{
    (Element Element, int Index)[] _steps = new (Element, int)[32];
    int _depth;

    public Element Current => _steps[_depth - 1].Element;

    /// <summary>The element above the current one, or null at the root.</summary>
    public Element? Parent => _depth > 1 ? _steps[_depth - 2].Element : null;

    /// <param name="index">Which repetition it is, from 0; -1 where the element cannot repeat.</param>
    public void Push(Element element, int index)
    {
        if (_depth == _steps.Length)
        {
            Array.Resize(ref _steps, 2 * _depth);
        }

        _steps[_depth++] = (element, index);
    }

    public void Pop() => _depth--;

    /// <summary>The FHIRPath of the current element: <c>Patient.name[0].family</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(_steps[0].Element.Type.Path);
        for (var i = 1; i < _depth; i++)
        {
            text.Append('.').Append(_steps[i].Element.Name);
            if (_steps[i].Index >= 0)
            {
                text.Append('[').Append(_steps[i].Index).Append(']');
            }
        }

        return text.ToString();
    }

    /// <summary>The element at a distance above the current one (0 is the current one), or null.</summary>
    public Element? Up(int levels) => levels < _depth ? _steps[_depth - 1 - levels].Element : null;
}
