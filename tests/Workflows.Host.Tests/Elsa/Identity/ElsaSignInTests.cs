using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Identity;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.Identity;

public sealed class ElsaSignInTests : IAsyncLifetime
{
    private const string Login = "/elsa/api/identity/login";
    private const string Refresh = "/elsa/api/identity/refresh-token";
    private static readonly object Right = new { username = "admin", password = ServiceUnderTest.AdministratorPassword };
    private readonly ServiceUnderTest _service = new();

    public Task InitializeAsync() => _service.InitializeAsync();

    public Task DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task The_tokens_are_those_of_our_own_sign_in()
    {
        using var client = _service.Anonymous();
        var answer = await SignInAsync(client, Right);
        Assert.True(answer["isAuthenticated"]!.GetValue<bool>());
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer["accessToken"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/session", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/elsa/api/features/installed", UriKind.Relative))).StatusCode);
        _service.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/elsa/api/features/installed", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Wrong_credentials_are_no_error_but_no_sign_in_either()
    {
        using var client = _service.Anonymous();
        foreach (var wrong in new[] { new { username = "admin", password = "wrong-password" }, new { username = "nobody", password = "wrong-password" } })
        {
            var answer = await SignInAsync(client, wrong);
            Assert.False(answer["isAuthenticated"]!.GetValue<bool>());
            Assert.False(answer.ContainsKey("accessToken"));
        }
    }

    [Fact]
    public async Task Missing_fields_and_broken_json_are_refused()
    {
        using var client = _service.Anonymous();
        foreach (var body in new[] { "{}", "", "{\"username\":\"admin\"}", "{\"username\":", "[]", "{\"username\":5,\"password\":\"x\"}" })
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri(Login, UriKind.Relative), content);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{body}: {(int)answer.StatusCode}");
        }

        using var huge = new StringContent("{\"username\":\"" + new string('a', 1 << 20) + "\"}", System.Text.Encoding.UTF8, "application/json");
        await (await client.PostAsync(new Uri(Login, UriKind.Relative), huge)).RefusedAsync(413, "too-large", "");
    }

    [Fact]
    public async Task Only_the_refresh_token_renews_and_only_while_it_holds()
    {
        using var client = _service.Anonymous();
        var tokens = await SignInAsync(client, Right);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RenewAsync(client, tokens["accessToken"]!.GetValue<string>())).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RenewAsync(client, "nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RenewAsync(client, null)).StatusCode);

        _service.Clock.Advance(TimeSpan.FromDays(6));
        using var renewed = await RenewAsync(client, tokens["refreshToken"]!.GetValue<string>());
        var again = await renewed.JsonAsync();
        Assert.True(again["isAuthenticated"]!.GetValue<bool>());
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", again["accessToken"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/session", UriKind.Relative))).StatusCode);
        client.DefaultRequestHeaders.Authorization = null;
        _service.Clock.Advance(TimeSpan.FromDays(2));
        await (await RenewAsync(client, tokens["refreshToken"]!.GetValue<string>())).RefusedAsync(401, "session-ended", "Authorization");
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_account_for_both_ways_in()
    {
        using var client = _service.Anonymous();
        for (var attempt = 0; attempt < IdentitySetup.AttemptsBeforeLockout; attempt++)
            await SignInAsync(client, new { username = "admin", password = "wrong-password" });
        Assert.False((await SignInAsync(client, Right))["isAuthenticated"]!.GetValue<bool>());
        await (await client.PostAsJsonAsync("/api/session", new { userName = "admin", password = ServiceUnderTest.AdministratorPassword })).RefusedAsync(423, "account-locked", "userName");
        _service.Clock.Advance(IdentitySetup.Lockout + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Both_ways_in_share_one_limit_of_attempts_by_address()
    {
        using var client = _service.Anonymous();
        for (var i = 0; i < 10; i++)
        {
            await SignInAsync(client, new { username = $"nobody{i}", password = "wrong-password" });
            await client.PostAsJsonAsync("/api/session", new { userName = $"nobody{i}", password = "wrong-password" });
        }

        await (await client.PostAsJsonAsync(Login, new { username = "nobody", password = "wrong-password" })).RefusedAsync(429, "too-many-requests", "");
        await (await RenewAsync(client, "nonsense")).RefusedAsync(429, "too-many-requests", "");
    }

    [Fact]
    public async Task Accounts_and_roles_are_read_here_and_changed_elsewhere()
    {
        using var administrator = await _service.AdministratorAsync();
        var users = await (await administrator.GetAsync(new Uri("/elsa/api/identity/users", UriKind.Relative))).JsonAsync();
        var first = Assert.Single(users["items"]!.AsArray())!;
        Assert.Equal("admin", first["name"]!.GetValue<string>());
        Assert.Equal(["administrator"], first["roles"]!.AsArray().Select(r => r!.GetValue<string>()));
        var roles = await (await administrator.GetAsync(new Uri("/elsa/api/identity/roles", UriKind.Relative))).JsonAsync();
        Assert.Equal(["*"], roles["items"]!.AsArray().Single(r => r!["id"]!.GetValue<string>() == "analyst")!["permissions"]!.AsArray().Select(p => p!.GetValue<string>()));
        Assert.Empty(roles["items"]!.AsArray().Single(r => r!["id"]!.GetValue<string>() == "inspector")!["permissions"]!.AsArray());
        await (await administrator.PostAsJsonAsync("/elsa/api/identity/users", new { name = "x" })).RefusedAsync(403, "changed-elsewhere", "");
        await (await administrator.DeleteAsync(new Uri("/elsa/api/identity/roles/analyst", UriKind.Relative))).RefusedAsync(403, "changed-elsewhere", "");
    }

    private static async Task<JsonObject> SignInAsync(HttpClient client, object credentials)
    {
        using var answer = await client.PostAsJsonAsync(Login, credentials);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    private static async Task<HttpResponseMessage> RenewAsync(HttpClient client, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Refresh);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request);
    }
}
