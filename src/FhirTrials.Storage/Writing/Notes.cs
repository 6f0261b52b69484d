using System.Buffers.Binary;
using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Writing;

/// <summary>Notes as settings: the change number (8 bytes, little endian), then the value.</summary>
static class Notes
{
    public static async Task<StoredNote?> Read(FhirContext context, string name, CancellationToken ct)
    {
        var setting = Setting(name);
        var stored = await context.Settings.Where(s => s.Name == setting).Select(s => s.Value).SingleOrDefaultAsync(ct);
        return stored is null
            ? null
            : new(stored.AsMemory(sizeof(long)), BinaryPrimitives.ReadInt64LittleEndian(stored));
    }

    public static Task Write(WriteTransaction transaction, NewNote note)
    {
        var value = new byte[sizeof(long) + note.Value.Length];
        BinaryPrimitives.WriteInt64LittleEndian(value, transaction.Change);
        note.Value.CopyTo(value.AsMemory(sizeof(long)));
        return transaction.Commands.Replace(new SettingRow { Name = Setting(note.Name), Value = value });
    }

    static string Setting(string name) => "note " + name;
}
