using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Server.Importing;

/// <summary>Imports a record that was read.</summary>
/// <param name="content">What it was read from.</param>
/// <param name="mayWait">Whether the write may wait a moment for those of other studies.</param>
delegate Task<Imported> RecordImport(
    RegistryReadResult read, ReadOnlyMemory<byte> content, CancellationToken ct, bool mayWait);

/// <summary>Imports records several at a time, so that all processors map while earlier records wait for their
/// commit, which they share. What became of them is told in the order of the input. Of two records of one
/// study the later one counts.</summary>
/// <param name="tell">Is told of each record, one after another.</param>
sealed class ImportRun(RecordImport import, Action<InputRecord, Imported> tell)
{
    /// <summary>A record of more bytes is imported alone, since mapping takes many times its size.</summary>
    const int Large = 2 << 20;

    /// <summary>As many studies are under way at most: half of them wait for their commit, which they share, while the
    /// others are mapped. More would take more memory than they save time.</summary>
    const int Width = 48;

    /// <summary>As many records wait at most for one before them to be told: it may have
    /// come too late for a commit.</summary>
    const int Length = 4 * Width;

    readonly Queue<(InputRecord Record, string? NctId, Task<Imported> Import)> _running = [];
    readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Waits for room and begins with the record.</summary>
    public Task Add(InputRecord record, CancellationToken ct) => Add(record, record.Read(), ct);

    public async Task Add(InputRecord record, RegistryReadResult read, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var id = read.Record?.NctId;
        var isAgain = id is not null && !_seen.Add(id);
        var isLarge = record.Content.Length > Large;

        // Of few studies none waits for more to come.
        var mayWait = !isLarge && _seen.Count > Width;
        if (isLarge || (isAgain && _running.Any(r => r.NctId == id)))
        {
            await Finish();
        }

        await Room();
        _running.Enqueue((record, id, Task.Run(() => Import(read, record, isAgain, mayWait, ct), ct)));
        while (_running.TryPeek(out var first)
            && (first.Import.IsCompleted || _running.Count >= (isLarge ? 1 : Length)))
        {
            await TellFirst();
        }
    }

    /// <summary>Waits for all that were added.</summary>
    public async Task Finish()
    {
        while (_running.Count > 0)
        {
            await TellFirst();
        }
    }

    async Task Room()
    {
        while (_running.Select(r => r.Import).Where(i => !i.IsCompleted).ToList() is { Count: >= Width } underWay)
        {
            await Task.WhenAny(underWay);
        }
    }

    async Task TellFirst()
    {
        var (record, _, running) = _running.Dequeue();
        tell(record, await running);
    }

    async Task<Imported> Import(
        RegistryReadResult read, InputRecord record, bool isAgain, bool mayWait, CancellationToken ct)
    {
        Imported imported;
        try
        {
            imported = await import(read, record.Content, ct, mayWait);
        }
        catch (FhirException e) when (e.Issues.All(i => i.Code != IssueCode.Transient))
        {
            // What somebody else does to a study at the same moment is no reason to give up the others.
            return new Imported(read.Record?.NctId, [], [.. e.Issues]);
        }
        catch (Exception e) when (e is not (FhirException or OperationCanceledException or OutOfMemoryException))
        {
            // Nor is a record that this program cannot cope with.
            return new Imported(read.Record?.NctId, [], [Issue.Error(
                IssueCode.Exception, $"A fault of this program, to be reported: {e.GetType().Name}: {e.Message}")]);
        }

        return !isAgain || imported.IsUnchanged ? imported : imported with
        {
            Issues = imported.Issues.Add(Issue.Warning(
                IssueCode.Duplicate,
                $"{imported.NctId} is in this input before with another content: this record counts.")),
        };
    }
}
