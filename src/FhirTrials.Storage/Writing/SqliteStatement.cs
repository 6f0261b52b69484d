using System.Linq.Expressions;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using static FhirTrials.Storage.SqliteNative;

namespace FhirTrials.Storage.Writing;

/// <summary>SQL that writes a row, prepared once on an open SQLite connection. The driver's commands look up every
/// parameter by its name, and its value's type, at each execution: for small rows that is more work than the writing —
/// https://sqlite.org/c3ref/stmt.html</summary>
sealed class SqliteStatement : IDisposable
{
    readonly SafeHandle _connection;
    readonly List<Part> _parts = [];

    /// <param name="sql">One statement or several; their parameters are those of row 0.</param>
    public SqliteStatement(SqliteConnection connection, string sql, IReadOnlyList<RowColumn> columns)
    {
        _connection = SqliteLibrary.HandleOf(connection);
        var text = Marshal.StringToCoTaskMemUTF8(sql);
        try
        {
            for (var (next, hasMore) = (text, true); hasMore; hasMore = Marshal.ReadByte(next) != 0)
            {
                Check(Prepare(_connection, next, -1, out var statement, out next));
                _parts.Add(new(statement, columns));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    /// <summary>Writes rows, by one statement after the other.</summary>
    /// <exception cref="SqliteException">The engine refuses one.</exception>
    public void Run<TRow>(IReadOnlyList<TRow> rows)
        where TRow : notnull
    {
        foreach (var part in _parts)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                Run(part, rows[i]);
            }
        }
    }

    void Run(Part part, object row)
    {
        var result = part.Run(row);
        try
        {
            Check(result);
        }
        finally
        {
            part.Reset();
        }
    }

    public void Dispose() => _parts.ForEach(p => p.Dispose());

    void Check(int result)
    {
        if (result is not (Ok or Row or Done))
        {
            var message = Marshal.PtrToStringUTF8(ErrorMessage(_connection));
            throw new SqliteException(
                $"SQLite Error {result & 0xFF}: '{message}'.", result & 0xFF, ExtendedErrorCode(_connection));
        }
    }

    /// <summary>One statement, and how a row's values become its parameters.</summary>
    sealed class Part : IDisposable
    {
        /// <summary>The engine copies what it is given.</summary>
        const nint Transient = -1;

        static readonly byte[] Nothing = [0];

        readonly nint _statement;
        readonly Action<Part, object> _bind;
        byte[] _buffer = new byte[1024];
        int _fault;

        public Part(nint statement, IEnumerable<RowColumn> columns)
        {
            _statement = statement;
            var (part, row) = (Expression.Parameter(typeof(Part)), Expression.Parameter(typeof(object)));
            var binds = from column in columns
                let index = ParameterIndex(
                    statement, ref Encoding.UTF8.GetBytes(RowSql.Parameter(column.Property, 0) + '\0')[0])
                where index > 0
                select Expression.Call(part, nameof(Bind), null, Expression.Constant(index), Sent(column.ValueIn(row)));
            var body = Expression.Block([.. binds, Expression.Empty()]);
            _bind = Expression.Lambda<Action<Part, object>>(body, part, row).Compile();
        }

        /// <summary>Gives the engine's result, which may be an error.</summary>
        public int Run(object row)
        {
            _fault = Ok;
            _bind(this, row);
            return _fault == Ok ? Step(_statement) : _fault;
        }

        /// <summary>The result is that of the step before.</summary>
        public void Reset() => _ = SqliteNative.Reset(_statement);

        public void Dispose() => _ = Release(_statement);

        void Keep(int result) => _fault = _fault == Ok ? result : _fault;

        /// <summary>A value in one of the types that <see cref="Bind(int, long)"/> and its kind take.</summary>
        static Expression Sent(Expression value) =>
            value.Type == typeof(string) || value.Type == typeof(byte[]) || value.Type == typeof(double)
                ? value
                : Expression.Convert(value, typeof(long));

        void Bind(int index, long value) => Keep(BindInteger(_statement, index, value));

        void Bind(int index, double value) => Keep(BindReal(_statement, index, value));

        void Bind(int index, string? value)
        {
            if (value is null)
            {
                Keep(BindNull(_statement, index));
                return;
            }

            var most = Encoding.UTF8.GetMaxByteCount(value.Length);
            if (most > _buffer.Length)
            {
                _buffer = new byte[most * 2];
            }

            Keep(BindText(_statement, index, ref _buffer[0], Encoding.UTF8.GetBytes(value, _buffer), Transient));
        }

        void Bind(int index, byte[]? value)
        {
            if (value is null)
            {
                Keep(BindNull(_statement, index));
                return;
            }

            // An empty one must not be nowhere, which would be NULL.
            Keep(BindBlob(_statement, index, ref (value.Length > 0 ? value : Nothing)[0], value.Length, Transient));
        }
    }
}
