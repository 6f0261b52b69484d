using System.Runtime.CompilerServices;

namespace FhirTrials.Tests;

/// <summary>Golden files: a text is held to <c>NAME.approved.EXT</c> beside the test. Where they differ, the text is
/// left as <c>NAME.received.EXT</c> to compare and, if it is right, to rename.</summary>
static class Approved
{
    public static void Verify(string text, string name, string extension, [CallerFilePath] string testFile = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(testFile)!, "Approved", name);
        var (approved, received) = ($"{path}.approved.{extension}", $"{path}.received.{extension}");
        var actual = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (File.Exists(approved) && File.ReadAllText(approved).ReplaceLineEndings("\n") == actual)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        File.WriteAllText(received, actual);
        Assert.Fail($"The text differs from the approved one; see {Path.GetFileName(received)}.");
    }
}
