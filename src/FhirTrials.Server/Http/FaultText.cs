namespace FhirTrials.Server.Http;

/// <summary>What a log may tell of a failure: types and places of the exceptions, never their messages, which may quote
/// data of a patient.</summary>
static class FaultText
{
    public static string Of(Exception fault)
    {
        var faults = new List<Exception>();
        for (var e = fault; e is not null; e = e.InnerException)
        {
            faults.Add(e);
        }

        return string.Join("\n caused by ", faults.Select(e => $"{e.GetType().FullName}\n{e.StackTrace}"));
    }
}
