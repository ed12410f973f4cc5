using System.Text.Json;

namespace Workflows.Host.CommandLine;

/// <summary>Files that a user names on the command line: what cannot be opened or read is told in one line.</summary>
internal static class InputFile
{
    private const long LargestJson = 64L << 20;

    private static readonly JsonDocumentOptions Json = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 512 };

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="argument">Name of the argument or option, for the message.</param>
    public static FileStream Open(string path, string argument)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"{argument}：无法打开文件“{path}”，请核对路径和权限。");
        }
    }

    /// <summary>Reads a UTF-8 text of at most 64 MiB.</summary>
    public static string ReadText(string path, string argument)
    {
        using var file = Bounded(path, argument);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    /// <summary>Reads a JSON document of at most 64 MiB; the caller disposes it.</summary>
    public static JsonDocument ReadJson(string path, string argument)
    {
        using var file = Bounded(path, argument);
        try
        {
            return JsonDocument.Parse(file, Json);
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{argument}：文件“{path}”第 {e.LineNumber + 1} 行第 {e.BytePositionInLine + 1} 字节处不是有效的 JSON，请改正后重试。");
        }
    }

    private static FileStream Bounded(string path, string argument)
    {
        var file = Open(path, argument);
        if (file.Length <= LargestJson)
        {
            return file;
        }

        file.Dispose();
        throw new BadInputException($"{argument}：文件“{path}”超过 {LargestJson >> 20} MiB。");
    }
}
