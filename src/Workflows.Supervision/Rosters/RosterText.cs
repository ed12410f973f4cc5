using System.Text;

namespace Workflows.Supervision.Rosters;

/// <summary>
/// Finds out how a roster file is encoded. Offices save UTF-8 with or without a mark, or GBK from spreadsheets; text that
/// is not valid UTF-8 is read as GB18030, which contains GBK and every character of Unicode.
/// </summary>
internal static class RosterText
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    public static (string Text, string Encoding)? Decode(Stream stream, int largest)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        for (int read; (read = stream.Read(chunk, 0, chunk.Length)) > 0;)
        {
            if (buffer.Length + read > largest)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        try
        {
            return (StrictUtf8.GetString(bytes), "UTF-8");
        }
        catch (DecoderFallbackException)
        {
            var gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
            return (gb18030.GetString(bytes), "GB18030");
        }
    }
}
