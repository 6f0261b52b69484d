using System.Net.Sockets;
using System.Text;

namespace FhirTrials.Server.Tests.Http;

/// <summary>Sends bytes as they are, over a connection of their own.</summary>
static class RawClient
{
    /// <summary>Everything that comes back until the server closes the connection.</summary>
    /// <param name="end">Whether the client ends its side when all is sent. A server
    /// may take that for going away.</param>
    public static async Task<string> Send(FhirServer server, byte[] request, bool end = false)
    {
        var ct = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(server.Http.BaseAddress!.Host, server.Http.BaseAddress.Port, ct);
        var stream = client.GetStream();
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, ct);
            if (end)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }

            await stream.CopyToAsync(answer, ct);
        }
        catch (IOException)
        {
            // Closed by the server while it was being sent to.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <param name="head">Request line and headers, each line ending in a line feed alone for legibility.</param>
    public static byte[] Request(string head, byte[]? body = null) =>
        [.. Encoding.Latin1.GetBytes(head.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n"), .. body ?? []];
}
