using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Journal;
using Workflows.Engine.State;
using Workflows.Host.Problems;
using Workflows.Storage.Queries.Instances;

namespace Workflows.Host.Elsa.Instances;

/// <summary>
/// An instance as a file: Elsa's members for readers, and the engine's own state (<c>engineState</c>), from which it is taken over again.
/// A file of another server has no such member and cannot be taken over.
/// </summary>
internal sealed record InstanceFile(WorkflowState State, string StateText, IReadOnlyList<JournalRecord> Journal, IReadOnlyList<ActivityExecutionRecord> Executions)
{
    /// <summary>Entries of a journal, or executions, in one file.</summary>
    public const int MostRecords = 20_000;

    /// <summary>Files in an archive.</summary>
    public const int MostFiles = 200;

    /// <summary>Bytes of all files of an archive together, unpacked.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>What an export holds besides the state.</summary>
    /// <param name="Bookmarks">The waits.</param>
    /// <param name="Executions">The executions.</param>
    /// <param name="Journal">The journal.</param>
    public sealed record Parts(bool Bookmarks = true, bool Executions = true, bool Journal = true);

    /// <summary>Reads an instance for export.</summary>
    public static async ValueTask<InstanceFile> OfAsync(string id, WorkflowState state, HistoryReader history, Parts parts, CancellationToken cancellationToken) => new(
        state,
        Encoding.UTF8.GetString(state.Serialize()),
        parts.Journal ? (await history.JournalAsync(id, new JournalSelection(), new Stretch(0, MostRecords), cancellationToken)).Items : [],
        parts.Executions ? [.. (await history.RecordsAsync(id, new ExecutionSelection(), MostRecords, cancellationToken)).Select(row => row.Record)] : []);

    /// <summary>As the file stands.</summary>
    public JsonObject ToJson(Parts parts)
    {
        var state = StateShape.Of(State);
        var file = new JsonObject { ["workflowState"] = state };
        if (parts.Bookmarks)
            file["bookmarks"] = state["bookmarks"]?.DeepClone();
        if (parts.Executions)
            file["activityExecutionRecords"] = JsonSerializer.SerializeToNode(Executions, ElsaJson.Options);
        if (parts.Journal)
            file["workflowExecutionLogRecords"] = JsonSerializer.SerializeToNode(Journal, ElsaJson.Options);
        file["engineState"] = JsonNode.Parse(StateText, documentOptions: new JsonDocumentOptions { MaxDepth = 256 });
        return file;
    }

    /// <summary>Reads a file; refuses what is no export of this service (400).</summary>
    public static InstanceFile Read(ReadOnlySpan<byte> content, string name)
    {
        try
        {
            var reader = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = 256 });
            if (JsonNode.Parse(ref reader) is not JsonObject file)
                throw Refused(name, "不是流程实例的导出文件");
            if (file["engineState"] is not JsonObject engine)
                throw Refused(name, "没有引擎状态 engineState，不是本系统导出的流程实例，不能恢复运行");
            var text = engine.ToJsonString();
            var read = new InstanceFile(
                WorkflowState.Deserialize(Encoding.UTF8.GetBytes(text)), text, Records<JournalRecord>(file, "workflowExecutionLogRecords", name), Records<ActivityExecutionRecord>(file, "activityExecutionRecords", name));
            return read.IsSound() ? read : throw Refused(name, "内容互相矛盾");
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            throw Refused(name, "内容已损坏");
        }
    }

    /// <summary>Reads a file or an archive of files.</summary>
    public static IReadOnlyList<InstanceFile> ReadAll(Stream content, string name)
    {
        using var whole = new MemoryStream();
        Copy(content, whole, MostBytes, name);
        whole.Position = 0;
        if (!(whole.Length > 3 && whole.GetBuffer()[0] == 'P' && whole.GetBuffer()[1] == 'K'))
            return [Read(whole.GetBuffer().AsSpan(0, (int)whole.Length), name)];
        try
        {
            using var archive = new ZipArchive(whole, ZipArchiveMode.Read);
            if (archive.Entries.Count > MostFiles)
                throw Refused(name, $"压缩包中的文件超过{MostFiles}个");
            var files = new List<InstanceFile>();
            var left = MostBytes;
            foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
            {
                using var unpacked = new MemoryStream();
                using var stream = entry.Open();
                Copy(stream, unpacked, left, name);
                left -= (int)unpacked.Length;
                files.Add(Read(unpacked.GetBuffer().AsSpan(0, (int)unpacked.Length), entry.Name));
            }

            return files;
        }
        catch (InvalidDataException)
        {
            throw Refused(name, "压缩包已损坏");
        }
    }

    /// <summary>Several files as an archive.</summary>
    public static async Task<byte[]> ZipAsync(IEnumerable<(string Name, JsonObject File)> files, DateTimeOffset at)
    {
        using var archived = new MemoryStream();
        await using (var archive = new ZipArchive(archived, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, file) in files)
            {
                var entry = archive.CreateEntry(name);
                entry.LastWriteTime = at;
                await using var stream = await entry.OpenAsync();
                await JsonSerializer.SerializeAsync(stream, file, ElsaJson.Options);
            }
        }

        return archived.ToArray();
    }

    // What the store would stumble over later: a status that is none, entries that would meet those of the next burst, ids that meet.
    private bool IsSound() => State.Id.Length is > 0 and <= 100 && Enum.IsDefined(State.Status) && Enum.IsDefined(State.SubStatus)
        && Journal.All(entry => entry.Sequence >= 0 && entry.Sequence < State.ExecutionLogSequence)
        && Journal.DistinctBy(static entry => entry.Sequence).Count() == Journal.Count
        && Executions.DistinctBy(static execution => execution.Id).Count() == Executions.Count
        && State.Bookmarks.DistinctBy(static bookmark => bookmark.Id).Count() == State.Bookmarks.Count;

    private static IReadOnlyList<T> Records<T>(JsonObject file, string member, string name) => file[member] switch
    {
        null => [],
        JsonArray { Count: > MostRecords } => throw Refused(name, $"{member} 超过{MostRecords}条"),
        var records => records.Deserialize<IReadOnlyList<T>>(ElsaJson.Options) ?? [],
    };

    private static void Copy(Stream from, MemoryStream to, int limit, string name)
    {
        var part = new byte[64 << 10];
        while (from.Read(part) is > 0 and var read)
        {
            to.Write(part, 0, read);
            if (to.Length > limit)
                throw new RefusedException(new Refusal(413, "too-large", "files", $"文件“{name}”解压后超过{MostBytes >> 20} MB：请分次导入。"));
        }
    }

    private static RefusedException Refused(string name, string why) =>
        new(new Refusal(400, "bad-instance-file", "files", $"文件“{(name.Length <= 100 ? name : name[..100])}”{why}：请选择从本系统导出的流程实例文件。"));
}
