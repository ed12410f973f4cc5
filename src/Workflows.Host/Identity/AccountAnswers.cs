using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Composition;
using Workflows.Host.Idempotency;
using Workflows.Host.Json;
using Workflows.Host.Problems;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Identity;

/// <summary>
/// Keeps the answers of changes to accounts, which stand outside the path of stimulus and commit. The answer is written after
/// the change; the change itself is made so that doing it again finds what was done.
/// </summary>
internal sealed class AccountAnswers(WorkflowsDbContext database, ServeSettings settings)
{
    private static readonly ConcurrentDictionary<(string, string), byte> Running = new();

    /// <summary>Does <paramref name="change"/> once for <paramref name="key"/> and gives the same answer ever after.</summary>
    public async Task<IResult> OnceAsync<T>(RequestKey key, Func<Task<(int Status, T Answer)>> change)
    {
        if (!Running.TryAdd((key.Scope, key.Key), 0))
            return new Refusal(409, "request-in-progress", RequestKey.Header, "相同幂等键的请求正在处理：请稍后以同一键重试。").ToResult();
        try
        {
            if (await database.Set<IdempotencyRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Scope == key.Scope && row.Key == key.Key) is { } kept)
                return kept.BodyHash == key.BodyHash ? new KeptAnswer(kept.Status, kept.Answer) : RequestKey.Reused.ToResult();
            var (status, answer) = await change();
            var text = JsonSerializer.Serialize(answer, HostJson.Options);
            database.Add(new IdempotencyRow
            {
                Scope = key.Scope,
                Key = key.Key,
                BodyHash = key.BodyHash,
                Status = status,
                Answer = text,
                CreatedAt = settings.WallClock.GetUtcNow(),
            });
            await database.SaveChangesAsync();
            return Results.Text(text, "application/json", statusCode: status);
        }
        finally
        {
            Running.TryRemove((key.Scope, key.Key), out _);
        }
    }
}
