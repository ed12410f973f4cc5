using System.Security.Cryptography;
using System.Text;
using Workflows.Host.Access;
using Workflows.Host.Problems;

namespace Workflows.Host.Idempotency;

/// <summary>What makes a changing request the same request: who asks for what, the caller's key, and what was sent.</summary>
/// <param name="Scope">Caller, method and path.</param>
/// <param name="Key">The caller's key, 8–100 characters.</param>
/// <param name="BodyHash">SHA-256 over what was sent, lower-case hex.</param>
internal sealed record RequestKey(string Scope, string Key, string BodyHash)
{
    /// <summary>Header that carries the key.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Header that marks an answer which was kept from the first time.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>The refusal of a key that was used for something else.</summary>
    public static Refusal Reused { get; } = new(422, "idempotency-key-reused", Header, "此幂等键已用于内容不同的请求：请换用新的键；重试原请求时内容须完全一致。");

    /// <summary>Whether a text can be a key.</summary>
    public static bool IsValid(string key) => key.Length is >= 8 and <= 100 && key.All(static c => c is > ' ' and < '\u007f');

    /// <summary>Reads key and content of a request; refuses a missing or unusable key (400).</summary>
    public static async Task<RequestKey> ReadAsync(HttpContext context)
    {
        var key = context.Request.Headers[Header].ToString();
        if (key.Length == 0)
            throw new RefusedException(new Refusal(400, "idempotency-key-missing", Header, "缺少 Idempotency-Key 请求头：请为每个新操作生成一个唯一值（如UUID），重试时沿用原值。"));
        if (!IsValid(key))
            throw new RefusedException(new Refusal(400, "idempotency-key-invalid", Header, "Idempotency-Key 应为8至100个可见ASCII字符。"));
        var caller = context.User.Identity?.IsAuthenticated == true ? context.User.ToActor().Id : "party";
        return new RequestKey($"{caller} {context.Request.Method} {context.Request.Path}", key, await HashAsync(context.Request));
    }

    private static async Task<string> HashAsync(HttpRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(request.QueryString.Value ?? ""));
        if (request.HasFormContentType)
        {
            // The boundary between the parts is new on each try; what they say is not.
            var form = await request.FormAsync(request.HttpContext.RequestAborted);
            foreach (var (name, values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
                hash.AppendData(Encoding.UTF8.GetBytes($"\n{name}={values}"));
            foreach (var file in form.Files.OrderBy(file => file.Name, StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"\n{file.Name}:{file.FileName}:"));
                await using var content = file.OpenReadStream();
                hash.AppendData(await SHA256.HashDataAsync(content, request.HttpContext.RequestAborted));
            }
        }
        else
        {
            request.EnableBuffering();
            hash.AppendData(await SHA256.HashDataAsync(request.Body, request.HttpContext.RequestAborted));
            request.Body.Position = 0;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
