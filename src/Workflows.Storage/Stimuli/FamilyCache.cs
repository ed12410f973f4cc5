using System.Collections.Concurrent;

namespace Workflows.Storage.Stimuli;

/// <summary>What never changes about instances and bookmarks: to which family and instance they belong. Saves a query on the way of a resumption.</summary>
internal sealed class FamilyCache
{
    private const int Capacity = 100_000;

    private readonly ConcurrentDictionary<string, string> _instances = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string InstanceId, string CaseKey)> _bookmarks = new(StringComparer.Ordinal);

    public string? CaseKeyOf(string instanceId) => _instances.GetValueOrDefault(instanceId);

    public (string InstanceId, string CaseKey)? TargetOf(string bookmarkId) => _bookmarks.TryGetValue(bookmarkId, out var target) ? target : null;

    public void Instance(string id, string caseKey)
    {
        if (_instances.Count >= Capacity)
            _instances.Clear();
        _instances[id] = caseKey;
    }

    public void Bookmark(string id, string instanceId, string caseKey)
    {
        if (_bookmarks.Count >= Capacity)
            _bookmarks.Clear();
        _bookmarks[id] = (instanceId, caseKey);
    }

    public void Forget(string bookmarkId) => _bookmarks.TryRemove(bookmarkId, out _);
}
