using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Workflows.Supervision.Audit;

/// <summary>
/// Verifies an export of the audit trail without the database: each entry's hash, each chain's order and completeness,
/// the chain of daily seals, and that every sealed head is there. It names the line of each fault. What was removed
/// after the last seal can be missed only by comparing with a later seal or with a seal kept elsewhere.
/// </summary>
public sealed class AuditVerifier
{
    private const int MostProblems = 200;
    private const int LongestLine = 1 << 20;

    private readonly List<VerificationProblem> _problems = [];
    private readonly Dictionary<string, List<(AuditHead Head, int Line)>> _sealed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _rootHashes = new(StringComparer.Ordinal);
    private AuditHead? _head;
    private DailyRoot? _root;
    private long _roots;
    private long _entries;
    private AuditEnd? _end;

    private AuditVerifier()
    {
    }

    /// <summary>Verifies an export.</summary>
    /// <param name="export">The JSON lines.</param>
    /// <param name="knownRoot">Hash of a daily seal kept elsewhere, which must be among those of the export; or null.</param>
    public static VerificationReport Verify(Stream export, string? knownRoot = null)
    {
        var verifier = new AuditVerifier();
        verifier.Read(export);
        if (knownRoot is not null && !verifier._rootHashes.Contains(knownRoot))
        {
            verifier.Report(0, $"所给的每日摘要 {knownRoot} 不在文件中：整个记录链可能被重写。");
        }

        return new VerificationReport((int)Math.Min(int.MaxValue, verifier._entries), [.. verifier._problems]);
    }

    private void Read(Stream export)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var reader = new StreamReader(export, new UTF8Encoding(false), false, 64 * 1024, leaveOpen: true);
        var number = 0;
        while (BoundedLine.Read(reader, LongestLine, out var text) is var kind && kind != BoundedLine.Outcome.End)
        {
            number++;
            if (kind == BoundedLine.Outcome.TooLong || text.Length == 0 || AuditLine.Read(text) is not { } line)
            {
                Report(number, "不是有效的审计行，无法读取。");
            }
            else if (_end is not null)
            {
                Report(number, "结束行之后还有内容。");
            }
            else if (line.End is { } end)
            {
                _end = end;
                Finish(number, Convert.ToHexStringLower(digest.GetCurrentHash()));
            }
            else if (line.Root is { } root)
            {
                Check(root, number);
            }
            else
            {
                Check(line.Entry!, number);
            }

            digest.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        }

        LeaveChain();
        foreach (var (key, heads) in _sealed.OrderBy(s => s.Value[0].Line))
        {
            foreach (var (head, line) in heads)
            {
                Report(line, _seen.Contains(key)
                    ? $"每日摘要记有“{key}”第 {head.Sequence} 条，文件中没有：有行被删除。"
                    : $"每日摘要记有“{key}”，文件中没有：整条记录链被删除。");
            }
        }

        if (_end is null)
        {
            Report(number, "缺少结束行，文件不完整。");
        }
    }

    private void Check(DailyRoot root, int line)
    {
        _roots++;
        _rootHashes.Add(root.Hash);
        if (_entries > 0)
        {
            Report(line, "每日摘要应排在审计行之前，行的顺序被调换。");
        }

        if (root.ComputeHash() != root.Hash)
        {
            Report(line, $"{root.Day:yyyy-MM-dd} 的每日摘要被改动。");
        }

        if (root.PreviousHash != (_root?.Hash ?? DailyRoot.Beginning) || (_root is not null && root.Day <= _root.Day))
        {
            Report(line, $"{root.Day:yyyy-MM-dd} 的每日摘要与前一日不衔接：有摘要被删除或调换。");
        }

        _root = root;
        foreach (var head in root.Heads)
        {
            if (!_sealed.TryGetValue(head.CaseKey, out var heads))
            {
                _sealed[head.CaseKey] = heads = [];
            }

            heads.Add((head, line));
        }
    }

    private void Check(AuditEntry entry, int line)
    {
        _entries++;
        if (_head?.CaseKey != entry.CaseKey)
        {
            var previous = _head?.CaseKey;
            LeaveChain();
            if (!_seen.Add(entry.CaseKey) || (previous is not null && string.CompareOrdinal(previous, entry.CaseKey) > 0))
            {
                Report(line, $"“{entry.CaseKey}”的行不在应有的位置，行的顺序被调换。");
            }

            _head = AuditHead.Empty(entry.CaseKey);
        }

        var head = _head!;
        if (entry.Sequence <= head.Sequence)
        {
            Report(line, $"“{entry.CaseKey}”第 {entry.Sequence} 条排在第 {head.Sequence} 条之后，行的顺序被调换或重复。");
        }
        else if (entry.Sequence > head.Sequence + 1)
        {
            Report(line, $"“{entry.CaseKey}”在第 {entry.Sequence} 条之前缺少第 {head.Sequence + 1} 条，有行被删除或调换。");
        }
        else if (entry.PreviousHash != head.Hash)
        {
            Report(line, $"“{entry.CaseKey}”第 {entry.Sequence} 条与前一条不衔接，前一条或本条被改动。");
        }

        if (entry.ComputeHash() != entry.Hash)
        {
            Report(line, $"“{entry.CaseKey}”第 {entry.Sequence} 条的内容被改动。");
        }

        if (entry.At < head.At)
        {
            Report(line, $"“{entry.CaseKey}”第 {entry.Sequence} 条的时间早于前一条。");
        }

        if (_sealed.TryGetValue(entry.CaseKey, out var sealedHeads))
        {
            foreach (var (_, rootLine) in sealedHeads.Where(h => h.Head.Sequence == entry.Sequence && h.Head.Hash != entry.Hash))
            {
                Report(line, $"“{entry.CaseKey}”第 {entry.Sequence} 条与第 {rootLine} 行的每日摘要不符，记录链被重写。");
            }

            sealedHeads.RemoveAll(h => h.Head.Sequence == entry.Sequence);
        }

        _head = entry.Head;
    }

    private void LeaveChain()
    {
        if (_head is not null && _sealed.TryGetValue(_head.CaseKey, out var heads) && heads.Count == 0)
        {
            _sealed.Remove(_head.CaseKey);
        }
    }

    private void Finish(int line, string digest)
    {
        if (_end!.Entries != _entries || _end.Roots != _roots)
        {
            Report(line, $"结束行记有 {_end.Entries} 条审计行、{_end.Roots} 个每日摘要，实有 {_entries} 条、{_roots} 个。");
        }

        if (_end.Digest != digest)
        {
            Report(line, "文件摘要不符，文件在导出后被改动。");
        }
    }

    private void Report(int line, string problem)
    {
        if (_problems.Count < MostProblems)
        {
            _problems.Add(new VerificationProblem(line == 0 ? "文件" : $"第 {line} 行", problem));
        }
    }
}
