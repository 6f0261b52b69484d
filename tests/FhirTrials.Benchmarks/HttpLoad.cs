using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace FhirTrials.Benchmarks;

/// <summary>Requests that were answered within a time.</summary>
/// <param name="Latencies">In milliseconds, ascending.</param>
/// <param name="Cpu">What the server computed, on all cores.</param>
sealed record LoadResult(TimeSpan Time, IReadOnlyList<double> Latencies, TimeSpan Cpu)
{
    public double PerSecond => Latencies.Count / Time.TotalSeconds;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{PerSecond:F0}/s, p50 {At(.5):F2} ms, p99 {At(.99):F2} ms, {Cpu.TotalMicroseconds / Latencies.Count:F0} µs "
            + $"of CPU each");

    double At(double share) => Latencies[(int)(share * (Latencies.Count - 1))];
}

/// <summary>Loads a server over connections that each send one request after another. It speaks just enough HTTP/1.1 to
/// cost little beside the server, with which it shares the machine.</summary>
sealed class HttpLoad(Process server, int port)
{
    public int Port => port;

    /// <param name="next">The next request, whole; called from all connections at once; null ends the load.</param>
    public async Task<LoadResult> Run(int connections, TimeSpan time, Func<byte[]?> next)
    {
        server.Refresh();
        var cpu = server.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new HttpConnection(port);
            var own = new List<double>();
            while (watch.Elapsed < time && next() is { } request)
            {
                var start = Stopwatch.GetTimestamp();
                var status = await connection.Send(request);
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (status is < 200 or > 299)
                {
                    throw new InvalidOperationException($"A request was answered with {status}: {connection.Answer()}");
                }
            }

            return own;
        })));
        server.Refresh();
        return new(watch.Elapsed, [.. latencies.SelectMany(l => l).Order()], server.TotalProcessorTime - cpu);
    }

    public static byte[] Get(string path) => Request("GET", path, "", []);

    public static byte[] Post(string path, ReadOnlySpan<byte> json) =>
        Request("POST", path, "Content-Type: application/fhir+json\r\n", json);

    static byte[] Request(string method, string path, string headers, ReadOnlySpan<byte> body)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n{headers}\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}

/// <summary>A connection that is kept alive.</summary>
sealed class HttpConnection : IDisposable
{
    readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    byte[] _buffer = new byte[64 * 1024];
    int _length;
    int _body;

    public HttpConnection(int port) => _socket.Connect("localhost", port);

    /// <summary>Sends a request and reads its answer to the end; gives its status.</summary>
    public async Task<int> Send(byte[] request)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += await _socket.SendAsync(request.AsMemory(sent));
        }

        (_length, _body) = (0, 0);
        while (!IsWhole())
        {
            if (_length == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_length));
            _length += read > 0 ? read : throw new IOException("The server closed the connection.");
        }

        return Utf8Parser.TryParse(_buffer.AsSpan("HTTP/1.1 ".Length, 3), out int status, out _) ? status : 0;
    }

    /// <summary>The body of the last answer.</summary>
    public string Answer() => Encoding.UTF8.GetString(_buffer, _body, _length - _body);

    bool IsWhole()
    {
        var answer = _buffer.AsSpan(0, _length);
        if (_body == 0)
        {
            _body = answer.IndexOf("\r\n\r\n"u8) + 4;
            if (_body == 3)
            {
                _body = 0;
                return false;
            }
        }

        var head = answer[.._body];
        var at = head.IndexOf("Content-Length: "u8);
        return at >= 0
            ? Utf8Parser.TryParse(head[(at + "Content-Length: ".Length)..], out int length, out _)
                && _length >= _body + length
            : head.IndexOf("chunked"u8) < 0 || answer.EndsWith("0\r\n\r\n"u8);
    }

    public void Dispose() => _socket.Dispose();
}
