namespace Microsoft.SqlServer.Server;

/// <summary>Storage format of a user-defined type; SqlClient compares members by name.</summary>
public enum Format
{
    Unknown = 0,
    Native = 1,
    UserDefined = 2,
}

/// <summary>Binary serialisation of a user-defined type of format <see cref="Format.UserDefined"/>.</summary>
public interface IBinarySerialize
{
    void Read(BinaryReader r);

    void Write(BinaryWriter w);
}

/// <summary>Thrown for a type that is not a valid user-defined type.</summary>
public sealed class InvalidUdtException : SystemException
{
    public InvalidUdtException()
    {
    }

    public InvalidUdtException(string message) : base(message)
    {
    }

    public InvalidUdtException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>Marks a user-defined type of SQL Server.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = false)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    public Format Format { get; } = format;

    public bool IsByteOrdered { get; set; }

    public bool IsFixedLength { get; set; }

    public int MaxByteSize { get; set; }

    public string? Name { get; set; }

    public string? ValidationMethodName { get; set; }
}
