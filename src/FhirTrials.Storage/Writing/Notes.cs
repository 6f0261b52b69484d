using System.Buffers.Binary;
using FhirTrials.Storage.Rows;
using FhirTrials.Storage.Search;

namespace FhirTrials.Storage.Writing;

/// <summary>Notes as settings: the change number (8 bytes, little endian), then the value.</summary>
static class Notes
{
    public static async Task<StoredNote?> Read(SqlRunner runner, string name, CancellationToken ct)
    {
        var stored = await runner.Query(
            $"""SELECT "Value" FROM "Setting" WHERE "Name" = {Setting(name)}""", row => row.GetFieldValue<byte[]>(0),
            ct);
        return stored is [var value]
            ? new(value.AsMemory(sizeof(long)), BinaryPrimitives.ReadInt64LittleEndian(value))
            : null;
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
