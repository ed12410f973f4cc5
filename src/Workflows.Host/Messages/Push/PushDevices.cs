using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Model;

namespace Workflows.Host.Messages.Push;

/// <summary>A browser that an account lets messages be pushed to.</summary>
/// <param name="Endpoint">Address at its push service.</param>
/// <param name="PublicKey">Its public key (<c>p256dh</c>), base64url.</param>
/// <param name="Secret">Its authentication secret (<c>auth</c>), base64url.</param>
/// <param name="Stamp">Security stamp of the account when it subscribed: with another password, role or department the subscription ends as sessions do.</param>
/// <param name="At">When it subscribed, UTC.</param>
/// <param name="Key">Public half of the service's key with which it subscribed: its push service takes messages signed with that one alone. Null where it subscribed before this was kept.</param>
internal sealed record PushDevice(string Endpoint, string PublicKey, string Secret, string Stamp, DateTimeOffset At, string? Key = null)
{
    /// <summary>Whether its push service takes what is signed with a key.</summary>
    public bool IsUnder(VapidKey key) => Key is null || Key == key.PublicKey;
}

/// <summary>
/// The browsers of the accounts. They are kept beside the accounts, among the tokens that Identity keeps for them, and go with them.
/// </summary>
internal sealed class PushDevices(WorkflowsDbContext database, VapidKey key)
{
    /// <summary>Browsers of one account; a further one takes the place of the one that subscribed first.</summary>
    public const int Most = 5;

    /// <summary>Under which name Identity's tokens are push subscriptions.</summary>
    public const string Provider = "push";

    private const int IdLength = 32;
    private const int Attempts = 3;

    /// <summary>Name of a browser: what the page and the service both make of its address.</summary>
    public static string IdOf(string endpoint) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(endpoint)))[..IdLength];

    /// <summary>
    /// The browsers of an account by their names, the first to subscribe first. One that subscribed with another key of the service is none: no push service would take a message for it,
    /// and its page, which does not find it here, subscribes anew.
    /// </summary>
    public async Task<IReadOnlyList<(string Id, PushDevice Device)>> OfAsync(string account, CancellationToken cancellationToken) =>
        Ordered(await TokensAsync(account, cancellationToken)).FindAll(one => one.Device.IsUnder(key));

    /// <summary>A browser, where it may still be told anything: it subscribed with the service's present key (else it is forgotten), its account is in use and has signed in there with the password and duties that it has now.</summary>
    public async Task<PushDevice?> FindAsync(string account, string id, CancellationToken cancellationToken)
    {
        var found = await (from token in database.UserTokens.AsNoTracking()
                           join user in database.Users on token.UserId equals user.Id
                           where token.UserId == account && token.LoginProvider == Provider && token.Name == id
                           select new { token.Value, user.SecurityStamp, user.LockoutEnd }).FirstOrDefaultAsync(cancellationToken);
        if (found is null || Read(found.Value) is not { } device)
            return null;
        if (!device.IsUnder(key))
        {
            await ForgetAsync(account, id, cancellationToken);
            return null;
        }

        return found.LockoutEnd != DateTimeOffset.MaxValue && device.Stamp == found.SecurityStamp ? device : null;
    }

    /// <summary>Keeps a browser. One browser is one person's: whoever had it before loses it.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> KeepAsync(string account, PushDevice device, CancellationToken cancellationToken)
    {
        var id = IdOf(device.Endpoint);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await PutAsync(account, id, device, cancellationToken);
                return id;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Two tabs of one browser were here at the same time.
                database.ChangeTracker.Clear();
            }
        }
    }

    private async Task PutAsync(string account, string id, PushDevice device, CancellationToken cancellationToken)
    {
        database.UserTokens.RemoveRange(await database.UserTokens.Where(token => token.LoginProvider == Provider && token.Name == id && token.UserId != account).ToListAsync(cancellationToken));
        var tokens = await database.UserTokens.Where(token => token.UserId == account && token.LoginProvider == Provider).ToListAsync(cancellationToken);
        var value = JsonSerializer.Serialize(device, StorageJson.Options);
        if (tokens.Find(token => token.Name == id) is { } known)
            known.Value = value;
        else
        {
            var surplus = Ordered(tokens).Take(Math.Max(0, tokens.Count - Most + 1)).Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
            database.UserTokens.RemoveRange(tokens.Where(token => surplus.Contains(token.Name)));
            database.UserTokens.Add(new IdentityUserToken<string> { UserId = account, LoginProvider = Provider, Name = id, Value = value });
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Forgets a browser; true where there was one.</summary>
    public async Task<bool> ForgetAsync(string account, string id, CancellationToken cancellationToken)
    {
        if (await database.UserTokens.FirstOrDefaultAsync(token => token.UserId == account && token.LoginProvider == Provider && token.Name == id, cancellationToken) is not { } token)
            return false;
        database.UserTokens.Remove(token);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else has forgotten it in between.
            database.ChangeTracker.Clear();
        }

        return true;
    }

    private Task<List<IdentityUserToken<string>>> TokensAsync(string account, CancellationToken cancellationToken) =>
        database.UserTokens.AsNoTracking().Where(token => token.UserId == account && token.LoginProvider == Provider).ToListAsync(cancellationToken);

    private static List<(string Id, PushDevice Device)> Ordered(IEnumerable<IdentityUserToken<string>> tokens) =>
        [.. tokens.Select(token => (Id: token.Name, Device: Read(token.Value)!)).OrderBy(one => one.Device.At).ThenBy(one => one.Id, StringComparer.Ordinal)];

    private static PushDevice? Read(string? value) => value is null ? null : JsonSerializer.Deserialize<PushDevice>(value, StorageJson.Options);
}
