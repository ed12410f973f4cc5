using System.Text;
using System.Text.Json;

namespace Workflows.Host.Torture;

/// <summary>What was acknowledged, written down by the driver outside the service: one line for each 2xx, flushed to the disk before it counts.</summary>
/// <param name="path">The file.</param>
internal sealed class AnswerLog(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read);
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Acknowledged keys with their answers.</summary>
    public IReadOnlyDictionary<string, string> Answers => _answers;

    /// <summary>Writes an answer down.</summary>
    /// <returns>The earlier answer to the same key if it was another one, else null.</returns>
    public string? Note(string key, string answer)
    {
        lock (_lock)
        {
            if (_answers.TryGetValue(key, out var earlier))
            {
                return earlier == answer ? null : earlier;
            }

            _file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { key, answer }) + "\n"));
            _file.Flush(flushToDisk: true);
            _answers[key] = answer;
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
