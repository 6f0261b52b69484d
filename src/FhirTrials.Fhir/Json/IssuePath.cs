using System.Globalization;
using System.Text;

namespace FhirTrials.Fhir.Json;

/// <summary>Where a reader is, as FHIRPath; written out only when an issue needs it.</summary>
sealed class IssuePath
{
    readonly List<(string Name, int Index)> _steps = [];

    public void Push(string name, int index) => _steps.Add((name, index));

    public void Pop() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>Sets which repetition of the last step is being read; -1 for the whole.</summary>
    public void Index(int index) => _steps[^1] = (_steps[^1].Name, index);

    /// <summary><c>Patient.name[0].family</c>; null before a resource is entered.</summary>
    /// <param name="below">A further name at the end.</param>
    public string? Expression(string? below)
    {
        if (_steps.Count == 0)
        {
            return null;
        }

        var path = new StringBuilder();
        foreach (var (name, index) in _steps)
        {
            if (path.Length > 0)
            {
                path.Append('.');
            }

            path.Append(name);
            if (index >= 0)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
        }

        return (below is null ? path : path.Append('.').Append(below)).ToString();
    }
}
