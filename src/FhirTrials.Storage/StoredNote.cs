namespace FhirTrials.Storage;

/// <summary>What a program remembers beside resources, under a name of its own. Nodes share it.</summary>
/// <param name="Change">The last change that the store had seen when it was written:
/// what is newer came after it.</param>
public sealed record StoredNote(ReadOnlyMemory<byte> Value, long Change);

/// <summary>A note to be written with resources, in their commit.</summary>
/// <param name="Name">At most 200 characters.</param>
public sealed record NewNote(string Name, ReadOnlyMemory<byte> Value);

/// <summary>Where a resource is stored, without its content.</summary>
/// <param name="Change">That of its current version, which may be a deletion.</param>
public sealed record StoredKey(string Type, string Id, long Change, bool IsDeleted);
