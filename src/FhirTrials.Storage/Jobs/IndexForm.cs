using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Jobs;

/// <summary>Which form of index a database has: what an older program wrote is indexed anew.</summary>
static class IndexForm
{
    /// <summary>To be raised whenever the same resource gives other index rows than before.</summary>
    const byte Current = 3;

    const string Name = "index-form";

    public static SettingRow Setting() => new() { Name = Name, Value = [Current] };

    public static Task<bool> IsCurrent(FhirContext context, CancellationToken ct)
    {
        var current = Setting().Value;
        return context.Settings.AnyAsync(s => s.Name == Name && s.Value == current, ct);
    }

    public static Task<int> Clear(FhirContext context, CancellationToken ct) =>
        context.Settings.Where(s => s.Name == Name).ExecuteDeleteAsync(ct);
}
